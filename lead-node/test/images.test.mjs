// Numbers shown as pictures: which pictures, and engines of one's own and the system's.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'

import * as lead from 'lead-node'

import { cases } from '../../tests/cases/read.mjs'

const PICTURE = Buffer.from(cases('images').find(({ picture }) => picture).picture, 'base64')
const skip = spawnSync('tesseract', ['--version']).error ? 'tesseract is not installed' : false

for (const given of cases('images')) {
  test(`images: ${given.name}`, async () => {
    const found = lead.images(given.html, { baseUrl: given.base_url })
    assert.deepEqual(found, given.images)
    assert.deepEqual(lead.images(Buffer.from(given.html), { baseUrl: given.base_url, contentType: 'text/html' }), found)
    if (found.length === 0) return assert.equal(given.numbers, null)
    for (const engine of [() => given.read, async () => given.read]) {
      const numbers = await lead.numbersOfImage(PICTURE, { candidate: found[0], region: given.region, engine })
      assert.deepEqual(numbers, given.numbers)
    }
  })
}

test('a picture without a page has no place', async () => {
  const seen = []
  const engine = (picture) => {
    seen.push(picture)
    return '(415) 555-2671'
  }
  const [phone] = await lead.numbersOfImage(PICTURE, { region: 'US', engine })
  assert.deepEqual(seen, [PICTURE])
  assert.equal(phone.e164, '+14155552671')
  assert.deepEqual(phone.evidence, [{ method: 'image', snippet: '(415) 555-2671' }])
})

test('mistakes are told before anything is run', async () => {
  const engine = () => assert.fail('it was run')
  await assert.rejects(lead.numbersOfImage(PICTURE, { region: 'Atlantis', engine }), { name: 'LeadError', code: 'INVALID_INPUT' })
  await assert.rejects(lead.numbersOfImage(PICTURE, { candidate: {}, engine }), { code: 'INVALID_INPUT' })
  assert.throws(() => lead.images('<img>', { baseUrl: 'ftp://bakery.example/' }), { code: 'INVALID_INPUT' })
  for (const timeLimit of [0, -1, 1e300]) assert.throws(() => lead.tesseract({ timeLimit }), { code: 'INVALID_INPUT' })
  await assert.rejects(lead.numbersOfImage('text', { engine }), { name: 'TypeError', message: /picture/ })
  await assert.rejects(lead.numbersOfImage(PICTURE, { engine: 'tesseract' }), TypeError)
  await assert.rejects(lead.numbersOfImage(PICTURE, { engine: () => 1 }), TypeError)
  assert.throws(() => lead.tesseract({ limit: 1 }), TypeError)
})

test('what an engine throws is thrown', async () => {
  const broken = () => {
    throw new RangeError('no engine today')
  }
  await assert.rejects(lead.numbersOfImage(PICTURE, { engine: broken }), RangeError)
  await assert.rejects(lead.numbersOfImage(PICTURE, { engine: async () => broken() }), RangeError)
})

test('a tesseract that is not there is a typed error', async () => {
  const missing = lead.tesseract({ program: '/nowhere/tesseract' })
  const expected = { name: 'LeadError', code: 'CONFIG', retryable: false, message: /tesseract cannot be run/ }
  await assert.rejects(missing.check(), expected)
  await assert.rejects(missing(PICTURE), expected)
  await assert.rejects(lead.numbersOfImage(PICTURE, { engine: missing }), expected)
})

test('tesseract reads drawn digits, beside other processes', { skip }, async () => {
  await lead.tesseract().check()
  // Guards the notice of ended processes, which the runtime and Node both take.
  const other = new Promise((resolve) => spawn(process.execPath, ['-e', '']).on('exit', resolve))
  const all = await Promise.all(Array.from({ length: 4 }, () => lead.numbersOfImage(PICTURE, { region: 'DE' })))
  assert.deepEqual(all.map((phones) => phones.map(({ e164 }) => e164)), Array.from({ length: 4 }, () => ['+493023125100']))
  assert.equal(await other, 0)
  assert.equal((await lead.tesseract()(PICTURE)).replace(/\D/g, ''), '03023125100')
})

test('what is no picture is a typed error', async () => {
  await assert.rejects(lead.numbersOfImage(Buffer.from('no picture')), { code: 'DECODE' })
  await assert.rejects(lead.tesseract({ maxBytes: 100 })(PICTURE), { code: 'TOO_LARGE' })
})

test('a hanging engine is given up, and JavaScript goes on meanwhile', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lead-'))
  const program = join(folder, 'hangs')
  writeFileSync(program, '#!/bin/sh\ncat >/dev/null\nexec sleep 60\n')
  chmodSync(program, 0o755)
  let ticks = 0
  const timer = setInterval(() => (ticks += 1), 1)
  await assert.rejects(lead.tesseract({ program, timeLimit: 0.2 })(PICTURE), { code: 'TIMEOUT' })
  clearInterval(timer)
  rmSync(folder, { recursive: true })
  assert.ok(ticks > 20, `${ticks} ticks`)
})
