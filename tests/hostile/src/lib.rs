//! What must hold for any bytes. Each function takes bytes of a stranger and panics when a promise is broken.
//!
//! The fuzz targets of `fuzz/` call them, and so do the tests of this crate: with what fuzzing found
//! (`regressions/<target>/`), and with random input made of the words each format knows.

#![allow(
    clippy::missing_panics_doc,
    reason = "to panic is what these functions are for"
)]

mod emails;
mod export;
mod extraction;
mod import;
mod limits;
mod names;
mod phones;
mod places;
#[cfg(feature = "browser")]
mod rules;
mod schedules;
#[cfg(feature = "service")]
mod service;
mod sinks;
mod sites;

pub use emails::{emails, socials};
pub use export::csv;
pub use extraction::{html, json_ld};
pub use import::import;
pub use limits::limits;
pub use names::{query, url};
pub use phones::{phone_number, phone_text};
pub use places::{addresses, hours, persons, registrations};
#[cfg(feature = "browser")]
pub use rules::rules;
pub use schedules::schedules;
#[cfg(feature = "service")]
pub use service::{credentials, signatures};
pub use sinks::sinks;
pub use sites::{decode, robots, warc};

/// What takes any bytes.
pub type Target = fn(&[u8]);

/// Every target by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("addresses", addresses),
    #[cfg(feature = "service")]
    ("credentials", credentials),
    ("csv", csv),
    ("decode", decode),
    ("emails", emails),
    ("hours", hours),
    ("html", html),
    ("import", import),
    ("json_ld", json_ld),
    ("limits", limits),
    ("persons", persons),
    ("phone_number", phone_number),
    ("phone_text", phone_text),
    ("query", query),
    ("registrations", registrations),
    ("robots", robots),
    #[cfg(feature = "browser")]
    ("rules", rules),
    ("schedules", schedules),
    #[cfg(feature = "service")]
    ("signatures", signatures),
    ("sinks", sinks),
    ("socials", socials),
    ("url", url),
    ("warc", warc),
];
