//! Where leads live: storage behind the seams of `lead-core`, and ways out of it.
//!
//! ```
//! use lead_core::record::filter::Filter;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> lead_core::Result<()> {
//! let store = lead_storage::open("sqlite://:memory:").await?; // or sqlite://leads.db
//! assert_eq!(store.count(Filter::All).await?, 0);
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

pub mod export;
pub mod sqlite;

use lead_core::seam::Store;
use lead_core::{Error, ErrorKind, Result};

use sqlite::{SqliteConfig, SqliteStore};

/// Opens the store a URI names: `sqlite://leads.db`, `sqlite:///var/lib/leads.db`, `sqlite://:memory:`, or `memory://`.
///
/// # Errors
/// [`ErrorKind::InvalidInput`] for a URI that is not understood, [`ErrorKind::Unsupported`] for a backend this version does not
/// have, and what [`SqliteStore::open`] says. Never holds the URI itself, which may carry a password.
pub async fn open(uri: &str) -> Result<Store> {
    let scheme = uri.split(':').next().filter(|scheme| scheme.len() < uri.len());
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("sqlite") => Ok(Store::new(SqliteStore::open(SqliteConfig::from_uri(uri)?).await?)),
        Some("memory") => Ok(Store::memory()),
        Some("postgres" | "postgresql") => Err(Error::new(
            ErrorKind::Unsupported,
            "store.open",
            "PostgreSQL comes in a later version; this one stores in sqlite:// and memory://",
        )),
        _ => Err(Error::invalid(
            "store.open",
            "a store is sqlite://leads.db, sqlite:///absolute/leads.db, sqlite://:memory: or memory://",
        )),
    }
}

/// The README's examples, which must run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
