// Compiled, never run: what the types promise to a module.
import * as lead from 'lead-node'
import { type Contacts, type PhoneMatch, LeadError, extract, findPhones } from 'lead-node'

const contacts: Contacts = extract('<p>', { region: 'US', mode: 'smart' })
const phone = contacts.phones[0]
if (phone) {
  const role: 'tel' | 'fax' | 'mobile' | 'toll_free' | 'whatsapp' | 'sms' | 'pager' = phone.role
  const why: string = phone.evidence[0].method
  void [role, why, phone.confidence.toFixed(2), phone.extension?.length]
}
const matches: PhoneMatch[] = findPhones('', { leniency: 'strict-grouping' })
void [matches, lead.version, extract(new Uint8Array()), extract(Buffer.from(''))]

// @ts-expect-error: no such mode
extract('', { mode: 'clever' })
// @ts-expect-error: no such option
findPhones('', { baseUrl: 'https://firm.example/' })
// @ts-expect-error: text is a string
findPhones(Buffer.from(''))

try {
  extract('')
} catch (error) {
  if (error instanceof LeadError && error.code === 'RATE_LIMITED') void (error.retryAfter ?? 0).toFixed()
  // @ts-expect-error: no such code
  if (error instanceof LeadError && error.code === 'SLOW') void 0
}
