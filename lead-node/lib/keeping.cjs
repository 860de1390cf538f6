'use strict'

const { fileURLToPath } = require('node:url')

const { open, opened } = require('./answer.cjs')
const { checked, snake, storeOf, text } = require('./checks.cjs')
const native = require('./native.cjs')
const { Stream } = require('./stream.cjs')

const path = (name, value) => (value instanceof URL ? fileURLToPath(value) : text(name, value))

/** Changes being found: an async iterable. */
class Changes extends Stream {
  #native

  constructor(under, signal) {
    super(under, 'changes', signal)
    this.#native = under
  }

  _opened(answer) {
    return open(answer)
  }

  /** How many leads were compared, once it is over; null before. */
  get compared() {
    return this.#native && open(this.#native.told()).compared
  }
}

function changes(store, options) {
  const { signal, ...rest } = checked('changes', options)
  const settings = { store: storeOf(store), ...rest }
  const begin = () => opened(native.changes(JSON.stringify(snake(settings))))
  return new Changes(signal?.aborted ? null : begin(), signal)
}

/** What a call came to, its names as JavaScript writes them. */
const retained = ({ passed_over: passedOver, ...rest }) => ({ ...rest, passedOver })

async function retain(store, options) {
  const { archive, ...rest } = options && typeof options === 'object' ? options : {}
  const given = archive === undefined || archive === null ? rest : { ...rest, archive: path('option archive', archive) }
  const settings = { store: storeOf(store), ...checked('retain', given) }
  return retained(open(await native.retain(JSON.stringify(snake(settings)))))
}

async function restore(files, options) {
  const list = Array.isArray(files) ? files : [files]
  const settings = { files: list.map((file) => path('a file', file)), ...checked('restore', options) }
  return open(await native.restore(JSON.stringify(snake(settings))))
}

/** Ids of leads, each with the version it must stand at, or null. */
function named(leads) {
  if (typeof leads === 'string') return [[leads, null]]
  const pairs = Array.isArray(leads) ? leads.map((id) => [id, null]) : Object.entries(checkedObject(leads))
  return pairs.map(([id, version]) => [text('an id', id), version === null ? null : text('a version', version)])
}

function checkedObject(leads) {
  if (leads && typeof leads === 'object') return leads
  throw new TypeError('leads must be an id, an array of ids or an object of ids and versions')
}

async function setHidden(store, leads, options, hidden) {
  const pairs = named(leads)
  const settings = { store: storeOf(store), leads: pairs, hidden, ...checked('hide', options) }
  const came = open(await native.setHidden(JSON.stringify(snake(settings))))
  return Object.fromEntries(pairs.map(([id], at) => [id, came[at]]))
}

async function hide(store, leads, options) {
  return setHidden(store, leads, options, true)
}

async function unhide(store, leads, options) {
  return setHidden(store, leads, options, false)
}

async function versions(store, ids, options) {
  const list = [...ids].map((id) => text('an id', id))
  const settings = { store: storeOf(store), ids: list, ...checked('versions', options) }
  const found = open(await native.versions(JSON.stringify(snake(settings))))
  return Object.fromEntries(list.map((id, at) => [id, found[at]]).filter(([, lead]) => lead !== null))
}

module.exports = { Changes, changes, hide, restore, retain, unhide, versions }
