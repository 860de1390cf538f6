// Types of lead-node/phone: telephone numbers as values.

import type { FindPhonesOptions, PhoneType } from './index.js'

/** How a number is written out. */
export type NumberFormat = 'e164' | 'international' | 'national' | 'rfc3966'

/** How the country calling code of a number was known. */
export type CountryCodeSource =
  | 'unspecified'
  | 'number_with_plus_sign'
  | 'number_with_idd'
  | 'number_without_plus_sign'
  | 'default_country'

/** What the length of a number says. */
export type Possibility = 'possible' | 'local_only' | 'invalid_country_code' | 'too_short' | 'too_long' | 'invalid_length'

/** How alike two numbers are: not at all; one ends like the other; the same but for a calling code one does not state; the same. */
export type Likeness = 'none' | 'short_nsn' | 'nsn' | 'exact'

/** What a call to a short number costs. */
export type ShortNumberCost = 'toll_free' | 'standard_rate' | 'premium_rate' | 'unknown'

/** Why a text is no number: `context.reason` of what {@link parse} throws. */
export type ParseReason = 'invalid_country_code' | 'not_a_number' | 'too_short_after_idd' | 'too_short_nsn' | 'too_long'

/** What a number is made of. */
export interface PhoneNumberParts {
  /** The country calling code: 49. */
  callingCode: number
  /** The digits after it, with leading zeros that belong to the number (Italy): 1 to 17. */
  nationalSignificant: string
  /** The digits to dial after the connection stands: up to 20. */
  extension?: string | null | undefined
  countryCodeSource?: CountryCodeSource | null | undefined
}

/** A number in the library's JSON. */
export interface PhoneNumberJson {
  calling_code: number
  national_significant: string
  extension: string | null
  country_code_source: CountryCodeSource
}

/** A telephone number of some numbering plan, possible or not. Frozen. */
export declare class PhoneNumber {
  /**
   * A number of its parts.
   *
   * @throws {LeadError} `INVALID_INPUT` when the digits are too many, too few or anything else.
   */
  constructor(parts: PhoneNumberParts)

  /**
   * Reads what `toJSON` gave, or its text.
   *
   * @throws {LeadError} `DECODE` for anything else.
   */
  static fromJSON(json: PhoneNumberJson | string): PhoneNumber

  /** The country calling code: 49. */
  readonly callingCode: number
  /** The digits after the country calling code, with leading zeros that belong to the number (Italy). */
  readonly nationalSignificant: string
  /** The digits to dial after the connection stands. */
  readonly extension: string | null
  /** How the country calling code was known. */
  readonly countryCodeSource: CountryCodeSource

  /** In E.164 form, without extension: `+493012345678`. */
  get e164(): string
  /** As written for those abroad: `+49 30 12345678`. */
  get international(): string
  /** As dialled inside its country: `030 12345678`. */
  get national(): string
  /** As a link: `tel:+49-30-12345678`. */
  get rfc3966(): string
  /** Whether the numbering plan has such a number. Nobody need have it. */
  get isValid(): boolean
  /** Whether the length fits the plan, or fits within an area of it. */
  get isPossible(): boolean
  /** What the length says. */
  get possibility(): Possibility
  /** The region it belongs to, ISO 3166-1 or `AC` or `TA`; null for non-geographic codes. */
  get region(): string | null
  /** By its numbering plan. */
  get type(): PhoneType
  /** Whether it belongs to a place. */
  get isGeographical(): boolean
  /** How many of the national digits are the area code; 0 when there is none. */
  get areaCodeLength(): number
  /** How many of the national digits say where to: an area, an operator. 0 when nothing follows them. */
  get destinationCodeLength(): number
  /** Whether it can be dialled from abroad, or nothing is known of it. */
  get canBeInternationallyDialled(): boolean
  /** The carrier a mobile number was first given to, in English. */
  get carrier(): string | null
  /** The same, but null where the number may have gone to another carrier. */
  get certainCarrier(): string | null
  /** Where it is, in English: a town or an area where one is known, else the country. */
  get area(): string | null
  /** The country, in English; null when it is not one alone. */
  get countryName(): string | null
  /** The IANA time zones it may be in; {@link UNKNOWN_TIME_ZONE} alone when none is known. */
  get timeZones(): string[]
  /** Whether any region of the calling code has short numbers of that length. */
  get isPossibleShort(): boolean
  /** Whether any region of the calling code has that short number. */
  get isValidShort(): boolean
  /** The most a call to the short number may cost in the regions of its calling code. */
  get shortCost(): ShortNumberCost
  /** Whether the short number works with one carrier only. */
  get isCarrierSpecific(): boolean

  /** Whether both are dialled alike; how they were written does not matter. */
  equals(other: unknown): boolean
  /** Whether it is a number of that very region. */
  isValidFor(region: string): boolean
  /** What the length says of a number of a type. */
  possibilityAs(type: PhoneType): Possibility
  /** The number without the digits too many at its end; null when no start of it is valid. */
  truncated(): PhoneNumber | null
  /** The same number with these digits to dial after the connection stands, or without. */
  withExtension(extension: string | null): PhoneNumber
  /** The same number, said to have been read this way. */
  withCountryCodeSource(source: CountryCodeSource): PhoneNumber
  /** The number in a format: what the property of that name says. */
  format(format: NumberFormat): string
  /** As dialled from a region. */
  formatFrom(region: string): string
  /**
   * As dialled from a mobile phone in a region; null when it cannot be reached from there, or only with a carrier code
   * that is not known.
   */
  formatForMobile(region: string, carrier?: string | null): string | null
  /** As dialled inside its country with a carrier code, where the plan has a place for one. */
  formatWithCarrier(carrier: string): string
  /**
   * In the form it was read in, nicely grouped. `raw` is the text it was read from, and is given back where grouping would
   * change a digit; `region` is where international prefixes are dialled from.
   */
  formatAsWritten(raw: string, region: string): string
  /** As dialled from a region, with the letters and the grouping of `raw`, the text it was read from. */
  formatKeepingLetters(raw: string, region: string): string
  /** How alike this number and another one are. */
  compare(other: PhoneNumber): Likeness
  /** How alike this number and a text are; null when the text is no number. */
  compare(other: string): Likeness | null
  /** Whether the region has short numbers of that length. */
  isPossibleShortIn(region: string): boolean
  /** Whether the region has that short number. */
  isValidShortIn(region: string): boolean
  /** What calling the short number costs in the region, valid or not. */
  shortCostIn(region: string): ShortNumberCost
  /** Whether the short number, dialled in the region, works with one carrier only. */
  isCarrierSpecificIn(region: string): boolean
  /** Whether the short number is for text messages in the region. */
  isSmsServiceIn(region: string): boolean

  /** The international form with its extension, which {@link parse} reads back. */
  toString(): string
  toJSON(): PhoneNumberJson
}

/** A telephone number found in a text: where it stands, and which it is. */
export interface NumberMatch {
  /** Where it begins, in UTF-16 units. */
  start: number
  /** Where it ends, in UTF-16 units. */
  end: number
  number: PhoneNumber
}

export interface ParseOptions {
  /** The region whose national forms are read, ISO 3166-1. */
  region?: string | null | undefined
}

/**
 * Reads all of a text as one number, which need be neither possible nor valid.
 *
 * @throws {LeadError} `INVALID_INPUT` when it is no number (`context.reason` is a {@link ParseReason}) or there is no such
 * region.
 */
export declare function parse(text: string, options?: ParseOptions | null): PhoneNumber

/** The same, with the carrier code that stood in it, if any. */
export declare function parseWithCarrier(
  text: string,
  options?: ParseOptions | null,
): { number: PhoneNumber; carrier: string | null }

/**
 * Whether the numbering plan has such a number, given in E.164 form.
 *
 * @throws {LeadError} `INVALID_INPUT` for any other form: read that with {@link parse}.
 */
export declare function isValid(e164: string): boolean

/** How alike two texts are, as numbers; null when one of them is no number. */
export declare function compareTexts(one: string, other: string): Likeness | null

/** The same numbers as `findPhones` finds, as values. */
export declare function findNumbers(text: string, options?: FindPhonesOptions | null): NumberMatch[]

/** The country calling code of a region; null for the few regions without numbers. */
export declare function callingCodeOf(region: string): number | null

/** The region of a country calling code, the main one where several share it; null for codes of services. */
export declare function regionOfCallingCode(callingCode: number): string | null

/** All regions that share a country calling code, the main one first. */
export declare function regionsOfCallingCode(callingCode: number): string[]

/** What is dialled before a national number at home, without signs; null when nothing is. */
export declare function nationalPrefixOf(region: string): string | null

/** Whether mobile numbers of the region can be taken to another carrier. */
export declare function isMobileNumberPortable(region: string): boolean

/** Whether a text is a number written with letters: `1-800-FLOWERS`. */
export declare function isVanity(text: string): boolean

/** A valid number of the region and type, `fixed` unless said otherwise; null when the plan has none. */
export declare function exampleNumber(region: string, type?: PhoneType): PhoneNumber | null

/** A valid number of a service with a calling code of its own, +800 and the like. */
export declare function exampleOfService(callingCode: number): PhoneNumber | null

/** Whether what is dialled is an emergency number of the region. */
export declare function isEmergencyNumber(text: string, region: string): boolean

/** Whether what is dialled may reach an emergency service of the region, with digits behind the number too. */
export declare function connectsToEmergencyNumber(text: string, region: string): boolean

/** A short number of the region; null when none is known. */
export declare function exampleShortNumber(region: string): string | null

/** The version of libphonenumber whose numbering plans these are. */
export declare const DATA_VERSION: string

/** What a number's time zone is called when none is known. */
export declare const UNKNOWN_TIME_ZONE: string
