// Numbers as values answer what Rust answers (tests/cases/numbers.json), and are values of JavaScript.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { inspect } from 'node:util'

import { LeadError, findPhones, phone } from 'lead-node'

import { camel, cases, options } from '../../tests/cases/read.mjs'

const { PhoneNumber } = phone
const plain = (value) => (value === undefined ? 'undefined' : JSON.parse(JSON.stringify(value)))

/** What a call gives, or `{ error }` with all that is known of it. */
function answer(call) {
  try {
    return plain(call())
  } catch (error) {
    if (!(error instanceof LeadError)) throw error
    const { kind, code, message, context } = error
    return { error: { kind, code, message, context } }
  }
}

/** The answer of a method or a function; a number among the arguments is written as its JSON. */
function asked(of, { call, args = [], options: given }) {
  const values = args.map((value) => (value !== null && typeof value === 'object' ? PhoneNumber.fromJSON(value) : value))
  if (given) values.push(options(given))
  return answer(() => of[camel(call)](...values))
}

for (const { name, text, region, calls = [], expected } of cases('numbers')) {
  test(`numbers: ${name}`, () => {
    if (text === undefined) {
      assert.deepEqual(calls.map((call) => asked(phone, call)), expected.answers)
      return
    }
    if (expected.error) {
      assert.deepEqual(answer(() => phone.parse(text, { region })), expected)
      return
    }
    const number = phone.parse(text, { region })
    assert.deepEqual(plain(number), expected.number)
    assert.equal(String(number), expected.text)
    const facts = Object.keys(expected.facts).map((fact) => [fact, plain(number[camel(fact)])])
    assert.deepEqual(Object.fromEntries(facts), expected.facts)
    assert.deepEqual(calls.map((call) => asked(number, call)), expected.answers)
  })
}

test('everything public is asked in the cases', () => {
  const list = cases('numbers')
  const facts = list.flatMap(({ expected }) => Object.keys(expected.facts ?? {}))
  const calls = (ofNumbers) =>
    list.filter(({ text }) => (text !== undefined) === ofNumbers).flatMap(({ calls = [] }) => calls.map(({ call }) => call))
  const names = (list, own) => [...new Set([...list.map(camel), ...own])].sort()
  const parts = Object.keys(phone.parse('+49 30 123456'))
  const members = Object.getOwnPropertyNames(PhoneNumber.prototype).filter((name) => name !== 'constructor')
  assert.deepEqual([...members, ...parts].sort(), names([...facts, ...calls(true)], ['equals', 'toJSON', 'toString']))
  const functions = Object.keys(phone).filter((name) => /^[a-z]/.test(name))
  assert.deepEqual(functions.sort(), names(calls(false), ['parse']))
})

test('the types know every member and every function', () => {
  const types = readFileSync(new URL('../phone.d.ts', import.meta.url), 'utf8')
  const body = types.slice(types.indexOf('class PhoneNumber'), types.indexOf('interface NumberMatch'))
  const typed = [...body.matchAll(/^ {2}(?:readonly |get )?(\w+)(?=[(:])/gm)].map((match) => match[1])
  const parts = Object.keys(phone.parse('+49 30 123456'))
  assert.deepEqual([...new Set(typed)].sort(), [...Object.getOwnPropertyNames(PhoneNumber.prototype), ...parts].sort())
  const exported = [...types.matchAll(/^export declare (?:function|const|class) (\w+)/gm)].map((match) => match[1])
  assert.deepEqual(exported.sort(), Object.keys(phone).sort())
})

test('a number is frozen, is told by its parts and crosses as JSON', () => {
  const number = phone.parse('030/123456 ext. 7', { region: 'DE' })
  assert.ok(Object.isFrozen(number) && Object.isFrozen(phone))
  assert.throws(() => {
    number.extension = '8'
  }, TypeError)
  assert.throws(() => {
    number.e164 = '+1'
  }, TypeError)
  assert.deepEqual({ ...number }, {
    callingCode: 49,
    nationalSignificant: '30123456',
    extension: '7',
    countryCodeSource: 'default_country',
  })
  assert.match(inspect(number), /^PhoneNumber \{\s+callingCode: 49/)
  assert.equal(`${number}`, '+49 30 123456 ext. 7')
  assert.deepEqual(PhoneNumber.fromJSON(JSON.stringify(number)), number)
  assert.deepEqual(PhoneNumber.fromJSON(number.toJSON()), number)
  assert.deepEqual(new PhoneNumber(structuredClone(number)), number)
  assert.notDeepEqual(phone.parse('+49 30 123457'), phone.parse('+49 30 123456'))
})

test('numbers are equal when they are dialled alike', () => {
  const number = phone.parse('030/123456', { region: 'DE' })
  assert.ok(number.equals(phone.parse('+49 30 123456')))
  assert.ok(number.equals(new PhoneNumber({ callingCode: 49, nationalSignificant: '30123456' })))
  assert.ok(!number.equals(number.withExtension('7')))
  for (const other of ['+4930123456', null, undefined, { ...number }]) assert.ok(!number.equals(other))
})

test('parts that are no number are refused', () => {
  const made = (parts) => () => new PhoneNumber({ callingCode: 49, nationalSignificant: '30', ...parts })
  for (const parts of [{ nationalSignificant: '' }, { nationalSignificant: '3o' }, { extension: 'x' }, { countryCodeSource: 'x' }]) {
    assert.throws(made(parts), { name: 'LeadError', code: 'INVALID_INPUT' })
  }
  for (const parts of [{ callingCode: -1 }, { callingCode: '49' }, { nationalSignificant: 30 }, { extension: 7 }]) {
    assert.throws(made(parts), TypeError)
  }
  assert.throws(() => new PhoneNumber(), TypeError)
  for (const json of ['{}', 'x', undefined, null]) assert.throws(() => PhoneNumber.fromJSON(json), { code: 'DECODE' })
})

test('arguments of another type are type errors', () => {
  const number = phone.parse('+49 30 123456')
  assert.throws(() => phone.parse(49), { name: 'TypeError', message: /text must be a string/ })
  assert.throws(() => phone.parse('+49 30 123456', 'DE'), TypeError)
  assert.throws(() => phone.parse('+49 30 123456', { mode: 'smart' }), TypeError)
  assert.throws(() => number.formatFrom(), { name: 'TypeError', message: /region must be a string/ })
  assert.throws(() => number.compare(1), TypeError)
  assert.throws(() => phone.regionOfCallingCode(1.5), TypeError)
})

test('numbers are found where phones are', () => {
  const text = '☎️ 😀 Ring 01 23 45 67 89 or +1 201-555-0123 ext. 5 – é'
  const place = ({ start, end, e164, extension }) => ({ start, end, e164, extension })
  const numbers = phone.findNumbers(text, { region: 'FR' })
  const found = numbers.map(({ start, end, number }) => place({ start, end, e164: number.e164, extension: number.extension }))
  assert.deepEqual(found, findPhones(text, { region: 'FR' }).map(place))
  assert.equal(found.length, 2)
  assert.ok(numbers[0].number instanceof PhoneNumber)
})

test('the data has a version', () => {
  assert.match(phone.DATA_VERSION, /^\d+\.\d+\.\d+$/)
  assert.deepEqual(phone.parse('+49 12').timeZones, [phone.UNKNOWN_TIME_ZONE])
})
