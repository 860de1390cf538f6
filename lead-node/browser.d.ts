// Types of lead-node: pages rendered by the system's Chromium. Names and meanings of pages and events are those of the library's JSON.
import type { FetchingOptions } from './crawl.js'

/** What has to come before a page is read: a word, an element, or an expression that sees the document, not the page's variables. */
export type Until = 'load' | 'quiet' | 'dom_quiet' | 'network_quiet' | { selector: string } | { predicate: string }

/** When a page is read. */
export interface Wait {
  /** What has to come: `quiet`, unless said otherwise. */
  until?: Until
  /** Seconds it must be still for: 0.5. */
  quiet?: number
  /** How often it is scrolled through at most: 10. */
  scrolls?: number
}

/** What a site wants before it shows what is on it. */
export interface SiteRule {
  /** Hosts by name, or `*.` and what they end with. */
  hosts: readonly string[]
  /** Set before a page is asked for. */
  cookies?: ReadonlyArray<{ name: string; value: string }>
  /** Selectors of buttons that are pressed once, when they are there. */
  press?: readonly string[]
  /** Selectors of buttons that all are pressed. */
  reveal?: readonly string[]
  /** How often a page is scrolled through. */
  scrolls?: number
  /** What has to come. */
  until?: Until
}

/** Rules for sites: the path of a TOML file, its text, or what stands in it. */
export type Rules = string | URL | { site: readonly SiteRule[] }

/** A browser as it stands on a desk; what is not given is drawn by the seed. */
export interface CoherentIdentity {
  coherent: {
    /** The same seed draws the same: 0. */
    seed?: number
    /** Where it is, ISO 3166-1: the country of the proxy, when there is one; `US`. */
    country?: string
    /** BCP 47, the first the browser's own; those of the country. */
    languages?: readonly string[]
    /** IANA; one of the country's. */
    timeZone?: string
    /** What is changed a little when scripts read it back: nothing. It gives the browser away. */
    noise?: ReadonlyArray<'canvas' | 'web_gl'>
  }
}

/** Who a browser says it is: `honest`, `coherent[:SEED][@COUNTRY]`, or a coherent one with its parts. */
export type Identity = string | CoherentIdentity

/** How pages are shown. */
export interface LiveSettings {
  /** Frames a second of a page at most: 5. */
  rate?: number
  /** Quality of the pictures, 1 to 100: 60. */
  quality?: number
  /** The widest and highest a picture is, in pixels: 1366 and 768. */
  size?: readonly [width: number, height: number]
  /** Where numbers without a country code are from. */
  region?: string
}

/** Settings of a {@link Browser}, and how it fetches. Times are seconds. */
export interface BrowserOptions
  extends Pick<
    FetchingOptions,
    'allowNet' | 'resolve' | 'rate' | 'contact' | 'connectTimeout' | 'maxAttempts' | 'extraRoots' | 'proxy' | 'proxyPolicy' | 'cookies'
  > {
  /** Pages open at once in one browser: 4. */
  pages?: number | null | undefined
  /** Browsers at once: 1. */
  processes?: number | null | undefined
  /** Chromium, when not where distributions put it. */
  executable?: string | null | undefined
  /** Whether pages run in Chromium's sandbox; they do. It wants user namespaces, which some containers forbid. */
  sandbox?: boolean | null | undefined
  /** Who a browser runs as when the process is root's: `nobody`. */
  user?: string | null | undefined
  /** More flags for Chromium. */
  flags?: readonly string[] | null | undefined
  /** Where folders of profiles are made: the system's temporary folder. */
  folder?: string | null | undefined
  /** A browser is replaced after so many pages: 500. */
  recyclePages?: number | null | undefined
  /** A browser is replaced when it holds more bytes: 2 GiB. */
  recycleBytes?: number | null | undefined
  /** A browser is replaced when it is so old: 1800. */
  recycleAge?: number | null | undefined
  /** One that nobody has used for so long is ended: 60. */
  idle?: number | null | undefined
  /** How often it is asked whether it is well: 5. */
  health?: number | null | undefined
  /** One that does not answer for so long is ended: 10. */
  hang?: number | null | undefined
  /** Time to start one: 30. */
  start?: number | null | undefined
  /** Time for a page, from opening to reading it: 30. What is there then is read, and `unmet` tells. */
  page?: number | null | undefined
  /** When a page is read. */
  wait?: Wait | null | undefined
  /** What single sites want. */
  rules?: Rules | null | undefined
  /** What is not loaded: images, fonts and media, unless said otherwise. */
  block?: ReadonlyArray<'images' | 'fonts' | 'media' | 'styles'> | null | undefined
  /** The most bytes a page may load in all: 64 MiB. */
  maxBytes?: number | null | undefined
  /** Who it says it is: `honest`, unless said otherwise. */
  identity?: Identity | null | undefined
  /** How pages are shown to those who look. */
  live?: LiveSettings | null | undefined
  /** Whether each page has its `picture`. */
  keepPictures?: boolean | null | undefined
  /** Whether what may show a number as a picture is kept as it is seen (`shots`), for {@link numbersOfImage}. */
  keepShots?: boolean | null | undefined
  /** The window, in CSS pixels: 1366 and 768. */
  window?: readonly [width: number, height: number] | null | undefined
}

/** A rectangle in a document, in CSS pixels from its corner. */
export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

/** A place where a number stands; one over two lines has two. */
export interface NumberBox {
  /** The number, E.164. */
  number: string
  /** How it was found. */
  method: string
  /** How sure it is, 0 to 1. */
  confidence: number
  /** Where it stands. */
  rect: Rect
}

/** A page that a browser rendered. */
export declare class RenderedPage {
  private constructor()
  /** Where it finally came from. */
  readonly url: string
  /** The HTTP status. */
  readonly status: number
  /** The `Content-Type`, whole. */
  readonly content_type: string | null
  /** The header fields in their order, names in lower case. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  /** The addresses that redirected there, in order. */
  readonly hops: readonly string[]
  /** When it was fetched, RFC 3339. */
  readonly fetched_at: string
  /** How often the server was asked, 1 without retries. */
  readonly attempts: number
  /** Which browser: `Chrome/131.0.6778.85`. */
  readonly browser: string
  /** The identity presented, when it was not the honest one. */
  readonly identity: string | null
  /** What was waited for and did not come in time: it is the page as it stood then. */
  readonly unmet: string | null
  /** Requests the page made, encrypted connections counted as one each. */
  readonly requests: number
  /** Requests the guard refused. */
  readonly refused: number
  /** Bytes that came over the wire. */
  readonly bytes: number
  /** Seconds it took. */
  readonly took: number
  /** The document as it stood at the end, in UTF-8; of what is no page, what was sent. */
  readonly body: Buffer
  /** The page as it was seen, when pictures are kept: a JPEG, the part of the document it shows, and where numbers stand. */
  readonly picture: { readonly jpeg: Buffer; readonly shows: Rect; readonly boxes: readonly NumberBox[] } | null
  /** What may show a number as a picture, as it was seen, when such are kept: `source` of its candidate, and a PNG. */
  readonly shots: ReadonlyArray<{ readonly source: string; readonly png: Buffer }>
  /**
   * The body as text, in the encoding that browsers would find.
   *
   * @throws {LeadError} `DECODE` when it is no text.
   */
  html(): string
}

/** What is seen of a page; `page` says which, and is not used again. */
export type LiveEvent =
  | { kind: 'opened'; page: number; url: string }
  | { kind: 'frame'; page: number; jpeg: Buffer; shows: Rect }
  | { kind: 'boxes'; page: number; boxes: NumberBox[] }
  | { kind: 'closed'; page: number }

/**
 * Pages as they are watched: an async iterable of events, once. Made by {@link Browser.live}. Who takes events slowly misses frames,
 * never the last one of a page. A loop that waits for an event keeps no process alive.
 */
export declare class Live implements AsyncIterable<LiveEvent> {
  private constructor()
  /** Looks no more. A loop over it ends too; so does leaving such a loop end it. */
  close(): Promise<void>
  [Symbol.asyncIterator](): AsyncGenerator<LiveEvent, void, undefined>
}

/**
 * Renders pages in the system's Chromium, one by one or for a crawl, and lets you watch.
 *
 * No browser runs before the first page. Each page has a context of its own, so nothing that one keeps is seen by another. Close it
 * when it is done with; it ends with the process in any case, and keeps none alive.
 *
 * ```js
 * const browser = new lead.Browser({ wait: { until: { selector: '.phone' } } })
 * const page = await browser.fetch('https://www.bakery.example/')
 * console.log(page.url, lead.extract(page.body, { baseUrl: page.url }).phones)
 * await browser.close()
 * ```
 */
export declare class Browser {
  /**
   * @throws {LeadError} `INVALID_INPUT` for an option that means nothing, `CONFIG` for one that cannot be, `NOT_FOUND` when there is no
   * such file of rules.
   */
  constructor(options?: BrowserOptions | null)
  /**
   * Renders a page, while JavaScript goes on. robots.txt, guard, redirects and pace hold for it. Any status is a page; what is none (a
   * PDF, an answer of an API) comes as it was sent.
   *
   * Rejects with a {@link LeadError} that kept it from being rendered: `ROBOTS_DENIED`, `GUARD_REFUSED`, `TIMEOUT`, `NETWORK`, `BROWSER`
   * and their kin; `CANCELLED` by the signal, which closes the page, and when the browser is closed.
   */
  fetch(url: string | URL, options?: { signal?: AbortSignal | null | undefined } | null): Promise<RenderedPage>
  /**
   * Looks at pages while they are rendered, from now on, with the numbers found on them; those of a crawl that it renders for, too. As many
   * may look as like. It ends with the browser, and rejects with `CANCELLED` by the signal.
   *
   * ```js
   * for await (const event of browser.live()) {
   *   if (event.kind === 'frame') show(event.jpeg)
   * }
   * ```
   */
  live(options?: { signal?: AbortSignal | null | undefined } | null): Live
  /** Browsers that run, and pages open in them. */
  readonly stats: { readonly browsers: number; readonly pages: number }
  /** Ends it; kept when nothing is left of its processes and folders. Who waits for a page is told `CANCELLED`. */
  close(): Promise<void>
  /** As {@link close}: `await using browser = new lead.Browser()`. */
  [Symbol.asyncDispose](): Promise<void>
}
