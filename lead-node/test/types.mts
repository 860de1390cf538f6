// Compiled, never run: what the types promise to a module.
import * as lead from 'lead-node'
import { type Contacts, type Page, type PhoneMatch, LeadError, extract, extractMany, findPhones } from 'lead-node'
import { PhoneNumber, parse } from 'lead-node/phone'

const contacts: Contacts = extract('<p>', { region: 'US', mode: 'smart' })
const phone = contacts.phones[0]
if (phone) {
  const role: 'tel' | 'fax' | 'mobile' | 'toll_free' | 'whatsapp' | 'sms' | 'pager' = phone.role
  const why: string = phone.evidence[0].method
  void [role, why, phone.confidence.toFixed(2), phone.extension?.length]
}
const matches: PhoneMatch[] = findPhones('', { leniency: 'strict-grouping' })
void [matches, lead.version, extract(new Uint8Array()), extract(Buffer.from(''))]

const parts: lead.Part[] = ['phones', 'emails']
const batch: ReadonlyArray<string | Page> = ['', { html: Buffer.from(''), region: 'DE' }]
const answers: Promise<Array<Contacts | LeadError>> = extractMany(batch, { threads: 2 })
void answers
void [extract('', { only: parts, doubtful: true }), findPhones('', { maxTries: 10 })]

const number: lead.phone.PhoneNumber = lead.phone.parse('030 123456', { region: 'DE' })
const facts: [string, boolean, lead.PhoneType, string | null] = [number.e164, number.isValid, number.type, number.region]
const alike: lead.phone.Likeness = number.compare(parse('+49 30 123456'))
const perhaps: lead.phone.Likeness | null = number.compare('+49 30 123456')
void [facts, alike, perhaps, lead.phone.exampleNumber('FR', 'mobile')?.national, new PhoneNumber(number), number.toJSON().extension]
// @ts-expect-error: a number is frozen
number.callingCode = 1
// @ts-expect-error: no such format
number.format('pretty')
// @ts-expect-error: a region is an option
parse('030 123456', 'DE')
// @ts-expect-error: no such part
extract('', { only: ['faxes'] })

const signal = new AbortController().signal
const crawl: lead.Crawl = lead.crawl(new URL('https://firm.example/'), { maxPages: 10, rate: 'off', allowNet: ['127.0.0.0/8'], only: parts, signal })
for await (const page of crawl) {
  const outcome: lead.Outcome = page.outcome
  void [outcome, page.http_status?.toFixed(), page.contacts?.phones[0]?.e164]
}
void [crawl.summary?.outcomes.page, crawl.progress.pending, crawl.close()]
for await (const page of lead.readArchive(new URL('file:///a.warc.gz'), { contacts: true, threads: 2 })) {
  if (page instanceof LeadError) void page.context['offset']
  else void [page.body.length, page.contacts?.emails.length, page.html().length, page.headers[0]?.[1]]
}
const candidate: lead.ImageCandidate | undefined = lead.images('<img>', { baseUrl: 'https://firm.example/' })[0]
const engines: lead.OcrEngine[] = [lead.tesseract({ timeLimit: 5 }), () => '', async (picture) => String(picture.length)]
const read: Promise<lead.Phone[]> = lead.numbersOfImage(Buffer.from(''), { candidate, engine: engines[0], region: 'DE' })
void [read, lead.tesseract().check()]
const companies: lead.Company[] = [{ name: 'Muster GmbH', city: 'Köln', website: null, internal: 7 }]
for await (const found of lead.match(companies, { columns: { name: 'Firma' }, searxng: 'http://localhost:8888/', rate: 'off', signal })) {
  const why: lead.NoSite | null = found.reason
  void [why, found.site?.confidence.toFixed(2), found.filled.phone?.value, found.contacts?.phones[0]?.e164, found.company.columns?.['internal']]
}
void [lead.match('companies.csv').summary?.found, lead.match(Buffer.from('name\nA\n')).done, lead.match(['A', 'B']).close()]
const guide: lead.Source = { id: 'guide', step: async (query, cursor, { signal }) => ({ listings: [{ key: query.text, name: 'x', phone: ['1'] }], next: signal.aborted ? null : cursor }) }
for await (const event of lead.collect('dentists', { near: 'Lyon', sources: ['osm', guide, { id: 'two', step: () => [] }], store: 'memory://', bbox: [1, 2, 3, 4] })) {
  if (event.event === 'lead') void [event.lead.name, event.new, event.lead.phones[0]?.evidence[0].source]
  if (event.event === 'failed') void event.code
}
void [lead.collect(null, { resume: 'last', sources: 'osm' }).run, lead.sources().platforms[0]]
const parsed: lead.ParsedPage = lead.parsePage('google_maps', Buffer.from(''), { region: 'DE' })
if (parsed.outcome === 'listings') void parsed.listings[0]?.natural_key
else void parsed.kind
void lead.exportFile('leads.xlsx', { store: 'sqlite://leads.db', layout: 'zoho', columns: 'Company' }).then((exported) => exported.leads)
void lead.facets('sqlite://leads.db', { fields: 'city', by: 'week' }).then(([city]) => city?.counts[0]?.filter)
void lead.stats('sqlite://leads.db', { stages: { phone: 'has:phone' } }).then((told) => told.forecast?.periods[0]?.within_95[1])
// @ts-expect-error: no such field
lead.facets('sqlite://leads.db', { fields: 'colour' })
void lead.importFile('places.geojson', { layout: 'overture', max: 5 }).then((imported) => imported.rejects[0]?.reason)
const store: lead.Store = await lead.openStore('sqlite://leads.db', { mirror: 'csv://leads.csv' })
for await (const one of store.each({ filter: '@reachable', sort: '-last_seen' })) void [one.name, one.phones[0]?.e164]
void store.leads({ limit: 5, asOf: 'now' }).then(({ leads, next }) => [leads[0]?.emails.length, next?.length])
void store.history('').then((history) => store.withdraw({ a: history?.version ?? '' })).then(([id]) => id?.length)
void [store.erase('a', { archive: 'archive' }), store.erase({ filter: 'city:Lyon', dryRun: true }), store.write('crm', [{ key: 1, name: 'x' }], { seenAt: '2026-01-31' })]
void [lead.facets(store), lead.collect('dentists', { store }), lead.exportFile('leads.csv', { store }), lead.changes(store, { since: 'last' }), store[Symbol.asyncDispose]()]
const refreshing: lead.Refreshing = lead.refresh(store, { olderThan: '90d', rate: 'auto', signal })
void [refreshing.sites?.keptAway, refreshing.run?.length, refreshing.summary?.requests]
for await (const report of lead.watchSinks('sinks.toml', { store, every: 5, signal })) void report.delivered.toFixed()
void lead.runSinks({ sink: [{ name: 'a', kind: 'webhook', url: 'https://a.example/' }], rule: [{ name: 'r', sink: 'a', on: ['created'] }] }, { store, secrets: { A: '' } })
// @ts-expect-error: a folder of archives goes with ids
store.erase({ filter: '*', archive: 'archive' })
// @ts-expect-error: no such change
lead.runSinks({ rule: [{ name: 'r', sink: 'a', on: ['gone'] }] }, { store })
// @ts-expect-error: a store is opened by openStore
new lead.Store()
// @ts-expect-error: a source has steps
lead.collect('dentists', { sources: [{ id: 'guide' }] })
// @ts-expect-error: no such field
lead.match([], { columns: { colour: 'Farbe' } })
// @ts-expect-error: no such reach
lead.crawl('https://firm.example/', { reach: 'village' })
// @ts-expect-error: a picture is bytes
lead.numbersOfImage('picture')
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
const browser = new lead.Browser({ pages: 2, wait: { until: { selector: '.x' }, quiet: 0.3 }, identity: { coherent: { country: 'DE', timeZone: 'Europe/Berlin' } }, rules: { site: [{ hosts: ['a.test'], press: ['#no'] }] }, window: [800, 600], live: { size: [640, 480] }, rate: 'off' })
const rendered: lead.RenderedPage = await browser.fetch(new URL('https://firm.example/'), { signal })
void [rendered.status.toFixed(), rendered.html().length, rendered.body.length, rendered.picture?.boxes[0]?.rect.x, rendered.unmet?.length]
for await (const event of browser.live({ signal })) {
  if (event.kind === 'opened') void event.url.length
  else if (event.kind === 'frame') void [event.jpeg.length, event.shows.width]
  else if (event.kind === 'boxes') void event.boxes[0]?.number
  else void event.page.toFixed()
}
void [lead.crawl('https://firm.example/', { browser, browserWhen: 'always' }), lead.match(['A'], { browser: 'shells', browserIdentity: 'coherent:7@DE', browserRules: 'rules.toml' })]
void [browser.stats.pages, browser.close(), browser[Symbol.asyncDispose]()]
// @ts-expect-error: a page is waited for by a word or an object of one
new lead.Browser({ wait: { until: 'never' } })
// @ts-expect-error: a web archive keeps what was sent, not what was rendered
new lead.Browser({ warc: 'all.warc' })
