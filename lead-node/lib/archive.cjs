'use strict'

const { fileURLToPath } = require('node:url')

const { open, openAll, opened } = require('./answer.cjs')
const { checked, snake, text } = require('./checks.cjs')
const { LeadError } = require('./errors.cjs')
const native = require('./native.cjs')
const { Stream } = require('./stream.cjs')

/** A page of a web archive. */
class ArchivedPage {
  constructor({ body: [start, end], failed, contacts, ...known }, bodies) {
    Object.assign(this, known)
    this.body = bodies.subarray(start, end)
    this.contacts = contacts ?? null
    this.error = failed ? new LeadError(failed.error.message, failed.error) : null
  }

  html() {
    return open(native.decode(this.body, this.content_type ?? undefined))
  }
}

/** A web archive that is being read: an async iterable of its pages. */
class Archive extends Stream {
  constructor(under, signal) {
    super(under, 'archive', signal)
  }

  _opened({ answer, bodies }) {
    const pages = openAll(answer)
    return pages && pages.map((page) => (page instanceof LeadError ? page : new ArchivedPage(page, bodies)))
  }
}

function readArchive(path, options) {
  const { signal, ...rest } = checked('readArchive', options)
  const file = path instanceof URL ? fileURLToPath(path) : text('path', path)
  const begin = () => opened(native.readArchive(file, JSON.stringify(snake(rest))))
  return new Archive(signal?.aborted ? null : begin(), signal)
}

module.exports = { Archive, ArchivedPage, readArchive }
