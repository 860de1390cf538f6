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

pub mod analytics;
#[cfg(feature = "parquet")]
pub mod archive;
pub mod changes;
pub mod dual;
pub mod export;
pub mod filters;
mod folder;
pub mod import;
mod model;
pub mod postgres;
#[cfg(feature = "redis")]
pub mod redis;
#[cfg(feature = "sinks")]
pub mod sink;
pub mod sqlite;
mod writer;

pub use folder::CrawlFolder;
pub use writer::{Writer, Written};

use lead_core::seam::memory::{MemoryQueue, MemoryState, MemoryStore};
use lead_core::seam::{Limiter, Queue, State, Store};
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
    open_reading(uri, Reads::Anywhere).await
}

/// Where reads of a database go that names a replica.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reads {
    /// To the replica while it is new enough.
    Anywhere,
    /// To the primary alone: two stores are kept in step by what is there *now*.
    Primary,
}

/// The same, with reads that go there.
pub(crate) async fn open_reading(uri: &str, reads: Reads) -> Result<Store> {
    Ok(match backend(uri, reads).await? {
        Backend::Memory => Store::memory(),
        Backend::Sqlite(database) => Store::new(database),
        Backend::Postgres(database) => Store::new(database),
    })
}

/// Opens the store `store` names and, when `mirror` names anything, keeps that in step with it: see [`dual`].
///
/// # Errors
/// As [`open`], and [`Dual::open`](dual::Dual::open).
pub async fn open_with(store: &str, mirror: Option<&str>) -> Result<Store> {
    let Some(mirror) = mirror else {
        return open(store).await;
    };
    // Who closes the store is done with it, and may well wait a little.
    let config = dual::DualConfig::default().patience(std::time::Duration::from_secs(10));
    Ok(dual::Dual::open(store, mirror, config).await?.store())
}

/// Opens the queue a URI names, as [`open`] does. In a database it is the one that jobs of a commit go to; a store in
/// memory has its own.
///
/// # Errors
/// As [`open`].
pub async fn open_queue(uri: &str) -> Result<Queue> {
    Ok(match backend(uri, Reads::Anywhere).await? {
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
    Ok(match backend(uri, Reads::Anywhere).await? {
        Backend::Memory => State::new(MemoryState::default()),
        Backend::Sqlite(database) => State::new(database.state()),
        Backend::Postgres(database) => State::new(database.state()),
    })
}

/// Opens the limiter a URI names, as [`open`] does. What is used is counted for the tenant `main`; in a database,
/// [`SqliteLimiter::tenant`](sqlite::SqliteLimiter::tenant) and [`PostgresLimiter::tenant`](postgres::PostgresLimiter::tenant) count for
/// another.
///
/// ```
/// # use lead_core::seam::Policy;
/// # use std::time::Duration;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> lead_core::Result<()> {
/// let limiter = lead_storage::open_limiter("sqlite://:memory:").await?;
/// let policies = [Policy::new("user:42", 100, Duration::from_secs(60))];
/// assert_eq!(limiter.check(&policies).await?.states[0].remaining, 99);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// As [`open`].
pub async fn open_limiter(uri: &str) -> Result<Limiter> {
    Ok(match backend(uri, Reads::Primary).await? {
        Backend::Memory => Limiter::memory(),
        Backend::Sqlite(database) => Limiter::new(database.limiter()),
        Backend::Postgres(database) => Limiter::new(database.limiter()),
    })
}

/// A store, and the queue and the state of the same database: jobs of a commit go to that queue.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parts {
    /// Where leads live.
    pub store: Store,
    /// Where jobs of a commit go.
    pub queue: Queue,
    /// What is remembered beside.
    pub state: State,
}

impl Parts {
    /// Parts that belong together.
    pub fn new(store: Store, queue: Queue, state: State) -> Self {
        Self { store, queue, state }
    }
}

/// Opens store, queue and state of what a URI names, as [`open`] does.
///
/// # Errors
/// As [`open`].
pub async fn open_parts(uri: &str) -> Result<Parts> {
    open_parts_reading(uri, Reads::Anywhere).await
}

/// The same, with reads that go there.
pub(crate) async fn open_parts_reading(uri: &str, reads: Reads) -> Result<Parts> {
    Ok(match backend(uri, reads).await? {
        Backend::Memory => {
            let store = MemoryStore::default();
            let queue = Queue::new(store.queue());
            Parts::new(Store::new(store), queue, State::memory())
        }
        Backend::Sqlite(database) => {
            let (queue, state) = (database.queue(), database.state());
            Parts::new(Store::new(database), Queue::new(queue), State::new(state))
        }
        Backend::Postgres(database) => {
            let (queue, state) = (database.queue(), database.state());
            Parts::new(Store::new(database), Queue::new(queue), State::new(state))
        }
    })
}

/// Whether a URI names a store, as far as can be told without opening it.
fn check_uri(uri: &str) -> Result<()> {
    match scheme(uri).as_deref() {
        Some("sqlite") => SqliteConfig::from_uri(uri).map(drop),
        Some("postgres" | "postgresql") => PostgresConfig::from_uri(uri).map(drop),
        Some("memory") => Ok(()),
        _ => Err(no_store()),
    }
}

/// Whether two URIs name the same database, as far as can be told without opening them.
fn named_alike(one: &str, other: &str) -> bool {
    let file = |uri: &str| SqliteConfig::from_uri(uri).ok().and_then(|config| config.path);
    if let (Some(one), Some(other)) = (file(one), file(other)) {
        let real = |path: &std::path::Path| path.canonicalize().ok();
        return one == other || real(&one).is_some_and(|one| real(&other) == Some(one));
    }
    match (PostgresConfig::from_uri(one), PostgresConfig::from_uri(other)) {
        (Ok(one), Ok(other)) => one.names_same(&other),
        _ => false,
    }
}

fn scheme(uri: &str) -> Option<String> {
    let scheme = uri.split(':').next().filter(|scheme| scheme.len() < uri.len());
    scheme.map(str::to_ascii_lowercase)
}

fn no_store() -> Error {
    Error::invalid(
        "store.open",
        "a store is sqlite://leads.db, sqlite:///absolute/leads.db, sqlite://:memory:, postgres://user@host/database or memory://",
    )
}

async fn backend(uri: &str, reads: Reads) -> Result<Backend> {
    match scheme(uri).as_deref() {
        Some("sqlite") => Ok(Backend::Sqlite(
            SqliteStore::open(SqliteConfig::from_uri(uri)?).await?,
        )),
        Some("memory") => Ok(Backend::Memory),
        Some("postgres" | "postgresql") => {
            let config = PostgresConfig::from_uri(uri)?;
            let config = match reads {
                Reads::Anywhere => config,
                Reads::Primary => config.without_replica(),
            };
            // Boxed, as it is large: whoever opens another store need not carry it.
            Ok(Backend::Postgres(Box::pin(PostgresStore::open(config)).await?))
        }
        _ => Err(no_store()),
    }
}
