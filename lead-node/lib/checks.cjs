'use strict'

// What callers hand over, checked before it crosses: a mistake is a TypeError that names it.

const isText = (value) => typeof value === 'string'

/** Where a store that is open keeps what it is called by the native half. */
const HELD = Symbol('held')
const isStore = (value) => typeof value === 'object' && value !== null && isText(value[HELD])

/** Each option's type, and what to call it. */
const TYPES = {
  text: [isText, 'a string'],
  store: [(value) => isText(value) || isStore(value), 'a string or a Store'],
  flag: [(value) => typeof value === 'boolean', 'true or false'],
  texts: [(value) => Array.isArray(value) && value.every(isText), 'an array of strings'],
  count: [(value) => Number.isSafeInteger(value) && value >= 0, 'a whole number, 0 or more'],
  counts: [(value) => Array.isArray(value) && value.every(Number.isSafeInteger), 'an array of whole numbers'],
  figure: [(value) => Number.isFinite(value), 'a number'],
  rate: [(value) => isText(value) || Number.isFinite(value), 'a number, "auto" or "off"'],
  oneOrMore: [(value) => isText(value) || (Array.isArray(value) && value.every(isText)), 'a string or an array of strings'],
  signal: [(value) => value instanceof AbortSignal, 'an AbortSignal'],
  call: [(value) => typeof value === 'function', 'a function'],
  object: [(value) => typeof value === 'object', 'an object'],
  box: [(value) => Array.isArray(value) && value.length === 4 && value.every(Number.isFinite), 'an array of west, south, east, north'],
  textOrObject: [(value) => isText(value) || typeof value === 'object', 'a string or an object'],
  pair: [(value) => Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger), 'an array of width and height'],
  sources: [(value) => isText(value) || Array.isArray(value), 'a name or an array of names and sources'],
}

const READING = { region: 'text', mode: 'text', doubtful: 'flag', only: 'texts' }

const FETCHING = {
  allowNet: 'oneOrMore',
  resolve: 'oneOrMore',
  rate: 'rate',
  contact: 'text',
  connectTimeout: 'figure',
  timeout: 'figure',
  maxAttempts: 'count',
  extraRoots: 'oneOrMore',
  maxBodyBytes: 'count',
  proxy: 'oneOrMore',
  proxyPolicy: 'text',
  warc: 'text',
  cache: 'text',
  cookies: 'flag',
  browser: 'textOrObject',
  browserWhen: 'text',
  browserPath: 'text',
  browserPages: 'count',
  browserRules: 'textOrObject',
  browserIdentity: 'textOrObject',
  browserSandbox: 'flag',
}

const SINKS = { store: 'store', tenant: 'text', queue: 'text', secrets: 'object', allowNet: 'oneOrMore', resolve: 'oneOrMore' }

const BROWSER = {
  pages: 'count',
  processes: 'count',
  executable: 'text',
  sandbox: 'flag',
  user: 'text',
  flags: 'texts',
  folder: 'text',
  recyclePages: 'count',
  recycleBytes: 'count',
  recycleAge: 'figure',
  idle: 'figure',
  health: 'figure',
  hang: 'figure',
  start: 'figure',
  page: 'figure',
  wait: 'object',
  rules: 'textOrObject',
  block: 'texts',
  maxBytes: 'count',
  identity: 'textOrObject',
  live: 'object',
  keepPictures: 'flag',
  keepShots: 'flag',
  window: 'pair',
  allowNet: 'oneOrMore',
  resolve: 'oneOrMore',
  rate: 'rate',
  contact: 'text',
  connectTimeout: 'figure',
  maxAttempts: 'count',
  extraRoots: 'oneOrMore',
  proxy: 'oneOrMore',
  proxyPolicy: 'text',
  cookies: 'flag',
}

const WANTED = {
  near: 'text',
  radius: 'figure',
  bbox: 'box',
  area: 'object',
  seed: 'count',
  expand: 'flag',
  templates: 'texts',
  order: 'text',
}

const FIND = { region: 'text', leniency: 'text', mode: 'text', maxTries: 'count' }

const KNOWN = {
  browser: BROWSER,
  fetch: { signal: 'signal' },
  live: { signal: 'signal' },
  extract: { ...READING, baseUrl: 'text', contentType: 'text' },
  extractMany: { ...READING, threads: 'count' },
  page: { region: 'text', baseUrl: 'text', contentType: 'text' },
  findPhones: FIND,
  findNumbers: FIND,
  parse: { region: 'text' },
  plan: WANTED,
  parseWithCarrier: { region: 'text' },
  images: { baseUrl: 'text', contentType: 'text' },
  numbersOfImage: { region: 'text', candidate: 'object', engine: 'call' },
  tesseract: { program: 'text', timeLimit: 'figure', maxBytes: 'count' },
  readArchive: { ...READING, all: 'flag', contacts: 'flag', bodies: 'flag', threads: 'count', signal: 'signal' },
  crawl: {
    ...READING,
    reach: 'text',
    sameHost: 'flag',
    include: 'oneOrMore',
    exclude: 'oneOrMore',
    maxPages: 'count',
    maxPagesAHost: 'count',
    maxBytes: 'count',
    maxDepth: 'count',
    maxRedirects: 'count',
    concurrency: 'count',
    lists: 'flag',
    contacts: 'flag',
    saturation: 'count',
    ...FETCHING,
    resume: 'text',
    signal: 'signal',
  },
  match: {
    columns: 'object',
    defaultCountry: 'text',
    minConfidence: 'figure',
    osm: 'flag',
    searxng: 'text',
    guess: 'flag',
    domains: 'oneOrMore',
    overpassUrl: 'text',
    nominatimUrl: 'text',
    maxPages: 'count',
    concurrency: 'count',
    ...FETCHING,
    resume: 'text',
    signal: 'signal',
  },
  collect: {
    ...WANTED,
    sources: 'sources',
    sites: 'oneOrMore',
    max: 'count',
    maxRequests: 'count',
    maxTime: 'figure',
    untilCoverage: 'figure',
    concurrency: 'count',
    visitSites: 'flag',
    store: 'store',
    mirror: 'text',
    tenant: 'text',
    searxng: 'text',
    overpassUrl: 'text',
    nominatimUrl: 'text',
    acceptTerms: 'object',
    sourceUrl: 'object',
    key: 'object',
    listOnly: 'flag',
    quarantine: 'text',
    engine: 'oneOrMore',
    searchBudget: 'count',
    ...FETCHING,
    resume: 'text',
    signal: 'signal',
  },
  parsePage: { url: 'text', region: 'text' },
  exportFile: {
    store: 'store',
    tenant: 'text',
    format: 'text',
    layout: 'text',
    columns: 'oneOrMore',
    filter: 'text',
    sort: 'text',
    since: 'text',
    resume: 'flag',
  },
  facets: {
    fields: 'oneOrMore',
    filter: 'text',
    limit: 'count',
    by: 'text',
    zone: 'text',
    tenant: 'text',
  },
  stats: {
    filter: 'text',
    since: 'text',
    until: 'text',
    by: 'text',
    zone: 'text',
    limit: 'count',
    ahead: 'count',
    stages: 'object',
    tenant: 'text',
  },
  changes: { since: 'text', filter: 'text', tenant: 'text', signal: 'signal' },
  retain: { olderThan: 'text', archive: 'text', delete: 'flag', filter: 'text', dryRun: 'flag', tenant: 'text' },
  restore: { store: 'store', tenant: 'text' },
  refresh: {
    olderThan: 'text',
    filter: 'text',
    maxRequests: 'count',
    maxTime: 'figure',
    concurrency: 'count',
    mirror: 'text',
    tenant: 'text',
    ...FETCHING,
    resume: 'text',
    signal: 'signal',
  },
  openStore: { mirror: 'text', tenant: 'text' },
  'store.leads': { filter: 'text', sort: 'text', limit: 'count', cursor: 'text', asOf: 'text' },
  'store.each': { filter: 'text', sort: 'text' },
  'store.marks': { filter: 'text', sort: 'text', every: 'count' },
  'store.runs': { limit: 'count' },
  'store.audit': { after: 'count', limit: 'count' },
  'store.write': { seenAt: 'text' },
  'store.erase': { filter: 'text', archive: 'text', dryRun: 'flag' },
  'store.suppress': { reason: 'text' },
  'store.drainMirror': { seconds: 'figure' },
  'store.checkMirror': { most: 'count' },
  'store.repairMirror': { erase: 'flag', most: 'count', seconds: 'figure' },
  runSinks: SINKS,
  checkSinks: SINKS,
  watchSinks: { ...SINKS, every: 'figure', signal: 'signal' },
  deadLetters: { ...SINKS, after: 'count', limit: 'count' },
  retryLetters: { ...SINKS, jobs: 'counts' },
  hide: { by: 'text', tenant: 'text' },
  versions: { tenant: 'text' },
  importFile: {
    layout: 'text',
    store: 'store',
    mirror: 'text',
    tenant: 'text',
    bbox: 'box',
    category: 'text',
    max: 'count',
    zone: 'text',
    region: 'text',
    resume: 'flag',
  },
}

/** Which options of a call are lists, of which one may be given alone. */
const isList = (call, name) => KNOWN[call][name] === 'oneOrMore'

/** Options as the native half takes them; an option nobody knows is a mistake, not a wish. */
function checked(call, options) {
  if (options === undefined || options === null) return {}
  if (typeof options !== 'object') throw new TypeError('options must be an object')
  const given = {}
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(KNOWN[call], name)) throw new TypeError(`${call} has no option ${name}`)
    if (value === undefined || value === null) continue
    const [fits, wanted] = TYPES[KNOWN[call][name]]
    if (!fits(value)) throw new TypeError(`option ${name} must be ${wanted}`)
    given[name] = isStore(value) ? value[HELD] : isList(call, name) && isText(value) ? [value] : value
  }
  return given
}

/** Options by the names that Rust has for them: `maxPages` is `max_pages`. */
function snake(options) {
  const name = (camel) => camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return Object.fromEntries(Object.entries(options).map(([camel, value]) => [name(camel), value]))
}

/** `value`, which must be an address or an array of them, strings or URLs: an array of strings. */
function addresses(name, value) {
  const list = Array.isArray(value) ? value : [value]
  const fits = (one) => isText(one) || one instanceof URL
  if (!list.every(fits)) throw new TypeError(`${name} must be a string, a URL or an array of them`)
  return list.map(String)
}

/** `value`, which must be bytes. */
function bytes(name, value) {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${name} must be a Buffer`)
  return value
}

/** `value`, which must be a document: a string, or bytes. */
function html(value) {
  if (!isText(value) && !(value instanceof Uint8Array)) throw new TypeError('html must be a string or a Buffer')
  return value
}

/** A document of a batch: alone, or with what is known of it. */
function page(value) {
  if (isText(value) || value instanceof Uint8Array) return { html: value }
  if (typeof value !== 'object' || value === null) throw new TypeError('a page must be a string, a Buffer or an object')
  const { html: document, ...known } = value
  return { html: html(document), ...checked('page', known) }
}

/** `value`, which must be a string. */
function text(name, value) {
  if (!isText(value)) throw new TypeError(`${name} must be a string`)
  return value
}

/** `value`, which must be a store: where it is, or one that is open. */
function storeOf(value) {
  if (!isText(value) && !isStore(value)) throw new TypeError('store must be a string or a Store')
  return isStore(value) ? value[HELD] : value
}

/** `value`, which must be a string, or undefined for none. */
function textOrNone(name, value) {
  return value === undefined || value === null ? undefined : text(name, value)
}

/** `value`, which must be a number that a calling code may be. */
function code(name, value) {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) throw new TypeError(`${name} must be a calling code: 49`)
  return value
}

module.exports = { HELD, addresses, bytes, checked, code, html, page, snake, storeOf, text, textOrNone }
