'use strict'

const { open, opened } = require('./answer.cjs')
const { code, text, textOrNone } = require('./checks.cjs')
const native = require('./native.cjs')

/** What a number says of itself, asked when it is read. */
const FACTS = [
  'e164',
  'international',
  'national',
  'rfc3966',
  'isValid',
  'isPossible',
  'region',
  'type',
  'isGeographical',
  'areaCodeLength',
  'destinationCodeLength',
  'canBeInternationallyDialled',
  'carrier',
  'certainCarrier',
  'area',
  'countryName',
  'timeZones',
  'isPossibleShort',
  'isValidShort',
  'isCarrierSpecific',
]

/** Makes a PhoneNumber of the native half's number; the class alone can. */
let wrap

/** A number of the native half's answer: an error is a text, no number is null. */
function numberOf(answer) {
  if (typeof answer === 'string') return open(answer)
  return answer ? wrap(answer) : null
}

/** A telephone number: its parts are properties of its own, the rest is asked of the numbering plans. Frozen. */
class PhoneNumber {
  #native

  static {
    wrap = (made) => new PhoneNumber(made)
    for (const fact of FACTS) {
      const get = function () {
        return this.#native[fact] ?? null
      }
      Object.defineProperty(this.prototype, fact, { get, configurable: true })
    }
  }

  constructor(parts) {
    const made = parts instanceof native.NativeNumber ? parts : ofParts(parts)
    this.#native = made
    this.callingCode = made.callingCode
    this.nationalSignificant = made.nationalSignificant
    this.extension = made.extension ?? null
    this.countryCodeSource = made.countryCodeSource
    Object.freeze(this)
  }

  static fromJSON(json) {
    return numberOf(native.numberOfJson(typeof json === 'string' ? json : (JSON.stringify(json) ?? '')))
  }

  get possibility() {
    return open(this.#native.possibility)
  }

  get shortCost() {
    return open(this.#native.shortCost)
  }

  toJSON() {
    return open(this.#native.toJson())
  }

  toString() {
    return this.#native.toString()
  }

  equals(other) {
    return other instanceof PhoneNumber && this.#native.equals(other.#native)
  }

  isValidFor(region) {
    return open(this.#native.isValidFor(text('region', region)))
  }

  possibilityAs(type) {
    return open(this.#native.possibilityAs(text('type', type)))
  }

  truncated() {
    return numberOf(this.#native.truncated())
  }

  withExtension(extension) {
    return numberOf(this.#native.withExtension(textOrNone('extension', extension)))
  }

  withCountryCodeSource(source) {
    return numberOf(this.#native.withCountryCodeSource(text('source', source)))
  }

  format(format) {
    return open(this.#native.format(text('format', format)))
  }

  formatFrom(region) {
    return open(this.#native.formatFrom(text('region', region)))
  }

  formatForMobile(region, carrier) {
    return open(this.#native.formatForMobile(text('region', region), textOrNone('carrier', carrier)))
  }

  formatWithCarrier(carrier) {
    return this.#native.formatWithCarrier(text('carrier', carrier))
  }

  formatAsWritten(raw, region) {
    return open(this.#native.formatAsWritten(text('raw', raw), text('region', region)))
  }

  formatKeepingLetters(raw, region) {
    return open(this.#native.formatKeepingLetters(text('raw', raw), text('region', region)))
  }

  compare(other) {
    if (other instanceof PhoneNumber) return open(this.#native.compare(other.#native))
    return open(this.#native.compareText(text('other', other)))
  }

  isPossibleShortIn(region) {
    return open(this.#native.isPossibleShortIn(text('region', region)))
  }

  isValidShortIn(region) {
    return open(this.#native.isValidShortIn(text('region', region)))
  }

  shortCostIn(region) {
    return open(this.#native.shortCostIn(text('region', region)))
  }

  isCarrierSpecificIn(region) {
    return open(this.#native.isCarrierSpecificIn(text('region', region)))
  }

  isSmsServiceIn(region) {
    return open(this.#native.isSmsServiceIn(text('region', region)))
  }
}

/** The native half's number of parts that a caller gave. */
function ofParts(parts) {
  if (typeof parts !== 'object' || parts === null) throw new TypeError('parts must be an object')
  const answer = native.numberOfParts({
    callingCode: code('callingCode', parts.callingCode),
    nationalSignificant: text('nationalSignificant', parts.nationalSignificant),
    extension: textOrNone('extension', parts.extension),
    countryCodeSource: textOrNone('countryCodeSource', parts.countryCodeSource),
  })
  return opened(answer)
}

module.exports = { PhoneNumber, numberOf }
