'use strict'

const { fileURLToPath } = require('node:url')

const { open, opened } = require('./answer.cjs')
const { checked, snake } = require('./checks.cjs')
const native = require('./native.cjs')
const { Stream } = require('./stream.cjs')

/** Leads being handed on, round after round: an async iterable of reports. */
class SinkRun extends Stream {
  _opened(answer) {
    return open(answer)
  }
}

/** Options as the native half takes them: secrets and settings keep their names. */
function given(settings, { secrets, ...options }) {
  const plain = settings instanceof URL ? fileURLToPath(settings) : settings
  if (typeof plain !== 'string' && (typeof plain !== 'object' || plain === null)) {
    throw new TypeError('settings must be the path of a file, its text, or an object')
  }
  return JSON.stringify({ ...snake(options), settings: plain, secrets })
}

async function ask(what, call, settings, options) {
  return open(await native.sinks(what, given(settings, checked(call, options))))
}

const runSinks = (settings, options) => ask('run', 'runSinks', settings, options)

const checkSinks = (settings, options) => ask('check', 'checkSinks', settings, options)

const deadLetters = (settings, options) => ask('dead', 'deadLetters', settings, options)

const retryLetters = (settings, options) => ask('retry', 'retryLetters', settings, options)

function watchSinks(settings, options) {
  const { signal, ...rest } = checked('watchSinks', options)
  const begin = () => opened(native.watchSinks(given(settings, rest)))
  return new SinkRun(signal?.aborted ? null : begin(), 'sinks', signal)
}

module.exports = { SinkRun, checkSinks, deadLetters, retryLetters, runSinks, watchSinks }
