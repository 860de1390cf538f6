// Facets and figures of a store.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import * as lead from 'lead-node'

const OLD = `Platform,Profile URL,Display Name,Phone,Email,City,extracted_at
yelp,https://yelp.test/biz/a,Boulangerie A,04 78 00 00 01,a@firm.test,Lyon,2026-01-05T10:00:00
yelp,https://yelp.test/biz/b,Boulangerie B,04 78 00 00 02,,Lyon,2026-02-05T10:00:00
google_maps,https://maps.test/c,Boulangerie C,,c@firm.test,Bron,2026-02-06T10:00:00
`
const folder = mkdtempSync(join(tmpdir(), 'lead-figures-'))
const store = `sqlite://${join(folder, 'leads.db')}`

before(async () => {
  const file = join(folder, 'all_platforms.csv')
  writeFileSync(file, OLD)
  assert.equal((await lead.importFile(file, { store, region: 'FR' })).created, 3)
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('facets are counted under a filter', async () => {
  const [city, source] = await lead.facets(store, { fields: ['city', 'source'] })
  assert.deepEqual([city.leads, city.having, city.distinct, source.counts[0].value], [3, 3, 2, 'yelp'])
  assert.deepEqual(city.counts.map(({ value, leads }) => [value, leads]), [['lyon', 2], ['bron', 1]])
  const [lyon] = await lead.facets(store, { fields: 'city', filter: city.counts[0].filter })
  assert.equal(lyon.leads, 2)
  const [months] = await lead.facets(store, { fields: 'first_seen', zone: 'Europe/Paris' })
  assert.deepEqual(months.counts.map(({ value }) => value), ['2026-01', '2026-02'])
  assert.equal((await lead.facets(store)).length, 6)
  assert.equal((await lead.facets(store, { fields: 'city', filter: '@with-phone' }))[0].leads, 2)
  await assert.rejects(lead.facets(store, { filter: '@nobody' }), { code: 'NOT_FOUND' })
  await assert.rejects(lead.facets(store, { fields: 'colour' }), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.facets(store, { colour: 'red' }), TypeError)
})

test('stats are those of the store', async () => {
  const told = await lead.stats(store, { stages: { lyon: 'city:Lyon', mail: 'has:email' } })
  assert.deepEqual(told.stages.map(({ name, leads }) => [name, leads]), [['lyon', 2], ['mail', 1]])
  assert.deepEqual(told.series.points.slice(0, 2).map((point) => point.new), [1, 2])
  assert.equal(told.coverage.find(({ field }) => field === 'phone').leads, 2)
  const half = await lead.stats(store, { since: '2026-02-01', until: '2026-02-15', by: 'day' })
  assert.deepEqual([half.leads, half.comparison.changes[0].change], [2, 2])
  await assert.rejects(lead.stats(store, { since: 'yesterday' }), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.stats(7), TypeError)
})
