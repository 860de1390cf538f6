//! Leads handed on: rules and their queue, and each kind of sink against a server that speaks its protocol.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test code fails by panicking"
)]

mod google_sheets;
mod hostile;
mod hubspot;
mod oauth;
mod pipedrive;
mod rules;
mod salesforce;
#[path = "../server/mod.rs"]
mod server;
mod support;
mod webhook;
mod zoho;
