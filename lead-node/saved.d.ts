// Types of lead-node: saved pages of platforms, and files of open data.
import type { Contacts } from './index.js'
import type { Store } from './store.js'

/** The names of sources. */
export interface SourceNames {
  /** Sources that a collection can ask. */
  sources: string[]
  /** Platforms whose saved pages can be read. */
  platforms: string[]
  /** Layouts of files of open data. */
  layouts: string[]
}

/** The names of sources, platforms and layouts. */
export declare function sources(): SourceNames

/** An entry of a source's answer. */
export interface Listing {
  /** What the source calls it. */
  natural_key: string
  /** Its own page, when it has one. */
  url: string | null
  /** What it says. */
  findings: Omit<Contacts, 'url' | 'region' | 'language' | 'structured' | 'warnings'>
}

/** What came of a saved page: listings, or what the page is in their place. */
export type ParsedPage =
  | {
      outcome: 'listings'
      /** The rule that knew the page. */
      page: string
      listings: Listing[]
      /** Entries that lack a field that is required. */
      rejects: Array<{ entry: string; reason: string }>
      /** By which readers each field was read. */
      fields: Array<{ field: string; readers: Array<[string, number]>; missing: number; below_expectation: boolean }>
      /** Where the next page of a search is, as the page says it: an address or a token. */
      next?: string
      /** How many entries the platform says there are in all. */
      total?: number
      /** For each listing the address of its own page, where the adapter says that it is to be read. */
      details?: Array<string | null>
    }
  | {
      outcome: 'negative'
      /** What it is: `captcha`, `login_wall`, `no_results` … */
      kind: string
      page: string
    }

/**
 * Reads a saved page or answer of a platform: one of {@link sources}, or that of an adapter file, `*.toml`.
 *
 * @throws {LeadError} `NOT_FOUND` for a platform that nobody knows, `CONFIG` for a faulty adapter file, `UNRECOGNISED_PAGE` for a page
 * that no rule knows.
 */
export declare function parsePage(
  platform: string | URL,
  page: string | Uint8Array,
  options?: { url?: string | null | undefined; region?: string | null | undefined } | null
): ParsedPage

/** What is imported of a file, and where to. */
export interface ImportOptions {
  /** What the file is; `auto` looks at it. */
  layout?: string | null | undefined
  /** Where leads live, `sqlite://leads.db` or `postgres://user@host/database`; without one everything is read and nothing kept. */
  store?: string | Store | null | undefined
  /** What is kept in step with the store: `csv://leads.csv`, or another store. */
  mirror?: string | null | undefined
  /** Whose they are. */
  tenant?: string | null | undefined
  /** Only what lies within this box: west, south, east, north. */
  bbox?: readonly [number, number, number, number] | null | undefined
  /** Only this category, in the source's own words. */
  category?: string | null | undefined
  /** At most so many listings. */
  max?: number | null | undefined
  /** The zone of times that say none, in files of v3.9: `UTC` unless told, `Europe/Paris`. */
  zone?: string | null | undefined
  /** Whose national numbers are read in rows of v3.9 that name no country. */
  region?: string | null | undefined
  /** Goes on where an earlier import of a file of v3.9 ended. */
  resume?: boolean | null | undefined
}

/** What an import came to. */
export interface Imported {
  /** The file's layout. */
  layout: string
  /** Rows read. */
  rows: number
  /** Listings among them. */
  listings: number
  /** Leads that came to be; 0 without a store. */
  created: number
  /** Leads that changed. */
  updated: number
  /** Rows that could not be read. */
  rejected: number
  /** The first thousand of them. */
  rejects: Array<{ entry: string; reason: string }>
}

/**
 * Imports a file of open data, or one of v3.9 (CSV, JSON, xlsx), however large. Rows that cannot be read are kept aside. Rejects with a `LeadError`: `NOT_FOUND`, `IO` and
 * its kin for the file, `UNSUPPORTED` when its layout is not known.
 */
export declare function importFile(path: string | URL, options?: ImportOptions | null): Promise<Imported>

/** Which leads are written, and how. */
export interface ExportOptions {
  /** Where they live, `sqlite://leads.db` or `postgres://user@host/database`. */
  store: string | Store
  /** Whose they are. */
  tenant?: string | null | undefined
  /** The form of the file; what its name ends with, else CSV, unless told. */
  format?: 'csv' | 'csv-legacy' | 'jsonl' | 'json' | 'xlsx' | 'parquet' | 'arrow' | 'geojson' | 'vcard' | null | undefined
  /** The columns of CSV and workbooks: every value, v3.9's, or what a CRM imports. */
  layout?: 'full' | 'legacy' | 'hubspot' | 'salesforce' | 'pipedrive' | 'zoho' | null | undefined
  /** Only these columns, in this order. */
  columns?: string | readonly string[] | null | undefined
  /** Which: `has:email city:Lyon`. */
  filter?: string | null | undefined
  /** By what: `-score`. */
  sort?: string | null | undefined
  /** Only what was seen since then: `2026-01-31`. */
  since?: string | null | undefined
  /** Keeps the file when it is broken off, and goes on where an earlier one that asked for the same was. */
  resume?: boolean | null | undefined
}

/** What an export wrote. */
export interface Exported {
  /** Leads written. */
  leads: number
  /** Leads left out because their site is suppressed. */
  suppressed: number
  /** Bytes of the file. */
  bytes: number
  /** How many of the leads an export that was broken off had written already. */
  resumed: number
  /** Why an export that was to go on began from the start, when it did. */
  anew: 'form' | 'forgotten' | 'damaged' | null
}

/**
 * Writes the leads of a store into a file, whole or not at all. Who is on the suppression list is left out. Rejects with a `LeadError`:
 * `INVALID_INPUT` for what means nothing, `IO` and its kin for the file.
 */
export declare function exportFile(path: string | URL, options: ExportOptions): Promise<Exported>
