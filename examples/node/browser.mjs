// A page that a script fills, served here, rendered by the system's Chromium and watched meanwhile.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
// In a program of your own: import * as lead from 'lead-node'
import * as lead from '../../lead-node/lib/index.mjs'

const pages = {
  '/': `<title>Boulangerie Exemple</title><main id=root></main>
    <script>fetch('/contact').then(r => r.text()).then(t => { root.innerHTML = t })</script>`,
  '/contact': '<p class=phone>Tél. +33 4 78 00 00 01</p>',
}
const server = createServer(({ url }, response) => {
  response.writeHead(pages[url] ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' }).end(pages[url] ?? '<p>perdu')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

// A site on this machine is asked only when its network is allowed. Some containers forbid what the sandbox needs.
const browser = new lead.Browser({
  wait: { until: { selector: '.phone' } },
  live: { rate: 10, region: 'FR' },
  executable: process.env.LEAD_TEST_CHROMIUM,
  sandbox: process.env.LEAD_TEST_SANDBOX !== 'off',
  allowNet: '127.0.0.0/8',
  rate: 'off',
})

async function watch(live) {
  for await (const event of live) {
    if (event.kind === 'frame') console.log('frame', event.jpeg.length > 0, event.shows)
    else console.log(event.kind, event.url ?? event.boxes?.map((box) => box.number) ?? '')
  }
}

const watching = watch(browser.live())
const page = await browser.fetch(`http://127.0.0.1:${server.address().port}/`, { signal: AbortSignal.timeout(60_000) })
const phones = lead.extract(page.body, { baseUrl: page.url }).phones.map((phone) => phone.e164)
console.log(page.status, page.url, page.browser, phones)
assert.deepEqual(phones, ['+33478000001'])

await browser.close()
await watching // it ends with the browser
server.close()
server.closeAllConnections()
