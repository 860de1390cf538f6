//! Truth made by others for whole pages: hand labels of real business pages, and ways to hide e-mail addresses.
//!
//! Read in place from `LEAD_SHARED` (default: `../shared` beside the workspace). Hits may only rise, mistakes only fall.
//! Constants were tuned on one half of the sites; both halves are reported, and confidence is held to the truth on both.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test harness"
)]

mod emails;
mod names;
mod pages;
mod persons;
mod phones;
mod places;
mod tally;
