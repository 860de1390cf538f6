//! Bytes to [`Document`]: what a page says, laid out for those who look for contacts in it.
//!
//! A document is a *flat tape*, filled in one pass without building a tree:
//!
//! - **One text** ([`Document::text`]): what a reader sees, as one string.
//! - **Blocks** ([`Document::blocks`]): which stretch of the text is a paragraph, a list item, a cell, a footer, and what
//!   stands around it. [`Block::group`] finds the card a value stands in.
//! - **Elements and attributes** ([`Document::elements`], [`Document::attributes`], [`Document::links`]): a side channel
//!   with every attribute a contact may hide in, each with its element, and the text and block that element covers.
//! - **Structured data** ([`Document::structured`], [`Document::meta`]): JSON-LD, microdata and RDFa in one form, OpenGraph,
//!   `<meta>`, `<link>`.
//! - A **DOM** ([`Document::dom`]) only for those who ask for CSS selectors.
//!
//! # The rules of the text
//!
//! - Character references are decoded; ASCII white space is collapsed to one space and dropped at the ends of lines. A
//!   no-break space, soft hyphens and zero-width characters stay: they are for the finders to judge. NUL is dropped.
//! - *Blocks* ([`BlockKind`]) and `<br>` end lines. There are no empty lines: any number of ends in a row is one `\n`.
//! - Cells of a row are parted by one tab, unless a line ends there anyway.
//! - Tags of inline elements are *transparent*: `06 12<i>345</i>` reads `06 12345`. Only what stands between words as a
//!   word would (`<img>`, `<input>`, `<select>`, `<textarea>`, `<button>`, `<iframe>`, `<svg>`, `<object>`, `<video>`, …)
//!   parts them by a space. `<wbr>` is nothing.
//! - In `<pre>`, `<textarea>`, `<listing>`, `<xmp>` and `<plaintext>` line ends end lines and other white space stays.
//! - *Out* is what is no text: the head, `<script>`, `<style>`, `<template>`, `<iframe>` and `<noembed>` content,
//!   `<datalist>`, `<rp>`, SVG's `<title>`, `<desc>` and `<metadata>`, comments.
//! - `<noscript>` is *in*, as for a reader without scripts: it often repeats, in the clear, the address a script would
//!   have written.
//! - *In but flagged* ([`Document::hidden_spans`]) is what browsers do not show: `hidden`, `style` with `display: none`
//!   or `visibility: hidden`, the fallback inside `<video>`, `<audio>`, `<canvas>`, and `<noframes>`. Style sheets are not
//!   read.
//!
//! # Sources
//!
//! Tokens, character references, scripts and implied tags follow the WHATWG HTML standard (sections 13.2.5 and 13.2.6),
//! the choice of blocks its rendering section (15.3), the encoding the WHATWG encoding sniffing algorithm (13.2.3.2),
//! microdata its section 5. Each file names the section it follows, and what it leaves out.
//!
//! # Hostile input
//!
//! Nothing here recurses, so nesting cannot overflow the stack; every byte is looked at a bounded number of times, so no
//! input takes more than linear time; [`ParseOptions`] caps bytes, depth and elements. What is broken is read as browsers
//! read it and told in [`Document::warnings`].

mod attribute;
mod block;
pub mod charset;
mod document;
mod dom;
mod element;
mod language;
mod link;
mod locator;
mod options;
mod reader;
mod span;
mod spare;
pub mod structured;
mod tag;
mod warning;

pub use attribute::{AttrName, Attribute};
pub use block::{Block, BlockId, BlockKind};
pub use charset::{Encoding, EncodingRule};
pub use document::Document;
pub use element::{Element, ElementId};
pub use link::Link;
pub use options::ParseOptions;
pub use structured::{Meta, Node, Structured, Value};
pub use tag::Tag;
pub use warning::{Warning, WarningKind};
