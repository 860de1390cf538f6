//! Saved answers of platforms, held against a table of what stands on each.
//!
//! Read in place from `LEAD_SHARED` (default: `../shared` beside the workspace). The column `on the page` of
//! `docs/platforms.md` was counted by looking at the answers, not by our reading; `UPDATE=1` writes only the column `read`.
#![cfg(feature = "net")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests: a panic is how they fail"
)]

mod baseline;
mod maps;
mod mutations;
mod negative;
mod table;
mod tutorial;

use std::path::PathBuf;

use lead_core::source::adapter::{Outcome, ParseRequest};

/// The saved answers; says so loudly when they are not there.
fn shared() -> Option<PathBuf> {
    let root = std::env::var_os("LEAD_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")),
        PathBuf::from,
    );
    let folder = root.join("data/platforms");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("SKIPPED: {} is not there (set LEAD_SHARED)", folder.display());
    None
}

/// What comes of a saved answer, read by the adapter its folder is called after.
fn parse(file: &str) -> Option<lead_core::Result<Outcome>> {
    let path = shared()?.join(file);
    let platform = file.split('/').next().unwrap();
    let bytes = std::fs::read(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    Some(
        lead_core::source::adapter(platform)
            .unwrap()
            .parse(&bytes, &ParseRequest::new()),
    )
}
