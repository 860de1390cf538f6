#![doc = include_str!("docs.md")]

mod audit;
mod bring;
mod check;
mod config;
mod courier;
mod csv;
mod entry;
mod hidden;
mod lag;
mod list;
mod mirror;
mod outbox;
mod runs;
mod store;
mod walk;

pub use check::{Difference, Differs, Divergence, Repair};
pub use config::DualConfig;
pub use csv::CsvConfig;
pub use lag::Lag;
pub use mirror::Mirror;
pub use store::Dual;

const DUAL: &str = "dual";
