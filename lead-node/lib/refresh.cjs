'use strict'

const { open, opened } = require('./answer.cjs')
const { rendering } = require('./browser.cjs')
const { checked, snake, storeOf } = require('./checks.cjs')
const { Collection } = require('./collect.cjs')
const native = require('./native.cjs')

/** Sites being visited again: an async iterable of events. */
class Refreshing extends Collection {
  #native

  constructor(under, signal) {
    super(under, signal, [])
    this.#native = under
  }

  /** What came of the sites, once it is over; null before. */
  get sites() {
    const told = this.#native && open(this.#native.told()).sites
    if (!told) return null
    const { kept_away: keptAway, ...rest } = told
    return { ...rest, keptAway }
  }
}

function refresh(store, options) {
  const { signal, ...rest } = checked('refresh', options)
  const [settings, browser] = rendering(rest)
  const wanted = JSON.stringify({ ...snake(settings), store: storeOf(store) })
  const begin = () => opened(native.refresh(wanted, browser))
  return new Refreshing(signal?.aborted ? null : begin(), signal)
}

module.exports = { Refreshing, refresh }
