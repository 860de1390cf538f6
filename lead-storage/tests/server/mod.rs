//! The PostgreSQL server that tests may use.
//!
//! `LEAD_TEST_POSTGRES` holds the URI of a database of it; `scripts/test` starts one. Without it the tests that want one say
//! that they are skipped.
#![allow(
    dead_code,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "each test binary uses a part; tests are told their server through the environment, and say when there is none"
)]

pub(crate) mod own;

use std::sync::atomic::{AtomicU32, Ordering};

/// The server's URI, as it was told.
pub(crate) fn told() -> Option<String> {
    let uri = std::env::var("LEAD_TEST_POSTGRES")
        .ok()
        .filter(|uri| !uri.is_empty());
    if uri.is_none() {
        eprintln!("SKIPPED: LEAD_TEST_POSTGRES names no PostgreSQL server, so nothing was tested on one");
    }
    uri
}

/// `uri` with more parameters.
pub(crate) fn with(uri: &str, parameters: &str) -> String {
    let sign = if uri.contains('?') { '&' } else { '?' };
    format!("{uri}{sign}{parameters}")
}

/// A schema that nobody else has.
pub(crate) fn schema() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos();
    format!("test_{}_{now}_{number}", std::process::id())
}

/// The URI of a schema of its own.
pub(crate) fn fresh() -> Option<String> {
    told().map(|uri| with(&uri, &format!("schema={}", schema())))
}
