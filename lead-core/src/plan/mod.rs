//! From a query to requests: what the words mean, and where to look.
//!
//! [`categories`] reads what is looked for; [`Tiles`] goes through an [`Area`] by cells that are small enough;
//! [`Captures`] and [`recaptured`] tell how much of it was found.

mod area;
mod category;
mod coverage;

pub use area::{Area, Tile, Tiles};
pub use category::{Category, categories};
pub use coverage::{Captures, Estimate, recaptured};
