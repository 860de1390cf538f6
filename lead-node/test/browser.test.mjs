// Pages that a script fills, rendered by the system's Chromium.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import test from 'node:test'

import * as lead from 'lead-node'

const RENDERING = {
  allowNet: '127.0.0.0/8',
  rate: 'off',
  browser: 'shells',
  browserPath: process.env.LEAD_TEST_CHROMIUM,
  browserSandbox: process.env.LEAD_TEST_SANDBOX !== 'off',
}

const pages = {
  '/': "<title>Bakery</title><div id=root></div><script>fetch('/part').then(r => r.text()).then(t => { root.innerHTML = t })</script>",
  '/part': '<p>Ring +49 30 23125 123</p>',
}
const server = createServer(({ url }, response) => {
  response.writeHead(pages[url] ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' }).end(pages[url])
})

let site
test.before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  site = `http://127.0.0.1:${server.address().port}/`
})
test.after(() => {
  server.closeAllConnections()
  server.close()
})

async function only(crawl) {
  const found = []
  for await (const page of crawl) found.push(page)
  assert.equal(found.length, 1)
  return found[0]
}

test('a shell is rendered where a browser is wanted', async () => {
  const plain = await only(lead.crawl(site, { ...RENDERING, browser: null, browserPath: null }))
  assert.equal(plain.outcome, 'shell')
  const page = await only(lead.crawl(site, RENDERING))
  assert.equal(page.outcome, 'page')
  assert.equal(page.rendered, true)
  assert.deepEqual(page.contacts.phones.map((phone) => phone.e164), ['+493023125123'])
})

test('settings in vain are told', () => {
  assert.throws(() => lead.crawl(site, { browserPages: 2 }), { code: 'INVALID_INPUT' })
  assert.throws(() => lead.crawl(site, { browser: 'sometimes' }), { code: 'INVALID_INPUT' })
})
