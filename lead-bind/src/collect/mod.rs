//! Collections, and sites that are visited again.

mod options;
mod refresh;
mod stream;

pub use options::CollectOptions;
pub use refresh::RefreshOptions;
pub use stream::{CollectStream, Told};
