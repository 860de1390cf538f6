//! Where leads live: storage behind the seams of `lead-core`, and ways out of it and into it.
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
mod folder;
pub mod import;
mod model;
pub mod postgres;
#[cfg(feature = "sinks")]
pub mod sink;
pub mod sqlite;

pub use folder::CrawlFolder;

use lead_core::seam::memory::{MemoryQueue, MemoryState};
use lead_core::seam::{Queue, State, Store};
use lead_core::{Error, Result};

use postgres::{PostgresConfig, PostgresStore};
use sqlite::{SqliteConfig, SqliteStore};

/// What a URI names.
enum Backend {
    Memory,
    Sqlite(SqliteStore),
    Postgres(PostgresStore),
}

/// Opens the store a URI names: `sqlite://leads.db`, `sqlite:///var/lib/leads.db`, `sqlite://:memory:`,
/// `postgres://user:password@host/database`, or `memory://`.
///
/// # Errors
/// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a URI that is not understood, and what [`SqliteStore::open`]
/// and [`PostgresStore::open`] say. Never holds the URI itself, which may carry a password.
pub async fn open(uri: &str) -> Result<Store> {
    Ok(match backend(uri).await? {
        Backend::Memory => Store::memory(),
        Backend::Sqlite(database) => Store::new(database),
        Backend::Postgres(database) => Store::new(database),
    })
}

/// Opens the queue a URI names, as [`open`] does. In a database it is the one that jobs of a commit go to; a store in
/// memory has its own.
///
/// # Errors
/// As [`open`].
pub async fn open_queue(uri: &str) -> Result<Queue> {
    Ok(match backend(uri).await? {
        Backend::Memory => Queue::new(MemoryQueue::default()),
        Backend::Sqlite(database) => Queue::new(database.queue()),
        Backend::Postgres(database) => Queue::new(database.queue()),
    })
}

/// Opens the state a URI names, as [`open`] does.
///
/// # Errors
/// As [`open`].
pub async fn open_state(uri: &str) -> Result<State> {
    Ok(match backend(uri).await? {
        Backend::Memory => State::new(MemoryState::default()),
        Backend::Sqlite(database) => State::new(database.state()),
        Backend::Postgres(database) => State::new(database.state()),
    })
}

/// Opens what a URI names once, as its store, its queue and its state: in a database they share their connections.
///
/// # Errors
/// As [`open`].
pub async fn open_parts(uri: &str) -> Result<(Store, Queue, State)> {
    Ok(match backend(uri).await? {
        Backend::Memory => {
            let queue = Queue::new(MemoryQueue::default());
            (Store::memory(), queue, State::memory())
        }
        Backend::Sqlite(database) => {
            let (queue, state) = (Queue::new(database.queue()), State::new(database.state()));
            (Store::new(database), queue, state)
        }
        Backend::Postgres(database) => {
            let (queue, state) = (Queue::new(database.queue()), State::new(database.state()));
            (Store::new(database), queue, state)
        }
    })
}

async fn backend(uri: &str) -> Result<Backend> {
    let scheme = uri.split(':').next().filter(|scheme| scheme.len() < uri.len());
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("sqlite") => Ok(Backend::Sqlite(
            SqliteStore::open(SqliteConfig::from_uri(uri)?).await?,
        )),
        Some("memory") => Ok(Backend::Memory),
        // Boxed, as it is large: whoever opens another store need not carry it.
        Some("postgres" | "postgresql") => Ok(Backend::Postgres(
            Box::pin(PostgresStore::open(PostgresConfig::from_uri(uri)?)).await?,
        )),
        _ => Err(Error::invalid(
            "store.open",
            "a store is sqlite://leads.db, sqlite:///absolute/leads.db, sqlite://:memory:, postgres://user@host/database or memory://",
        )),
    }
}
