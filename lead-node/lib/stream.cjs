'use strict'

const { LeadError } = require('./errors.cjs')

/** That the caller stopped it, and why. */
function cancelled(operation, signal) {
  const error = new LeadError(`CANCELLED at ${operation}: the caller stopped it`, { kind: 'Cancelled', code: 'CANCELLED', operation })
  error.cause = signal.reason
  return error
}

/** Long work under way: an async iterable of what it finds, once. */
class Stream {
  #native
  #operation
  #signal
  #stop
  #taken = false

  /** `native` has batches, and is null where `signal`, which ends it, had spoken before it was begun. */
  constructor(native, operation, signal) {
    this.#native = native
    this.#operation = operation
    this.#signal = signal
    // A signal that lives long must not keep work alive that nobody refers to any more.
    const weak = native && new WeakRef(native)
    this.#stop = () => weak?.deref()?.leave()
    signal?.addEventListener('abort', this.#stop, { once: true })
  }

  /** Ends it; kept when it has ended. A loop over it ends too. */
  async close() {
    this.#signal?.removeEventListener('abort', this.#stop)
    await this.#native?.close()
  }

  [Symbol.asyncIterator]() {
    if (this.#taken) throw new TypeError(`a ${this.#operation} can be iterated once`)
    this.#taken = true
    return this.#items()
  }

  async *#items() {
    try {
      while (this.#native && !this.#signal?.aborted) {
        const batch = this._opened(await this.#native.next())
        if (batch === null) break
        for (const item of batch) {
          if (this.#signal?.aborted) break
          yield item
        }
      }
      if (this.#signal?.aborted) throw cancelled(this.#operation, this.#signal)
    } finally {
      await this.close()
    }
  }
}

module.exports = { Stream, cancelled }
