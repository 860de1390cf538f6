//! Find businesses and the ways to reach them: extraction, fetching, collection, with proof for every value.
//!
//! ```
//! use lead_core::prelude::*;
//!
//! let page = "<p>Ring us: <a href='tel:+33478000001'>04 78 00 00 01</a> or bonjour@exemple.fr</p>";
//! let contacts = lead_core::extract(page, &ExtractOptions::new().region("FR"))?;
//! let phone = &contacts.findings.phones[0];
//! assert_eq!(phone.e164.to_string(), "+33478000001");
//! assert_eq!(phone.method().to_string(), "tel-link");
//! assert_eq!(contacts.findings.emails[0].address.as_str(), "bonjour@exemple.fr");
//! # Ok::<(), lead_core::Error>(())
//! ```
//!
//! | you want to | start here |
//! |---|---|
//! | the contacts of a page | [`extract`] |
//! | the contacts of many pages, on all cores | [`extract_many`] |
//! | Arrow columns in and out | `columns` (feature `arrow`) |
//! | phone numbers in a text | [`find_phones`] |
//! | the pages of web sites, with their contacts | `Crawler` in `crawl` |
//! | a collection, from query to leads | `Collector` in `collect` |
//! | the web sites of companies you know | `Matcher` in `matching` |
//! | to fetch politely | `Fetcher::standard` in `fetch` |
//! | pages that need a browser | `Browser` in `browser` (feature `browser`) |
//! | workers for a queue of jobs | `Worker` in `work` |
//! | to serve the engine to others | `service` (feature `service`) |
//! | a store, source or limiter of your own | [`seam`] |
//! | to know what a lead is | [`record`] |
//!
//! Without default features the crate is extraction alone: no async runtime, no HTTP. It knows no database, starts no
//! runtime and keeps no global state.
#![forbid(unsafe_code)]

mod address;
#[cfg(feature = "browser")]
pub mod browser;
mod calendar;
pub mod clock;
#[cfg(feature = "net")]
pub mod collect;
#[cfg(feature = "arrow")]
pub mod columns;
pub mod contacts;
#[cfg(feature = "net")]
pub mod crawl;
pub mod email;
pub mod error;
#[cfg(feature = "net")]
pub mod fetch;
mod geo;
mod hours;
#[cfg(feature = "net")]
pub mod limit;
#[cfg(feature = "net")]
pub mod matching;
mod organization;
pub mod page;
mod parallel;
mod person;
pub mod phone;
mod places;
#[cfg(feature = "net")]
pub mod plan;
pub mod prelude;
pub mod record;
#[cfg(feature = "net")]
pub mod resolve;
pub mod seam;
#[cfg(feature = "service")]
pub mod service;
mod sighting;
pub mod social;
#[cfg(feature = "net")]
pub mod source;
pub mod telemetry;
mod word_list;
mod word_places;
#[cfg(feature = "net")]
pub mod work;

pub use contacts::{extract, extract_many};
pub use error::{Error, ErrorKind, ErrorStatus, Result};
pub use phone::find_phones;
