// Node answers what Rust answers: the cases that all three languages share (tests/cases/README.md).
import assert from 'node:assert/strict'
import test from 'node:test'

import { LeadError, extract, findPhones } from 'lead-node'

import { cases, options } from '../../tests/cases/read.mjs'

const document = (given, field) => (given.bytes === undefined ? given[field] : Buffer.from(given.bytes, 'latin1'))

for (const given of cases('extract')) {
  test(`extract: ${given.name}`, () => {
    assert.deepEqual(extract(document(given, 'html'), options(given.options)), given.expected)
  })
}

for (const given of cases('find_phones')) {
  test(`findPhones: ${given.name}`, () => {
    const found = findPhones(given.text, options(given.options))
    assert.deepEqual(found.map(({ start, end }) => [start, end]), given.utf16)
    for (const { start, end, raw } of found) assert.equal(given.text.slice(start, end), raw)
    const inBytes = found.map((one, at) => ({ ...one, start: given.expected[at]?.start, end: given.expected[at]?.end }))
    assert.deepEqual(inBytes, given.expected)
  })
}

for (const given of cases('errors')) {
  test(`errors: ${given.name}`, () => {
    const call = given.call === 'extract' ? extract : findPhones
    assert.throws(
      () => call(document(given, 'input'), options(given.options)),
      (error) => {
        assert.ok(error instanceof LeadError)
        const { kind, code, operation, retryable, message } = error
        assert.deepEqual({ kind, code, operation, retryable, message }, given.expected)
        return true
      },
    )
  })
}
