//! Services that embed the engine: what passes their layers, and what does not.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(missing_docs, reason = "a test's name says what it guards")]

mod attacks;
mod by_hand;
mod figures;
mod house;
mod layers;
mod limits;
