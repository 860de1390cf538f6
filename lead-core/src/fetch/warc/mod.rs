//! Web archives: WARC 1.0 and 1.1 (ISO 28500), WET (text of pages, as Common Crawl makes it), WACZ (a zip of them).
//!
//! - [`Reader`] goes through an archive record by record, compressed or not, and goes on after damage;
//! - [`Record::page`] takes a page out of a record; [`Pages`] gives the pages of a file of any of the three kinds;
//! - [`Archive`] answers requests from files, as a transport;
//! - [`Writer`] writes records, [`WarcLayer`] everything that a transport fetches.
//!
//! ```
//! use lead_core::fetch::warc::Reader;
//!
//! let archive = b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: https://bakery.test/\r\n\
//!     Content-Type: text/html\r\nContent-Length: 16\r\n\r\n<p>06 12 345 67!\r\n\r\n";
//! let record = Reader::new(&archive[..]).next().unwrap()?;
//! let page = record.page()?.unwrap();
//! assert_eq!((page.url.as_str(), &page.body[..3]), ("https://bakery.test/", &b"<p>"[..]));
//! # Ok::<(), lead_core::Error>(())
//! ```

mod archive;
mod bytes;
mod layer;
mod message;
mod page;
mod pages;
mod reader;
mod record;
mod writer;

pub use archive::Archive;
pub use layer::WarcLayer;
pub use page::Page;
pub use pages::{Pages, is_warc};
pub use reader::Reader;
pub use record::{Record, RecordKind};
pub use writer::{Compression, Writer};
