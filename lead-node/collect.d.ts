// Types of lead-node: collections. Names and meanings are those of the library's JSON (docs/schemas/lead.json, event.json).
import type { FetchingOptions } from './crawl.js'
import type {
  Address, Category, Email, Found, GeoPoint, Location, OpeningHours, Organization, Person, Phone, Registration, Social, Website,
} from './index.js'
import type { Failure, Proof } from './match.js'
import type { PlanOptions } from './plan.js'
import type { Store } from './store.js'

/** A value of a lead: with the whole evidence of each source. */
export type Proved<T> = Omit<T, 'evidence'> & { evidence: [Proof, ...Proof[]] }

/** A business and the ways to reach it, every value with its evidence. Lists are ordered by confidence. */
export interface Lead {
  /** Its identity in the store. */
  id: string
  /** The surest of its names. */
  name: string | null
  organizations: Array<Proved<Organization>>
  phones: Array<Proved<Phone>>
  emails: Array<Proved<Email>>
  socials: Array<Proved<Social>>
  websites: Array<Proved<Website>>
  addresses: Array<Proved<Address>>
  categories: Array<Proved<Category>>
  hours: Array<Proved<OpeningHours>>
  geo: Array<Proved<GeoPoint>>
  locations: Array<Proved<Location>>
  persons: Array<Proved<Person>>
  registrations: Array<Proved<Registration>>
  /** Whether it is open, where a source says so. */
  status: Array<Proved<Found & { status: string }>>
  /** What else is known of it, by name. */
  attributes: Array<Proved<Found & { name: string; value: unknown }>>
  /** The records it is made of. */
  sources: Array<{ record: string; source: string; natural_key: string; url?: string }>
  /** When anything of it was first seen, RFC 3339. */
  first_seen: string
  /** When anything of it was last seen, RFC 3339. */
  last_seen: string
}

/** What a collection cost and brought. */
export interface CollectSummary {
  /** Listings sources gave. */
  listings: number
  /** Pages fetched. */
  pages: number
  /** Requests made, retries and redirects included. */
  requests: number
  /** Bytes of bodies received. */
  bytes: number
  /** Leads that came to be. */
  created: number
  /** Leads that changed. */
  updated: number
  /** Leads that went into another. */
  merged: number
  /** Sightings dropped because someone must not be contacted. */
  suppressed: number
  /** Pages robots.txt, the guard or the site kept us from. */
  blocked: number
  /** Things that failed and were kept aside. */
  failed: number
  /** Seconds from start to end. */
  elapsed: number
  /** Whether it was stopped before its end. */
  stopped: boolean
  /** Which of its limits ended it, if one did. */
  reached?: 'requests' | 'time' | 'coverage'
  /** Sources that know more than was asked of them: a limit ended the asking, or they show no more of a search. */
  cut?: string[]
  /** How much of what there is was found, where that can be told. */
  coverage?: Coverage
}

/** How much of what there is a collection has found, as far as what it found tells. */
export interface Coverage {
  /** Businesses the sources listed, each once. */
  found: number
  /** How many there are: the likeliest figure. */
  total: number
  /** The ends of its 95 % interval. */
  low: number
  high: number
  /** The part that was found, from 0 to 1. */
  share: number
  /** How many sources, or ways of asking one, were held against each other; 1 when there was one. */
  compared: number
  /** Whether there are at least so many: some businesses are known to few. */
  lower_bound: boolean
  /** About so many requests more find 99 %; null when those sources, asked to their end, list less. */
  requests_to_99: number | null
}

/** A step of a collection. */
export type CollectEvent =
  | { event: 'planned'; run: string; sources: string[]; resumed: boolean }
  | { event: 'fetched'; url: string; status: number; bytes: number; from_cache: boolean }
  | { event: 'found'; source: string; listings: number; total: number | null }
  | { event: 'lead'; lead: Lead; new: boolean }
  | { event: 'retry'; url: string; attempts: number }
  | ({ event: 'blocked' } & Failure)
  | ({ event: 'failed' } & Failure)
  | { event: 'progress'; done: number; known: number; growing: boolean }
  | ({ event: 'done' } & Omit<CollectSummary, 'elapsed'> & { elapsed: { secs: number; nanos: number } })

/** What a source of your own is asked. */
export interface SourceQuery {
  /** The words. */
  text: string
  /** A place, by name. */
  near?: string
  /** So many metres around that place. */
  radius?: number
  /** A box as west, south, east, north; a circle; or the rings of polygons. */
  area?: [number, number, number, number] | { center: { latitude: number; longitude: number }; metres: number } | number[][][]
  /** In which order an area is gone through. */
  seed?: number
  /** At most so many listings. */
  max?: number
}

type Value = string | number | boolean | readonly (string | number | boolean)[] | null | undefined

/** An entry of a source of your own; a value or an array each. */
export interface SourceListing {
  /** What the source calls it; stable. */
  key: string | number
  /** Its own page. */
  url?: string | null
  name?: Value
  phone?: Value
  email?: Value
  website?: Value
  social?: Value
  /** The whole address; or its parts: `street`, `house_number`, `postal_code`, `city`, `region`, `country`. */
  address?: Value
  latitude?: number | string | null
  longitude?: number | string | null
  category?: Value
  /** In OpenStreetMap's syntax. */
  hours?: Value
  /** Others that adapters know, attributes, and `x:<own>`. */
  [field: string]: unknown
}

/** One step's worth of listings. */
export interface SourceBatch {
  /** The listings. */
  listings?: readonly SourceListing[]
  /** Where to go on; nothing at the end. */
  next?: string | null | undefined
  /** How many listings there are in all. */
  total?: number | null | undefined
  /** Entries that cannot be read. */
  rejects?: ReadonlyArray<{ entry: string; reason: string }>
}

/** A source of your own. */
export interface Source {
  /** Its stable name: letters, digits, `_`, `-`, `.`, `:`. */
  id: string
  /** Its name for people. */
  name?: string
  /** Licence of its data, and the attribution it asks for. */
  licence?: string
  attribution?: string
  /**
   * One step of a search, from the beginning (null) or from a cursor that an earlier step gave as `next`; an array alone is the last.
   *
   * The cursor is the checkpoint: a run that goes on asks with the last one. A step is therefore a function of its arguments and the web
   * alone, and the cursors of one search are all different. What it throws ends the source in this run, and is a `failed` event with the
   * code `APPLICATION`, or its own when it is a `LeadError`. `signal` speaks when the run is over.
   */
  step(
    query: SourceQuery,
    cursor: string | null,
    run: { signal: AbortSignal }
  ): SourceBatch | readonly SourceListing[] | Promise<SourceBatch | readonly SourceListing[]>
}

/** What is collected, from where, into what, and how it fetches. */
export interface CollectOptions extends PlanOptions, FetchingOptions {
  /** Requests at most; a run that is resumed has a budget of its own. */
  maxRequests?: number | null | undefined
  /** Seconds at most. */
  maxTime?: number | null | undefined
  /** Asks sources no further when this part of what there is was found, from 0 to 1, as far as the summary's coverage tells. */
  untilCoverage?: number | null | undefined
  /**
   * What is asked, in its order: names (see {@link sources}; `web_search` is several search engines by their health), adapter files,
   * `*.toml`, and sources of your own. OpenStreetMap unless others or `sites` are given.
   */
  sources?: string | ReadonlyArray<string | URL | Source> | null | undefined
  /** Web sites to visit, each a business. */
  sites?: string | readonly string[] | null | undefined
  /** Listings a source. */
  max?: number | null | undefined
  /** Sites visited at a time: 64. */
  concurrency?: number | null | undefined
  /** Whether sites are visited; they are unless told, and a run that goes on does as it did. */
  visitSites?: boolean | null | undefined
  /**
   * Where leads live: `sqlite://leads.db`, `postgres://user@host/database` (with `?partitions=`, `?replica=` and the like:
   * docs/postgres.md), or `memory://` unless told; or a store that is open.
   */
  store?: string | Store | null | undefined
  /** What is kept in step with the store: `csv://leads.csv`, or another store. */
  mirror?: string | null | undefined
  /** Whose they are. */
  tenant?: string | null | undefined
  /** The address of a SearXNG instance, for the source `searxng`. */
  searxng?: string | null | undefined
  /** Overpass interpreter to ask. */
  overpassUrl?: string | null | undefined
  /** Nominatim to ask. */
  nominatimUrl?: string | null | undefined
  /** Why platforms are asked whose terms restrict programs, by name; the run keeps the reasons. */
  acceptTerms?: Readonly<Record<string, string>> | null | undefined
  /** Hosts that are asked in place of platforms' own, by name. */
  sourceUrl?: Readonly<Record<string, string>> | null | undefined
  /** Keys of platforms that want one, by name. */
  key?: Readonly<Record<string, string>> | null | undefined
  /** Reads platforms' lists only, not the entries' own pages. */
  listOnly?: boolean | null | undefined
  /** A folder for pages that no adapter knows. */
  quarantine?: string | null | undefined
  /** Engines that `web_search` asks, the preferred first. */
  engine?: string | readonly string[] | null | undefined
  /** So many requests to search engines at most: 40. */
  searchBudget?: number | null | undefined
  /** Goes on with a run of the store: its id, or `last`. The sources must be given again, and ask where they did. */
  resume?: string | null | undefined
  /** Ends the run; the loop over it rejects with `CANCELLED`. What was committed stays. */
  signal?: AbortSignal | null | undefined
}

/** A collection under way: an async iterable of its events, once. Made by {@link collect}. */
export declare class Collection implements AsyncIterable<CollectEvent> {
  protected constructor()
  /** The run, to resume it by; null before it is planned. */
  readonly run: string | null
  /** How far it has come, as it last told: sites visited, and known. */
  readonly progress: { done: number; known: number }
  /** What it cost and brought, once it is over or was closed; null when it never began. */
  readonly summary: CollectSummary | null
  /** Ends it; kept when its store is closed. A loop over it ends too; so does leaving such a loop end it. */
  close(): Promise<void>
  [Symbol.asyncIterator](): AsyncGenerator<CollectEvent, void, undefined>
}

/**
 * Collects businesses: asks sources, visits the sites they name, merges what is the same business, stores it, and tells.
 *
 * ```js
 * const guide = { id: 'guide', step: async (query, cursor) => ({ listings: await shops(query.text, cursor), next: null }) }
 * for await (const event of lead.collect('bakeries', { near: 'Lyon', sources: ['osm', guide], store: 'sqlite://leads.db' })) {
 *   if (event.event === 'lead') console.log(event.lead.name)
 * }
 * ```
 *
 * The loop rejects with a {@link LeadError} that ended the run. What fails of it, a source or a site, is a `failed` event.
 *
 * @throws {LeadError} `INVALID_INPUT` for an option or a source that means nothing.
 */
export declare function collect(query: string | null, options?: CollectOptions | null): Collection
