//! Find businesses and the ways to reach them.
pub mod error;

pub use error::{Error, ErrorKind, ErrorStatus, Result};
