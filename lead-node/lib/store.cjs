'use strict'

const { fileURLToPath } = require('node:url')

const { open, opened } = require('./answer.cjs')
const { HELD, checked, snake, text } = require('./checks.cjs')
const native = require('./native.cjs')

/** Listings that cross at once. */
const AT_ONCE = 10_000
/** Leads of a page when all are gone through. */
const PAGE = 500
/** Rejects that are handed over. */
const REJECTS = 1_000

/** `value`, which must be a string or an array of them: an array. */
function texts(name, value) {
  const list = Array.isArray(value) ? value : [value]
  if (!list.every((one) => typeof one === 'string')) throw new TypeError(`${name} must be a string or an array of strings`)
  return list
}

/** Adds what a portion came to. */
function add(sum, { rejects, ...counts }) {
  for (const [name, count] of Object.entries(counts)) sum[name] += count
  sum.rejects.push(...rejects.slice(0, REJECTS - sum.rejects.length))
}

/** A store that is open. */
class Store {
  #native

  constructor(under) {
    this.#native = under
    Object.defineProperty(this, HELD, { value: under.name() })
  }

  async #ask(what, options = {}) {
    return open(await this.#native.call(what, JSON.stringify(options)))
  }

  async leads(options) {
    return this.#ask('leads', snake(checked('store.leads', options)))
  }

  async *each(options) {
    const given = checked('store.each', options)
    let cursor
    do {
      const page = await this.#ask('leads', { ...given, limit: PAGE, cursor })
      yield* page.leads
      cursor = page.next
    } while (cursor)
  }

  async count(filter) {
    return this.#ask('count', { filter: filter === undefined || filter === null ? undefined : text('filter', filter) })
  }

  async estimate(filter) {
    return this.#ask('estimate', { filter: filter === undefined || filter === null ? undefined : text('filter', filter) })
  }

  async marks(options) {
    return this.#ask('marks', checked('store.marks', options))
  }

  async lead(id) {
    return this.#ask('lead', { id: text('id', id) })
  }

  async history(id) {
    return this.#ask('history', { id: text('id', id) })
  }

  async matching(keys) {
    return this.#ask('matching', { keys: texts('keys', keys) })
  }

  async runs(options) {
    return this.#ask('runs', checked('store.runs', options))
  }

  async audit(options) {
    return this.#ask('audit', checked('store.audit', options))
  }

  async write(source, listings, options) {
    const given = { source: text('source', source), ...snake(checked('store.write', options)) }
    const sum = { listings: 0, inserted: 0, seen_again: 0, suppressed: 0, created: 0, updated: 0, rejects: [] }
    let some = []
    const commit = async () => {
      add(sum, await this.#ask('write', { ...given, listings: some }))
      some = []
    }
    for await (const listing of listings) {
      if (some.push(listing) === AT_ONCE) await commit()
    }
    if (some.length) await commit()
    const { seen_again: seenAgain, ...rest } = sum
    return { ...rest, seenAgain }
  }

  async link(links) {
    if (!Array.isArray(links)) throw new TypeError('links must be an array')
    return this.#ask('link', { links })
  }

  async erase(which, options) {
    const one = typeof which === 'string' || Array.isArray(which)
    const { archive, ...rest } = (one ? options : which) ?? {}
    const folder = archive instanceof URL ? fileURLToPath(archive) : archive
    const given = snake(checked('store.erase', { ...rest, archive: folder }))
    return this.#ask('erase', one ? { ...given, ids: texts('ids', which) } : given)
  }

  async withdraw(leads) {
    const pairs = Object.entries(leads).map(([id, version]) => [id, text(`the version of ${id}`, version)])
    return this.#ask('withdraw', { leads: pairs })
  }

  async suppress(subjects, options) {
    await this.#ask('suppress', { subjects: texts('subjects', subjects), ...checked('store.suppress', options) })
  }

  async unsuppress(subjects) {
    return this.#ask('unsuppress', { subjects: texts('subjects', subjects) })
  }

  async suppressed(subjects) {
    return this.#ask('suppressed', { subjects: texts('subjects', subjects) })
  }

  async suppressions() {
    return this.#ask('suppressions')
  }

  async filters() {
    const named = await this.#ask('filters')
    return named.map(({ built_in: builtIn, ...rest }) => ({ ...rest, builtIn }))
  }

  async saveFilter(name, filter) {
    await this.#ask('save_filter', { name: text('name', name), filter: text('filter', filter) })
  }

  async removeFilter(name) {
    return this.#ask('remove_filter', { name: text('name', name) })
  }

  async mirrorLag() {
    return this.#ask('mirror_lag')
  }

  async drainMirror(options) {
    return this.#ask('mirror_drain', checked('store.drainMirror', options))
  }

  async checkMirror(options) {
    return report(await this.#ask('mirror_check', checked('store.checkMirror', options)))
  }

  async repairMirror(options) {
    return report(await this.#ask('mirror_repair', checked('store.repairMirror', options)))
  }

  close() {
    return this.#native.close()
  }
}

// Not in every Node 20.
if (Symbol.asyncDispose) {
  Store.prototype[Symbol.asyncDispose] = Store.prototype.close
}

/** How two stores differ, its names as JavaScript writes them. */
const report = ({ only_primary: onlyPrimary, only_mirror: onlyMirror, ...rest }) => ({ ...rest, onlyPrimary, onlyMirror })

async function openStore(store, options) {
  const settings = { store: text('store', store), ...checked('openStore', options) }
  const under = opened(native.store(JSON.stringify(settings)))
  open(await under.open())
  return new Store(under)
}

module.exports = { Store, openStore }
