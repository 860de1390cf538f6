'use strict'

const { readFileSync } = require('node:fs')

const { open, opened } = require('./answer.cjs')
const { rendering } = require('./browser.cjs')
const { checked, snake } = require('./checks.cjs')
const native = require('./native.cjs')
const { Stream } = require('./stream.cjs')

/** Seconds of a time as Rust writes it. */
const seconds = ({ secs, nanos }) => secs + nanos / 1e9

/** A match under way: an async iterable of what comes of each company, in their order. */
class Matches extends Stream {
  #native

  constructor(under, signal) {
    super(under, 'match', signal)
    this.#native = under
  }

  _opened(answer) {
    return open(answer)
  }

  /** How many companies were answered. */
  get done() {
    return this.#native === null ? 0 : open(this.#native.told()).done
  }

  /** What it came to, once it is over or was closed; null when it never began. */
  get summary() {
    const summary = this.#native && open(this.#native.told()).summary
    return summary && { ...summary, elapsed: seconds(summary.elapsed) }
  }
}

/** Companies as the native half takes them: JSON, or the bytes of a CSV. */
function given(companies) {
  if (companies instanceof Uint8Array) return companies
  if (typeof companies === 'string' || companies instanceof URL) return readFileSync(companies)
  if (!companies || typeof companies[Symbol.iterator] !== 'function') {
    throw new TypeError('companies must be an array of names and objects, the path of a CSV, or its bytes')
  }
  const rows = Array.from(companies, (one) => (typeof one === 'string' ? { name: one } : one))
  if (!rows.every((one) => typeof one === 'object' && one !== null)) throw new TypeError('a company must be a name or an object')
  return JSON.stringify(rows)
}

function match(companies, options) {
  const { signal, ...rest } = checked('match', options)
  const [settings, browser] = rendering(rest)
  const begin = () => opened(native.match(given(companies), JSON.stringify(snake(settings)), browser))
  return new Matches(signal?.aborted ? null : begin(), signal)
}

module.exports = { Matches, match, seconds }
