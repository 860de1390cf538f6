//! When something is due again and again.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::fmt::friendly::SpanPrinter;
use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::{Deserialize, Serialize};

use super::cron::Cron;
use crate::clock::Timestamp;
use crate::{Error, Result};

/// Times that come again and again: by a cron line in a time zone, or each so-long.
///
/// A cron line is that of `cron(8)`: minute, hour, day of the month, month, day of the week, with names (`MON-FRI`, `JAN`), lists, ranges
/// and steps; `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`; and `L` (the last day), `15W` (the working day next to it) and
/// `MON#2` (the second Monday). When days of both sorts are named, either will do.
///
/// Where the clocks are put forward, a time that they jump over comes when they jump. Where they are put back, a time that they show twice
/// comes once, the first time; so `*/15 * * * *` is silent for an hour then. What is to go on by its own beat is each so-long
/// ([`every`](Self::every)).
///
/// ```
/// use lead_core::clock::instant;
/// use lead_core::seam::Schedule;
/// let nightly = Schedule::cron("30 2 * * *", "Europe/Vienna")?;
/// let evening = instant("2026-03-28T20:00:00Z").unwrap();
/// // At half past two it is three already.
/// assert_eq!(nightly.next_after(evening), instant("2026-03-29T01:00:00Z"));
/// assert_eq!(nightly.to_string(), "30 2 * * * in Europe/Vienna");
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct Schedule(Beat);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Beat {
    Cron(Arc<Cron>),
    Every(Duration),
}

/// As it is written down.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Form {
    Cron {
        cron: String,
        zone: String,
    },
    Every {
        #[serde(with = "friendly")]
        every: Duration,
    },
}

impl From<Schedule> for Form {
    fn from(schedule: Schedule) -> Self {
        match schedule.0 {
            Beat::Cron(cron) => Self::Cron {
                cron: cron.line().to_owned(),
                zone: cron.zone().to_owned(),
            },
            Beat::Every(every) => Self::Every { every },
        }
    }
}

impl TryFrom<Form> for Schedule {
    type Error = Error;

    fn try_from(form: Form) -> Result<Self> {
        match form {
            Form::Cron { cron, zone } => Self::cron(&cron, &zone),
            Form::Every { every } => Ok(Self::every(every)),
        }
    }
}

impl Schedule {
    /// By a cron line, as a clock shows it that hangs in this zone: `Europe/Vienna`, `UTC`. Zones are those of the system's tables.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with what is wrong: no such line, one that names no day there is
    /// (`0 0 31 2 *`), no such zone.
    pub fn cron(line: &str, zone: &str) -> Result<Self> {
        Ok(Self(Beat::Cron(Arc::new(Cron::new(line, zone)?))))
    }

    /// Each so-long, whatever clocks do: at least a second, and to the microsecond.
    pub fn every(period: Duration) -> Self {
        let whole = Duration::new(period.as_secs(), period.subsec_micros() * 1000);
        Self(Beat::Every(whole.max(Duration::from_secs(1))))
    }

    /// The first time behind an instant, or, of one that comes each so-long, so long behind it. `None` when that is too far away to be
    /// told: thousands of years.
    pub fn next_after(&self, after: Timestamp) -> Option<Timestamp> {
        match &self.0 {
            Beat::Cron(cron) => cron.next_after(after),
            Beat::Every(period) => after.checked_add(*period).ok(),
        }
    }

    /// The first time behind `now` in the row of times that `due` is one of.
    pub(super) fn beyond(&self, due: Timestamp, now: Timestamp) -> Option<Timestamp> {
        match &self.0 {
            Beat::Cron(cron) => cron.next_after(now.max(due)),
            Beat::Every(period) => later(due, *period, beats(due, now, *period) + 1),
        }
    }

    /// The last of the times from `due`, which is one of them, until `now`, `most` at most; none when it is not due yet.
    pub(super) fn passed(&self, due: Timestamp, now: Timestamp, most: usize) -> VecDeque<Timestamp> {
        if due > now {
            return VecDeque::new();
        }
        match &self.0 {
            Beat::Cron(cron) => last_of(cron, due, now, most),
            Beat::Every(period) => {
                let last = beats(due, now, *period);
                let first = (last + 1).saturating_sub(most as u64);
                (first..=last)
                    .filter_map(|beat| later(due, *period, beat))
                    .collect()
            }
        }
    }
}

/// How many whole periods lie between.
fn beats(due: Timestamp, now: Timestamp, period: Duration) -> u64 {
    let since = now.duration_since(due).try_into().unwrap_or(Duration::ZERO);
    u64::try_from(since.as_micros() / period.as_micros().max(1)).unwrap_or(u64::MAX - 1)
}

fn later(due: Timestamp, period: Duration, beats: u64) -> Option<Timestamp> {
    let whole = period.as_micros().checked_mul(beats.into())?;
    due.checked_add(Duration::from_micros(u64::try_from(whole).ok()?))
        .ok()
}

/// Looks back from `now` as far as `most` times need; a line that speaks each minute may have been silent for a year.
fn last_of(cron: &Cron, due: Timestamp, now: Timestamp, most: usize) -> VecDeque<Timestamp> {
    let mut back = Duration::from_mins(most as u64);
    loop {
        let from = now.checked_sub(back).ok().filter(|from| *from > due);
        let first = from.map_or(Some(due), |from| cron.next_after(from));
        let times = std::iter::successors(first, |last| cron.next_after(*last));
        let mut last = VecDeque::new();
        for time in times.take_while(|time| *time <= now) {
            if last.len() == most {
                last.pop_front();
            }
            last.push_back(time);
        }
        if from.is_none() || last.len() == most {
            return last;
        }
        back = back.saturating_mul(4);
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Beat::Cron(cron) => cron.fmt(f),
            Beat::Every(period) => write!(
                f,
                "every {}",
                SpanPrinter::new().unsigned_duration_to_string(period)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::instant;

    fn at(text: &str) -> Timestamp {
        instant(text).unwrap()
    }

    #[test]
    fn each_so_long_keeps_its_beat() {
        let due = at("2026-01-01T00:00:00Z");
        let hourly = Schedule::every(Duration::from_hours(1));
        let now = at("2026-01-01T03:10:00Z");
        assert_eq!(hourly.beyond(due, now), instant("2026-01-01T04:00:00Z"));
        let passed = hourly.passed(due, now, 2);
        assert_eq!(passed, [at("2026-01-01T02:00:00Z"), at("2026-01-01T03:00:00Z")]);
        assert_eq!(hourly.passed(due, now, 9).len(), 4);
        assert!(hourly.passed(now, due, 9).is_empty());
        assert_eq!(Schedule::every(Duration::ZERO).to_string(), "every 1s");
        let rare = Schedule::every(Duration::from_secs(u64::MAX));
        assert_eq!((rare.next_after(now), rare.beyond(due, now)), (None, None));
        // A machine that was off for long is not asked for every second of it.
        let often = Schedule::every(Duration::from_secs(1));
        assert_eq!(often.passed(at("1990-01-01"), now, 3).len(), 3);
    }

    #[test]
    fn the_last_times_are_found_however_far_apart_they_are() {
        let (due, now) = (at("2000-01-01T00:00:00Z"), at("2026-01-01T00:10:30Z"));
        let often = Schedule::cron("* * * * *", "UTC").unwrap();
        let passed = often.passed(due, now, 3);
        assert_eq!(
            passed,
            ["08", "09", "10"].map(|minute| at(&format!("2026-01-01T00:{minute}:00Z")))
        );
        let yearly = Schedule::cron("@yearly", "UTC").unwrap();
        assert_eq!(yearly.passed(due, now, 2), [at("2025-01-01"), at("2026-01-01")]);
        assert_eq!(yearly.passed(due, now, 99).len(), 27);
        assert_eq!(yearly.beyond(due, now), instant("2027-01-01"));
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        for (schedule, written) in [
            (
                Schedule::cron("0 3 * * *", "Europe/Vienna").unwrap(),
                r#"{"cron":"0 3 * * *","zone":"Europe/Vienna"}"#,
            ),
            (Schedule::every(Duration::from_mins(90)), r#"{"every":"1h 30m"}"#),
        ] {
            assert_eq!(serde_json::to_string(&schedule).unwrap(), written);
            assert_eq!(serde_json::from_str::<Schedule>(written).unwrap(), schedule);
        }
        assert!(serde_json::from_str::<Schedule>(r#"{"cron":"0 3 * *","zone":"UTC"}"#).is_err());
    }
}
