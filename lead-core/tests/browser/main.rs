//! Real Chromium on pages of our own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it skips"
)]
#![allow(missing_docs, reason = "a test's name says what it guards")]

mod chaos;
mod identity;
mod live;
mod manners;
mod proxies;
mod rendering;
mod rules;
mod shots;
mod support;
mod trouble;
mod twins;
