'use strict'

const { open } = require('./answer.cjs')
const { checked, snake, text } = require('./checks.cjs')
const native = require('./native.cjs')

function plan(query, options) {
  return open(native.plan(text('query', query), JSON.stringify(snake(checked('plan', options)))))
}

module.exports = { plan }
