//! Texts of strangers through every text that reaches SQL: what is read is what was written, and nobody else is touched.
//!
//! The store in memory knows no SQL: what it says is held against what each engine says.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "test code fails by panicking"
)]

mod corpus;
mod engines;
mod filters;
mod leads;
#[path = "../server/mod.rs"]
mod server;
mod work;
