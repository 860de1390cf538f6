// What changed in a store, what is put away, what leaves it, and what comes back.
import type { Json } from './index.js'
import type { Store } from './store.js'

/** A value, to be read by people and by programs. */
export interface ChangedValue {
  /** In one line: `+33478000001`. */
  text: string
  /** As it stands in a lead, without its evidence. */
  value: Json
}

/** What a field lost, gained, and says otherwise. */
export interface FieldChange {
  /** The field: `phones`, `emails`, `addresses` …, as a lead has it. */
  field: string
  /** Values that were not there. */
  added?: ChangedValue[]
  /** Values that are there no more. */
  removed?: ChangedValue[]
  /** Values that say something else. */
  changed?: Array<{ was: ChangedValue; is: ChangedValue }>
}

/** A lead that is new, or that says something else than it did. */
export interface Change {
  /** What happened. */
  change: 'new' | 'changed'
  /** The lead's id, as it is now. */
  id: string
  /** Its name, as it is now. */
  name: string | null
  /** What it is compared with: as it stood just before this time, RFC 3339. */
  since: string
  /** When anything of it was last seen, RFC 3339. */
  last_seen: string
  /** The fields that say something else; of a new lead, all that say anything. */
  fields: FieldChange[]
}

/** How many leads were held against what they were. */
export interface Compared {
  /** Leads seen since then: the sum of the others. */
  seen: number
  /** Those that nobody had seen before. */
  new: number
  /** Those that say something else. */
  changed: number
  /** Those that say the same as before. */
  unchanged: number
}

/** Which changes. */
export interface ChangesOptions {
  /** The id of a run, `last` for the latest, a day (`2026-01-31`) or a time (`2026-01-31T09:30:00Z`). */
  since: string
  /** Only leads that pass as they are now: `has:email city:Lyon`. */
  filter?: string | null | undefined
  /** Whose they are. */
  tenant?: string | null | undefined
  /** Ends it. */
  signal?: AbortSignal | null | undefined
}

/** Changes being found: an async iterable, once. Made by `changes`. */
export declare class Changes implements AsyncIterable<Change> {
  private constructor()
  [Symbol.asyncIterator](): AsyncIterator<Change>
  /** Ends it. */
  close(): Promise<void>
  /** How many leads were compared, once it is over; null before. */
  get compared(): Compared | null
}

/**
 * What is new in a store (`sqlite://leads.db`, `postgres://user@host/database`), and what says something else than it did: each lead
 * seen since then is held against what it was just before. Throws a `LeadError` for what means nothing; iterating rejects with
 * `NOT_FOUND` when there is no such run, and with what the store says.
 */
export declare function changes(store: string | Store, options: ChangesOptions): Changes

/** Which leads leave a store, and where to. */
export interface RetainOptions {
  /** Not seen for so long: `90d`, `6mo`, `2y`. */
  olderThan: string
  /** The folder their files go to. */
  archive?: string | URL | null | undefined
  /** In place of a folder: they go for good. */
  delete?: boolean | null | undefined
  /** Only of those that pass. */
  filter?: string | null | undefined
  /** They are only counted. */
  dryRun?: boolean | null | undefined
  /** Whose they are. */
  tenant?: string | null | undefined
}

/** What left a store. */
export interface Retained {
  /** Leads that left it; those that would, when they are only counted. */
  leads: number
  /** Leads that were seen again or joined to others meanwhile, and were not taken. */
  passedOver: number
  /** The files they are in now. */
  files: string[]
  /** Bytes of these files. */
  bytes: number
}

/**
 * Takes out of a store leads that nobody has seen for long. Archives are Parquet files that hold all a lead was made of; leads leave the
 * store only when their file is safe on the disk, and only if they have not been seen again meanwhile. Rejects with a `LeadError`:
 * `INVALID_INPUT` for what means nothing, `IO` and its kin for the files.
 */
export declare function retain(store: string | Store, options: RetainOptions): Promise<Retained>

/** Where leads come back. */
export interface RestoreOptions {
  /** Where they live, `sqlite://leads.db` or `postgres://user@host/database`. */
  store: string | Store
  /** Whose they are. */
  tenant?: string | null | undefined
}

/** What came back. */
export interface Restored {
  /** Leads of the files that are in the store now. */
  leads: number
  /** Sightings that the store had not. */
  inserted: number
  /** Sightings that were there already. */
  known: number
  /** Leads left out because they were erased since they were archived. */
  erased: number
  /** Leads left out because all of them is suppressed. */
  suppressed: number
}

/**
 * Brings back leads that `retain` archived, as they were: files, or folders of them. What is there already stays as it is. Who was
 * suppressed or erased since does not come back. Rejects with a `LeadError`: `NOT_FOUND`, `CORRUPT` and their kin for the files.
 */
export declare function restore(files: string | URL | ReadonlyArray<string | URL>, options: RestoreOptions): Promise<Restored>

/** Ids of leads: one, several, or an object of ids and the versions they must stand at (null for however they stand). */
export type LeadsToHide = string | readonly string[] | Readonly<Record<string, string | null>>

/** Who hides leads, or brings them back. */
export interface HideOptions {
  /** Who wants it, for the audit log. */
  by: string
  /** Whose the leads are. */
  tenant?: string | null | undefined
}

/** What came of hiding a lead: it was done; it was so already; there is no such lead; it is not what it was when it was read. */
export type Hid = 'done' | 'already' | 'not_found' | 'changed'

/**
 * Puts leads away until `unhide` brings them back; what came of each, by its id. A hidden lead is in no export, change, figure or sink
 * unless a filter asks for it, `is:hidden`. It goes on gathering what is seen of it, and what is joined to it is hidden, too. With the
 * version that `versions` told, a lead that has changed since is left as it is. Rejects with a `LeadError`: `INVALID_INPUT` for what
 * means nothing.
 */
export declare function hide(store: string | Store, leads: LeadsToHide, options: HideOptions): Promise<Record<string, Hid>>

/** Brings leads back that `hide` put away, with all that was seen of them meanwhile; otherwise as there. */
export declare function unhide(store: string | Store, leads: LeadsToHide, options: HideOptions): Promise<Record<string, Hid>>

/** A lead as it stood at one moment. */
export interface Versioned {
  /** The lead, as its schema describes it. */
  lead: { id: string; name: string | null; [field: string]: Json }
  /** What it stood at. */
  version: string
  /** Whether it was hidden. */
  hidden: boolean
}

/**
 * Leads as they stand, all of one moment, by the ids asked for; the id of any record of a lead leads to it. One that is not there is
 * left out. Rejects with a `LeadError`: `INVALID_INPUT` for what is no id.
 */
export declare function versions(
  store: string | Store,
  ids: Iterable<string>,
  options?: { tenant?: string | null | undefined },
): Promise<Record<string, Versioned>>
