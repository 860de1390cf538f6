//! How much may be sent, and how long it may take.

mod body;
mod config;
mod layer;
mod verdict;

pub use config::Bounds;
pub use layer::{Bounded, BoundsLayer};
