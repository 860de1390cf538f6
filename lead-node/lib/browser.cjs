'use strict'

const { URL, fileURLToPath } = require('node:url')
const { isMainThread } = require('node:worker_threads')

const { open, opened } = require('./answer.cjs')
const { checked, snake, text } = require('./checks.cjs')
const native = require('./native.cjs')
const { Stream, cancelled } = require('./stream.cjs')

// Browsers end with the process in any case; this leaves no folder of theirs either.
if (isMainThread) process.once('exit', () => native.endBrowsers())

/** The native half of a browser; the class alone can tell. */
let under

/** Rules for sites as the native half takes them: a path or a text, or what stands in a file. */
const rules = (given) => (given instanceof URL ? fileURLToPath(given) : given)

/** An identity by the names that Rust has for its parts. */
function identity(given) {
  return given?.coherent ? { coherent: snake(given.coherent) } : given
}

/** A page that a browser rendered. */
class RenderedPage {
  constructor({ answer, body, jpeg, shots }) {
    const { picture, shots: sources, ...known } = open(answer)
    const seen = sources.map((source, place) => ({ source, png: shots[place] }))
    Object.assign(this, known, { body, picture: picture && { jpeg, ...picture }, shots: seen })
  }

  html() {
    return open(native.decode(this.body, this.content_type ?? undefined))
  }
}

/** Pages as they are watched: an async iterable of events. */
class Live extends Stream {
  constructor(looking, signal, waiting) {
    const leave = () => looking.leave()
    const next = () => {
      const told = new Promise((tell) => looking.next(tell))
      waiting.add(told)
      return told.finally(() => waiting.delete(told))
    }
    super(looking && { next, close: leave, leave }, 'live', signal)
  }

  _opened({ answer, jpeg }) {
    const event = open(answer)
    return event && [jpeg ? { ...event, jpeg } : event]
  }
}

/** Renders pages in the system's Chromium. */
class Browser {
  #native
  /** What loops over `live` wait for. */
  #waiting = new Set()

  static {
    under = (browser) => browser.#native
  }

  constructor(options) {
    const given = checked('browser', options)
    const settings = { ...snake(given), rules: rules(given.rules), identity: identity(given.identity) }
    this.#native = opened(native.browser(JSON.stringify(settings)))
  }

  async fetch(url, options) {
    const { signal } = checked('fetch', options)
    const visit = this.#native.visit(text('url', url instanceof URL ? url.href : url))
    const giveUp = () => visit.giveUp()
    if (signal?.aborted) throw cancelled('fetch', signal)
    signal?.addEventListener('abort', giveUp, { once: true })
    try {
      const page = await visit.page()
      if (signal?.aborted) throw cancelled('fetch', signal)
      return new RenderedPage(page)
    } finally {
      signal?.removeEventListener('abort', giveUp)
    }
  }

  live(options) {
    const { signal } = checked('live', options)
    return new Live(signal?.aborted ? null : opened(this.#native.live()), signal, this.#waiting)
  }

  get stats() {
    const [browsers, pages] = open(this.#native.stats())
    return { browsers, pages }
  }

  async close() {
    await this.#native.close()
    // A loop over `live` keeps no program alive; who closes waits until each knows that it is over.
    const alive = setInterval(() => {}, 1000)
    await Promise.allSettled(this.#waiting)
    clearInterval(alive)
  }
}

// Not in every Node 20.
if (Symbol.asyncDispose) {
  Browser.prototype[Symbol.asyncDispose] = Browser.prototype.close
}

/** How work renders: its options, and the native half of a browser that was handed over. */
function rendering({ browser, browserWhen, browserRules, browserIdentity, ...rest }) {
  const settings = { ...rest, browserRules: rules(browserRules), browserIdentity: identity(browserIdentity) }
  if (browser instanceof Browser) return [{ ...settings, browser: browserWhen ?? 'shells' }, under(browser)]
  if (typeof browser === 'object') throw new TypeError('option browser must be "shells", "always" or a Browser')
  if (browserWhen !== undefined) throw new TypeError('option browserWhen goes with a Browser')
  return [{ ...settings, browser }, undefined]
}

module.exports = { Browser, Live, RenderedPage, rendering }
