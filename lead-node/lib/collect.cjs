'use strict'

const { open, opened } = require('./answer.cjs')
const { rendering } = require('./browser.cjs')
const { addresses, checked, snake } = require('./checks.cjs')
const { LeadError } = require('./errors.cjs')
const { seconds } = require('./match.cjs')
const native = require('./native.cjs')
const { platform } = require('./saved.cjs')
const { Stream } = require('./stream.cjs')

/** A batch as JSON; an array alone is one of listings, and the last. */
function batch(given) {
  const whole = Array.isArray(given) ? { listings: given } : given
  if (typeof whole !== 'object' || whole === null) throw new TypeError('a step gives an object with listings and next')
  return JSON.stringify(whole)
}

/** Has sources of the application's take the steps they are asked for, as long as the run goes on. */
async function answering(under, own, stopped) {
  for (;;) {
    const question = open(await under.asked())
    if (question === null) return
    const { id, source, query, cursor } = question
    const asked = own[source]
    const step = async () => asked.step(JSON.parse(query), cursor, { signal: stopped })
    step()
      .then(batch)
      .then(
        (json) => under.answer(id, json, asked.id, null, null),
        (error) => under.answer(id, null, asked.id, String(error), error instanceof LeadError ? error.code : null)
      )
  }
}

/** A collection under way: an async iterable of its events. */
class Collection extends Stream {
  #native
  #own
  #stopped = new AbortController()

  constructor(under, signal, own) {
    super(under, 'collect', signal)
    this.#native = under
    this.#own = own
  }

  _opened(answer) {
    return open(answer)
  }

  [Symbol.asyncIterator]() {
    const items = super[Symbol.asyncIterator]()
    if (this.#native && this.#own.length) answering(this.#native, this.#own, this.#stopped.signal)
    return items
  }

  async close() {
    this.#stopped.abort()
    await super.close()
  }

  /** The run, to resume it by; null before it is planned. */
  get run() {
    return this.#native && open(this.#native.told()).run
  }

  /** How far it has come, as it last told. */
  get progress() {
    if (this.#native === null) return { done: 0, known: 0 }
    const { done, known } = open(this.#native.told())
    return { done, known }
  }

  /** What it came to, once it is over or was closed; null when it never began. */
  get summary() {
    const summary = this.#native && open(this.#native.told()).summary
    return summary && { ...summary, elapsed: seconds(summary.elapsed) }
  }
}

/** What a source of the application's says of itself. */
function card(source) {
  if (typeof source !== 'object' || source === null || typeof source.step !== 'function') {
    throw new TypeError('a source is a name, an adapter file, or an object with an id and a step(query, cursor)')
  }
  const { id, name, licence, attribution } = source
  return JSON.stringify({ id, name, licence, attribution })
}

function collect(query, options) {
  const { signal, sources = [], sites = [], ...rest } = checked('collect', options)
  if (query !== undefined && query !== null && typeof query !== 'string') throw new TypeError('query must be a string')
  const own = []
  const named = (typeof sources === 'string' ? [sources] : sources).map((source) => {
    return typeof source === 'string' || source instanceof URL ? platform('sources', source) : own.push(source) - 1
  })
  const cards = own.map(card)
  const [settings, browser] = rendering(rest)
  const wanted = JSON.stringify({ ...snake(settings), sources: named, sites: addresses('sites', sites) })
  const begin = () => opened(native.collect(query ?? undefined, cards, wanted, browser))
  return new Collection(signal?.aborted ? null : begin(), signal, own)
}

module.exports = { Collection, collect }
