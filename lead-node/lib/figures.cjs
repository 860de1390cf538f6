'use strict'

const { open } = require('./answer.cjs')
const { checked, snake, storeOf, text } = require('./checks.cjs')
const native = require('./native.cjs')

async function facets(store, options) {
  const given = { store: storeOf(store), ...snake(checked('facets', options)) }
  return open(await native.facets(JSON.stringify(given)))
}

async function stats(store, options) {
  const { stages, ...rest } = checked('stats', options)
  const given = { store: storeOf(store), ...snake(rest) }
  if (stages) given.stages = Object.entries(stages).map(([name, filter]) => [name, text(`stage ${name}`, filter)])
  return open(await native.stats(JSON.stringify(given)))
}

module.exports = { facets, stats }
