//! What a crawl came to.

use std::collections::BTreeMap;

use lead_core::crawl;
use pyo3::prelude::*;

use crate::class::class;

class! {
    /// What a crawl cost and brought.
    CrawlSummary(crawl::CrawlSummary) in "lead"
    fields {
        /// What came of the addresses asked, how often.
        outcomes: BTreeMap<&'static str, u64> = |it| {
            it.outcomes.iter().map(|(outcome, count)| (outcome.code(), *count)).collect()
        };
        /// Addresses asked.
        asked: u64 = |it| it.asked();
        /// Pages on which contacts stand.
        with_contacts: u64 = |it| it.with_contacts;
        /// Numbers, e-mail addresses and profiles found, each counted once a host.
        contacts: u64 = |it| it.contacts;
        /// Pages read for each contact found; `None` when none was.
        pages_a_contact: Option<f64> = |it| it.pages_a_contact();
        /// Requests made for pages in this run, retries included.
        requests: u64 = |it| it.requests;
        /// Bytes of bodies received in this run.
        bytes: u64 = |it| it.bytes;
        /// Hosts met.
        hosts: u64 = |it| it.hosts;
        /// Addresses left over: past a budget, of hosts that were left, or when it was stopped.
        left: u64 = |it| it.left;
        /// Pages that an earlier run fetched.
        resumed: u64 = |it| it.resumed;
        /// Seconds from start to end, of this run.
        elapsed: f64 = |it| it.elapsed.as_secs_f64();
        /// Whether it was stopped before its end.
        stopped: bool = |it| it.stopped;
    }
    lists {}
}
