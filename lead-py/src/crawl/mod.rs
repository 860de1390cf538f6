//! `lead.crawl`.

mod page;
mod stream;
mod summary;

pub(crate) use page::{CrawledPage, Directives};
pub(crate) use stream::CrawlStream;
pub(crate) use summary::CrawlSummary;
