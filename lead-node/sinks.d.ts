// Types of lead-node: leads handed on to webhooks, CRMs and sheets, by rules.
import type { Json } from './index.js'
import type { Store } from './store.js'

/**
 * Sinks and rules: the path of a TOML file, its text, or what stands in it:
 * `{ sink: [{ name: 'crm', kind: 'webhook', url: 'https://crm.example/hooks', secrets: ['env:HOOK'] }], rule: [{ name: 'all', sink: 'crm' }] }`.
 */
export type SinkSettings = string | URL | { sink?: ReadonlyArray<{ name: string; kind: string; [own: string]: unknown }>; rule?: readonly SinkRuleSettings[] }

/** Which leads go where. */
export interface SinkRuleSettings {
  name: string
  sink: string
  filter?: string
  on?: ReadonlyArray<'created' | 'changed'>
}

/** Whose leads are handed on, and how. */
export interface SinkOptions {
  /** Where they live; what was queued is noted there too. */
  store: string | Store
  /** Whose they are. */
  tenant?: string | null | undefined
  /** Where jobs wait; in the store unless told. */
  queue?: string | null | undefined
  /** Values of `env:NAME`, by name; what is not among them is read from the environment. */
  secrets?: Readonly<Record<string, string>> | null | undefined
  /** Also connect to addresses of these networks: `127.0.0.0/8`. */
  allowNet?: string | readonly string[] | null | undefined
  /** Addresses for hosts: `*.test=127.0.0.1:8080`. */
  resolve?: string | readonly string[] | null | undefined
}

/** What was handed on. */
export interface SinkReport {
  /** Changes queued. */
  queued: number
  /** Events that are there. */
  delivered: number
  /** Attempts that came to nothing and are made again later. */
  again: number
  /** Events given up: refused, or tried as often as they may be. */
  dead: number
  /** Jobs nobody wants any more: the lead has changed again, is gone, suppressed, or no longer passes. */
  dropped: number
}

/** A rule, and how many leads it is for. */
export interface SinkRule {
  rule: string
  sink: string
  kind: string | null
  on: Array<'created' | 'changed'>
  filter: string
  /** How many pass now. */
  leads: number
}

/** An event that was given up. */
export interface DeadLetter {
  /** Which, to be tried again by. */
  job: number
  /** `sink:` and the sink's name. */
  kind: string
  key: string
  /** Whose it is: `rule`, `lead` (its id), and no value of it. */
  payload: { [name: string]: Json }
  /** How often it was tried. */
  attempts: number
  /** Why it was given up. */
  reason: string
}

/** Leads being handed on, round after round: an async iterable of reports, once. Made by {@link watchSinks}. */
export declare class SinkRun implements AsyncIterable<SinkReport> {
  private constructor()
  /** Ends it in good order: a round that is under way is done first. */
  close(): Promise<void>
  [Symbol.asyncIterator](): AsyncGenerator<SinkReport, void, undefined>
}

/**
 * Hands on what is new or changed and passes a rule's filter, and what is due from before; once. Delivery is at least once; what fails is
 * tried again by a later call, and kept with its reason when it is given up ({@link deadLetters}). Rejects with `CONFIG` for settings that
 * cannot be used and a secret that is not set; what a sink says is in the report.
 */
export declare function runSinks(settings: SinkSettings, options: SinkOptions): Promise<SinkReport>

/** Hands on round after round, `every` so many seconds (30), and tells what each came to. It goes no faster than its reports are taken. */
export declare function watchSinks(
  settings: SinkSettings,
  options: SinkOptions & { every?: number | null | undefined; signal?: AbortSignal | null | undefined }
): SinkRun

/** The rules, and how many leads each is for. Says whether the settings can be used, secrets included; nothing is sent. */
export declare function checkSinks(settings: SinkSettings, options: SinkOptions): Promise<SinkRule[]>

/** What was given up, and why: the oldest first, those after the job `after`, fifty unless told. No secret is needed. */
export declare function deadLetters(
  settings: SinkSettings,
  options: SinkOptions & { after?: number | null | undefined; limit?: number | null | undefined }
): Promise<DeadLetter[]>

/** Has what was given up tried again by the next {@link runSinks}: these jobs, or all; how many. */
export declare function retryLetters(
  settings: SinkSettings,
  options: SinkOptions & { jobs?: readonly number[] | null | undefined }
): Promise<number>
