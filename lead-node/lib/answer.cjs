'use strict'

const { LeadError } = require('./errors.cjs')

/** The value of an answer of the native half, or its error thrown. */
function open(answer) {
  const { ok, error } = JSON.parse(answer)
  if (error) throw new LeadError(error.message, error)
  return ok
}

module.exports = { open }
