//! robots.txt: what a site asks of programs (RFC 9309).
//!
//! [`Robots`] reads one file for one product; [`RobotsLayer`] fetches, remembers and heeds them.

mod layer;
mod memory;
mod parse;
mod pattern;
#[cfg(test)]
mod tests;

pub use layer::RobotsLayer;
pub use parse::Robots;
