//! Crawls.

mod begin;
mod options;
mod stream;

pub use options::CrawlOptions;
pub use stream::{CrawlStream, Told};
