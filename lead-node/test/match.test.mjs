// Companies in, sites and contacts out; collections with sources written here; saved pages; files of open data.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'

import * as lead from 'lead-node'

const HOME = `<!doctype html><meta charset=utf-8><title>Bäckerei Muster – Köln</title>
<script type="application/ld+json">{"@type": "Bakery", "name": "Bäckerei Muster", "telephone": "+49 221 4710123",
"address": {"streetAddress": "Hauptstraße 1", "postalCode": "50667", "addressLocality": "Köln", "addressCountry": "DE"}}</script>
<p>Bäckerei Muster, Hauptstraße 1, 50667 Köln <a href="tel:+492214710123">0221 4710123</a> <a href="mailto:info@muster.test">Mail</a>`
const PAGES = {
  'muster.test': HOME,
  'muster-berlin.test': HOME.replaceAll('Köln', 'Berlin').replaceAll('50667', '10115'),
  'parked.test': '<h1>parked.test is for sale</h1>',
}

const folder = mkdtempSync(join(tmpdir(), 'lead-'))
const asked = []
const server = createServer(({ url, headers }, response) => {
  const host = headers.host.split(':')[0]
  asked.push(host + url)
  if (host === 'search.test' && url.startsWith('/search?')) {
    const urls = ['http://muster-berlin.test/', 'https://www.yelp.com/biz/muster', 'http://muster.test/ueber-uns']
    const results = urls.map((one) => ({ url: one, title: 'Bäckerei Muster', content: 'Köln' }))
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ results }))
  } else if (url === '/' && PAGES[host]) response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGES[host])
  else response.writeHead(404, { 'Content-Type': 'text/html' }).end()
})

let WEB
let SEARCHED
test.before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  WEB = { allowNet: '127.0.0.0/8', resolve: `*.test=127.0.0.1:${server.address().port}`, rate: 'off', maxAttempts: 1 }
  SEARCHED = { ...WEB, searxng: 'http://search.test/', osm: false, domains: 'test' }
})
test.after(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

async function all(stream) {
  const found = []
  for await (const one of stream) found.push(one)
  return found
}

const ROW = { name: 'Bäckerei Muster GmbH', city: 'Köln', internal: 7 }

test('a company gets its site, its contacts and what its row lacks', async () => {
  const matches = lead.match([ROW, 'Niemand Nirgends'], SEARCHED)
  const [found, nobody] = await all(matches)
  assert.match(found.site.url, /\/\/muster\.test/)
  assert.ok(found.site.confidence > 0.9 && found.site.why.length > 0)
  assert.equal(found.company.columns.internal, 7)
  assert.equal(found.filled.phone.value, '+492214710123')
  assert.equal(found.filled.phone.evidence[0].url, found.site.url)
  assert.equal(found.filled.name, undefined)
  assert.equal(found.contacts.emails[0].address, 'info@muster.test')
  assert.ok(found.candidates.some(({ refused }) => refused === 'elsewhere'))
  assert.deepEqual([nobody.site, nobody.row], [null, 1])
  assert.ok(nobody.reason)
  assert.deepEqual([matches.done, matches.summary.found], [2, 1])
  assert.equal(typeof matches.summary.elapsed, 'number')
})

test('a match goes on where it ended, from a table too', async () => {
  const table = join(folder, 'list.csv')
  writeFileSync(table, 'Firma;Ort\nBäckerei Muster;Köln\n;Berlin\n')
  const resume = join(folder, 'run')
  const first = await all(lead.match(table, { ...SEARCHED, resume }))
  const before = asked.length
  const again = await all(lead.match(readFileSync(table), { ...SEARCHED, resume }))
  assert.equal(asked.length, before)
  assert.deepEqual(again.map(({ site }) => site), first.map(({ site }) => site))
  assert.ok(again[0].resumed)
  assert.deepEqual([first[1].reason, first[1].failure.code], ['failed', 'INVALID_INPUT'])
})

test('what means nothing is told, and a signal ends a match', async () => {
  assert.throws(() => lead.match([ROW], { minConfidence: 2 }), { code: 'INVALID_INPUT' })
  assert.throws(() => lead.match([ROW], { colour: 'red' }), TypeError)
  assert.throws(() => lead.match(7), TypeError)
  const [parked] = await all(lead.match([{ website: 'http://parked.test/' }], { ...WEB, osm: false, guess: false }))
  assert.equal(parked.reason, 'parked')
  const controller = new AbortController()
  await assert.rejects(
    async () => {
      for await (const _ of lead.match(Array(50).fill(ROW), { ...SEARCHED, concurrency: 1, signal: controller.signal })) controller.abort()
    },
    { code: 'CANCELLED' }
  )
})

function guide() {
  const steps = []
  return {
    id: 'guide',
    name: 'Town guide',
    steps,
    broken: false,
    async step(query, cursor) {
      if (cursor && this.broken) throw new RangeError('the guide is closed')
      steps.push([query.text, cursor])
      const number = Number(cursor ?? 1)
      const shop = { key: number, name: `Shop ${number}`, phone: `+49 221 471012${number}`, city: 'Köln', country: 'DE' }
      return { listings: [shop, { name: 'no key' }], next: number === 1 ? '2' : null, total: 2 }
    },
  }
}

const names = (events) => events.filter(({ event }) => event === 'lead').map(({ lead }) => lead.name).sort()

test('a source of one’s own is asked by its cursors', async () => {
  const own = guide()
  const collection = lead.collect('bakeries', { ...WEB, sources: [own], store: `sqlite://${join(folder, 'own.db')}` })
  const events = await all(collection)
  assert.deepEqual(names(events), ['Shop 1', 'Shop 2'])
  assert.deepEqual(own.steps, [['bakeries', null], ['bakeries', '2']])
  assert.equal(events.filter(({ event }) => event === 'failed').length, 2)
  assert.equal(events.at(-1).event, 'done')
  assert.ok(collection.run)
  assert.equal(collection.summary.created, 2)
  assert.equal(events.find(({ event }) => event === 'lead').lead.phones[0].evidence[0].source, 'guide')
})

test('a collection stays within its area and its limits', async () => {
  const areas = []
  const places = {
    id: 'places',
    step: ({ area }, cursor) => {
      areas.push(area)
      const east = Number(cursor ?? 0)
      const place = { key: east, name: `Shop ${east}`, latitude: 1, longitude: east }
      return { listings: [place], next: east < 4 ? String(east + 1) : null }
    },
  }
  const square = { type: 'Polygon', coordinates: [[[0.5, 0], [2.5, 0], [2.5, 2], [0.5, 2], [0.5, 0]]] }
  const bbox = [0.5, 0, 2.5, 2]
  for (const within of [{ area: square }, { bbox }]) {
    const events = await all(lead.collect('bakeries', { ...WEB, sources: [places], expand: false, ...within }))
    assert.deepEqual(names(events), ['Shop 1', 'Shop 2'])
  }
  assert.deepEqual(areas.at(-1), bbox)
  const ended = lead.collect('bakeries', { ...WEB, sources: [places], maxTime: 1e-9 })
  await all(ended)
  assert.equal(ended.summary.reached, 'time')
  const wrongs = [
    { radius: 5 }, { near: 'Köln', bbox }, { maxTime: 0 }, { maxRequests: 0 }, { untilCoverage: 2 }, { tenant: 'a b' },
    { resume: 'last' }, { resume: 'yesterday' },
  ]
  for (const wrong of wrongs) {
    assert.throws(() => lead.collect('bakeries', { ...WEB, sources: [places], ...wrong }), { code: 'INVALID_INPUT' })
  }
})

test('errors of one’s own code are typed, and the run can be resumed', async () => {
  const own = guide()
  own.broken = true
  const store = `sqlite://${join(folder, 'broken.db')}`
  const events = await all(lead.collect('bakeries', { ...WEB, sources: [own], store }))
  const failed = events.filter(({ event }) => event === 'failed')
  assert.ok(failed.some(({ code, reason }) => code === 'APPLICATION' && reason.includes('RangeError: the guide is closed')))
  assert.deepEqual(names(events), ['Shop 1'])
  own.broken = false
  assert.deepEqual(names(await all(lead.collect(null, { ...WEB, sources: [own], store, resume: 'last' }))), ['Shop 2'])
  assert.deepEqual(own.steps, [['bakeries', null], ['bakeries', '2']])
})

test('an error of ours keeps its code, and a step is told when the run is over', async () => {
  const limited = { id: 'limited', step: () => { throw new lead.LeadError('slow down', { code: 'RATE_LIMITED' }) } }
  const events = await all(lead.collect('x', { ...WEB, sources: [limited] }))
  assert.deepEqual(events.filter(({ event }) => event === 'failed').map(({ code }) => code), ['RATE_LIMITED'])
  let over = false
  let begin
  const begun = new Promise((resolve) => { begin = resolve })
  const slow = {
    id: 'slow',
    step: (query, cursor, { signal }) => {
      if (cursor === null) return { listings: [{ key: '1', name: 'First' }], next: 'never' }
      begin()
      return new Promise((resolve) => signal.addEventListener('abort', () => { over = true; resolve({}) }))
    },
  }
  for await (const { event } of lead.collect('x', { ...WEB, sources: [slow] })) {
    if (event !== 'lead') continue
    await begun
    break
  }
  assert.ok(over)
})

test('sources are chosen by name', async () => {
  assert.deepEqual(names(await all(lead.collect('x', { ...WEB, sources: 'sites', sites: ['http://muster.test/'] }))), ['Bäckerei Muster'])
  for (const sources of [['nobody'], ['searxng'], ['osmm']]) {
    assert.throws(() => lead.collect('x', { sources }), { code: 'INVALID_INPUT' })
  }
  assert.throws(() => lead.collect('x', { sources: [{}] }), TypeError)
})

test('saved pages and files are read', async () => {
  const known = lead.sources()
  assert.ok(known.sources.includes('osm') && known.platforms.includes('google_maps') && known.layouts.includes('overture'))
  const adapter = join(folder, 'guide.toml')
  writeFileSync(
    adapter,
    'id = "guide"\nname = "Guide"\nversion = 1\nterms = "open"\n[[page]]\nname = "shop"\nall = [{ json = "/shop" }]\n' +
      '[[field]]\nto = "name"\nread = [{ json = "/shop/title" }]\n[[field]]\nto = "key"\nread = [{ json = "/shop/id" }]\n'
  )
  const parsed = lead.parsePage(adapter, '{"shop": {"id": 7, "title": "Rossi"}}')
  assert.equal(parsed.listings[0].findings.organizations[0].name, 'Rossi')
  assert.throws(() => lead.parsePage(adapter, '{}'), { code: 'UNRECOGNISED_PAGE' })
  assert.throws(() => lead.parsePage('nobody', ''), { code: 'NOT_FOUND' })

  const file = join(folder, 'companies.csv')
  const head = 'CompanyName, CompanyNumber,RegAddress.AddressLine1,RegAddress.PostTown,RegAddress.Country,RegAddress.PostCode,CompanyStatus,SICCode.SicText_1\n'
  writeFileSync(file, `${head}EXAMPLE LTD,00000001,1 TEST STREET,LEEDS,ENGLAND,LS1 1AA,Active,56101 - Restaurants\nBROKEN,1\n`)
  const { layout, created, rejected } = await lead.importFile(file, { store: `sqlite://${join(folder, 'open.db')}` })
  assert.deepEqual([layout, created, rejected], ['companies-house', 1, 1])
  await assert.rejects(lead.importFile(join(folder, 'missing.csv')), { code: 'NOT_FOUND' })
})

test('tables of the version before are read, and kept in its form', async () => {
  const old = join(folder, 'all_platforms.csv')
  writeFileSync(old, 'Platform,Profile URL,Display Name,Phone,City\nyelp,https://yelp.test/biz/a,Boulangerie A,04 78 00 00 01,Lyon\nyelp\n')
  const again = await lead.importFile(old, { store: `sqlite://${join(folder, 'old.db')}`, region: 'FR' })
  assert.deepEqual([again.layout, again.rows, again.rejected, again.created], ['v39-b', 2, 1, 1])
  const kept = join(folder, 'kept.csv')
  const dual = `sqlite://${join(folder, 'dual.db')}`
  await lead.importFile(old, { store: dual, mirror: `csv://${kept}?layout=legacy`, region: 'FR' })
  assert.equal(readFileSync(kept, 'utf8').split('Boulangerie A').length, 2)
  await assert.rejects(lead.importFile(old, { store: dual, mirror: 'kept.csv' }), { code: 'INVALID_INPUT' })
})

test('leads are exported, and an export goes on', async () => {
  const store = `sqlite://${join(folder, 'open.db')}`
  const table = join(folder, 'leads.csv')
  const exported = await lead.exportFile(table, { store, columns: ['name', 'sources'], filter: 'source:companies_house' })
  const written = readFileSync(table, 'utf8')
  assert.equal(written, 'name,sources\nEXAMPLE LTD,companies_house\n')
  assert.deepEqual(exported, { leads: 1, suppressed: 0, bytes: written.length, resumed: 0, anew: null })
  const book = await lead.exportFile(join(folder, 'leads.xlsx'), { store, layout: 'hubspot', resume: true })
  assert.equal(book.anew, 'form')
  const again = await lead.exportFile(table, { store, columns: ['name', 'sources'], filter: 'source:companies_house', resume: true })
  assert.deepEqual([again.leads, again.resumed, again.anew, readFileSync(table, 'utf8')], [1, 0, null, written])
  assert.equal(readFileSync(join(folder, 'leads.xlsx')).subarray(0, 2).toString(), 'PK')
  await assert.rejects(lead.exportFile(table, { store, columns: 'phnoes' }), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.exportFile(table, { store, colour: 'red' }), TypeError)
})

test('platforms are asked by name, by a file, and search engines by their health', async () => {
  const file = join(folder, 'guide.toml')
  writeFileSync(file, `id = "guide"
name = "Guide"
version = 1
terms = "restricted"
[search]
url = "http://search.test/search?q={query}"
[[page]]
name = "list"
all = [{ json = "/results" }]
entries = { json = "/results/*" }
[[field]]
to = "key"
read = [{ json = "/url" }]
[[field]]
to = "name"
read = [{ json = "/title" }]
`)
  const at = { ...WEB, visitSites: false }
  assert.throws(() => lead.collect('bakeries', { ...at, sources: [file] }), { code: 'INVALID_INPUT', message: /terms/ })
  const run = lead.collect('bakeries', { ...at, sources: [file], acceptTerms: { guide: 'they said yes' } })
  assert.equal((await all(run)).filter(({ event }) => event === 'failed').length, 0)
  assert.equal(run.summary.listings, 3)
  const engines = { ...at, sources: 'web_search', engine: 'searxng', sourceUrl: { searxng: 'http://search.test/' } }
  const search = lead.collect('bakeries', engines)
  await all(search)
  assert.equal(search.summary.listings, 2, 'the directory is no business')
  assert.throws(() => lead.collect('x', { ...engines, sourceUrl: { searxgn: 'http://search.test/' } }), { code: 'INVALID_INPUT' })
  assert.throws(() => lead.collect('x', { ...at, sources: 'yelp_api' }), { code: 'CONFIG' })
  assert.ok(lead.sources().sources.includes('web_search'))
})
