// Types of lead-node. Names and meanings are those of the library's JSON (docs/schemas/contacts.json).

/** Why an operation failed. */
export type ErrorCode =
  | 'INVALID_INPUT' // A value broke a rule of its type; the context says which rule and where.
  | 'CONFIG' // A setting is missing or contradicts another.
  | 'UNSUPPORTED' // The backend or platform cannot do this.
  | 'NOT_FOUND' // What was asked for is not there.
  | 'CONFLICT' // Somebody else changed it first.
  | 'STALE_LEASE' // A lease that is no longer ours.
  | 'TIMEOUT' // It took longer than allowed.
  | 'NETWORK' // The connection could not be made or broke.
  | 'GUARD_REFUSED' // The guard refused the URL or the address it resolves to.
  | 'ROBOTS_DENIED' // The site's robots.txt forbids it.
  | 'RATE_LIMITED' // Asked to slow down.
  | 'BLOCKED' // The site refused us: login wall, captcha, 401, 403, 451.
  | 'HTTP_STATUS' // The server answered with a status that is no success.
  | 'REDIRECT' // Too many redirects, a loop, or a target that cannot be read.
  | 'TOO_LARGE' // More bytes, depth or items than the caps allow.
  | 'DECODE' // The bytes are not what they claim to be.
  | 'UNRECOGNISED_PAGE' // A page no adapter recognises.
  | 'ADAPTER_DRIFT' // A platform's pages have changed: fields are found more rarely than they were.
  | 'READ_ONLY' // The store or file may only be read.
  | 'STORAGE_FULL' // No room left where it should be stored.
  | 'LOCKED' // Somebody else holds the store's lock.
  | 'CORRUPT' // The stored data is damaged or from a newer version.
  | 'STORAGE' // The store failed in some other way.
  | 'IO' // Reading or writing a file failed.
  | 'BROWSER' // The browser failed: it could not be started, crashed, or did not do as it was told.
  | 'APPLICATION' // Code of the application's failed: a source that is written in JavaScript, say.
  | 'CANCELLED' // The caller stopped it.
  | 'INTERNAL' // A fault of this library: please report it.

/** Base class of every error of this package; `code` says which. */
export declare class LeadError extends Error {
  /** The kind, as Python's classes and Rust's variants are called: `NotFound`. */
  readonly kind: string
  readonly code: ErrorCode
  /** What was being done: `extract`. */
  readonly operation: string
  /** Whether the same call may succeed later. */
  readonly retryable: boolean
  /** Seconds the other side asked us to wait. */
  readonly retryAfter: number | null
  /** What else is known; never a secret or a person's data. */
  readonly context: Readonly<Record<string, string>>
}

/** `smart`: rules for real pages; `compat`: exactly libphonenumber's matcher. */
export type Mode = 'smart' | 'compat'

/** How strict a number in running text is read; libphonenumber's levels. */
export type Leniency = 'possible' | 'valid' | 'strict-grouping' | 'exact-grouping'

/** What to look for on a page. */
export type Part =
  | 'phones'
  | 'emails'
  | 'socials'
  | 'addresses'
  | 'organizations'
  | 'hours'
  | 'persons'
  | 'registrations'

export interface ExtractOptions {
  /** The country whose national numbers are read, ISO 3166-1; without it the page tells, as far as it does. */
  region?: string | null | undefined
  /** The address the document came from: `http` or `https`. */
  baseUrl?: string | null | undefined
  /** The response's `Content-Type`, whole. */
  contentType?: string | null | undefined
  mode?: Mode | null | undefined
  /**
   * Whether e-mail addresses are kept that are more likely somebody's or something's own than the business's; their
   * confidence is below 0.5.
   */
  doubtful?: boolean | null | undefined
  /** What to look for: everything, unless said otherwise. What is not looked for takes no time. */
  only?: readonly Part[] | null | undefined
}

export interface FindPhonesOptions {
  /** The country whose national numbers are read, ISO 3166-1. */
  region?: string | null | undefined
  leniency?: Leniency | null | undefined
  mode?: Mode | null | undefined
  /** In compat mode: after how many readings that came to no number to give up on a text. */
  maxTries?: number | null | undefined
}

/** What a number is for, by its numbering plan. */
export type PhoneType =
  | 'fixed'
  | 'mobile'
  | 'fixed_or_mobile'
  | 'toll_free'
  | 'premium_rate'
  | 'shared_cost'
  | 'voip'
  | 'personal_number'
  | 'pager'
  | 'uan'
  | 'voicemail'
  | 'unknown'

/** What a number is said to be for, by the words beside it. */
export type PhoneRole = 'tel' | 'fax' | 'mobile' | 'toll_free' | 'whatsapp' | 'sms' | 'pager'

/** By which layer a value was found. */
export type Method =
  | 'tel-link'
  | 'link'
  | 'structured-data'
  | 'visible-text'
  | 'linked-page'
  | 'image'
  | 'platform'
  | 'import'
  | `enricher:${string}`

/** Where a value was seen. */
export interface Evidence {
  method: Method
  /** Where in the document: a path of elements, a JSON pointer. */
  locator?: string
  /** The words around it. */
  snippet?: string
}

/** What every value found has. */
export interface Found {
  /** The layer of the first piece of evidence. */
  method: Method
  /** The probability, 0 to 1, that it is right and belongs here. */
  confidence: number
  /** Where it was seen, strongest first; never empty. */
  evidence: [Evidence, ...Evidence[]]
}

/** A telephone number. */
export interface Phone extends Found {
  /** In E.164 form, without extension: `+33478000001`. */
  e164: string
  /** As dialled inside its country. */
  national: string
  /** As it stood on the page. */
  raw: string
  /** The digits to dial after the connection stands. */
  extension: string | null
  /** Its country, ISO 3166-1; null for non-geographic codes. */
  region: string | null
  /** By its numbering plan: `fixed`, `mobile`, `toll_free` … */
  type: PhoneType
  /** By the words beside it: `tel`, `fax`, `mobile`, `whatsapp` … */
  role: PhoneRole
}

/** An e-mail address. */
export interface Email extends Found {
  /** The address, in lower case. */
  address: string
  /** Whose mailbox it is: `role`, `personal`, `free`, `disposable`. */
  kind: 'role' | 'personal' | 'free' | 'disposable'
  /** How it was written: `plain`, `mailto`, `cloudflare` … */
  scheme: 'plain' | 'mailto' | 'structured' | 'cloudflare' | 'spelled' | 'entities' | 'attributes' | 'reversed' | 'encoded' | 'script'
}

/** A profile on a social network. */
export interface Social extends Found {
  /** The network: `facebook`, `instagram` … */
  network: string
  /** What the network calls the profile, without `@`. */
  handle: string
  /** The profile's canonical address. */
  url: string
}

/** A postal address. */
export interface Address extends Found {
  /** The whole address on one line. */
  text: string
  /** Street and house number. */
  street: string | null
  /** City, town or village. */
  city: string | null
  /** State, province or region. */
  region: string | null
  /** Postal code. */
  postal_code: string | null
  /** Country, ISO 3166-1. */
  country: string | null
  /** Borough or district of a city. */
  borough?: string
  /** Neighbourhood. */
  neighbourhood?: string
}

/** A place of a business; the numbers are places in the lists of the same {@link Contacts}. */
export interface Location extends Found {
  /** What the place is called. */
  name: string | null
  /** Its address, an index into `addresses`. */
  address: number | null
  /** Its numbers, indices into `phones`. */
  phones: number[]
  /** Its mailboxes, indices into `emails`. */
  emails: number[]
  /** When it is open, in OpenStreetMap's syntax. */
  hours: string | null
  /** Where it lies: latitude and longitude, WGS 84. */
  geo: { latitude: number; longitude: number } | null
}

/** A person who speaks for a business; the numbers are places in the lists of the same {@link Contacts}. */
export interface Person extends Found {
  /** The person's name. */
  name: string
  /** What they do there. */
  function: string | null
  /** Their numbers, indices into `phones`. */
  phones: number[]
  /** Their mailboxes, indices into `emails`. */
  emails: number[]
}

/** A name the business goes by. */
export interface Organization extends Found {
  /** The name, as written. */
  name: string
}

/** A web site of the business. */
export interface Website extends Found {
  /** Its address. */
  url: string
}

/** What a business does. */
export interface Category extends Found {
  /** The taxonomy: `osm`, `schema.org` … */
  scheme: string
  /** The category in it. */
  category: string
}

/** When it is open. */
export interface OpeningHours extends Found {
  /** In OpenStreetMap's syntax: `Mo-Fr 09:00-17:00`. */
  hours: string
}

/** Where it lies, WGS 84. */
export interface GeoPoint extends Found {
  /** Degrees north. */
  latitude: number
  /** Degrees east. */
  longitude: number
}

/** Whether it still runs. */
export interface Status extends Found {
  /** `open`, `temporarily_closed` or `permanently_closed`. */
  status: 'open' | 'temporarily_closed' | 'permanently_closed'
}

/** A number a register gave. */
export interface Registration extends Found {
  /** Which register: `VAT`, `SIREN`, `HRB` … */
  kind: string
  /** The number, without spaces. */
  value: string
}

/** Anything else, by name. */
export interface Attribute extends Found {
  /** The name: a known one, or `x:` and a name of one's own. */
  name: string
  /** The value, as JSON. */
  value: boolean | number | string | string[] | Json
}

/** The contacts of one document, lists ordered by confidence. */
export interface Contacts {
  /** The document's address, when it is known. */
  url: string | null
  /** The country that numbers without a country code were read for. */
  region: string | null
  /** The document's language, BCP 47. */
  language: string | null
  /** Structured data of the page, as JSON. */
  structured: Json
  /** What could not be read, and why; the rest was. */
  warnings: string[]
  /** Names the business goes by. */
  organizations: Organization[]
  /** Telephone numbers. */
  phones: Phone[]
  /** E-mail addresses. */
  emails: Email[]
  /** Profiles on social networks. */
  socials: Social[]
  /** Web sites. */
  websites: Website[]
  /** Postal addresses. */
  addresses: Address[]
  /** What the business does. */
  categories: Category[]
  /** When it is open. */
  hours: OpeningHours[]
  /** Where it lies. */
  geo: GeoPoint[]
  /** Whether it still runs. */
  status: Status[]
  /** Places, when there are several or one keeps contacts of its own. */
  locations: Location[]
  /** Persons who speak for it. */
  persons: Person[]
  /** Numbers registers gave it. */
  registrations: Registration[]
  /** Everything else, by name. */
  attributes: Attribute[]
}

/** A telephone number found in a text. */
export interface PhoneMatch {
  /** Where it begins, in UTF-16 units: `text.slice(start, end) === raw`. */
  start: number
  /** Where it ends, in UTF-16 units. */
  end: number
  /** The text between, as it stood there. */
  raw: string
  /** In E.164 form, without extension: `+33478000001`. */
  e164: string
  /** The digits to dial after the connection stands. */
  extension: string | null
  /** Its country, ISO 3166-1; null for non-geographic codes. */
  region: string | null
  /** By its numbering plan: `fixed`, `mobile`, `toll_free` … */
  type: PhoneType
  /** As dialled inside its country. */
  national: string
}

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/**
 * Finds the contacts of a document: a `Buffer` as it came over the wire (the encoding is found as browsers find it), or
 * a string that was decoded already.
 *
 * @throws {LeadError} `INVALID_INPUT` for an option that means nothing, `DECODE` for bytes that are no text,
 * `TOO_LARGE` above 32 MiB.
 */
export declare function extract(html: string | Uint8Array, options?: ExtractOptions | null): Contacts

/** A document of a batch, and what is known of it alone. */
export interface Page {
  /** A `Buffer` as it came over the wire, or a string that was decoded already. */
  html: string | Uint8Array
  /** The address the document came from: `http` or `https`. */
  baseUrl?: string | null | undefined
  /** The response's `Content-Type`, whole. */
  contentType?: string | null | undefined
  /** The country whose national numbers are read, ISO 3166-1; in place of the batch's. */
  region?: string | null | undefined
}

export interface ExtractManyOptions extends Omit<ExtractOptions, 'baseUrl' | 'contentType'> {
  /** How many threads work at once: all cores, unless said otherwise. */
  threads?: number | null | undefined
}

/**
 * Finds the contacts of many documents, spread over all cores, while JavaScript goes on; answers in the order of the
 * documents. A document that cannot be read has its error, not thrown, in its place.
 *
 * @throws {LeadError} `INVALID_INPUT` for an option that means nothing.
 */
export declare function extractMany(
  pages: ReadonlyArray<string | Uint8Array | Page>,
  options?: ExtractManyOptions | null,
): Promise<Array<Contacts | LeadError>>

/**
 * Finds the telephone numbers in a text, in the order they stand there.
 *
 * @throws {LeadError} `INVALID_INPUT` for an option that means nothing.
 */
export declare function findPhones(text: string, options?: FindPhonesOptions | null): PhoneMatch[]

export * from './archive.js'
export * from './browser.js'
export * from './collect.js'
export * from './crawl.js'
export * from './figures.js'
export * from './images.js'
export * from './keeping.js'
export * from './plan.js'
export * from './refresh.js'
export * from './match.js'
export * from './saved.js'
export * from './sinks.js'
export * from './store.js'

/** Telephone numbers as values: parsed, checked, written, compared. Also importable as `lead-node/phone`. */
export * as phone from './phone.js'

/** The version of this package. */
export declare const version: string
