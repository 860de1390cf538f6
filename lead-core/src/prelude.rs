//! What most programs use.
//!
//! ```
//! use lead_core::prelude::*;
//! let contacts = lead_core::extract("<a href='tel:+33478000001'>Ring us</a>", &ExtractOptions::new())?;
//! assert_eq!(contacts.findings.phones[0].e164.to_string(), "+33478000001");
//! # Ok::<(), lead_core::Error>(())
//! ```

pub use crate::contacts::ExtractOptions;
pub use crate::error::{Error, ErrorKind, ErrorStatus, Result};
pub use crate::phone::{FindOptions, Leniency, Mode};
pub use crate::record::filter::Filter;
pub use crate::record::{
    BoundingBox, Confidence, Contacts, CountryCode, E164, EmailAddress, Found, Lead, LeadId, Query, RunId,
    SafeUrl, Subject, Suppression, TenantId,
};

#[cfg(feature = "net")]
pub use crate::collect::{Collector, Run};
#[cfg(feature = "net")]
pub use crate::crawl::{CrawlEvent, Crawler};
#[cfg(feature = "net")]
pub use crate::fetch::FetchConfig;
#[cfg(feature = "net")]
pub use crate::matching::{Company, MatchEvent, Matcher};
pub use crate::seam::{
    Event, Fetcher, LeadPage, LeadQuery, Request, Sort, SortField, Source, Store, WriteBatch,
};
/// The built-in sources: `sources::osm()`, `sources::sites(urls)`.
#[cfg(feature = "net")]
pub use crate::source as sources;
