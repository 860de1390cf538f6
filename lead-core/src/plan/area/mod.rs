//! Where to look: the cells an area is searched by.
//!
//! A platform shows so many results of a search and no more. [`Tiles`] searches an area by cells of a quadtree: one that
//! is full is parted in four, one that is empty is done, and what lies outside the area is not asked for.

mod outlook;
#[cfg(test)]
mod tests;
mod tiles;

pub use outlook::Outlook;
pub use tiles::{Tile, Tiles};
