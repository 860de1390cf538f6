// Types of lead-node: stores that are open. Leads and sightings are those of docs/schemas/lead.json and observation.json.
import type { Lead, SourceListing } from './collect.js'
import type { Json } from './index.js'

/** Which leads, in which order. */
export interface LeadsOptions {
  /** Which: `has:email city:Lyon`, or `@name` of a filter that has one. */
  filter?: string | null | undefined
  /** `id`, `name`, `first_seen`, `last_seen` or `confidence`, with `-` for the greatest first. */
  sort?: string | null | undefined
  /** 1 to 10,000; fifty unless told. */
  limit?: number | null | undefined
  /** The `next` of an earlier page with the same filter and order. */
  cursor?: string | null | undefined
  /** Values as sure as they still are at this time, each kind fading as it does: `now`, `2026-01-31`. */
  asOf?: string | null | undefined
}

/** A page of leads. */
export interface LeadPage {
  leads: Lead[]
  /** Where to go on; null at the end. */
  next: string | null
}

/** Why two records are the same business. */
export interface Link {
  /** One record; a lead's records stand in its `sources`. */
  left: string
  /** The other. */
  right: string
  /** What both hold: `phone:+33478000001`, `site:example.com`, `id:osm:node/1`. */
  because: string
}

/** What a lead is made of. */
export interface History {
  /** What it is now, in a word: who reads the same version twice has read the same sightings and links. */
  version: string
  /** Every sighting, older contents included. */
  sightings: Array<{
    id: string
    record: string
    source: string
    natural_key: string
    url: string | null
    content_hash: string
    seen_at: string
    last_seen: string
    identity?: string
    findings: { [field: string]: Json }
  }>
  /** Why its records are one. */
  links: Link[]
}

/** A run of the store, and how far it has come. */
export interface KnownRun {
  /** Its id, to resume it by. */
  run: string
  state: {
    sites_known: number
    sites_done: number
    sites_again: number
    failures: Array<{ what: string; code: string; reason: string }>
    done: boolean
    [more: string]: unknown
  }
}

/** A note of the audit log. */
export interface AuditEntry {
  /** Its place in the log, from 1, without gaps. */
  number: number
  /** Who did it. */
  actor: string
  /** What was done: `lead.erased`, `run.started` … */
  action: string
  /** To what: an id, never a number or an address. */
  subject: string
  /** When, RFC 3339. */
  at: string
}

/** What writing came to. */
export interface Written {
  /** Listings that were read. */
  listings: number
  /** Sightings that were new to the store. */
  inserted: number
  /** Sightings that it knew. */
  seenAgain: number
  /** Sightings dropped or cut, because someone must not be contacted. */
  suppressed: number
  /** Leads that came to be. */
  created: number
  /** Leads that changed. */
  updated: number
  /** The first thousand listings that could not be read. */
  rejects: Array<{ entry: string; reason: string }>
}

/** What was erased. */
export interface Erased {
  /** Leads; with `dryRun` those that would be. */
  leads: number
  /** What they were made of. */
  sightings: number
  /** Leads that were taken out of archives. */
  archived: number
}

/** An entry of the suppression list. */
export interface Suppression {
  /** Whom it is about. */
  subject: string
  /** Why. */
  reason: string
  /** Since when, RFC 3339. */
  since: string
}

/** About how many leads pass a filter. */
export interface Estimate {
  /** The likeliest number. */
  count: number
  /** It is hardly less: in one of forty cases. Equal to `most` when the number is exact. */
  least: number
  /** It is hardly more: in one of forty cases. */
  most: number
}

/** A filter that has a name. */
export interface NamedFilter {
  /** `@name` asks for it. */
  name: string
  /** What it stands for now. */
  filter: string
  /** Whether it comes with the library. */
  builtIn: boolean
  /** What it says, of one that is built in. */
  doc: string | null
}

/** How far a mirror is behind its store. */
export interface MirrorLag {
  /** What was written and not carried yet. */
  entries: number
  /** Notes of the audit log that were not looked at yet. */
  notes: number
  /** Why the last try to reach the mirror failed. */
  failure: string | null
}

/** How a store and its mirror differ. */
export interface MirrorReport {
  /** Leads looked at, of both sides. */
  checked: number
  /** Leads only in the store. */
  onlyPrimary: number
  /** Leads only in the mirror. */
  onlyMirror: number
  /** Leads that are not the same in both. */
  different: number
  /** Subjects on one suppression list and not, or otherwise, on the other. */
  suppressions: number
  /** Runs that have not come as far in the mirror. */
  runs: number
  /** How many of all these were mended. */
  mended: number
  /** Whether both agree by now. */
  agrees: boolean
  /** The first leads that differ. */
  leads: Array<{ lead: string; how: 'only_primary' | 'only_mirror' | 'different' }>
  /** How many more there are. */
  more: number
}

/**
 * A store that is open. Whatever else takes `store` takes it too: {@link collect}, {@link facets}, {@link exportFile} … Made by
 * {@link openStore}. Subjects of the suppression list are `phone:+33478000001`, `email:info@example.com`, `domain:example.com`.
 */
export declare class Store {
  private constructor()
  /** A page of leads. Pages follow each other by key: leads written meanwhile neither shift nor repeat others. */
  leads(options?: LeadsOptions | null): Promise<LeadPage>
  /** Every lead that passes, one after the other, some hundreds in memory. */
  each(options?: Pick<LeadsOptions, 'filter' | 'sort'> | null): AsyncGenerator<Lead, void, undefined>
  /** How many leads pass. */
  count(filter?: string | null): Promise<number>
  /** About how many leads pass, for a number that is shown while somebody types; exact when they are few, and in SQLite. */
  estimate(filter?: string | null): Promise<Estimate>
  /**
   * Cursors for jumping: of every so-manieth lead, in this order. `(await store.marks({ every: 50 }))[9]` leads to the eleventh page of
   * fifty; {@link Store.leads} takes it with the same filter and order. Of one moment; the first 100,000 at most.
   */
  marks(options: Pick<LeadsOptions, 'filter' | 'sort'> & { every: number }): Promise<string[]>
  /** One lead, by its id or that of any record it is made of; null when there is none. */
  lead(id: string): Promise<Lead | null>
  /** What a lead is made of; null when there is none. */
  history(id: string): Promise<History | null>
  /** Which records hold any of these keys: `phone:+33478000001`, `site:example.com`, `id:osm:node/1`. */
  matching(keys: string | readonly string[]): Promise<Array<{ key: string; record: string }>>
  /** The runs of the store, newest first, fifty unless told. */
  runs(options?: { limit?: number | null | undefined } | null): Promise<KnownRun[]>
  /** Notes of the audit log after the one of a number, oldest first, fifty unless told. */
  audit(options?: { after?: number | null | undefined; limit?: number | null | undefined } | null): Promise<AuditEntry[]>
  /**
   * Writes what you know yourself, as fast as the store takes it: an array, or an iterable of millions. `source` is who says so;
   * listings are those of a {@link Source}. The same key is the same record, so what broke off may be written again. `seenAt` is when it was
   * seen, now unless told. Suppression holds; listings that cannot be read are kept aside. Rejects with `INVALID_INPUT` for a field that
   * nobody knows; what was committed before stays.
   */
  write(
    source: string,
    listings: Iterable<SourceListing> | AsyncIterable<SourceListing>,
    options?: { seenAt?: string | null | undefined } | null
  ): Promise<Written>
  /** Makes records one business. */
  link(links: readonly Link[]): Promise<{ updated: string[]; merged: string[] }>
  /**
   * Erases leads for good, with all they are made of, by their ids; `archive` erases them too from the archives in this folder, which
   * {@link retain} wrote. The audit log keeps that it was done, not what. The next run finds them again unless they are suppressed.
   */
  erase(ids: string | readonly string[], options?: { archive?: string | URL | null | undefined } | null): Promise<Erased>
  /** Erases all that pass, hidden or not; `*` says every lead. With `dryRun` they are only counted. */
  erase(which: { filter: string; dryRun?: boolean | null | undefined }): Promise<Erased>
  /**
   * Takes out leads that still are what was read: ids with the `version` of their {@link Store.history}. One that was seen again meanwhile,
   * or joined to another, stays. The ids of those taken.
   */
  withdraw(leads: Readonly<Record<string, string>>): Promise<string[]>
  /** Adds subjects to the suppression list, and takes them out of the leads there are. The reason is `objection` unless told. */
  suppress(subjects: string | readonly string[], options?: { reason?: string | null | undefined } | null): Promise<void>
  /** Takes subjects off; how many of them were listed. What was dropped meanwhile does not come back by itself. */
  unsuppress(subjects: string | readonly string[]): Promise<number>
  /** For each subject its own entry, or that of a mailbox's domain; null when it is not listed. */
  suppressed(subjects: string | readonly string[]): Promise<Array<{ subject: string; entry: Suppression | null }>>
  /** The whole list, in order of subject. */
  suppressions(): Promise<Suppression[]>
  /** Filters that were saved in the store, then those that are built in. */
  filters(): Promise<NamedFilter[]>
  /** Saves a filter, over an earlier one of the name: small letters, digits, `-` and `_`, none that is built in. */
  saveFilter(name: string, filter: string): Promise<void>
  /** Removes a filter that was saved; whether it was there. */
  removeFilter(name: string): Promise<boolean>
  /** How far the mirror is behind. */
  mirrorLag(): Promise<MirrorLag>
  /** Waits until the mirror has everything, a minute at most unless told; how far it is behind then. */
  drainMirror(options?: { seconds?: number | null | undefined } | null): Promise<MirrorLag>
  /** Compares both, lead by lead; nothing is changed. `most`: so many leads that differ are told by their ids, 1,000. */
  checkMirror(options?: { most?: number | null | undefined } | null): Promise<MirrorReport>
  /** Makes the mirror agree with the store, which also fills a new one. `erase`: leads that are only in the mirror are erased there. */
  repairMirror(
    options?: { erase?: boolean | null | undefined; most?: number | null | undefined; seconds?: number | null | undefined } | null
  ): Promise<MirrorReport>
  /** Lets go of files and connections. A mirror is waited for, ten seconds at most; what it lacks then is kept in the store. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Opens a store: `sqlite://leads.db`, `postgres://user@host/database`, or `memory://`. `mirror` is what is kept in step with it:
 * `csv://leads.csv` or another store; `tenant` says whose leads they are.
 *
 * ```js
 * const store = await lead.openStore('sqlite://leads.db') // or `await using store`
 * for await (const event of lead.collect('dentists', { near: 'Lyon', store })) console.log(event.event)
 * console.log(await store.count('has:phone'), (await store.leads({ filter: '@reachable', sort: '-last_seen' })).leads)
 * await store.close()
 * ```
 */
export declare function openStore(
  store: string,
  options?: { mirror?: string | null | undefined; tenant?: string | null | undefined } | null
): Promise<Store>
