// Types of lead-node: web archives.
import type { Contacts, ExtractManyOptions, LeadError } from './index.js'

export interface ReadArchiveOptions extends ExtractManyOptions {
  /** Whether pages are given too that are no success, or neither HTML nor text. */
  all?: boolean | null | undefined
  /** Whether the contacts of each page are read, on all cores or on `threads`. */
  contacts?: boolean | null | undefined
  /** Whether pages keep their bodies, as they do unless said otherwise. */
  bodies?: boolean | null | undefined
  /** Ends the reading; the loop over it rejects with `CANCELLED`. */
  signal?: AbortSignal | null | undefined
}

/** A page of a web archive: what a server answered, or what was made of it. */
export declare class ArchivedPage {
  private constructor()
  /** Its address. */
  readonly url: string
  /** The HTTP status; 200 where the record has none. */
  readonly status: number
  /** The `Content-Type`, whole. */
  readonly content_type: string | null
  /** The header fields in their order, names in lower case. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  /** When it was fetched, RFC 3339; null when the record does not say so. */
  readonly fetched_at: string | null
  /** Where its record begins in the archive, in bytes. */
  readonly offset: number
  /** Its body, decompressed; empty with `bodies: false`. A part of one larger buffer: copy what you keep. */
  readonly body: Buffer
  /** What stands on it, when that was asked for and could be read. */
  readonly contacts: Contacts | null
  /** Why its contacts could not be read. */
  readonly error: LeadError | null
  /**
   * The body as text, in the encoding that browsers would find.
   *
   * @throws {LeadError} `DECODE` when it is no text.
   */
  html(): string
}

/** A web archive that is being read: an async iterable of its pages, once. Made by {@link readArchive}. */
export declare class Archive implements AsyncIterable<ArchivedPage | LeadError> {
  private constructor()
  /** Ends it. A loop over it ends too; so does leaving such a loop end it. */
  close(): Promise<void>
  [Symbol.asyncIterator](): AsyncGenerator<ArchivedPage | LeadError, void, undefined>
}

/**
 * Reads the pages of a web archive one after another, in constant memory, while JavaScript goes on: WARC, WET or WACZ,
 * compressed or not.
 *
 * A record that cannot be read is a {@link LeadError} in its place, not thrown, whose `context.offset` says where it begins;
 * the pages after it follow. Records that hold no page are passed over; so are pages that are no success, or neither HTML nor
 * text, unless `all` is given.
 *
 * ```js
 * for await (const page of lead.readArchive('crawl.warc.gz', { contacts: true, bodies: false })) {
 *   if (page instanceof lead.LeadError) console.log('damaged at', page.context.offset)
 *   else console.log(page.url, page.contacts?.phones.length)
 * }
 * ```
 *
 * The loop rejects with a {@link LeadError}: `IO` when the file cannot be opened, `CORRUPT` when it is a damaged zip.
 *
 * @throws {LeadError} `INVALID_INPUT` for an option that means nothing.
 */
export declare function readArchive(path: string | URL, options?: ReadArchiveOptions | null): Archive
