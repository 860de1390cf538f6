#![doc = include_str!("docs.md")]

mod audit;
mod commit;
mod config;
mod db;
mod derive;
mod error;
mod filter;
mod forget;
mod limit;
mod links;
mod migrate;
mod page;
mod queue;
mod reindex;
mod rows;
mod runs;
mod state;
mod store;
mod tally;
#[cfg(test)]
mod tests;
mod version;

pub use crate::model::uri::Access;
pub use config::{SqliteConfig, Synchronous};
#[cfg(test)]
pub(crate) use filter::SqliteDialect;
pub use limit::SqliteLimiter;
pub use queue::SqliteQueue;
pub use state::SqliteState;
pub use store::SqliteStore;
