// Web archives, page by page, past damage, while JavaScript goes on.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

import * as lead from 'lead-node'

const folder = mkdtempSync(join(tmpdir(), 'lead-'))
test.after(() => rmSync(folder, { recursive: true }))

const body = (number) =>
  Buffer.from(
    `<!doctype html><title>Bäckerei ${number}</title><p>Tel. +49 30 23125-${100 + (number % 100)}</p>` +
      `<a href='mailto:laden${number}@baeckerei.test'>Mail</a>`,
  )

/** A record of an archive. */
function record(fields, block) {
  const head = Object.entries({ ...fields, 'Content-Length': block.length }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`WARC/1.1\r\n${head.join('')}\r\n`), block, Buffer.from('\r\n\r\n')])
}

function response(number, status = '200 OK', kind = 'text/html; charset=utf-8') {
  const head = `HTTP/1.1 ${status}\r\nContent-Type: ${kind}\r\nX-Cache: hit\r\n\r\n`
  const fields = {
    'WARC-Type': 'response',
    'WARC-Target-URI': `https://baeckerei.test/${number}`,
    'WARC-Date': '2026-05-04T03:02:01.5Z',
    'Content-Type': 'application/http; msgtype=response',
  }
  return record(fields, Buffer.concat([Buffer.from(head), body(number)]))
}

let files = 0
function file(...pieces) {
  const path = join(folder, `${(files += 1)}.warc.gz`)
  writeFileSync(path, Buffer.concat(pieces))
  return path
}

const archive = (count) => file(...Array.from({ length: count }, (_, number) => gzipSync(response(number))))

async function all(path, options) {
  const found = []
  for await (const page of lead.readArchive(path, options)) found.push(page)
  return found
}

test('a page says all of its record', async () => {
  const [page, ...rest] = await all(pathToFileURL(archive(1)))
  assert.equal(rest.length, 0)
  assert.ok(page instanceof lead.ArchivedPage)
  const { body: bytes, ...known } = page
  assert.deepEqual(known, {
    url: 'https://baeckerei.test/0',
    status: 200,
    content_type: 'text/html; charset=utf-8',
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['x-cache', 'hit'],
    ],
    fetched_at: '2026-05-04T03:02:01.5Z',
    offset: 0,
    contacts: null,
    error: null,
  })
  assert.deepEqual(bytes, body(0))
  assert.equal(page.html(), String(body(0)))
})

test('contacts are what extraction finds, whatever the threads', async () => {
  const path = archive(300)
  for (const threads of [undefined, 1, 3]) {
    const found = await all(path, { contacts: true, bodies: false, only: ['phones', 'emails'], threads })
    assert.equal(found.length, 300)
    for (const [number, page] of found.entries()) {
      const options = { baseUrl: page.url, contentType: page.content_type, only: ['phones', 'emails'] }
      assert.deepEqual(page.contacts, lead.extract(body(number), options))
      assert.equal(page.body.length, 0)
    }
    assert.equal(found[7].contacts.emails[0].address, 'laden7@baeckerei.test')
  }
})

test('damage stands in its place', async () => {
  const pieces = Array.from({ length: 5 }, (_, number) => gzipSync(response(number)))
  const [first, second, third, ...rest] = pieces
  const found = await all(file(first, second, third.subarray(0, third.length >> 1), ...rest), { contacts: true })
  assert.deepEqual(found.map((page) => page.url?.at(-1) ?? 'damage'), ['0', '1', 'damage', '3', '4'])
  assert.ok(found[2] instanceof lead.LeadError)
  assert.equal(found[2].context.offset, String(first.length + second.length))
})

test('a page whose contacts cannot be read says why', async () => {
  const picture = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01', 'latin1')
  const fields = { 'WARC-Type': 'resource', 'WARC-Target-URI': 'https://a.test/', 'Content-Type': 'text/html' }
  const [page] = await all(file(record(fields, picture)), { contacts: true })
  assert.equal(page.contacts, null)
  assert.ok(page.error instanceof lead.LeadError)
  assert.equal(page.error.code, 'DECODE')
  assert.equal(page.error.context.offset, '0')
  assert.throws(() => page.html(), { code: 'DECODE' })
})

test('what is no page for people is passed over', async () => {
  const path = file(response(1, '404 Not Found'), response(2), response(3, '200 OK', 'image/png'))
  assert.deepEqual((await all(path)).map(({ status }) => status), [200])
  assert.deepEqual((await all(path, { all: true })).map(({ status }) => status), [404, 200, 200])
})

test('what cannot be opened is thrown, and mistakes at once', async () => {
  await assert.rejects(all(join(folder, 'nothing.warc')), { name: 'LeadError', code: 'IO', message: /nothing\.warc/ })
  await assert.rejects(all(file(Buffer.from('PK\x03\x04 and no more'))), { code: 'CORRUPT' })
  const path = archive(1)
  for (const options of [{ region: 'Atlantis' }, { mode: 'clever' }, { threads: 0 }, { only: ['faxes'] }]) {
    assert.throws(() => lead.readArchive(path, options), { name: 'LeadError', code: 'INVALID_INPUT' })
  }
  for (const options of [{ baseUrl: 'https://a.test/' }, { all: 'yes' }, { signal: {} }]) {
    assert.throws(() => lead.readArchive(path, options), TypeError)
  }
  assert.throws(() => lead.readArchive(1), TypeError)
})

test('JavaScript goes on meanwhile', async () => {
  let ticks = 0
  const timer = setInterval(() => (ticks += 1), 1)
  assert.equal((await all(archive(1000), { contacts: true })).length, 1000)
  clearInterval(timer)
  assert.ok(ticks > 5, `${ticks} ticks`)
})

test('leaving early ends it; it is read once', async () => {
  const stream = lead.readArchive(archive(2000), { contacts: true })
  for await (const page of stream) {
    assert.ok(page.contacts)
    break
  }
  assert.throws(() => stream[Symbol.asyncIterator](), TypeError)
  const closed = lead.readArchive(archive(10))
  await closed.close()
  for await (const _ of closed) assert.fail('it is closed')
})

test('a signal ends it', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  let seen = 0
  const follow = async () => {
    for await (const _ of lead.readArchive(archive(2000), { signal: controller.signal })) {
      seen += 1
      if (seen === 3) controller.abort(reason)
    }
  }
  await assert.rejects(follow, (error) => {
    assert.ok(error instanceof lead.LeadError)
    assert.equal(error.code, 'CANCELLED')
    assert.equal(error.cause, reason)
    return true
  })
  assert.equal(seen, 3)
  await assert.rejects(all(archive(1), { signal: controller.signal }), { code: 'CANCELLED' })
})
