// Crawls of a site served here: pages with their contacts, and every way to end one.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

import * as lead from 'lead-node'

const LOCAL = { allowNet: '127.0.0.0/8', rate: 'off' }
const folder = mkdtempSync(join(tmpdir(), 'lead-'))

/** A bakery: `/` and `/1` to `/29` link on; `/slow` never answers; all else is gone. */
function page(number) {
  const links = [1, 2, 3].map((one) => `<a href='/${number * 3 + one}'>on</a>`).join('')
  const contact = `<p>Tel. +49 30 23125-${100 + number}</p><a href='mailto:laden${number}@baeckerei.test'>Mail</a>`
  return `<!doctype html><title>Bäckerei ${number}</title><meta charset=utf-8>${contact}${links}<a href='/old'>old</a>`
}

const asked = []
const server = createServer(({ url, headers }, response) => {
  asked.push(url)
  const name = url.slice(1)
  if (name === 'slow') return
  if (name === 'old') response.writeHead(301, { Location: '/1' }).end()
  else if (name === 'tagged' && headers['if-none-match'] === '"1"') {
    asked.push('whether it has changed')
    response.writeHead(304, { ETag: '"1"' }).end()
  } else if (name === 'tagged') response.writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': 'a=b', ETag: '"1"' }).end('<p>A page')
  else if (name === 'cookie') response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<title>${headers.cookie}</title>`)
  else if (name === '' || (/^\d+$/.test(name) && Number(name) < 30)) {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(page(Number(name)))
  } else response.writeHead(404, { 'Content-Type': 'text/html' }).end()
})

let site
test.before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  site = `http://127.0.0.1:${server.address().port}`
})
test.after(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

async function pages(crawl) {
  const found = []
  for await (const page of crawl) found.push(page)
  return found
}

const crawled = (options) => pages(lead.crawl(`${site}/`, { ...LOCAL, ...options }))
const names = (list) => new Set(list.map(({ input }) => input.slice(site.length + 1)))

test('answers are kept, and cookies go back', async () => {
  const kept = join(folder, 'kept')
  for (const [cookies, sent] of [[true, 'a=b'], [false, 'undefined']]) {
    const seeds = [`${site}/tagged`, `${site}/cookie`]
    const found = await pages(lead.crawl(seeds, { ...LOCAL, cookies, cache: kept, concurrency: 1, maxDepth: 0 }))
    assert.ok(found.some(({ title }) => title === sent), JSON.stringify(found.map(({ title }) => title)))
  }
  assert.ok(existsSync(join(kept, 'CACHEDIR.TAG')))
  assert.equal(asked.filter((one) => one === 'whether it has changed').length, 1)
})

test('every page once, with what stands on it', async () => {
  const before = asked.length
  const crawl = lead.crawl(`${site}/`, LOCAL)
  const found = await pages(crawl)
  assert.equal(names(found).size, found.length)
  const byName = Object.fromEntries(found.map((page) => [page.input.slice(site.length + 1), page]))
  const read = found.filter(({ outcome }) => outcome === 'page')
  assert.deepEqual(names(read), new Set(['', ...Array.from({ length: 29 }, (_, number) => String(number + 1))]))
  const { contacts, ...seven } = byName[7]
  assert.equal(contacts.phones[0].e164, '+493023125107')
  assert.equal(contacts.emails[0].address, 'laden7@baeckerei.test')
  assert.deepEqual(
    { ...seven, fetched_at: null, bytes: null, links: null },
    {
      input: `${site}/7`,
      outcome: 'page',
      http_status: 200,
      depth: 2,
      bytes: null,
      attempts: 1,
      fetched_at: null,
      title: 'Bäckerei 7',
      links: null,
    },
  )
  assert.ok(Math.abs(Date.now() - Date.parse(seven.fetched_at)) < 60_000)
  assert.equal(byName.old.redirect, `${site}/1`)
  assert.equal(byName[30].outcome, 'gone')
  assert.equal(asked.slice(before).filter((url) => url === '/7').length, 1)
  const { summary, progress } = crawl
  assert.equal(summary.outcomes.page, 30)
  assert.equal(summary.with_contacts, 30)
  assert.equal(summary.stopped, false)
  assert.ok(summary.elapsed > 0 && summary.elapsed < 60)
  assert.deepEqual(progress, { done: found.length, pending: 0, hosts: 1 })
})

test('options keep it in bounds', async () => {
  assert.equal((await crawled({ maxPages: 5 })).length, 5)
  assert.equal((await pages(lead.crawl([new URL(site)], { ...LOCAL, maxPages: 1 }))).length, 1)
  assert.deepEqual(new Set((await crawled({ maxDepth: 1 })).map(({ depth }) => depth)), new Set([0, 1]))
  assert.deepEqual(names(await crawled({ include: '/[12]' })), new Set(['', '1', '2']))
  const without = names(await crawled({ exclude: ['/1*', '/2*'] }))
  assert.ok(!['1', '10', '2', '20'].some((name) => without.has(name)))
  assert.ok((await crawled({ contacts: false, maxPages: 3 })).every(({ contacts }) => contacts === undefined))
  const [only] = await crawled({ only: ['emails'], maxPages: 1 })
  assert.deepEqual([only.contacts.emails.length, only.contacts.phones.length], [1, 0])
  assert.equal((await crawled({ sameHost: true, concurrency: 1, maxPages: 7 })).length, 7)
})

test('how it fetches can be told', async () => {
  const resolve = `*.test=127.0.0.1:${server.address().port}`
  const [page] = await pages(lead.crawl('http://www.baeckerei.test/', { ...LOCAL, resolve, maxPages: 1 }))
  assert.deepEqual([page.input, page.outcome], ['http://www.baeckerei.test/', 'page'])
  const before = asked.length
  const [slow] = await pages(lead.crawl(`${site}/slow`, { ...LOCAL, timeout: 0.1, maxAttempts: 2 }))
  assert.equal(slow.outcome, 'timeout')
  assert.equal(asked.slice(before).filter((url) => url === '/slow').length, 2)
  const [large] = await crawled({ maxBodyBytes: 100 })
  assert.equal(large.outcome, 'too_large')
  await assert.rejects(crawled({ extraRoots: join(folder, 'no.pem') }), { name: 'LeadError', message: /certificate|roots|PEM/ })
})

test('networks that are not public are refused', async () => {
  const [page] = await pages(lead.crawl(`${site}/`, { rate: 'off' }))
  assert.equal(page.outcome, 'guarded')
  assert.ok(page.reason)
})

test('mistakes are told at once', () => {
  const nonsense = [
    { reach: 'village' },
    { allowNet: 'everything' },
    { rate: 0 },
    { rate: 'fast' },
    { resolve: 'nothing' },
    { maxPages: 0 },
    { maxDepth: 70_000 },
    { concurrency: 0 },
    { include: '[' },
    { region: 'Atlantis' },
    { timeout: -1 },
    { maxAttempts: 0 },
    { connectTimeout: 0 },
    { contact: 'no address' },
  ]
  for (const options of nonsense) {
    const wanted = { name: 'LeadError', code: 'INVALID_INPUT' }
    assert.throws(() => lead.crawl('http://a.test/', options), wanted, JSON.stringify(options))
  }
  for (const urls of [[], null, 'ftp://a.test/', 'a.test']) assert.throws(() => lead.crawl(urls), { code: 'INVALID_INPUT' })
  assert.throws(() => lead.crawl('http://a.test/', { sameHost: true, reach: 'any' }), { code: 'CONFIG' })
  assert.throws(() => lead.crawl([1]), TypeError)
  for (const options of [{ maxPage: 1 }, { maxPages: '1' }, { signal: {} }, { allowNet: [1] }]) {
    assert.throws(() => lead.crawl('http://a.test/', options), TypeError)
  }
  assert.throws(
    () => lead.crawl('http://a.test/', { proxy: 'ftp://me:hunter2@a.test' }),
    (error) => error.code === 'INVALID_INPUT' && !error.message.includes('hunter2'),
  )
})

test('leaving the loop ends it', { timeout: 20_000 }, async () => {
  const crawl = lead.crawl([`${site}/slow`, `${site}/`], LOCAL)
  for await (const page of crawl) {
    assert.equal(page.outcome, 'page')
    break
  }
  assert.equal(crawl.summary.stopped, true)
})

test('closing it ends the loop', { timeout: 20_000 }, async () => {
  const crawl = lead.crawl(`${site}/slow`, LOCAL)
  setTimeout(() => crawl.close(), 50)
  assert.deepEqual(await pages(crawl), [])
  assert.equal(crawl.summary.stopped, true)
})

test('a signal ends it, and is listened to no longer than that', { timeout: 20_000 }, async () => {
  const controller = new AbortController()
  const { signal } = controller
  let listeners = 0
  for (const [name, step] of [['addEventListener', 1], ['removeEventListener', -1]]) {
    const method = signal[name].bind(signal)
    signal[name] = (...args) => {
      listeners += step
      method(...args)
    }
  }
  assert.equal((await crawled({ signal, maxPages: 2 })).length, 2)
  assert.equal(listeners, 0)
  setTimeout(() => controller.abort(), 50)
  const start = performance.now()
  await assert.rejects(pages(lead.crawl(`${site}/slow`, { ...LOCAL, signal })), { name: 'LeadError', code: 'CANCELLED' })
  assert.ok(performance.now() - start < 5_000)
  await assert.rejects(crawled({ signal }), { code: 'CANCELLED' })
})

/** Runs a script in a process of its own, which must end by itself. */
async function run(script) {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (data) => (said += data))
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
  const code = await new Promise((resolve) => child.on('close', resolve))
  clearTimeout(timer)
  return { code, said }
}

test('no process hangs on a crawl that nobody follows', async () => {
  const begin = `import * as lead from 'lead-node'; const crawl = lead.crawl('${site}/slow', ${JSON.stringify(LOCAL)})`
  assert.deepEqual(await run(`${begin}; console.log('begun')`), { code: 0, said: 'begun\n' })
  const broken = `${begin}; const it = crawl[Symbol.asyncIterator](); setTimeout(() => process.exit(3), 100); await it.next()`
  assert.deepEqual(await run(broken), { code: 3, said: '' })
})

test('a folder is gone on with, and is of one crawl', async () => {
  const resume = join(folder, '50% done?')
  const crawl = lead.crawl(`${site}/`, { ...LOCAL, resume, maxPages: 8 })
  const first = new Set()
  for await (const page of crawl) {
    if (first.size === 0) {
      const second = pages(lead.crawl([], { ...LOCAL, resume }))
      await assert.rejects(second, { code: 'LOCKED', retryable: true })
    }
    first.add(page.input)
  }
  const before = asked.length
  const again = lead.crawl(null, { ...LOCAL, resume })
  const found = (await pages(again)).map(({ input }) => input)
  assert.equal(new Set(found).size, found.length)
  assert.ok(found.length > first.size && [...first].every((url) => found.includes(url)))
  assert.equal(again.summary.resumed, first.size)
  assert.ok(!asked.slice(before).some((url) => first.has(site + url)), 'a page was asked twice')
})

test('what is fetched is also written', async () => {
  const warc = join(folder, 'a.warc.gz')
  const read = (await crawled({ warc, maxPages: 6 })).filter(({ outcome }) => outcome === 'page')
  const archived = new Set()
  for await (const { url } of lead.readArchive(warc)) archived.add(url)
  assert.deepEqual(archived, new Set(read.map(({ input }) => input)))
  writeFileSync(join(folder, 'text'), 'no archive')
  await assert.rejects(crawled({ warc: join(folder, 'text') }), { code: 'CONFLICT' })
})
