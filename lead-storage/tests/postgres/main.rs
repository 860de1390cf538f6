//! A server that is shared, full, gone, in the way, split or followed; tenants behind the second wall; writers who meet.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "test code fails by panicking"
)]

mod budget;
mod faults;
mod opening;
mod partitions;
mod plans;
mod replica;
#[path = "../server/mod.rs"]
mod server;
mod statements;
mod support;
mod wall;
mod writers;
