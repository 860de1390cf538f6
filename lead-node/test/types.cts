// Compiled, never run: what the types promise to a script.
import lead = require('lead-node')
import phone = require('lead-node/phone')

const contacts: lead.Contacts = lead.extract('<p>')
const number: lead.phone.PhoneNumber = phone.parse('+49 30 123456')
void number.timeZones.length
void contacts.emails.map((email) => email.address.toLowerCase())
