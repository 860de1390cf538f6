'use strict'

const { open, opened } = require('./answer.cjs')
const { bytes, checked, html, snake, text } = require('./checks.cjs')
const native = require('./native.cjs')

function images(given, options) {
  return open(native.images(html(given), checked('images', options)))
}

/** An engine: a function that reads a picture with the system's tesseract; its `check` says whether that can be run. */
function tesseract(options) {
  const engine = opened(native.engine(JSON.stringify(snake(checked('tesseract', options)))))
  const read = async (picture) => open(await engine.recognize(bytes('picture', picture)))
  const check = async () => {
    open(await engine.check())
  }
  return Object.freeze(Object.assign(read, { check }))
}

async function numbersOfImage(picture, options) {
  const { candidate, engine = tesseract(), region } = checked('numbersOfImage', options)
  const known = candidate && JSON.stringify(candidate)
  const numbers = (read) => open(native.numbersRead(read, known, region))
  numbers('') // a region that does not exist is told before anything is run
  return numbers(text('what an engine reads', await engine(bytes('picture', picture))))
}

module.exports = { images, numbersOfImage, tesseract }
