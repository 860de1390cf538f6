//! The services of the generated web as sources, for tests, benches and the demo.
//!
//! [`Maps`] is how a platform behind a cap is written: a page of a cell, and where a place lies.

mod maps;

pub use maps::Maps;
