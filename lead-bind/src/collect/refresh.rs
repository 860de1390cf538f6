//! Sites of leads that nobody has seen for long, visited again.

use std::time::Duration;

use lead_core::clock::{Clock, Timestamp, before};
use lead_core::collect::{Collector, Refresh};
use lead_core::record::RunId;
use lead_core::record::filter::Filter;
use lead_core::seam::{Source, Store};
use lead_core::{Error, Result};
use serde::Deserialize;

use super::options::LAST;
use crate::browser::Browser;
use crate::given::{self, Unknown, all_known};
use crate::net::{self, Net};
use crate::place::Place;
use crate::rendering;

/// Leads not seen for so long, unless told.
const OLD: &str = "90d";

/// What a refresh is told, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    store: Option<String>,
    mirror: Option<String>,
    tenant: Option<String>,
    older_than: Option<String>,
    filter: Option<String>,
    max_requests: Option<u64>,
    /// Seconds.
    max_time: Option<f64>,
    concurrency: Option<usize>,
    resume: Option<String>,
    #[serde(flatten)]
    net: net::Given,
    #[serde(flatten)]
    rendering: rendering::Given,
    #[serde(flatten)]
    unknown: Unknown,
}

/// A refresh that may be begun.
#[derive(Debug)]
pub struct RefreshOptions {
    before: Timestamp,
    filter: Filter,
    max_requests: Option<u64>,
    max_time: Option<Duration>,
    concurrency: Option<usize>,
    pub(super) place: Place,
    pub(super) resume: Option<String>,
    pub(super) net: Net,
}

impl RefreshOptions {
    /// Reads options. Their names are those of the flags of `lead refresh`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a value that means nothing, and without a store.
    pub fn read(json: &str) -> Result<Self> {
        let given: Given = given::read("refresh", json)?;
        all_known("refresh", &given.unknown)?;
        let zeros = [
            ("concurrency", given.concurrency == Some(0)),
            ("max_requests", given.max_requests == Some(0)),
        ];
        if let Some((option, _)) = zeros.into_iter().find(|(_, is_zero)| *is_zero) {
            return Err(Error::invalid(option, "must be at least 1"));
        }
        if given.resume.is_some() && (given.older_than.is_some() || given.filter.is_some()) {
            let message = "a run that goes on keeps to the leads it began with";
            return Err(Error::invalid("resume", message));
        }
        if let Some(run) = given.resume.as_deref().filter(|run| *run != LAST) {
            run.parse::<RunId>()?;
        }
        let says = "a length of time is wanted: 90d, 6mo, 2y";
        let wanted = || Error::invalid("refresh", says).with("option", "older_than");
        let old = given.older_than.as_deref().unwrap_or(OLD);
        Ok(Self {
            before: before(Clock::system().now(), old).ok_or_else(wanted)?,
            filter: Filter::parse(given.filter.as_deref().unwrap_or_default())?,
            max_requests: given.max_requests,
            max_time: given
                .max_time
                .map(|seconds| net::seconds_of("max_time", seconds))
                .transpose()?,
            concurrency: given.concurrency,
            place: Place::read("refresh", given.store, given.tenant.as_deref())?.mirror(given.mirror),
            resume: given.resume,
            net: given.net.read(&given.rendering)?,
        })
    }

    /// Renders by a browser of the caller's the pages that are to be rendered.
    ///
    /// # Errors
    /// As [`CollectOptions::rendered_by`](super::CollectOptions::rendered_by).
    pub fn rendered_by(mut self, browser: Option<&Browser>) -> Result<Self> {
        if let Some(browser) = browser {
            self.net.rendered_by(browser)?;
        }
        Ok(self)
    }

    /// The collector they ask for, of this store.
    pub(super) fn collector(&self, store: Store) -> Collector {
        let source = Refresh::new(store.clone(), self.before).filter(&self.filter);
        let mut collector = Collector::new(store).source(Source::new(source));
        if self.resume.is_none() {
            collector = collector.query("refresh").expand(false);
        }
        if let Some(requests) = self.max_requests {
            collector = collector.max_requests(requests);
        }
        if let Some(time) = self.max_time {
            collector = collector.max_time(time);
        }
        match self.concurrency {
            Some(visits) => collector.concurrency(visits),
            None => collector,
        }
    }
}

#[cfg(test)]
mod tests {
    use lead_core::ErrorKind;

    use super::*;

    #[test]
    fn a_store_is_wanted_and_a_run_that_goes_on_keeps_its_leads() {
        let read = |more: &str| RefreshOptions::read(&format!("{{{more}}}"));
        for bad in [
            "",
            r#""store": "memory://", "older_than": "soon""#,
            r#""store": "memory://", "filter": "colour:red""#,
            r#""store": "memory://", "concurrency": 0"#,
            r#""store": "memory://", "resume": "last", "older_than": "2y""#,
            r#""store": "memory://", "resume": "the first""#,
            r#""store": "memory://", "query": "bakers""#,
        ] {
            assert_eq!(read(bad).unwrap_err().kind(), ErrorKind::InvalidInput, "{bad}");
        }
        assert!(read(r#""store": "memory://", "resume": "last""#).is_ok());
        assert!(read(r#""store": "memory://", "older_than": "2y", "filter": "has:phone""#).is_ok());
    }
}
