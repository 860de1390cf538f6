//! Companies to match.

mod options;
mod stream;

pub use options::{Companies, MatchOptions};
pub use stream::{MatchStream, Told};
