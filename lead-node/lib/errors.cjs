'use strict'

/** Base class of every error of this package; `code` says which. */
class LeadError extends Error {
  constructor(message, details = {}) {
    super(message)
    this.kind = details.kind ?? 'Unknown'
    this.code = details.code ?? 'UNKNOWN'
    this.operation = details.operation ?? ''
    this.retryable = details.retryable ?? false
    this.retryAfter = details.retryAfter ?? null
    this.context = details.context ?? {}
  }
}

Object.defineProperty(LeadError.prototype, 'name', { value: 'LeadError', configurable: true, writable: true })

module.exports = { LeadError }
