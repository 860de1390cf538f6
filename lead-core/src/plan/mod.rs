//! From a query to requests: what the words mean, and where to look.
//!
//! Stage 1 knows categories; expansion, tiling and coverage come on top of it.

mod category;

pub use category::{Category, categories};
