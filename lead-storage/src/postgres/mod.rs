#![doc = include_str!("docs.md")]

mod audit;
mod commit;
mod config;
mod db;
mod derive;
mod error;
mod filter;
mod forget;
mod freshness;
mod idle;
mod limit;
mod links;
mod migrate;
mod page;
mod partitions;
mod place;
mod plan;
mod pool;
mod queue;
mod reindex;
mod replica;
mod rows;
mod runs;
mod state;
mod store;
mod tally;
mod version;

pub use crate::model::uri::Access;
pub use config::PostgresConfig;
pub use limit::PostgresLimiter;
pub use queue::PostgresQueue;
pub use replica::ReplicaReport;
pub use state::PostgresState;
pub use store::PostgresStore;
