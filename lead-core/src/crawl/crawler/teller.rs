//! What a crawl tells, and counts.

use std::time::Instant;

use tokio::sync::mpsc;

use super::{CrawlEvent, CrawlSummary, CrawledPage};
use crate::seam::Failure;
use crate::telemetry::CRAWL_PAGES;
use crate::{Error, ErrorKind, Result};

/// Tells events and counts what they tell.
#[derive(Debug)]
pub(super) struct Teller {
    events: mpsc::Sender<CrawlEvent>,
    pub(super) summary: CrawlSummary,
    /// Requests and bytes of earlier runs.
    earlier: (u64, u64),
    started: Instant,
}

impl Teller {
    pub(super) fn new(events: mpsc::Sender<CrawlEvent>) -> Self {
        Self {
            events,
            summary: CrawlSummary::default(),
            earlier: (0, 0),
            started: Instant::now(),
        }
    }

    /// Tells of a page. Waits while the reader is busy.
    ///
    /// # Errors
    /// [`ErrorKind::Cancelled`] when nobody listens any more.
    pub(super) async fn page(&mut self, page: CrawledPage) -> Result<()> {
        self.summary.add(&page);
        CRAWL_PAGES.add(1, &[page.outcome.code()]);
        self.tell(CrawlEvent::Page(Box::new(page))).await
    }

    /// What was told so far is what earlier runs did.
    pub(super) fn begin(&mut self) {
        self.earlier = (self.summary.requests, self.summary.bytes);
    }

    /// Tells an event; as [`Teller::page`].
    pub(super) async fn tell(&self, event: CrawlEvent) -> Result<()> {
        let gone = |_| Error::new(ErrorKind::Cancelled, "crawl", "nobody listens to the crawl");
        self.events.send(event).await.map_err(gone)
    }

    /// Tells that the crawl is over.
    pub(super) async fn done(mut self, outcome: Result<bool>) {
        let stopped = match outcome {
            Ok(stopped) => stopped,
            Err(error) => {
                // Nobody may be listening any more; then nobody needs to be told.
                let _ = self.tell(CrawlEvent::Failed(Failure::new("crawl", &error))).await;
                true
            }
        };
        self.summary.stopped = stopped;
        // While it runs the whole crawl is counted, for its budget.
        self.summary.requests -= self.earlier.0;
        self.summary.bytes -= self.earlier.1;
        self.summary.elapsed = self.started.elapsed();
        let summary = std::mem::take(&mut self.summary);
        let _ = self.tell(CrawlEvent::Done(summary)).await;
    }
}
