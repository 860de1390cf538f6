'use strict'

const { LeadError } = require('./errors.cjs')

/** The value of an answer of the native half, or its error thrown. */
function open(answer) {
  const { ok, error } = JSON.parse(answer)
  if (error) throw new LeadError(error.message, error)
  return ok
}

/** The values of a list of answers, or null; the error of one that failed stands in its place. */
function openAll(answer) {
  const { ok, error } = JSON.parse(answer)
  if (error) throw new LeadError(error.message, error)
  return ok && ok.map((one) => (one.error ? new LeadError(one.error.message, one.error) : one.ok))
}

module.exports = { open, openAll }
