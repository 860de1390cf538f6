// Types of lead-node: what a query would ask, and why.

/** Where other words for a query come from. */
export type Why = 'bare' | 'synonym' | 'given' | 'model' | { translation: string } | { template: string }

/** Other words for what a query looks for. */
export interface Variant {
  text: string
  why: Why
}

/** A trade in four taxonomies. */
export interface Trade {
  /** Tags of OpenStreetMap. */
  osm: string[]
  /** Place types of Google Maps. */
  google: string[]
  /** Categories of Overture Maps. */
  overture: string[]
  /** Codes of NAICS 2022. */
  naics: string[]
}

/** What the words of a query mean. */
export interface Meaning {
  /** What is looked for. */
  what: string
  /** The place the words name. */
  place: string | null
  /** To what end. */
  intent: 'find' | 'best' | 'cheap' | 'urgent' | 'jobs' | 'students'
  /** The language of the words, ISO 639-1. */
  language: string | null
  trades: Trade[]
}

/** A source asked in one way. */
export interface Ask {
  source: string
  words: string
  /** Where the words come from; null for the query's own. */
  why: Why | null
  /** How many new businesses a request is believed to bring before it is asked. */
  believed: number
}

/** What a query would ask, and why. */
export interface Plan {
  query: { text: string; near?: string; radius?: number; area?: unknown; seed?: number; max?: number }
  meaning: Meaning
  /** The boxes that cover where it looks: west, south, east, north. */
  cells: Array<[number, number, number, number]>
  /** The other words for it, asked of sources that go by words. */
  variants: Variant[]
  /** Whether the words are asked in their order, each to its end. */
  fixed: boolean
  /** What is asked, in the order it is tried first. */
  asks: Ask[]
}

export interface PlanOptions {
  /** Around this place. */
  near?: string | null | undefined
  /** So many metres around that place, instead of within its borders. */
  radius?: number | null | undefined
  /** Within this box: west, south, east, north, in degrees. */
  bbox?: readonly [number, number, number, number] | null | undefined
  /** Within these polygons: GeoJSON. */
  area?: object | null | undefined
  /** In which order an area is gone through. */
  seed?: number | null | undefined
  /** Whether other words for the same are asked too; they are unless told. */
  expand?: boolean | null | undefined
  /** Ask by these words instead, `{what}` and `{place}` filled in. */
  templates?: readonly string[] | null | undefined
  /** What brings most first, or as they stand. */
  order?: 'yield' | 'fixed' | null | undefined
}

/**
 * What a query would ask, and why. Nothing is fetched.
 *
 * @throws {LeadError} `INVALID_INPUT` for a query, place or option that means nothing; `CONFIG` for such templates.
 */
export declare function plan(query: string, options?: PlanOptions | null): Plan
