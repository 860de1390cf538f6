// What Node adds: two ways in, one error class, options that are checked.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import test from 'node:test'

import * as lead from 'lead-node'
import * as phone from 'lead-node/phone'

const require = createRequire(import.meta.url)
const PAGE = "<p>Tel. <a href='tel:+14155552671'>(415) 555-2671</a></p>"

test('import and require give the same functions and the same error class', () => {
  const required = require('lead-node')
  assert.equal(required.extract, lead.extract)
  assert.equal(required.LeadError, lead.LeadError)
  assert.equal(lead.default, required)
  assert.equal(required.phone, lead.phone)
})

test('phone is a way in of its own, by import and by require', () => {
  assert.equal(require('lead-node/phone'), lead.phone)
  assert.equal(phone.default, lead.phone)
  const { default: _, ...named } = phone
  assert.deepEqual(named, { ...lead.phone })
})

test('the version is that of the manifest', () => {
  assert.equal(lead.version, require('lead-node/package.json').version)
})

test('bytes may come as a Buffer or a Uint8Array, also as a part of a larger one', () => {
  const large = Buffer.from(`xx${PAGE}xx`)
  const expected = lead.extract(PAGE)
  assert.equal(expected.phones[0].e164, '+14155552671')
  for (const bytes of [Buffer.from(PAGE), new Uint8Array(Buffer.from(PAGE)), large.subarray(2, -2)]) {
    assert.deepEqual(lead.extract(bytes), expected)
  }
})

test('options that nobody knows and values of another type are type errors', () => {
  assert.throws(() => lead.extract(PAGE, { regoin: 'US' }), { name: 'TypeError', message: /regoin/ })
  assert.throws(() => lead.extract(PAGE, { leniency: 'valid' }), TypeError)
  assert.throws(() => lead.extract(PAGE, { region: 1 }), TypeError)
  assert.throws(() => lead.extract(PAGE, { toString: 'x' }), TypeError)
  assert.throws(() => lead.extract(PAGE, { doubtful: 'yes' }), { name: 'TypeError', message: /doubtful .* true or false/ })
  for (const only of ['phones', [1], {}]) assert.throws(() => lead.extract(PAGE, { only }), TypeError)
  for (const maxTries of [-1, 0.5, '1', 2 ** 60]) assert.throws(() => lead.findPhones('', { maxTries }), TypeError)
  assert.throws(() => lead.extract(PAGE, 'US'), TypeError)
  assert.throws(() => lead.extract(1), TypeError)
  assert.throws(() => lead.extract(), TypeError)
  assert.throws(() => lead.findPhones(Buffer.from('')), TypeError)
  assert.deepEqual(lead.extract(PAGE, { region: undefined }), lead.extract(PAGE, null))
})

test('an error has a stack, a name and a code, and is not retryable when nothing changes', () => {
  try {
    lead.findPhones('', { region: 'Atlantis' })
    assert.fail('no error')
  } catch (error) {
    assert.ok(error instanceof Error && error instanceof lead.LeadError)
    assert.equal(error.name, 'LeadError')
    assert.equal(error.code, 'INVALID_INPUT')
    assert.equal(error.retryable, false)
    assert.match(error.stack, /package\.test\.mjs/)
  }
})

test('the types know every code that there is', () => {
  const native = require('../lib/native.cjs')
  const types = readFileSync(new URL('../index.d.ts', import.meta.url), 'utf8')
  const union = types.slice(types.indexOf('type ErrorCode'), types.indexOf('class LeadError'))
  const typed = [...union.matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map((match) => match[1])
  assert.deepEqual(typed, native.errorKinds().map(([, code]) => code))
})
