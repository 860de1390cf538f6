// A store that is open: what is asked of it, written to it, and erased.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

import * as lead from 'lead-node'

const BAKERS = [
  { key: 1, name: 'Baker A', phone: '+33478000001', website: 'a.example', city: 'Lyon', country: 'FR' },
  { key: 2, name: 'Baker B', email: 'info@b.example', city: 'Bron', country: 'FR' },
  { name: 'without a key' },
]
const folder = mkdtempSync(join(tmpdir(), 'lead-store-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** All that comes of an iterable. */
async function all(items) {
  const list = []
  for await (const item of items) list.push(item)
  return list
}

/** A store in memory with two bakers. */
async function bakers() {
  const store = await lead.openStore('memory://')
  const written = await store.write('crm', BAKERS, { seenAt: '2026-01-31' })
  assert.deepEqual([written.listings, written.inserted, written.created, written.rejects.length], [2, 2, 2, 1])
  return store
}

const names = ({ leads }) => leads.map(({ name }) => name)

test('leads are read page by page', async () => {
  const store = await bakers()
  const first = await store.leads({ sort: '-name', limit: 1 })
  assert.deepEqual(names(first), ['Baker B'])
  assert.deepEqual(names(await store.leads({ sort: '-name', limit: 1, cursor: first.next })), ['Baker A'])
  assert.deepEqual((await all(store.each({ sort: 'name' }))).map(({ name }) => name), ['Baker A', 'Baker B'])
  assert.deepEqual([await store.count(), await store.count('@with-phone')], [2, 1])
  assert.deepEqual(await store.estimate('@with-phone'), { count: 1, least: 1, most: 1 })
  const [cursor] = await store.marks({ every: 1, sort: 'name' })
  assert.equal((await store.leads({ sort: 'name', cursor })).leads[0].name, 'Baker B')
  await assert.rejects(store.marks({ every: 0 }), { code: 'INVALID_INPUT' })
  const [one] = (await store.leads({ filter: 'city:Lyon' })).leads
  assert.deepEqual(await store.lead(one.sources[0].record), one)
  const [aged] = (await store.leads({ filter: 'city:Lyon', asOf: '2036-01-31' })).leads
  assert.ok(aged.phones[0].confidence < one.phones[0].confidence)
  assert.equal((await store.matching('phone:+33478000001'))[0].record, one.sources[0].record)
  assert.equal(await store.lead('00000000-0000-0000-0000-000000000000'), null)
  assert.deepEqual(await store.runs(), [])
  await assert.rejects(store.leads({ sort: 'colour' }), { code: 'INVALID_INPUT' })
  await assert.rejects(store.count('@nobody'), { code: 'NOT_FOUND' })
  await assert.rejects(store.write('crm', [{ key: 1, colour: 'red' }]), { code: 'INVALID_INPUT' })
  await assert.rejects(store.write(7, []), TypeError)
  await assert.rejects(store.leads({ colour: 'red' }), TypeError)
  await store.close()
})

test('whatever takes a store takes one that is open', async () => {
  const store = await bakers()
  assert.equal((await lead.facets(store, { fields: 'city' }))[0].leads, 2)
  assert.equal((await lead.facets(store, { fields: 'city', tenant: 'acme' }))[0].leads, 0)
  assert.equal((await lead.exportFile(join(folder, 'leads.csv'), { store })).leads, 2)
  const guide = { id: 'guide', step: () => [{ key: '1', name: 'Rossi', city: 'Roma', country: 'IT' }] }
  const events = await all(lead.collect('bakeries', { sources: [guide], store, visitSites: false }))
  assert.equal(events.at(-1).event, 'done')
  assert.deepEqual([await store.count(), (await store.runs({ limit: 1 }))[0].state.done], [3, true])
  await store.close()
  await assert.rejects(store.count(), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.facets(store), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.facets({}), TypeError)
})

test('a lead is withdrawn only as it was read', async () => {
  const store = await bakers()
  const [{ id }] = (await store.leads({ filter: 'city:Lyon' })).leads
  const read = await store.history(id)
  assert.deepEqual([read.sightings.length, read.links, read.sightings[0].seen_at], [1, [], '2026-01-31T00:00:00Z'])
  await store.write('crm', [{ key: 1, name: 'Baker A et Fils' }])
  assert.deepEqual(await store.withdraw({ [id]: read.version }), [])
  const { version } = await store.history(id)
  assert.deepEqual(await store.withdraw({ [id]: version }), [id])
  assert.equal(await store.history(id), null)
  assert.deepEqual((await store.audit()).map(({ action }) => action), ['lead.withdrawn'])
  assert.deepEqual(await store.audit({ after: 1 }), [])
  await store.close()
})

test('what is erased is said', async () => {
  const store = await bakers()
  assert.deepEqual(await store.erase({ filter: 'city:Bron', dryRun: true }), { leads: 1, sightings: 0, archived: 0 })
  await assert.rejects(store.erase({ filter: '' }), { code: 'INVALID_INPUT' })
  await assert.rejects(store.erase({}), { code: 'INVALID_INPUT' })
  const [{ id }] = (await store.leads({ filter: 'city:Lyon' })).leads
  await lead.retain(store, { olderThan: '0s', archive: join(folder, 'archive') })
  assert.equal((await store.erase(id, { archive: join(folder, 'archive') })).archived, 1)
  assert.equal((await lead.restore(join(folder, 'archive'), { store })).leads, 1)
  assert.equal((await store.erase({ filter: '*' })).leads, 1)
  assert.equal(await store.count(), 0)
  await store.close()
})

test('records that are one are linked', async () => {
  const store = await bakers()
  const [left, right] = (await store.leads()).leads.map(({ sources }) => sources[0].record)
  const linked = await store.link([{ left, right, because: 'site:a.example' }])
  assert.deepEqual([linked.merged.length, await store.count()], [1, 1])
  assert.equal((await store.history(left)).links[0].because, 'site:a.example')
  await store.close()
})

test('the suppression list and filters by name', async () => {
  const store = await bakers()
  await store.suppress('domain:b.example', { reason: 'asked' })
  const states = await store.suppressed(['email:info@b.example', 'phone:+33478000001'])
  assert.deepEqual(states.map(({ entry }) => entry?.reason), ['asked', undefined])
  assert.equal((await store.suppressions())[0].subject, 'domain:b.example')
  assert.equal(await store.unsuppress(['domain:b.example', 'domain:c.example']), 1)
  await assert.rejects(store.suppress('somebody'), { code: 'INVALID_INPUT' })
  await store.saveFilter('lyon', 'city:Lyon')
  assert.equal(await store.count('@lyon has:phone'), 1)
  const [saved, builtIn] = await store.filters()
  assert.deepEqual([saved.name, saved.builtIn, builtIn.builtIn], ['lyon', false, true])
  assert.deepEqual([await store.removeFilter('lyon'), await store.removeFilter('lyon')], [true, false])
  await assert.rejects(store.saveFilter('with-phone', 'has:phone'), { code: 'INVALID_INPUT' })
  await store.close()
})

test('a mirror is looked after', async () => {
  const [place, file] = [`sqlite://${join(folder, 'leads.db')}`, join(folder, 'mirror.csv')]
  const store = await lead.openStore(place, { mirror: `csv://${file}` })
  async function* some() {
    yield* BAKERS.slice(0, 2)
  }
  assert.equal((await store.write('crm', some())).created, 2)
  assert.deepEqual(await store.drainMirror({ seconds: 20 }), { entries: 0, notes: 0, failure: null })
  assert.equal((await store.mirrorLag()).entries, 0)
  await store.close()
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Baker A', 'Baker X'))
  const again = await lead.openStore(place, { mirror: `csv://${file}` })
  const found = await again.checkMirror()
  assert.deepEqual([found.agrees, found.different, found.leads[0].how], [false, 1, 'different'])
  const mended = await again.repairMirror({ erase: true })
  assert.deepEqual([mended.agrees, mended.mended, mended.onlyPrimary], [true, 1, 0])
  await again.close()
  assert.match(readFileSync(file, 'utf8'), /Baker A/)
  const alone = await lead.openStore(place)
  await assert.rejects(alone.mirrorLag(), { code: 'INVALID_INPUT' })
  await alone.close()
})

test('a store that cannot be opened', async () => {
  await assert.rejects(lead.openStore('mysql://localhost/leads'), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.openStore(7), TypeError)
  await assert.rejects(lead.openStore('memory://', { colour: 'red' }), TypeError)
})
