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

module.exports = { Changes, changes, restore, retain }
