// Leads handed on to a webhook served here, and sites served here that are visited again.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, beforeEach, test } from 'node:test'

import * as lead from 'lead-node'

const SECRET = 'whsec_bGVhZHMtYXJlLXNpZ25lZC1oZXJlLWFuZC1ub3c='
let [taken, status, store] = [[], 204, null]

/** All that comes of an iterable. */
async function all(items) {
  const list = []
  for await (const item of items) list.push(item)
  return list
}

const server = createServer(async (request, response) => {
  if (request.method === 'GET') {
    const page = request.url === '/' ? '<title>Firm</title>Tel. +33 4 78 00 00 09' : ''
    return response.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html' }).end(page)
  }
  const body = Buffer.concat(await all(request)).toString()
  assert.match(request.headers['webhook-signature'], /^v1,/)
  taken.push(JSON.parse(body))
  response.writeHead(status).end()
})

before(() => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)))
after(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(async () => {
  ;[taken, status] = [[], 204]
  store = await lead.openStore('memory://')
  const firm = { key: 1, name: 'Firm', phone: '+33478000001', website: 'http://www.firm.test/' }
  await store.write('crm', [firm], { seenAt: '2026-01-31' })
})

const settings = () => ({
  sink: [{ name: 'crm', kind: 'webhook', url: `http://127.0.0.1:${server.address().port}/`, secrets: ['env:HOOK'] }],
  rule: [{ name: 'phones', sink: 'crm', filter: 'has:phone' }],
})
const how = () => ({ store, secrets: { HOOK: SECRET }, allowNet: '127.0.0.0/8' })

test('leads are handed on once', async () => {
  const [rule] = await lead.checkSinks(settings(), how())
  assert.deepEqual([rule.rule, rule.kind, rule.on, rule.leads], ['phones', 'webhook', ['created', 'changed'], 1])
  assert.deepEqual(await lead.runSinks(settings(), how()), { queued: 1, delivered: 1, again: 0, dead: 0, dropped: 0 })
  assert.deepEqual([taken[0].type, taken[0].data.lead.name], ['lead.created', 'Firm'])
  assert.equal((await lead.runSinks(settings(), how())).queued, 0)
  await store.write('crm', [{ key: 1, name: 'Firm et Fils', phone: '+33478000001' }])
  assert.equal((await lead.runSinks(settings(), how())).delivered, 1)
  await store.close()
})

test('what is refused is kept and tried again', async () => {
  status = 422
  assert.equal((await lead.runSinks(settings(), how())).dead, 1)
  const [letter] = await lead.deadLetters(settings(), { store })
  assert.deepEqual([letter.kind, letter.payload.rule, letter.attempts], ['sink:crm', 'phones', 1])
  assert.deepEqual(await lead.deadLetters(settings(), { store, after: letter.job }), [])
  assert.equal(await lead.retryLetters(settings(), { store, jobs: [letter.job + 1] }), 0)
  assert.equal(await lead.retryLetters(settings(), { store }), 1)
  status = 204
  assert.equal((await lead.runSinks(settings(), how())).delivered, 1)
  await store.close()
})

test('rounds follow each other', async () => {
  let delivered = 0
  for await (const report of lead.watchSinks(settings(), { ...how(), every: 0.05 })) {
    delivered += report.delivered
    if (delivered === 1) await store.write('crm', [{ key: 2, name: 'Other', phone: '+33478000002' }])
    if (delivered === 2) break
  }
  assert.deepEqual(taken.map(({ data }) => data.lead.name).sort(), ['Firm', 'Other'])
  await store.close()
})

test('settings that cannot be used', async () => {
  await assert.rejects(lead.runSinks(settings(), { store }), { code: 'CONFIG' })
  await assert.rejects(lead.checkSinks({ sink: [{ name: 'a', kind: 'fax' }] }, { store }), { code: 'CONFIG' })
  await assert.rejects(lead.checkSinks('missing.toml', { store }), { code: 'NOT_FOUND' })
  await assert.rejects(lead.runSinks(settings(), { store, colour: 'red' }), TypeError)
  await assert.rejects(lead.runSinks(7, { store }), TypeError)
  assert.throws(() => lead.watchSinks(settings(), { store, every: 0 }), { code: 'INVALID_INPUT' })
  await store.close()
})

test('sites are visited again', async () => {
  const web = { allowNet: '127.0.0.0/8', resolve: `www.firm.test=127.0.0.1:${server.address().port}`, rate: 'off' }
  const run = lead.refresh(store, { olderThan: '1d', filter: 'has:phone', ...web })
  const events = await all(run)
  assert.deepEqual([events[0].event, events.at(-1).event], ['planned', 'done'])
  assert.deepEqual([run.sites.read, run.sites.keptAway, run.summary.stopped], [1, 0, false])
  const [change] = await all(lead.changes(store, { since: run.run }))
  assert.ok(change.fields.some(({ field }) => field === 'phones'))
  const [{ phones }] = (await store.leads()).leads
  assert.ok(phones.some(({ e164 }) => e164 === '+33478000009'))
  assert.throws(() => lead.refresh(store, { olderThan: 'soon' }), { code: 'INVALID_INPUT' })
  assert.throws(() => lead.refresh(7), TypeError)
  await store.close()
})
