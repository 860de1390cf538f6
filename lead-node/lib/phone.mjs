import phone from './phone.cjs'

export const {
  DATA_VERSION,
  PhoneNumber,
  UNKNOWN_TIME_ZONE,
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
} = phone
export default phone
