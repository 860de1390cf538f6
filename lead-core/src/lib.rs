//! Find businesses and the ways to reach them.
pub mod clock;
pub mod contacts;
#[cfg(feature = "net")]
pub mod crawl;
pub mod email;
pub mod error;
#[cfg(feature = "net")]
pub mod fetch;
#[cfg(feature = "net")]
pub mod limit;
pub mod page;
pub mod phone;
#[cfg(feature = "net")]
pub mod plan;
pub mod record;
#[cfg(feature = "net")]
pub mod resolve;
pub mod seam;
mod sighting;
#[cfg(feature = "net")]
pub mod source;
pub mod telemetry;

pub use contacts::extract;
pub use error::{Error, ErrorKind, ErrorStatus, Result};
pub use phone::find_phones;
