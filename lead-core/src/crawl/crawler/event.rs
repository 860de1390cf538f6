//! What a crawl tells as it goes.

use std::collections::BTreeMap;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CrawledPage;
use crate::crawl::Outcome;
use crate::seam::Failure;

/// What a crawl cost and brought.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct CrawlSummary {
    /// What came of the addresses asked, how often.
    pub outcomes: BTreeMap<Outcome, u64>,
    /// Pages on which contacts stand.
    pub with_contacts: u64,
    /// Numbers, e-mail addresses and profiles found, each counted once a host.
    pub contacts: u64,
    /// Requests made for pages in this run, retries included.
    pub requests: u64,
    /// Bytes of bodies received in this run.
    pub bytes: u64,
    /// Hosts met.
    pub hosts: u64,
    /// Addresses left over: past a budget, of hosts that were left, or when it was stopped.
    pub left: u64,
    /// Pages that an earlier run fetched.
    pub resumed: u64,
    /// Time from start to end, of this run.
    pub elapsed: Duration,
    /// Whether it was stopped before its end.
    pub stopped: bool,
}

impl CrawlSummary {
    /// How often this came of an address.
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.outcomes.get(&outcome).copied().unwrap_or_default()
    }

    /// Addresses asked.
    pub fn asked(&self) -> u64 {
        self.outcomes.values().sum()
    }

    /// Pages read for each contact found; `None` when none was.
    pub fn pages_a_contact(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "numbers of pages, far below 2^52")]
        let ratio = || self.count(Outcome::Page) as f64 / self.contacts as f64;
        (self.contacts > 0).then(ratio)
    }

    /// Counts a page.
    pub(super) fn add(&mut self, page: &CrawledPage) {
        *self.outcomes.entry(page.outcome).or_default() += 1;
        self.with_contacts += u64::from(page.has_contacts());
        self.requests += u64::from(page.attempts);
        self.bytes += page.bytes;
    }
}

/// A step of a crawl. Streams of events end with [`CrawlEvent::Done`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CrawlEvent {
    /// An address was asked, and this came of it.
    Page(Box<CrawledPage>),
    /// How far the crawl has come.
    Progress {
        /// Addresses asked.
        done: u64,
        /// Addresses that wait.
        pending: u64,
        /// Hosts met.
        hosts: u64,
    },
    /// The crawl cannot go on.
    Failed(Failure),
    /// The crawl is over.
    Done(CrawlSummary),
}
