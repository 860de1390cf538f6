//! Collections.

mod options;
mod stream;

pub use options::CollectOptions;
pub use stream::{CollectStream, Told};
