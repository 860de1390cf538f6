//! Fetching against servers on loopback, well-behaved and not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(missing_docs, reason = "a test's name says what it guards")]

mod cookies;
mod disk_cache;
mod fake;
mod faults;
mod figures;
mod hooks;
mod layers;
mod order;
mod proxies;
mod recording;
mod server;
mod tls;
mod transport;
mod warc;
