'use strict'

const { readFileSync } = require('node:fs')
const { fileURLToPath } = require('node:url')

const { open } = require('./answer.cjs')
const { checked, html, snake, text } = require('./checks.cjs')
const native = require('./native.cjs')

const path = (name, value) => (value instanceof URL ? fileURLToPath(value) : text(name, value))

function sources() {
  return open(native.sourceNames())
}

/** A platform by its name, or the text of its adapter file. */
function platform(name, value) {
  const given = path(name, value)
  return given.endsWith('.toml') ? { toml: readFileSync(given, 'utf8') } : given
}

function parsePage(name, page, options) {
  const { url, region } = checked('parsePage', options)
  const named = platform('platform', name)
  const [id, toml] = typeof named === 'string' ? [named] : [undefined, named.toml]
  return open(native.parsePage(id, toml, html(page), url, region))
}

async function importFile(file, options) {
  return open(await native.importFile(path('path', file), JSON.stringify(snake(checked('importFile', options)))))
}

async function exportFile(file, options) {
  return open(await native.exportFile(path('path', file), JSON.stringify(snake(checked('exportFile', options)))))
}

module.exports = { exportFile, importFile, parsePage, platform, sources }
