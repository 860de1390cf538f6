'use strict'

const { open, openAll } = require('./answer.cjs')
const { Archive, ArchivedPage, readArchive } = require('./archive.cjs')
const { Browser, Live, RenderedPage } = require('./browser.cjs')
const { checked, html, page, text } = require('./checks.cjs')
const { Collection, collect } = require('./collect.cjs')
const { Crawl, crawl } = require('./crawl.cjs')
const { LeadError } = require('./errors.cjs')
const { facets, stats } = require('./figures.cjs')
const { images, numbersOfImage, tesseract } = require('./images.cjs')
const { Changes, changes, hide, restore, retain, unhide, versions } = require('./keeping.cjs')
const { Matches, match } = require('./match.cjs')
const native = require('./native.cjs')
const phone = require('./phone.cjs')
const { plan } = require('./plan.cjs')
const { Refreshing, refresh } = require('./refresh.cjs')
const { exportFile, importFile, parsePage, sources } = require('./saved.cjs')
const { SinkRun, checkSinks, deadLetters, retryLetters, runSinks, watchSinks } = require('./sinks.cjs')
const { Store, openStore } = require('./store.cjs')

function extract(given, options) {
  return open(native.extract(html(given), checked('extract', options)))
}

async function extractMany(pages, options) {
  if (!Array.isArray(pages)) throw new TypeError('pages must be an array')
  const { threads, ...rest } = checked('extractMany', options)
  return openAll(await native.extractMany(pages.map(page), rest, threads))
}

function findPhones(given, options) {
  return open(native.findPhones(text('text', given), checked('findPhones', options)))
}

module.exports = {
  Archive,
  ArchivedPage,
  Browser,
  Changes,
  Collection,
  Crawl,
  LeadError,
  Live,
  Matches,
  Refreshing,
  RenderedPage,
  SinkRun,
  Store,
  changes,
  checkSinks,
  collect,
  crawl,
  deadLetters,
  extract,
  extractMany,
  facets,
  findPhones,
  images,
  exportFile,
  hide,
  importFile,
  match,
  numbersOfImage,
  openStore,
  parsePage,
  phone,
  plan,
  readArchive,
  refresh,
  restore,
  retain,
  retryLetters,
  runSinks,
  sources,
  stats,
  tesseract,
  unhide,
  versions,
  watchSinks,
  // The last: what import sees of this list ends with the first value that is no name.
  version: native.VERSION,
}
