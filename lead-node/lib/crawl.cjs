'use strict'

const { open } = require('./answer.cjs')
const { addresses, checked, snake } = require('./checks.cjs')
const native = require('./native.cjs')
const { Stream } = require('./stream.cjs')

/** A crawl under way: an async iterable of its pages. */
class Crawl extends Stream {
  #native

  constructor(begun, signal) {
    super(begun, 'crawl', signal)
    this.#native = begun
  }

  _opened(answer) {
    return open(answer)
  }

  /** How far it has come, as it last told. */
  get progress() {
    const { done, pending, hosts } = open(this.#native.told())
    return { done, pending, hosts }
  }

  /** What it came to, once it is over or was closed. */
  get summary() {
    const { summary } = open(this.#native.told())
    if (summary === null) return null
    return { ...summary, elapsed: summary.elapsed.secs + summary.elapsed.nanos / 1e9 }
  }
}

function crawl(urls, options) {
  const { signal, ...rest } = checked('crawl', options)
  const begun = native.crawl(addresses('urls', urls ?? []), JSON.stringify(snake(rest)))
  if (typeof begun === 'string') open(begun)
  return new Crawl(begun, signal)
}

module.exports = { crawl, Crawl }
