//! Opening hours that platforms give as numbers.

use crate::calendar;
use crate::hours::{Span, render};

/// A stretch of one day: the day (0 is Monday), opening and closing in minutes from midnight.
pub(super) type Stretch = (usize, u64, u64);

/// A week in OpenStreetMap's syntax; `None` when nothing is open or a number is no time.
pub(super) fn week(stretches: impl Iterator<Item = Stretch>) -> Option<String> {
    let names = calendar::english_days();
    let span = |(day, opens, closes): Stretch| {
        let clock = |minutes: u64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        Span::new(
            names.get(day).copied().into_iter(),
            Some(&clock(opens)),
            Some(&clock(closes)),
        )
    };
    let spans = stretches.map(span).collect::<Option<Vec<_>>>()?;
    render(&spans)
}

/// Minutes of `0830`.
pub(super) fn minutes(text: &str) -> Option<u64> {
    let (hours, minutes) = text.split_at_checked(2)?;
    Some(hours.parse::<u64>().ok()? * 60 + minutes.parse::<u64>().ok()?)
}
