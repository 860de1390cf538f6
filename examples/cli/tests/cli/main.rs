//! The command line as a user meets it: a process, its output, its exit code.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests: a panic is how they fail"
)]

mod archives;
mod bad_input;
mod bad_store;
mod behaviour;
mod crawl;
mod extract;
mod figures;
mod find_phones;
mod flow;
mod freshness;
mod help;
mod hiding;
mod import;
mod jobs;
mod kill;
mod matching;
mod mirror;
mod plan;
mod predecessor;
mod rendering;
mod server;
mod settings;
mod sinks;
mod sources;
mod support;
mod web;
