//! A crawl under way.

use lead_bind::batches::Batches;
use lead_bind::crawl::{CrawlOptions, CrawlStream as Inner};
use pyo3::prelude::*;

use super::summary::CrawlSummary;
use crate::browser::{Browser, held};
use crate::error::Raise;
use crate::stream::stream;

stream! {
    /// A crawl under way.
    CrawlStream(Inner)
}

#[pymethods]
impl CrawlStream {
    #[new]
    #[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
    #[pyo3(signature = (urls, options, browser = None))]
    fn new(
        py: Python<'_>,
        urls: Vec<String>,
        options: &str,
        browser: Option<&Bound<'_, Browser>>,
    ) -> PyResult<Self> {
        let options = CrawlOptions::read(&urls, options);
        let options = options
            .and_then(|options| options.rendered_by(held(browser)))
            .or_raise(py)?;
        let inner = Inner::begin(options).or_raise(py)?;
        Ok(Self { inner: inner.into() })
    }

    /// Addresses asked, addresses that wait, hosts met.
    fn progress(&self) -> (u64, u64, u64) {
        let told = self.inner.told();
        (told.done, told.pending, told.hosts)
    }

    /// What it came to, when it is over.
    fn summary(&self) -> Option<CrawlSummary> {
        self.inner.told().summary.map(CrawlSummary::from)
    }
}
