//! Crawls.

use lead_bind::batches::Batches;
use lead_bind::crawl::{CrawlOptions, CrawlStream as Inner};
use napi::bindgen_prelude::Either;
use napi_derive::napi;

use crate::answer::answer;
use crate::stream::stream;

stream! {
    /// A crawl under way. When JavaScript lets go of it, the crawl ends.
    CrawlStream(Inner),
    answer,
    |answer| answer,
    told
}

/// Begins a crawl; `{"error": …}` when the options mean nothing.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn crawl(urls: Vec<String>, options: String) -> Either<CrawlStream, String> {
    CrawlStream::begun(CrawlOptions::read(&urls, &options).and_then(Inner::begin))
}
