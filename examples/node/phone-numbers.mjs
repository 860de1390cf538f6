// A telephone number as a value: read, checked, written, compared.
import assert from 'node:assert/strict'
// In a program of your own: import { phone } from 'lead-node'
import { LeadError, phone } from '../../lead-node/lib/index.mjs'

const number = phone.parse('030/123456 ext. 7', { region: 'DE' })
console.log(number.e164, number.international, number.rfc3966)
console.log(number.isValid, number.type, number.region, number.area, ...number.timeZones)
console.log('from the United States:', number.formatFrom('US'))
assert.ok(number.equals(phone.parse('+49 30 123456 ext. 7')))

const mobile = phone.exampleNumber('FR', 'mobile')
console.log(`${mobile}`, mobile.national, mobile.compare('06 12 34 56 78'))
console.log('emergency:', phone.isEmergencyNumber('112', 'FR'))
console.log('short:', phone.parse('112', { region: 'FR' }).shortCostIn('FR'))

// JSON and back.
assert.ok(phone.PhoneNumber.fromJSON(JSON.stringify(number)).equals(number))

for (const text of ['call me', '+49 1', '030 123456']) {
  try {
    phone.parse(text)
  } catch (error) {
    if (!(error instanceof LeadError)) throw error
    console.log(`${text}: ${error.context.reason}`)
  }
}
