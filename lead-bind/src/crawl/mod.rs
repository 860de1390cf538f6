//! Crawls.

mod begin;
mod net;
mod options;
mod stream;

pub(crate) use net::seconds_of;
pub use options::CrawlOptions;
pub use stream::{CrawlStream, Told};
