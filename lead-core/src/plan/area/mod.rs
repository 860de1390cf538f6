//! Where to look: areas, and the cells they are searched by.
//!
//! A platform shows so many results of a search and no more. [`Tiles`] searches an area by cells of a quadtree: one that
//! is full is parted in four, one that is empty is done, and what lies outside the area is not asked for.

mod geojson;
mod shape;
#[cfg(test)]
mod tests;
mod tiles;

pub use shape::Area;
pub use tiles::{Tile, Tiles};
