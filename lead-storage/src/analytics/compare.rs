//! Two stretches of time, compared.

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::filter::{Field, Filter};
use lead_core::seam::Store;
use serde::Serialize;

use super::calendar::Period;
use super::float;
use super::series::{Series, Window};
use super::span::{between, both};

/// What changed from one stretch of time to the next. Leads count where they were first seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// The earlier stretch.
    pub before: Stretch,
    /// The later one.
    pub now: Stretch,
    /// Each figure in both.
    pub changes: Vec<Change>,
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stretch {
    /// Its first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
}

/// A figure in both stretches.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// What is counted: `leads`, or the leads with a `phone`, an `email`, a `website`.
    pub figure: &'static str,
    /// In the earlier stretch.
    pub before: u64,
    /// In the later one.
    pub now: u64,
    /// How many more; below zero how many fewer.
    pub change: i64,
    /// The change as a part of what was before: 0.5 is half as many again. `None` where there was nothing before.
    pub relative: Option<f64>,
}

/// What is compared, by what leads must have for it.
const FIGURES: [(&str, Option<Field>); 4] = [
    ("leads", None),
    ("phone", Some(Field::Phone)),
    ("email", Some(Field::Email)),
    ("website", Some(Field::Website)),
];

/// The stretches to compare: the one looked at and the one of the same length before it; else the last whole period and the one before.
pub(super) fn stretches(window: Window, series: &Series) -> Option<(Stretch, Stretch)> {
    if let Some(from) = window.since {
        let to = window.until.unwrap_or(window.now);
        let before = from.checked_sub(to.duration_since(from)).ok()?;
        let told = (
            Stretch {
                start: before,
                end: from,
            },
            Stretch { start: from, end: to },
        );
        return (from < to).then_some(told);
    }
    let mut whole = series.points.iter().rev().filter(|point| point.complete);
    let stretch = |period: &Period| Stretch {
        start: period.start,
        end: period.end,
    };
    let now = stretch(&whole.next()?.period);
    let before = stretch(&whole.next()?.period);
    Some((before, now))
}

/// Compares two stretches. The filter says nothing of when.
pub(super) async fn compare(
    store: &Store,
    filter: &Filter,
    (before, now): (Stretch, Stretch),
) -> Result<Comparison> {
    let mut changes = Vec::with_capacity(FIGURES.len());
    for (figure, field) in FIGURES {
        let wanted = both(filter.clone(), field.map(Filter::Has));
        let within = |stretch: Stretch| {
            let when = between(Field::FirstSeen, Some(stretch.start), Some(stretch.end));
            both(wanted.clone(), when)
        };
        let (before, now) = (
            store.count(within(before)).await?,
            store.count(within(now)).await?,
        );
        changes.push(change(figure, before, now));
    }
    Ok(Comparison { before, now, changes })
}

fn change(figure: &'static str, before: u64, now: u64) -> Change {
    Change {
        figure,
        before,
        now,
        change: i64::try_from(i128::from(now) - i128::from(before)).unwrap_or(i64::MAX),
        relative: (before > 0).then(|| (float(now) - float(before)) / float(before)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_numbers_and_as_a_part() {
        let told = |before, now| {
            let change = change("leads", before, now);
            (change.change, change.relative)
        };
        assert_eq!(told(4, 6), (2, Some(0.5)));
        assert_eq!(told(4, 1), (-3, Some(-0.75)));
        assert_eq!(told(0, 5), (5, None));
    }

    #[test]
    fn the_stretch_before_is_as_long() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let mut window = Window {
            since: Some(at("2026-03-01T00:00:00Z")),
            until: Some(at("2026-03-08T00:00:00Z")),
            now: at("2026-04-01T00:00:00Z"),
        };
        let nothing = Series {
            unit: super::super::Unit::Day,
            zone: "UTC".to_owned(),
            points: Vec::new(),
        };
        let (before, now) = stretches(window, &nothing).unwrap();
        assert_eq!(
            (before.start, before.end),
            (at("2026-02-22T00:00:00Z"), now.start)
        );
        window.until = window.since;
        assert_eq!(stretches(window, &nothing), None);
        window.since = None;
        assert_eq!(stretches(window, &nothing), None);
    }
}
