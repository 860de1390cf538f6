//! New leads, period by period.

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::filter::{Field, Filter};
use lead_core::seam::{Store, Tally};
use serde::Serialize;

use super::calendar::{Calendar, Period, Unit};
use super::span::span;

/// New leads, period by period: a lead is new in the period it was first seen in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Series {
    /// How long a period is.
    pub unit: Unit,
    /// The IANA name of the time zone its days are of.
    pub zone: String,
    /// From the first period with a lead to the current one, those without leads too.
    pub points: Vec<Point>,
}

/// A period of the series.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Point {
    /// The period.
    #[serde(flatten)]
    pub period: Period,
    /// Leads first seen in it.
    pub new: u64,
    /// Leads first seen until its end.
    pub total: u64,
    /// Whether it lies whole in the time that is looked at, and is over.
    pub complete: bool,
}

/// The stretch of time that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) since: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    pub(super) now: Timestamp,
}

impl Window {
    /// The last instant that is looked at.
    fn end(&self) -> Timestamp {
        self.until.map_or(self.now, |until| until.min(self.now))
    }

    fn holds(&self, period: &Period) -> bool {
        self.since.is_none_or(|since| since <= period.start) && period.end <= self.end()
    }
}

/// The series of the leads that pass; the filter already says from when until when.
pub(super) async fn series(
    store: &Store,
    filter: &Filter,
    calendar: &Calendar,
    window: Window,
) -> Result<Series> {
    let mut series = Series {
        unit: calendar.unit(),
        zone: calendar.zone_name().to_owned(),
        points: Vec::new(),
    };
    let Some((first, last)) = span(store, Field::FirstSeen, filter).await? else {
        return Ok(series);
    };
    let mut periods = calendar.periods(first, last.max(window.end()))?;
    // A time that ends with a period does not look at the next.
    let (end, bound) = (window.end(), window.until.is_some());
    periods.retain(|period| period.start <= last || period.start < end || (!bound && period.start == end));
    let Some(begin) = periods.first().map(|period| period.start) else {
        return Ok(series);
    };
    let mut edges = vec![begin];
    edges.extend(periods.iter().map(|period| period.end));
    let tally = Tally::times(Field::FirstSeen, edges).filter(filter.clone());
    let told = store.tally(tally).await?;
    let mut total = 0;
    for (period, new) in periods.into_iter().zip(told.bins.into_iter().skip(1)) {
        total += new;
        let complete = window.holds(&period);
        series.points.push(Point {
            period,
            new,
            total,
            complete,
        });
    }
    Ok(series)
}
