//! Asking for a report.

use lead_core::clock::{Clock, Timestamp};
use lead_core::record::filter::{Field, Filter};
use lead_core::seam::Store;
use lead_core::{Error, Result};

use super::compare::{compare, stretches};
use super::forecast::forecast;
use super::report::COVERED;
use super::runs::runs;
use super::series::{Window, series};
use super::sources::sources;
use super::span::{between, both};
use super::stages::stages;
use super::{ANALYTICS, Calendar, Coverage, Facet, Facets, Report, share, usual_stages};

/// A report to ask for.
#[derive(Clone, Debug)]
pub struct Analytics {
    filter: Filter,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    calendar: Calendar,
    top: usize,
    ahead: usize,
    runs: usize,
    stages: Vec<(String, Filter)>,
    clock: Clock,
}

impl Default for Analytics {
    fn default() -> Self {
        Self::new()
    }
}

impl Analytics {
    /// The most periods that are forecast.
    pub const MAX_AHEAD: usize = 100;

    /// Of every lead, by months in UTC.
    pub fn new() -> Self {
        Self {
            filter: Filter::All,
            since: None,
            until: None,
            calendar: Calendar::default(),
            top: 10,
            ahead: 3,
            runs: 100,
            stages: usual_stages(),
            clock: Clock::system(),
        }
    }

    /// Only leads that pass.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }

    /// Only leads first seen from then on; compared with the stretch of the same length before.
    pub fn since(mut self, since: Timestamp) -> Self {
        self.since = Some(since);
        self
    }

    /// Only leads first seen before then.
    pub fn until(mut self, until: Timestamp) -> Self {
        self.until = Some(until);
        self
    }

    /// The periods of the series.
    pub fn calendar(mut self, calendar: Calendar) -> Self {
        self.calendar = calendar;
        self
    }

    /// So many categories, cities and countries at most: 10.
    pub fn top(mut self, values: usize) -> Self {
        self.top = values;
        self
    }

    /// So many periods are forecast: 3, at most [`Self::MAX_AHEAD`].
    pub fn ahead(mut self, periods: usize) -> Self {
        self.ahead = periods;
        self
    }

    /// So many of the newest runs are looked at: 100.
    pub fn runs(mut self, runs: usize) -> Self {
        self.runs = runs;
        self
    }

    /// Stages of one's own instead of [`usual_stages`]: a name and a condition each, in their order.
    pub fn stages(mut self, stages: Vec<(String, Filter)>) -> Self {
        self.stages = stages;
        self
    }

    /// Goes by `clock`.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Makes the report. Its figures are asked for one after another: what is written meanwhile is in the later ones. Cancel-safe.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for numbers out of range and for more periods than
    /// [`Calendar::periods`] has, and what the store says.
    pub async fn run(&self, store: &Store) -> Result<Report> {
        if self.ahead > Self::MAX_AHEAD {
            return Err(Error::invalid(ANALYTICS, "at most 100 periods are forecast"));
        }
        let window = Window {
            since: self.since,
            until: self.until,
            now: self.clock.now(),
        };
        let filter = both(
            self.filter.clone(),
            between(Field::FirstSeen, self.since, self.until),
        );
        let leads = store.count(filter.clone()).await?;
        let [confidence, score, categories, cities, countries] = self.facets(store, &filter).await?;
        let runs = runs(store, &filter, self.runs).await?;
        let series = series(store, &filter, &self.calendar, window).await?;
        let comparison = match stretches(window, &series) {
            Some(pair) => Some(compare(store, &self.filter, pair).await?),
            None => None,
        };
        Ok(Report {
            at: window.now,
            filter: self.filter.to_string(),
            since: self.since,
            until: self.until,
            leads,
            coverage: coverage(store, &filter, leads).await?,
            confidence,
            score,
            sources: sources(store, &filter, &runs).await?,
            categories,
            cities,
            countries,
            stages: stages(store, &filter, leads, &self.stages).await?,
            forecast: forecast(&self.calendar, &series, self.ahead)?,
            runs: runs.into_iter().map(|(run, _)| run).collect(),
            series,
            comparison,
        })
    }

    async fn facets(&self, store: &Store, filter: &Filter) -> Result<[Facet; 5]> {
        let fields = [
            Field::Confidence,
            Field::Score,
            Field::Category,
            Field::City,
            Field::Country,
        ];
        let facets = Facets::of(fields).filter(filter.clone()).most(self.top);
        let facets: std::result::Result<[Facet; 5], _> = facets.run(store).await?.try_into();
        facets.map_err(|_| Error::new(lead_core::ErrorKind::Internal, ANALYTICS, "a facet is missing"))
    }
}

async fn coverage(store: &Store, filter: &Filter, all: u64) -> Result<Vec<Coverage>> {
    let mut covered = Vec::with_capacity(COVERED.len());
    for field in COVERED {
        let leads = store.count(both(filter.clone(), Filter::Has(*field))).await?;
        covered.push(Coverage {
            field: field.name(),
            leads,
            share: share(leads, all),
        });
    }
    Ok(covered)
}
