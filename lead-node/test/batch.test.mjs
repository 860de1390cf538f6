// Many documents at once: in order, each failing alone, while JavaScript goes on.
import assert from 'node:assert/strict'
import test from 'node:test'

import * as lead from 'lead-node'

const PICTURE = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01', 'latin1')

test('answers come in the order of the documents, whatever the threads', async () => {
  const pages = Array.from({ length: 300 }, (_, n) => `<p>info${n}@bakery.example`)
  const expected = pages.map((page) => lead.extract(page))
  for (const threads of [1, 2, 7, undefined]) assert.deepEqual(await lead.extractMany(pages, { threads }), expected)
  assert.deepEqual(await lead.extractMany([]), [])
})

test('a document that fails fails alone', async () => {
  const [read, picture, address] = await lead.extractMany([
    Buffer.from('<p>info@a.example'),
    PICTURE,
    { html: '<p>info@b.example', baseUrl: 'ftp://b.example' },
  ])
  assert.equal(read.emails[0].address, 'info@a.example')
  assert.ok(picture instanceof lead.LeadError)
  assert.equal(picture.code, 'DECODE')
  assert.equal(address.code, 'INVALID_INPUT')
})

test('what a page says of itself comes first', async () => {
  const page = { html: '<p>Tel. 030 23125100', region: 'DE', baseUrl: 'https://bakery.example/', contentType: 'text/html' }
  const answers = await lead.extractMany([page, '<p>(415) 555-2671'], { region: 'US' })
  assert.deepEqual(answers.map((answer) => answer.region), ['DE', 'US'])
  assert.equal(answers[0].url, 'https://bakery.example/')
})

test('JavaScript goes on meanwhile', async () => {
  let ticks = 0
  const timer = setInterval(() => (ticks += 1), 1)
  const page = '<p>Tel. (415) 555-2671, 12 Main Street, Springfield, IL 62701</p>'.repeat(300)
  await lead.extractMany(Array.from({ length: 40 }, () => page))
  clearInterval(timer)
  assert.ok(ticks > 0)
})

test('mistakes are named', async () => {
  await assert.rejects(lead.extractMany('<p>'), TypeError)
  await assert.rejects(lead.extractMany([1]), TypeError)
  await assert.rejects(lead.extractMany([{ html: '<p>', mode: 'smart' }]), TypeError)
  await assert.rejects(lead.extractMany(['<p>'], { baseUrl: 'https://a.example' }), TypeError)
  await assert.rejects(lead.extractMany(['<p>'], { region: 'Atlantis' }).then((all) => Promise.reject(all[0])), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.extractMany(['<p>'], { mode: 'clever' }), { code: 'INVALID_INPUT' })
})
