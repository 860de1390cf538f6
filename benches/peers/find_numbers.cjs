// find_numbers.cjs TURNS DIR: npm `libphonenumber-js` with all its metadata over the texts of DIR; see README.md.
'use strict'

const fs = require('node:fs')
const path = require('node:path')
const { findPhoneNumbersInText } = require('libphonenumber-js/max')
const { version } = require('libphonenumber-js/package.json')

const [turns, folder] = [Number(process.argv[2]), process.argv[3]]
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.txt')).sort()
const contents = files.map((name) => fs.readFileSync(path.join(folder, name)))
const megabytes = contents.reduce((sum, content) => sum + content.length, 0) / 1e6
const texts = contents.map((content) => content.toString('utf8'))

function cpuSeconds() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

for (const defaultCountry of ['US', 'DE']) {
  let best = Infinity
  let found = 0
  for (let turn = 0; turn < turns; turn++) {
    const start = cpuSeconds()
    found = 0
    for (const text of texts) found += findPhoneNumbersInText(text, { defaultCountry, leniency: 'VALID' }).length
    best = Math.min(best, cpuSeconds() - start)
  }
  console.log(['libphonenumber-js/max', version, defaultCountry, (megabytes / best).toFixed(2), found].join('\t'))
}
