// Types of lead-node: sites of leads that nobody has seen for long, visited again.
import type { Collection } from './collect.js'
import type { FetchingOptions } from './crawl.js'
import type { Store } from './store.js'

/** Which leads, and how it fetches. */
export interface RefreshOptions extends FetchingOptions {
  /** Leads not seen for so long: `90d` unless told, `6mo`, `2y`. */
  olderThan?: string | null | undefined
  /** Only of those that pass. */
  filter?: string | null | undefined
  /** Requests at most. */
  maxRequests?: number | null | undefined
  /** Seconds at most. */
  maxTime?: number | null | undefined
  /** Sites visited at a time: 64. */
  concurrency?: number | null | undefined
  /** What is kept in step with the store. */
  mirror?: string | null | undefined
  /** Whose they are. */
  tenant?: string | null | undefined
  /** Goes on with a refresh that was stopped or killed: its id, or `last`; it keeps to the leads it began with. */
  resume?: string | null | undefined
  /** Ends the run; the loop over it rejects with `CANCELLED`. What was committed stays. */
  signal?: AbortSignal | null | undefined
}

/** What came of sites that were visited again. */
export interface RefreshedSites {
  /** Sites that were read. */
  read: number
  /** Sites where nothing is any more. */
  gone: number
  /** Sites we were kept away from. */
  keptAway: number
  /** Sites that failed. */
  failed: number
  /** Sites that wait for the run to go on. */
  open: number
}

/** Sites being visited again: an async iterable of events, as a {@link Collection} is. Made by {@link refresh}. */
export declare class Refreshing extends Collection {
  private constructor()
  /** What came of the sites, once it is over; null before. */
  readonly sites: RefreshedSites | null
}

/**
 * Visits again the sites of leads that nobody has seen for long. What stands there now is stored under the records it was stored under
 * before, so that a lead is renewed; {@link changes} tells what differs. The loop rejects with what ended the run; a site that fails is an
 * event.
 *
 * @throws {LeadError} `INVALID_INPUT` for what means nothing.
 */
export declare function refresh(store: string | Store, options?: RefreshOptions | null): Refreshing
