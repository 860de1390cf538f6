//! Crawls.

use lead_bind::batches::Batches;
use lead_bind::crawl::{CrawlOptions, CrawlStream as Inner};
use napi::bindgen_prelude::{ClassInstance, Either};
use napi_derive::napi;

use crate::answer::answer;
use crate::browser::{Browser, held};
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
pub fn crawl(
    urls: Vec<String>,
    options: String,
    browser: Option<ClassInstance<'_, Browser>>,
) -> Either<CrawlStream, String> {
    let options = CrawlOptions::read(&urls, &options);
    let options = options.and_then(|options| options.rendered_by(held(browser.as_ref())));
    CrawlStream::begun(options.and_then(Inner::begin))
}
