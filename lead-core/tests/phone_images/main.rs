//! Numbers shown as pictures: which pictures are looked at, and, with the feature `ocr`, what tesseract reads from them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test harness"
)]

mod candidates;
#[cfg(feature = "ocr")]
mod drawing;
#[cfg(feature = "ocr")]
mod tesseract;
