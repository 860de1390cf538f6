'use strict'

const { binary } = require('./binary.cjs')

try {
  module.exports = require(`../${binary()}`)
} catch (cause) {
  throw new Error(`lead-node: ${binary()} is missing or does not load; \`npm run build\` makes it`, { cause })
}
