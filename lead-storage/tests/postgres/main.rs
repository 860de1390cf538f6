//! A server that is shared, full, gone or in the way; tenants behind the second wall; writers who meet.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test code fails by panicking"
)]

mod faults;
mod opening;
mod plans;
#[path = "../server/mod.rs"]
mod server;
mod support;
mod wall;
mod writers;
