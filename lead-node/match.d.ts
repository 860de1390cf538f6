// Types of lead-node: companies to match. Names and meanings are those of the library's JSON.
import type { Lead } from './collect.js'
import type { FetchingOptions } from './crawl.js'

/** A field of a company. */
export type CompanyField =
  | 'name'
  | 'street'
  | 'postal_code'
  | 'city'
  | 'region'
  | 'country'
  | 'website'
  | 'place_id'
  | 'phone'
  | 'email'

/** A company to find, and what is known of it: a name, a web site or a place's id at least. Other members are kept and handed back. */
export interface Company {
  /** What it is called. */
  name?: string | null
  /** Street and house number. */
  street?: string | null
  /** Postal code. */
  postal_code?: string | number | null
  /** City, town or village. */
  city?: string | null
  /** State, province or region. */
  region?: string | null
  /** Its country: ISO 3166-1, or its name. */
  country?: string | null
  /** Its site or its domain, as far as it is known. */
  website?: string | null
  /** What a source calls it: `node/123` of OpenStreetMap. */
  place_id?: string | null
  /** A telephone number of it. */
  phone?: string | null
  /** A mailbox of it. */
  email?: string | null
  [column: string]: unknown
}

/** Why a company has no site in the answer. */
export type NoSite =
  | 'failed' // It could not be looked for: see `failure`.
  | 'no_candidate' // No site was found that may be its own.
  | 'only_platforms' // Only pages of directories, marketplaces or networks were found.
  | 'other_name' // The sites that were found are called otherwise.
  | 'elsewhere' // The site that was found is that of a namesake in another place.
  | 'parked' // Nobody uses the domain: what stands there is its broker's.
  | 'gone' // Nothing answers at the site that was found.
  | 'kept_away' // The site that was found lets no program in.
  | 'ambiguous' // Several sites fit equally well.
  | 'unsure' // A site was found, but not surely enough that it is its own.

/** Where a value was seen, whole. */
export interface Proof {
  /** Which source said so. */
  source: string
  /** At which address, when it has one. */
  url?: string
  /** By which layer. */
  method: string
  /** Where on that page or answer. */
  locator?: string
  /** The words around it. */
  snippet?: string
  /** First seen there, RFC 3339. */
  first_seen: string
  /** Last seen there, RFC 3339. */
  last_seen: string
}

/** A value that a row lacked. */
export interface Filled {
  /** The value, as a row has it. */
  value: string
  /** By which layer it was found. */
  method: string
  /** The probability that it is right and belongs to the company. */
  confidence: number
  /** Where it was seen; never empty. */
  evidence: [Proof, ...Proof[]]
}

/** A site that was looked at. */
export interface JudgedSite {
  /** Its front page. */
  url: string
  /** The probability that it is the company's. */
  confidence: number
  /** How it came to be looked at. */
  origins: Array<{ by: 'given' | 'mailbox' | 'listing' | 'search' | 'guess'; source?: string; rank?: number }>
  /** What speaks for it and against it, a line each. */
  why: string[]
  /** Why it is not the answer. */
  refused: NoSite | null
}

/** What failed, and why. */
export interface Failure {
  /** What failed. */
  what: string
  /** The error's code, such as `TIMEOUT`. */
  code: string
  /** One line for a person. */
  reason: string
}

/** What came of a company. */
export interface Match {
  /** Its place in the input, from 0. */
  row: number
  /** What was given of it; its row's own columns in `columns`. */
  company: Record<CompanyField, string | null> & { columns?: Record<string, unknown> }
  /** Its site: the front page, how sure that is, and what speaks for it; null with a `reason`. */
  site: { url: string; confidence: number; why: string[] } | null
  /** Why there is no site. */
  reason: NoSite | null
  /** What the row lacks and is known now. */
  filled: Partial<Record<CompanyField, Filled>>
  /** Everything known of how to reach it; null without a site. */
  contacts: Lead | null
  /** The sites that were looked at, the surest first. */
  candidates: JudgedSite[]
  /** What failed meanwhile. */
  failures: Failure[]
  /** Why the row could not be looked for. */
  failure: Failure | null
  /** Requests made for it. */
  requests: number
  /** Bytes of bodies received for it. */
  bytes: number
  /** Whether an earlier run found it. */
  resumed: boolean
}

/** What a match cost and brought. */
export interface MatchSummary {
  /** Companies answered. */
  rows: number
  /** Companies with a site. */
  found: number
  /** Companies that could not be looked for. */
  failed: number
  /** Fields filled that rows lacked. */
  filled: number
  /** Companies without a site, by why. */
  reasons: Partial<Record<NoSite, number>>
  /** Requests made in this run, retries and redirects included. */
  requests: number
  /** Bytes of bodies received in this run. */
  bytes: number
  /** Companies that an earlier run had answered. */
  resumed: number
  /** Seconds from start to end, of this run. */
  elapsed: number
  /** Whether it was stopped before its end. */
  stopped: boolean
}

/** Where sites are looked for, how sure an answer must be, and how it fetches. */
export interface MatchOptions extends FetchingOptions {
  /** Which column or member holds a field: `{ name: 'Firma', city: 'Ort' }`. */
  columns?: Partial<Record<CompanyField, string>> | null | undefined
  /** Country of companies that name none, ISO 3166-1. */
  defaultCountry?: string | null | undefined
  /** Answers only with sites that are at least so sure: 0.8. */
  minConfidence?: number | null | undefined
  /** Whether OpenStreetMap is asked; it is. */
  osm?: boolean | null | undefined
  /** The address of a SearXNG instance that allows the format json. */
  searxng?: string | null | undefined
  /** Whether addresses made of the name are tried; they are. */
  guess?: boolean | null | undefined
  /** Under which domains addresses are made, instead of the country's and `com`. */
  domains?: string | readonly string[] | null | undefined
  /** Overpass interpreter to ask. */
  overpassUrl?: string | null | undefined
  /** Nominatim to ask. */
  nominatimUrl?: string | null | undefined
  /** Pages read of a site: 8. */
  maxPages?: number | null | undefined
  /** Companies looked for at a time: 32. */
  concurrency?: number | null | undefined
  /** A folder for a journal; another match of the folder goes on where it ends. Its rows are told again first. */
  resume?: string | null | undefined
  /** Ends the match; the loop over it rejects with `CANCELLED`. */
  signal?: AbortSignal | null | undefined
}

/** A match under way: an async iterable of what comes of each company, in their order, once. Made by {@link match}. */
export declare class Matches implements AsyncIterable<Match> {
  private constructor()
  /** How many companies were answered. */
  readonly done: number
  /** What it cost and brought, once it is over or was closed; null when it never began. */
  readonly summary: MatchSummary | null
  /** Ends it; kept when its journal is written. A loop over it ends too; so does leaving such a loop end it. */
  close(): Promise<void>
  [Symbol.asyncIterator](): AsyncGenerator<Match, void, undefined>
}

/**
 * Finds the web sites of companies, and what stands there of how to reach them, while JavaScript goes on.
 *
 * Companies are objects, names, the path of a CSV, or its bytes. Sites are looked for in OpenStreetMap, in a SearXNG of yours, and at
 * addresses made of the name; they are judged by what stands on their pages. When none is sure enough, `site` is null and `reason`
 * says why. What a row has is kept, what it lacks is in `filled`, with evidence. A row that fails is told as one; the others go on.
 *
 * ```js
 * for await (const { site, contacts, reason } of lead.match([{ name: 'Bäckerei Muster', city: 'Köln' }])) {
 *   console.log(site?.url, site?.confidence, contacts?.phones[0]?.e164, reason)
 * }
 * ```
 *
 * The loop rejects with a {@link LeadError} that ended the match: `LOCKED` when another is under way in the folder, `CANCELLED` by the
 * signal, `IO` and its kin.
 *
 * @throws {LeadError} `INVALID_INPUT` for an option or a table that means nothing.
 */
export declare function match(
  companies: string | URL | Uint8Array | Iterable<string | Company>,
  options?: MatchOptions | null
): Matches
