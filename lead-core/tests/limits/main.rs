//! Limits: held against another implementation, and the figures they move.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(missing_docs, reason = "a test's name says what it guards")]

mod clients;
mod figures;
mod headers;
mod oracle;
