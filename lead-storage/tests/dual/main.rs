//! A store and its mirror, kept in step.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "test code fails by panicking; the process to be killed is told its stores through the environment"
)]

mod conformance;
mod crash;
mod divergence;
mod files;
mod forgetting;
mod hidden;
mod outage;
#[path = "../server/mod.rs"]
mod server;
mod support;
mod together;
