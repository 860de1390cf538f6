// Types of lead-node: figures of a store. Names and meanings are those of the library's JSON.
import type { Store } from './store.js'

/** How long a period of a series is. */
export type PeriodUnit = 'day' | 'week' | 'month' | 'year'

/** A field of leads, as filters name it. */
export type LeadField =
  | 'name'
  | 'source'
  | 'phone'
  | 'phone_type'
  | 'email'
  | 'social'
  | 'website'
  | 'site'
  | 'address'
  | 'city'
  | 'region'
  | 'postal_code'
  | 'country'
  | 'category'
  | 'person'
  | 'hours'
  | 'status'
  | 'registration'
  | 'rating'
  | 'reviews'
  | 'score'
  | 'confidence'
  | 'latitude'
  | 'longitude'
  | 'seen'
  | 'first_seen'

/** A value, and how many leads have it. */
export interface Count {
  /** The value as filters compare it, or what its bin or period is called. */
  value: string
  /** Leads that have it; a lead with several values counts for each. */
  leads: number
  /** The part of the leads that pass, 0 to 1. */
  share: number
  /** A condition that, beside the filter, exactly these leads pass; null where none says so. */
  filter: string | null
}

/** What stands in a field of the leads that pass. */
export interface Facet {
  /** The field. */
  field: LeadField
  /** Leads that pass. */
  leads: number
  /** Those of them that have a value in the field. */
  having: number
  /** Different values there are, told or not. */
  distinct: number
  /** Values, the most frequent first; bins of numbers and periods of times in their order. */
  counts: Count[]
}

/** Which facets. */
export interface FacetsOptions {
  /** The fields; the usual ones unless told. */
  fields?: LeadField | readonly LeadField[] | null | undefined
  /** Which leads: `has:email city:Lyon`. */
  filter?: string | null | undefined
  /** So many values of a field at most: 10. */
  limit?: number | null | undefined
  /** Periods of times: months. */
  by?: PeriodUnit | null | undefined
  /** The time zone their days are of: `Europe/Paris`; UTC unless told. */
  zone?: string | null | undefined
  /** Whose leads they are. */
  tenant?: string | null | undefined
}

/** Which leads a report is about, and how times are counted. */
export interface StatsOptions {
  /** Which leads: `has:email city:Lyon`. */
  filter?: string | null | undefined
  /** Only leads first seen since then, compared with as long before: `2026-01-31`. */
  since?: string | null | undefined
  /** Only leads first seen before then. */
  until?: string | null | undefined
  /** Periods of the series: months. */
  by?: PeriodUnit | null | undefined
  /** The time zone their days are of: `Europe/Paris`; UTC unless told. */
  zone?: string | null | undefined
  /** So many categories, cities and countries at most: 10. */
  limit?: number | null | undefined
  /** So many periods are forecast: 3. */
  ahead?: number | null | undefined
  /** Stages of one's own, a condition each, in their order: `{ phone: 'has:phone' }`. */
  stages?: Readonly<Record<string, string>> | null | undefined
  /** Whose leads they are. */
  tenant?: string | null | undefined
}

/** A stretch of time. */
export interface Stretch {
  /** Its first instant, RFC 3339. */
  start: string
  /** The first instant after it. */
  end: string
}

/** A period of the calendar. */
export interface Period extends Stretch {
  /** `2026-01-31`, `2026-W05`, `2026-01` or `2026`. */
  label: string
}

/** What a source brought, and what it cost. */
export interface SourceFigures {
  /** The source. */
  source: string
  /** Leads it knows, of those that pass. */
  leads: number
  /** Their part of all that pass; leads that several sources know count for each. */
  share: number
  /** Those of them with a phone. */
  with_phone: number
  /** Those of them with an e-mail. */
  with_email: number
  /** Requests it answered in the newest runs, whatever the filter is. */
  requests: number
  /** Listings it gave in those runs. */
  listings: number
  /** Businesses that it was the first of a run's sources to list. */
  new: number
  /** Requests for each of them: the cost; null where there are none. */
  requests_per_new: number | null
}

/** What a run brought. */
export interface RunFigures {
  /** The run. */
  run: string
  /** When it began, RFC 3339. */
  started: string
  /** What it looked for. */
  query: string
  /** Where. */
  near: string | null
  /** Whether it came to its end. */
  done: boolean
  /** Leads first seen after it began and before the next run did. */
  new: number
  /** Requests its sources answered. */
  requests: number
  /** Listings its sources gave. */
  listings: number
  /** Sites it visited. */
  sites: number
}

/** What a store holds, in figures. */
export interface Stats {
  /** When it was told, RFC 3339. */
  at: string
  /** Which leads. */
  filter: string
  /** First seen since then. */
  since: string | null
  /** First seen before then. */
  until: string | null
  /** How many there are. */
  leads: number
  /** How many of them have what, by field. */
  coverage: Array<{ field: LeadField; leads: number; share: number }>
  /** By the confidence of their surest phone or e-mail. */
  confidence: Facet
  /** By their score. */
  score: Facet
  /** By source, with what each cost. */
  sources: SourceFigures[]
  /** By what they do. */
  categories: Facet
  /** By city. */
  cities: Facet
  /** By country. */
  countries: Facet
  /** By run, the newest first. */
  runs: RunFigures[]
  /** How far they have come: each stage is of the leads of the one before. */
  stages: Array<{ name: string; filter: string; leads: number; of_all: number; of_previous: number }>
  /** New leads, period by period, to the current one. */
  series: {
    unit: PeriodUnit
    zone: string
    /** Leads first seen in each, those first seen until its end, and whether it lies whole in the time looked at and is over. */
    points: Array<Period & { new: number; total: number; complete: boolean }>
  }
  /** What changed; null where there is nothing to compare. */
  comparison: {
    before: Stretch
    now: Stretch
    /** Each figure in both; `relative` is the change as a part of what was before. */
    changes: Array<{
      figure: 'leads' | 'phone' | 'email' | 'website'
      before: number
      now: number
      change: number
      relative: number | null
    }>
  } | null
  /** How the series is likely to go on; null when fewer than six periods are whole. */
  forecast: {
    /** Holt's linear trend method, with the intervals of its model. */
    method: 'holt'
    alpha: number
    beta_star: number
    /** Periods it was fitted to. */
    fitted: number
    /** New leads expected, and between which numbers with 80 and 95 % probability. */
    periods: Array<Period & { new: number; within_80: [number, number]; within_95: [number, number] }>
  } | null
}

/**
 * What stands in fields of the leads of a store, and how often. Each count is how many leads are left when its value is asked for beside the
 * filter. Rejects with a `LeadError`: `INVALID_INPUT` for what means nothing.
 */
export declare function facets(store: string | Store, options?: FacetsOptions | null): Promise<Facet[]>

/**
 * What a store holds, in figures: totals, coverage, distributions, a series with a forecast, a comparison, stages, and what each source and run
 * brought and cost. Rejects with a `LeadError`: `INVALID_INPUT` for what means nothing.
 */
export declare function stats(store: string | Store, options?: StatsOptions | null): Promise<Stats>
