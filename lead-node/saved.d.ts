// Types of lead-node: saved pages of platforms, and files of open data.
import type { Contacts } from './index.js'

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
  store?: string | null | undefined
  /** Whose they are. */
  tenant?: string | null | undefined
  /** Only what lies within this box: west, south, east, north. */
  bbox?: readonly [number, number, number, number] | null | undefined
  /** Only this category, in the source's own words. */
  category?: string | null | undefined
  /** At most so many listings. */
  max?: number | null | undefined
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
 * Imports a file of open data, however large. Rows that cannot be read are kept aside. Rejects with a `LeadError`: `NOT_FOUND`, `IO` and
 * its kin for the file, `UNSUPPORTED` when its layout is not known.
 */
export declare function importFile(path: string | URL, options?: ImportOptions | null): Promise<Imported>
