// Types of lead-node: crawls. Names and meanings of pages are those of the library's JSON.
import type { Browser, Identity, Rules } from './browser.js'
import type { Contacts, ExtractOptions } from './index.js'

/** What came of asking for a page. */
export type Outcome =
  | 'page' // A page was read.
  | 'list' // A list of addresses was read: a sitemap or a feed.
  | 'redirect' // It leads to another address, which is fetched in its turn.
  | 'redirect_out' // It leads to an address outside the crawl.
  | 'redirect_loop' // It leads back to where the redirects began, or there were too many.
  | 'gone' // There is no such page: 404, 410, or a page that says so.
  | 'login_wall' // Only for those who log in.
  | 'captcha' // Only for those who prove to be human.
  | 'consent_wall' // Only for those who agree to be followed.
  | 'soft_block' // The site refuses programs like this one, in words.
  | 'refused' // The site refused: 401, 403, 407, 451 and others of the kind.
  | 'parked' // Nobody uses the domain: what stands there is its broker's.
  | 'shell' // An empty shell that a script fills in a browser.
  | 'robots_denied' // robots.txt forbids it.
  | 'rate_limited' // Asked to slow down until there were no tries left: 429.
  | 'server_error' // The server failed: 5xx.
  | 'guarded' // The guard refused the address.
  | 'unreachable' // Nobody answered, or the answer broke off.
  | 'timeout' // It took too long.
  | 'not_a_page' // It is no text that can be read: a picture, an archive, damaged.
  | 'too_large' // More bytes than allowed.
  | 'fault' // A fault of this library: please report it.

/** What a page says to programs, in its head or its header fields. */
export interface Directives {
  /** It shall not stand in an index. */
  noindex?: true
  /** Its links shall not be followed: they are not. */
  nofollow?: true
  /** It reserves the rights of text and data mining. */
  tdm_reserved?: true
  /** Where the terms of such a reservation stand, as written. */
  tdm_policy?: string
}

/** An address that was asked, and what came of it. */
export interface CrawledPage {
  /** The address that was asked, in canonical form. */
  input: string
  /** What came of it. */
  outcome: Outcome
  /** The HTTP status of the answer, when there was one. */
  http_status?: number
  /** Links from a seed to it. */
  depth: number
  /** Bytes of its body. */
  bytes: number
  /** How often it was asked for. */
  attempts: number
  /** When it was fetched, RFC 3339. */
  fetched_at: string
  /** Where it leads, when it is a redirect. */
  redirect?: string
  /** The address the page calls its own, when that is another. */
  canonical?: string
  /** Its title. */
  title?: string
  /** Whether a browser rendered it. */
  rendered?: boolean
  /** What it says to programs, when it says something. */
  directives?: Directives
  /** How many addresses on it belong to the crawl. */
  links: number
  /** What went wrong, on one line; of a rendered page also what it was not waited for. */
  reason?: string
  /** What stands on it, when it is a page. */
  contacts?: Contacts
}

/** What a crawl cost and brought. */
export interface CrawlSummary {
  /** What came of the addresses asked, how often. */
  outcomes: Partial<Record<Outcome, number>>
  /** Pages on which contacts stand. */
  with_contacts: number
  /** Numbers, e-mail addresses and profiles found, each counted once a host. */
  contacts: number
  /** Addresses asked. */
  asked: number
  /** Pages read for each contact found; null when none was. */
  pages_a_contact: number | null
  /** Requests made for pages in this run, retries included. */
  requests: number
  /** Bytes of bodies received in this run. */
  bytes: number
  /** Hosts met. */
  hosts: number
  /** Addresses left over: past a budget, of hosts that were left, or when it was stopped. */
  left: number
  /** Pages that an earlier run fetched. */
  resumed: number
  /** Seconds from start to end, of this run. */
  elapsed: number
  /** Whether it was stopped before its end. */
  stopped: boolean
}

/** How far a crawl has come. */
export interface CrawlProgress {
  /** Addresses asked. */
  done: number
  /** Addresses that wait. */
  pending: number
  /** Hosts met. */
  hosts: number
}

/** How work fetches. */
export interface FetchingOptions {
  /** Networks that may be asked although they are not public, such as `127.0.0.0/8`. */
  allowNet?: string | readonly string[] | null | undefined
  /** Addresses of hosts, such as `*.test=127.0.0.1:8080`. */
  resolve?: string | readonly string[] | null | undefined
  /** Requests a second to one host; `auto`: about one, more while it keeps up, fewer when it asks; `off`: as fast as it goes. */
  rate?: number | 'auto' | 'off' | null | undefined
  /** Where you can be reached, a web page or a mail address, told to every site. */
  contact?: string | null | undefined
  /** Seconds for a connection, TLS included: 10. */
  connectTimeout?: number | null | undefined
  /** Seconds for an attempt, the body included: 30. */
  timeout?: number | null | undefined
  /** Attempts in all, the first included: 4. */
  maxAttempts?: number | null | undefined
  /** PEM files of certificate authorities that are trusted beside the system's. */
  extraRoots?: string | readonly string[] | null | undefined
  /** The largest body taken, decompressed, in bytes: 16 MiB. */
  maxBodyBytes?: number | null | undefined
  /** Addresses of proxies, `http`, `https` or `socks5`. */
  proxy?: string | readonly string[] | null | undefined
  /** Which of several proxies takes a request. */
  proxyPolicy?: 'round-robin' | 'least-used' | 'sticky' | null | undefined
  /** A web archive that what is fetched is also written to. */
  warc?: string | null | undefined
  /** A folder where answers are kept, at most 4 GiB: the next run asks only whether they have changed. */
  cache?: string | null | undefined
  /** Whether the cookies of a site are sent back to it, as long as the run lasts; they are. */
  cookies?: boolean | null | undefined
  /**
   * Renders pages in the system's Chromium: `shells`, those that a script fills, whose hosts are remembered, or `always`. The
   * archive keeps what came without a browser. Or a {@link Browser}, which has settings of its own and may be watched.
   */
  browser?: 'shells' | 'always' | Browser | null | undefined
  /** Which pages a {@link Browser} renders: `shells`, unless said otherwise. */
  browserWhen?: 'shells' | 'always' | null | undefined
  /** Where Chromium is, when not where distributions put it. */
  browserPath?: string | null | undefined
  /** Pages open at once: 4. */
  browserPages?: number | null | undefined
  /** What single sites want before they show what is on them, cookies and buttons to press: a TOML file, its text, or what stands in it. */
  browserRules?: Rules | null | undefined
  /** Who the browser says it is: `honest`, unless said otherwise. */
  browserIdentity?: Identity | null | undefined
  /** Whether pages run in Chromium's sandbox; they do. It wants user namespaces, which some containers forbid. */
  browserSandbox?: boolean | null | undefined
}

/** How a crawl finds its way, reads contacts (as {@link ExtractOptions}) and fetches. */
export interface CrawlOptions extends Omit<ExtractOptions, 'baseUrl' | 'contentType'>, FetchingOptions {
  /** How far it goes: the hosts of its addresses, their sites (unless said otherwise), or anywhere. */
  reach?: 'host' | 'site' | 'any' | null | undefined
  /** Short for the reach `host`. */
  sameHost?: boolean | null | undefined
  /** Only addresses whose path and query match, such as `/team/**`. */
  include?: string | readonly string[] | null | undefined
  /** No addresses whose path and query match. */
  exclude?: string | readonly string[] | null | undefined
  /** Pages in all, those that failed too. */
  maxPages?: number | null | undefined
  /** Pages of one host: 100,000. */
  maxPagesAHost?: number | null | undefined
  /** Bytes of bodies in all. */
  maxBytes?: number | null | undefined
  /** Links from where it begins: 50. */
  maxDepth?: number | null | undefined
  /** Redirects in a row: 10. */
  maxRedirects?: number | null | undefined
  /** Requests under way in all: 256. */
  concurrency?: number | null | undefined
  /** Whether sitemaps and feeds are read for addresses; they are. */
  lists?: boolean | null | undefined
  /** Whether contacts are read; they are. */
  contacts?: boolean | null | undefined
  /** Leaves a host after so many pages in a row that brought no contact that was not known. */
  saturation?: number | null | undefined
  /** A folder for a journal; a crawl of the same folder goes on where it ends. Its pages are told again first. */
  resume?: string | null | undefined
  /** Ends the crawl; the loop over it rejects with `CANCELLED`. */
  signal?: AbortSignal | null | undefined
}

/** A crawl under way: an async iterable of its pages, once. Made by {@link crawl}. */
export declare class Crawl implements AsyncIterable<CrawledPage> {
  private constructor()
  /** How far it has come, as it last told. */
  readonly progress: CrawlProgress
  /** What it cost and brought, once it is over or was closed; null when it never began. */
  readonly summary: CrawlSummary | null
  /** Ends it; kept when its journal is written. A loop over it ends too; so does leaving such a loop end it. */
  close(): Promise<void>
  [Symbol.asyncIterator](): AsyncGenerator<CrawledPage, void, undefined>
}

/**
 * Reads the pages of web sites, each once, those that promise contacts first, and finds the contacts on them, while
 * JavaScript goes on.
 *
 * It keeps to robots.txt, asks a host about once a second unless told otherwise, and slows down when a site asks for it. What
 * is no page (a login, a captcha, a page that is gone …) is told as what it is. The crawl begins at once, and goes on ahead of
 * its reader by a few hundred pages.
 *
 * ```js
 * for await (const page of lead.crawl('https://www.bakery.example/', { maxPages: 100 })) {
 *   for (const phone of page.contacts?.phones ?? []) console.log(page.input, phone.e164)
 * }
 * ```
 *
 * The loop rejects with a {@link LeadError} that ended the crawl: `LOCKED` when another crawl is under way in the folder,
 * `CONFLICT` when the archive is something else, `CANCELLED` by the signal, `IO` and its kin. A page that fails is a page.
 *
 * @throws {LeadError} `INVALID_INPUT` for an option that means nothing, `CONFIG` for two that contradict each other.
 */
export declare function crawl(urls: string | URL | ReadonlyArray<string | URL> | null, options?: CrawlOptions | null): Crawl
