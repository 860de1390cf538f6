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
  return open(answer)?.map((one) => (one.error ? new LeadError(one.error.message, one.error) : one.ok)) ?? null
}

/** What the native half made, unless it refused: then its error is thrown. */
function opened(answer) {
  return typeof answer === 'string' ? open(answer) : answer
}

module.exports = { open, openAll, opened }
