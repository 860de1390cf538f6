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

function parsePage(platform, page, options) {
  const { url, region } = checked('parsePage', options)
  const name = path('platform', platform)
  const [id, toml] = name.endsWith('.toml') ? [undefined, readFileSync(name, 'utf8')] : [name, undefined]
  return open(native.parsePage(id, toml, html(page), url, region))
}

async function importFile(file, options) {
  return open(await native.importFile(path('path', file), JSON.stringify(snake(checked('importFile', options)))))
}

module.exports = { importFile, parsePage, sources }
