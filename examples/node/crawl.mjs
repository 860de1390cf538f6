// A crawl of a site served here, written to a web archive, which is then read.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// In a program of your own: import * as lead from 'lead-node'
import * as lead from '../../lead-node/lib/index.mjs'

const pages = {
  '/': "<title>Boulangerie Exemple</title><a href='/contact'>Contact</a> <a href='/perdu'>Blog</a>",
  '/contact': "<title>Contact</title>Tél. 04 78 00 00 01, <a href='mailto:bonjour@boulangerie.example'>écrivez-nous</a>",
}
const server = createServer(({ url }, response) => {
  response.writeHead(pages[url] ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' }).end(pages[url])
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const folder = mkdtempSync(join(tmpdir(), 'lead-'))
const warc = join(folder, 'bakery.warc.gz')

// A site on this machine is asked only when its network is allowed, and may be asked as fast as it answers.
const options = { region: 'FR', warc, allowNet: '127.0.0.0/8', rate: 'off', signal: AbortSignal.timeout(60_000) }
const crawl = lead.crawl(`http://127.0.0.1:${server.address().port}/`, options)
for await (const page of crawl) {
  console.log(page.outcome.padEnd(5), page.input, page.contacts?.phones.map((phone) => phone.e164) ?? '')
}
console.log(crawl.summary.outcomes, `${crawl.summary.with_contacts} with contacts`)
assert.equal(crawl.summary.outcomes.page, 2)

for await (const page of lead.readArchive(warc, { contacts: true, region: 'FR' })) {
  if (page instanceof lead.LeadError) console.log('damaged at', page.context.offset)
  else console.log(page.status, page.url, page.contacts?.emails.map((email) => email.address))
}

server.close()
server.closeAllConnections()
rmSync(folder, { recursive: true })
