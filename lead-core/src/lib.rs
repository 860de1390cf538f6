//! Find businesses and the ways to reach them.
pub mod clock;
pub mod error;
pub mod page;
pub mod phone;
pub mod record;
pub mod seam;

pub use error::{Error, ErrorKind, ErrorStatus, Result};
pub use phone::find_phones;
