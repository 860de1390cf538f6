'use strict'

const { LeadError } = require('./errors.cjs')
const native = require('./native.cjs')

/** The value of an answer, or its error thrown. */
function open(answer) {
  const { ok, error } = JSON.parse(answer)
  if (error) throw new LeadError(error.message, error)
  return ok
}

const KNOWN = {
  extract: ['region', 'baseUrl', 'contentType', 'mode'],
  findPhones: ['region', 'leniency', 'mode'],
}

/** Options as the native half takes them; an option nobody knows is a mistake, not a wish. */
function checked(call, options) {
  if (options === undefined || options === null) return {}
  if (typeof options !== 'object') throw new TypeError('options must be an object')
  const given = {}
  for (const [name, value] of Object.entries(options)) {
    if (!KNOWN[call].includes(name)) throw new TypeError(`${call} has no option ${name}`)
    if (value === undefined || value === null) continue
    if (typeof value !== 'string') throw new TypeError(`option ${name} must be a string`)
    given[name] = value
  }
  return given
}

function extract(html, options) {
  if (typeof html !== 'string' && !(html instanceof Uint8Array)) {
    throw new TypeError('html must be a string or a Buffer')
  }
  return open(native.extract(html, checked('extract', options)))
}

function findPhones(text, options) {
  if (typeof text !== 'string') throw new TypeError('text must be a string')
  return open(native.findPhones(text, checked('findPhones', options)))
}

module.exports = { LeadError, extract, findPhones, version: native.VERSION }
