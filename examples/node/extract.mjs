// The contacts of a page, and telephone numbers in a text.
import assert from 'node:assert/strict'
// In a program of your own: import * as lead from 'lead-node'
import * as lead from '../../lead-node/lib/index.mjs'

const page = `
<h1>Boulangerie Exemple</h1>
<p>12 rue de l'Exemple, 69001 Lyon</p>
<p>Tél. <a href="tel:+33478000001">04 78 00 00 01</a>, Fax 04 78 00 00 02</p>
<p><a href="mailto:bonjour@boulangerie.example">Écrivez-nous</a></p>`

const contacts = lead.extract(page, { region: 'FR' })
for (const phone of contacts.phones) {
  console.log(phone.e164, phone.role, phone.method, phone.confidence.toFixed(2), phone.raw)
}
for (const email of contacts.emails) console.log(email.address, email.scheme, email.confidence.toFixed(2))
assert.equal(contacts.phones[0].e164, '+33478000001')

const text = '☎ Appelez le 04 78 00 00 01 ou le +1 415-555-2671.'
for (const { start, end, raw, e164 } of lead.findPhones(text, { region: 'FR' })) {
  assert.equal(text.slice(start, end), raw)
  console.log(start, end, e164)
}

try {
  lead.extract(page, { region: 'Atlantis' })
} catch (error) {
  if (!(error instanceof lead.LeadError)) throw error
  console.log(error.code, error.retryable, error.message)
}
