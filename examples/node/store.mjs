// A store that is open: written, asked, kept clean, and handed on to a webhook that is served here.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
// In a program of your own: import * as lead from 'lead-node'
import * as lead from '../../lead-node/lib/index.mjs'

const shops = [
  { key: '1', name: 'Boulangerie Exemple', phone: '04 78 00 00 01', city: 'Lyon', country: 'FR' },
  { key: '2', name: 'Garage Modèle', email: 'bonjour@garage.example', city: 'Bron', country: 'FR' },
]
const hook = createServer((request, response) => {
  let bytes = 0
  request.on('data', (some) => (bytes += some.length))
  request.on('end', () => {
    console.log('the webhook gets', bytes, 'bytes')
    response.writeHead(204).end()
  })
})
await new Promise((resolve) => hook.listen(0, '127.0.0.1', resolve))

const store = await lead.openStore('memory://') // sqlite://leads.db, postgres://user@host/database
const written = await store.write('crm', shops)
console.log(written.created, 'leads,', await store.count('@with-phone'), 'with a phone')

await store.saveFilter('lyon', 'city:Lyon')
for await (const one of store.each({ filter: '@lyon', sort: 'name' })) {
  const { sightings } = await store.history(one.id)
  console.log(one.name, one.phones[0].e164, 'seen', sightings.length, 'times')
}

// Whatever takes the path of a store takes one that is open.
const [city] = await lead.facets(store, { fields: 'city' })
for (const { value, leads } of city.counts) console.log(value, leads)

const settings = {
  sink: [{ name: 'crm', kind: 'webhook', url: `http://127.0.0.1:${hook.address().port}/`, secrets: ['env:HOOK'] }],
  rule: [{ name: 'lyon', sink: 'crm', filter: 'city:Lyon' }],
}
const secrets = { HOOK: 'whsec_bGVhZHMtYXJlLXNpZ25lZC1oZXJlLWFuZC1ub3c=' }
const report = await lead.runSinks(settings, { store, secrets, allowNet: '127.0.0.0/8' })
assert.equal(report.delivered, 1)

// Who objects is taken out, and stays out.
await store.suppress('email:bonjour@garage.example', { reason: 'asked by telephone' })
await store.write('crm', shops)
assert.equal(await store.count('has:email'), 0)
const { leads } = await store.erase({ filter: 'city:Bron' })
console.log(leads, 'erased;', (await store.audit()).map(({ action }) => action))

await store.close()
hook.close()
hook.closeAllConnections()
