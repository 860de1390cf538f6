// The cases that all three languages share (tests/cases/README.md), and their names in JavaScript.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

export function cases(name) {
  const list = JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'))
  assert.ok(list.length > 0)
  return list
}

/** `base_url` is `baseUrl` here. */
export const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())

export const options = (given) => Object.fromEntries(Object.entries(given).map(([name, value]) => [camel(name), value]))
