// Compiled, never run: what the types promise to a script.
import lead = require('lead-node')

const contacts: lead.Contacts = lead.extract('<p>')
void contacts.emails.map((email) => email.address.toLowerCase())
