'use strict'

const { open, opened } = require('./answer.cjs')
const { rendering } = require('./browser.cjs')
const { addresses, checked, snake } = require('./checks.cjs')
const native = require('./native.cjs')
const { Stream } = require('./stream.cjs')

/** A crawl under way: an async iterable of its pages. */
class Crawl extends Stream {
  #native

  constructor(under, signal) {
    super(under, 'crawl', signal)
    this.#native = under
  }

  _opened(answer) {
    return open(answer)
  }

  /** How far it has come, as it last told. */
  get progress() {
    if (this.#native === null) return { done: 0, pending: 0, hosts: 0 }
    const { done, pending, hosts } = open(this.#native.told())
    return { done, pending, hosts }
  }

  /** What it came to, once it is over or was closed; null when it never began. */
  get summary() {
    const summary = this.#native && open(this.#native.told()).summary
    if (summary === null) return null
    const { outcomes, contacts, elapsed } = summary
    return {
      ...summary,
      asked: Object.values(outcomes).reduce((sum, count) => sum + count, 0),
      pages_a_contact: contacts ? (outcomes.page ?? 0) / contacts : null,
      elapsed: elapsed.secs + elapsed.nanos / 1e9,
    }
  }
}

function crawl(urls, options) {
  const { signal, ...rest } = checked('crawl', options)
  const seeds = addresses('urls', urls ?? [])
  const [settings, browser] = rendering(rest)
  const begin = () => opened(native.crawl(seeds, JSON.stringify(snake(settings)), browser))
  return new Crawl(signal?.aborted ? null : begin(), signal)
}

module.exports = { crawl, Crawl }
