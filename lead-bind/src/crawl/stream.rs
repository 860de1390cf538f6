//! A crawl as both languages follow it.

use lead_core::Result;
use lead_core::crawl::{CrawlEvent, CrawlSummary, CrawledPage};
use serde::Serialize;

use super::begin::{Running, begin};
use super::options::CrawlOptions;
use crate::work::{Followed, Sorted, Work, error_of};

/// A crawl under way. Dropping it ends the crawl; what its journal holds stays.
pub type CrawlStream = Followed<Running>;

/// What a crawl has told beside its pages.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Told {
    /// Addresses asked.
    pub done: u64,
    /// Addresses that wait.
    pub pending: u64,
    /// Hosts met.
    pub hosts: u64,
    /// What it came to, when it is over.
    pub summary: Option<CrawlSummary>,
}

impl CrawlStream {
    /// Begins a crawl. What keeps it from beginning is told by the first [`next`](crate::batches::Batches::next).
    ///
    /// # Errors
    /// Those of [`runtime`](crate::runtime()).
    pub fn begin(options: CrawlOptions) -> Result<Self> {
        Self::of(begin(options))
    }
}

impl Work for Running {
    type Event = CrawlEvent;
    type Item = CrawledPage;
    type Told = Told;

    async fn next(&mut self) -> Option<CrawlEvent> {
        self.crawl.next().await
    }

    fn stop(&self) {
        self.crawl.stop();
    }

    fn sort(event: CrawlEvent, told: &mut Told) -> Sorted<CrawledPage> {
        match event {
            CrawlEvent::Page(page) => return Sorted::Item(*page),
            CrawlEvent::Failed(failure) => return Sorted::Failed(error_of("crawl", &failure)),
            CrawlEvent::Progress { done, pending, hosts } => {
                (told.done, told.pending, told.hosts) = (done, pending, hosts);
            }
            CrawlEvent::Done(summary) => {
                (told.done, told.pending, told.hosts) = (summary.asked(), 0, summary.hosts);
                told.summary = Some(summary);
            }
            _ => {}
        }
        Sorted::Noted
    }
}
