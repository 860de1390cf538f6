'use strict'

const { open } = require('./answer.cjs')
const { checked, text } = require('./checks.cjs')
const { LeadError } = require('./errors.cjs')
const native = require('./native.cjs')
const phone = require('./phone.cjs')

function extract(html, options) {
  if (typeof html !== 'string' && !(html instanceof Uint8Array)) {
    throw new TypeError('html must be a string or a Buffer')
  }
  return open(native.extract(html, checked('extract', options)))
}

function findPhones(given, options) {
  return open(native.findPhones(text('text', given), checked('findPhones', options)))
}

module.exports = { LeadError, extract, findPhones, phone, version: native.VERSION }
