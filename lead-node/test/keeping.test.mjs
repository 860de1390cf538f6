// What changed in a store, what leaves it, and what comes back.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { pathToFileURL } from 'node:url'

import * as lead from 'lead-node'

const folder = mkdtempSync(join(tmpdir(), 'lead-keeping-'))
after(() => rmSync(folder, { recursive: true }))

/** A store with companies of these names. */
async function filled(name, ...names) {
  const file = join(folder, `${name}.csv`)
  const header = 'CompanyName, CompanyNumber,RegAddress.PostTown,RegAddress.PostCode,CompanyStatus\n'
  const row = (one, number) => `${one},${String(number).padStart(8, '0')},LEEDS,LS1 1AA,Active\n`
  writeFileSync(file, header + names.map(row).join(''))
  const store = `sqlite://${join(folder, `${name}.db`)}`
  await lead.importFile(file, { layout: 'companies-house', store })
  return store
}

async function all(iterable) {
  const items = []
  for await (const item of iterable) items.push(item)
  return items
}

test('changes are new leads and other values', async () => {
  const store = await filled('changes', 'EXAMPLE LTD', 'SAMPLE LTD')
  const changes = lead.changes(store, { since: '2020-01-01' })
  assert.equal(changes.compared, null)
  const found = await all(changes)
  assert.deepEqual(found.map(({ change, name }) => [change, name]).sort(), [
    ['new', 'EXAMPLE LTD'],
    ['new', 'SAMPLE LTD'],
  ])
  assert.deepEqual(changes.compared, { seen: 2, new: 2, changed: 0, unchanged: 0 })
  assert.equal(found[0].fields[0].field, 'organizations')
  assert.equal(found[0].fields[0].added[0].text, found[0].name)
  const some = await all(lead.changes(store, { since: '2020-01-01', filter: 'name:SAMPLE*' }))
  assert.deepEqual(some.map(({ name }) => name), ['SAMPLE LTD'])
  assert.throws(() => lead.changes(store, { since: '2020-01-01', filter: 'nothing:1' }), { code: 'INVALID_INPUT' })
  assert.throws(() => lead.changes(store, { until: '2020-01-01' }), TypeError)
  await assert.rejects(all(lead.changes(store, { since: 'last' })), { code: 'NOT_FOUND' })
  const signal = AbortSignal.abort()
  await assert.rejects(all(lead.changes(store, { since: '2020-01-01', signal })), { code: 'CANCELLED' })
})

test('leads leave and come back', async () => {
  const store = await filled('leads', 'EXAMPLE LTD', 'SAMPLE LTD')
  const archive = pathToFileURL(join(folder, 'archive'))
  const counted = await lead.retain(store, { olderThan: '0s', archive, dryRun: true })
  assert.deepEqual(counted, { leads: 2, files: [], bytes: 0, passedOver: 0 })
  const gone = await lead.retain(store, { olderThan: '0s', archive })
  assert.deepEqual([gone.leads, gone.files.length, gone.bytes], [2, 1, statSync(gone.files[0]).size])
  assert.deepEqual(await all(lead.changes(store, { since: '2020-01-01' })), [])
  const back = await lead.restore(archive, { store })
  assert.deepEqual(back, { leads: 2, inserted: 2, known: 0, erased: 0, suppressed: 0 })
  assert.equal((await lead.restore(gone.files, { store })).known, 2)
  const deleted = await lead.retain(store, { olderThan: '0s', delete: true, filter: 'name:SAMPLE*' })
  assert.deepEqual([deleted.leads, deleted.files], [1, []])
  await assert.rejects(lead.retain(store, { olderThan: '2y' }), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.retain(store, { olderThan: 'soon', delete: true }), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.restore(join(folder, 'missing.parquet'), { store }), { code: 'NOT_FOUND' })
})

test('leads are put away and brought back', async () => {
  const store = await filled('hidden', 'EXAMPLE LTD', 'SAMPLE LTD')
  const names = async (filter) => {
    const found = await all(lead.changes(store, { since: '2020-01-01', filter }))
    return found.map(({ name }) => name).sort()
  }
  const [{ id }] = await all(lead.changes(store, { since: '2020-01-01', filter: 'name:EXAMPLE*' }))
  const nobody = '00000000-0000-5000-8000-000000000000'
  const read = await lead.versions(store, [id, nobody])
  assert.deepEqual(Object.keys(read), [id])
  assert.deepEqual([read[id].lead.name, read[id].hidden], ['EXAMPLE LTD', false])
  const came = await lead.hide(store, { [id]: read[id].version, [nobody]: null }, { by: 'anna' })
  assert.deepEqual(came, { [id]: 'done', [nobody]: 'not_found' })
  assert.deepEqual(await names(''), ['SAMPLE LTD'])
  assert.deepEqual(await names('is:hidden'), ['EXAMPLE LTD'])
  assert.deepEqual(await lead.hide(store, id, { by: 'anna' }), { [id]: 'already' })
  assert.deepEqual(await lead.unhide(store, { [id]: read[id].version }, { by: 'ben' }), { [id]: 'changed' })
  assert.equal((await lead.versions(store, [id]))[id].hidden, true)
  assert.deepEqual(await lead.unhide(store, [id], { by: 'ben' }), { [id]: 'done' })
  assert.deepEqual(await lead.versions(store, [id]), read)
  assert.deepEqual(await lead.versions(store, [id], { tenant: 'other' }), {})
  await assert.rejects(lead.hide(store, 'no id', { by: 'anna' }), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.hide(store, id, { by: ' ' }), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.hide(store, { [id]: 'old' }, { by: 'anna' }), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.hide(store, 7, { by: 'anna' }), TypeError)
  await assert.rejects(lead.hide(store, id, { who: 'anna' }), TypeError)
})
