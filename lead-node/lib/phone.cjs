'use strict'

const { open } = require('./answer.cjs')
const { checked, code, text } = require('./checks.cjs')
const native = require('./native.cjs')
const { PhoneNumber, numberOf } = require('./number.cjs')

function parse(given, options) {
  const { region } = checked('parse', options)
  return numberOf(native.parseNumber(text('text', given), region))
}

function parseWithCarrier(given, options) {
  const { region } = checked('parseWithCarrier', options)
  const number = numberOf(native.parseNumber(text('text', given), region))
  return { number, carrier: open(native.carrierIn(given, region)) }
}

function isValid(e164) {
  return open(native.isValidNumber(text('e164', e164)))
}

function compareTexts(one, other) {
  return open(native.compareTexts(text('one', one), text('other', other)))
}

function findNumbers(given, options) {
  const found = open(native.findNumbers(text('text', given), checked('findNumbers', options)))
  return found.map(({ start, end, number }) => ({ start, end, number: PhoneNumber.fromJSON(number) }))
}

function callingCodeOf(region) {
  return open(native.callingCodeOf(text('region', region)))
}

function regionOfCallingCode(callingCode) {
  return native.regionOfCallingCode(code('callingCode', callingCode)) ?? null
}

function regionsOfCallingCode(callingCode) {
  return native.regionsOfCallingCode(code('callingCode', callingCode))
}

function nationalPrefixOf(region) {
  return open(native.nationalPrefixOf(text('region', region)))
}

function isMobileNumberPortable(region) {
  return open(native.isMobileNumberPortable(text('region', region)))
}

function isVanity(given) {
  return native.isVanity(text('text', given))
}

function exampleNumber(region, type = 'fixed') {
  return numberOf(native.exampleNumber(text('region', region), text('type', type)))
}

function exampleOfService(callingCode) {
  return numberOf(native.exampleOfService(code('callingCode', callingCode)))
}

function isEmergencyNumber(given, region) {
  return open(native.isEmergencyNumber(text('text', given), text('region', region)))
}

function connectsToEmergencyNumber(given, region) {
  return open(native.connectsToEmergencyNumber(text('text', given), text('region', region)))
}

function exampleShortNumber(region) {
  return open(native.exampleShortNumber(text('region', region)))
}

module.exports = Object.freeze({
  DATA_VERSION: native.DATA_VERSION,
  PhoneNumber,
  UNKNOWN_TIME_ZONE: native.UNKNOWN_TIME_ZONE,
  callingCodeOf,
  compareTexts,
  connectsToEmergencyNumber,
  exampleNumber,
  exampleOfService,
  exampleShortNumber,
  findNumbers,
  isEmergencyNumber,
  isMobileNumberPortable,
  isValid,
  isVanity,
  nationalPrefixOf,
  parse,
  parseWithCarrier,
  regionOfCallingCode,
  regionsOfCallingCode,
})
