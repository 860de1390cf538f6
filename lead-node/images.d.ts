// Types of lead-node: numbers shown as pictures.
import type { Phone, PhoneRole } from './index.js'

/** A picture that may show a telephone number. */
export interface ImageCandidate {
  /** Its address as the page has it, a `data:` URL included. */
  source: string
  /** The address resolved against the document's; null when it is no URL. */
  url: string | null
  /** What the words beside it say it is. */
  role: PhoneRole
  /** How likely it shows a number, above 0 and at most 1; an order, not a probability. */
  score: number
  /** Where in the document: a path of elements. */
  locator: string
}

export interface ImagesOptions {
  /** The address the document came from: `http` or `https`. */
  baseUrl?: string | null | undefined
  /** The response's `Content-Type`, whole. */
  contentType?: string | null | undefined
}

/**
 * The pictures of a document that may show a telephone number, the likeliest first, at most sixteen.
 *
 * What speaks for one: a label before it, its `alt` or `title`, its name, the size of a line of digits, a footer or an
 * address around it. {@link numbersOfImage} reads one.
 *
 * ```js
 * lead.images('<p>Fax: <img src=n2.gif width=120 height=16></p>')[0].role // 'fax'
 * ```
 *
 * @throws {LeadError} `INVALID_INPUT` for an address that is none, `DECODE` for bytes that are no text, `TOO_LARGE`.
 */
export declare function images(html: string | Uint8Array, options?: ImagesOptions | null): ImageCandidate[]

/** Reads a picture: the bytes of an image file in, the characters in it out, a line a line; empty when it shows none. */
export type OcrEngine = (picture: Uint8Array) => string | Promise<string>

export interface TesseractOptions {
  /** What to run instead of `tesseract` of the search path. */
  program?: string | null | undefined
  /** Seconds after which a picture is given up: 10, unless said otherwise. */
  timeLimit?: number | null | undefined
  /** The largest file taken, in bytes: 1 MiB, unless said otherwise. None is read with more than 2,000 pixels a side. */
  maxBytes?: number | null | undefined
}

/** The system's `tesseract`, as an {@link OcrEngine}. */
export interface Tesseract {
  /**
   * The digits and signs of a picture, a PNG, JPEG, GIF, WebP or BMP.
   *
   * Rejects with a {@link LeadError}: `CONFIG` when tesseract cannot be run, `DECODE` when it is no picture, `TOO_LARGE` and
   * `TIMEOUT` by the limits.
   */
  (picture: Uint8Array): Promise<string>
  /** Rejects with `CONFIG` when tesseract cannot be run: to be asked once, before long work. */
  check(): Promise<void>
}

/**
 * An engine that reads pictures with the system's `tesseract` (version 4 or newer), a process of its own for each.
 *
 * @throws {LeadError} `INVALID_INPUT` for a setting that means nothing.
 */
export declare function tesseract(options?: TesseractOptions | null): Tesseract

export interface NumbersOfImageOptions {
  /** What {@link images} said of it: its role becomes the numbers', its place their evidence. */
  candidate?: ImageCandidate | null | undefined
  /** The country whose national numbers are read, ISO 3166-1. */
  region?: string | null | undefined
  /** What reads the picture: {@link tesseract}, unless said otherwise. */
  engine?: OcrEngine | null | undefined
}

/**
 * Finds the telephone numbers that a picture shows, while JavaScript goes on.
 *
 * Rejects with a {@link LeadError}: `CONFIG` when tesseract cannot be run, `DECODE` when it is no picture, `TOO_LARGE` and
 * `TIMEOUT` by its limits, `INVALID_INPUT` for a region that does not exist; and with what an engine of your own throws.
 */
export declare function numbersOfImage(picture: Uint8Array, options?: NumbersOfImageOptions | null): Promise<Phone[]>
