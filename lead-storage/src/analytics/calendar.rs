//! Days, weeks, months and years, in a time zone.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lead_core::clock::Timestamp;
use lead_core::seam::Tally;
use lead_core::{Error, Result};
use serde::Serialize;

use super::ANALYTICS;

/// How long a period is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Unit {
    /// From midnight to midnight.
    Day,
    /// From Monday to Sunday, as ISO 8601 counts weeks.
    Week,
    /// A calendar month.
    #[default]
    Month,
    /// A calendar year.
    Year,
}

impl FromStr for Unit {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        match text {
            "day" => Ok(Self::Day),
            "week" => Ok(Self::Week),
            "month" => Ok(Self::Month),
            "year" => Ok(Self::Year),
            _ => Err(Error::invalid(
                ANALYTICS,
                "a period is a day, week, month or year",
            )),
        }
    }
}

/// Periods of a unit, in a time zone; in UTC unless told.
#[derive(Clone, PartialEq)]
pub struct Calendar {
    unit: Unit,
    zone: TimeZone,
}

impl Default for Calendar {
    fn default() -> Self {
        Self::new(Unit::default())
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} in {}", self.unit, self.zone_name())
    }
}

/// A period of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Period {
    /// `2026-01-31`, `2026-W05`, `2026-01` or `2026`.
    pub label: String,
    /// Its first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
}

impl Calendar {
    /// Periods of this unit, in UTC.
    pub fn new(unit: Unit) -> Self {
        Self {
            unit,
            zone: TimeZone::UTC,
        }
    }

    /// In the time zone of this IANA name: `Europe/Paris`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) when the system's tables have no such zone.
    pub fn zone(mut self, name: &str) -> Result<Self> {
        self.zone = TimeZone::get(name).map_err(|cause| {
            Error::invalid(ANALYTICS, "there is no such time zone")
                .with("zone", name.escape_debug())
                .because(cause)
        })?;
        Ok(self)
    }

    /// How long a period is.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The IANA name of the time zone.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The periods from the one that holds `first` to the one that holds `last`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) when they are more than a tally has bins: a longer unit is
    /// wanted then; and at the end of what the calendar knows, the year 9999.
    pub fn periods(&self, first: Timestamp, last: Timestamp) -> Result<Vec<Period>> {
        let (mut start, mut periods) = (self.first_day(first)?, Vec::new());
        loop {
            let (period, next) = self.period(start)?;
            if period.start > last && !periods.is_empty() {
                return Ok(periods);
            }
            if periods.len() + 1 >= Tally::MAX_EDGES {
                let why = "there are too many such periods: take a longer one, or fewer leads";
                return Err(Error::invalid(ANALYTICS, why).with("most", Tally::MAX_EDGES));
            }
            periods.push(period);
            start = next;
        }
    }

    /// So many periods that follow this one.
    ///
    /// # Errors
    /// As [`Calendar::periods`].
    pub fn after(&self, last: &Period, count: usize) -> Result<Vec<Period>> {
        let mut start = self.first_day(last.end)?;
        let mut periods = Vec::with_capacity(count);
        for _ in 0..count {
            let (period, next) = self.period(start)?;
            periods.push(period);
            start = next;
        }
        Ok(periods)
    }

    /// The first day of the period that holds an instant.
    fn first_day(&self, at: Timestamp) -> Result<Date> {
        let day = self.zone.to_datetime(at).date();
        match self.unit {
            Unit::Day => Ok(day),
            Unit::Week => {
                let since_monday = day.weekday().to_monday_zero_offset();
                day.checked_sub(since_monday.days())
                    .map_err(|cause| beyond(&cause))
            }
            Unit::Month => Ok(day.first_of_month()),
            Unit::Year => Ok(day.first_of_year()),
        }
    }

    /// The period that begins with this day, and the first day of the next.
    fn period(&self, start: Date) -> Result<(Period, Date)> {
        let length = match self.unit {
            Unit::Day => 1.day(),
            Unit::Week => 1.week(),
            Unit::Month => 1.month(),
            Unit::Year => 1.year(),
        };
        let next = start.checked_add(length).map_err(|cause| beyond(&cause))?;
        let label = match self.unit {
            Unit::Day => start.to_string(),
            Unit::Week => {
                let week = start.iso_week_date();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Unit::Month => start.strftime("%Y-%m").to_string(),
            Unit::Year => start.strftime("%Y").to_string(),
        };
        let period = Period {
            label,
            start: self.midnight(start)?,
            end: self.midnight(next)?,
        };
        Ok((period, next))
    }

    /// The first instant of a day: where clocks are put forward at midnight, the one they are put to.
    fn midnight(&self, day: Date) -> Result<Timestamp> {
        let begun = day.to_zoned_datetime(self.zone.clone());
        begun
            .map(|begun| begun.timestamp())
            .map_err(|cause| beyond(&cause))
    }
}

fn beyond(cause: &jiff::Error) -> Error {
    Error::invalid(ANALYTICS, "the calendar ends before this").with("why", cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn periods(unit: Unit, zone: &str, first: &str, last: &str) -> Vec<(String, String)> {
        let calendar = Calendar::new(unit).zone(zone).unwrap();
        let periods = calendar.periods(first.parse().unwrap(), last.parse().unwrap());
        let told = |period: Period| (period.label, period.start.to_string());
        periods.unwrap().into_iter().map(told).collect()
    }

    fn labels(unit: Unit, first: &str, last: &str) -> Vec<String> {
        let all = periods(unit, "UTC", first, last);
        all.into_iter().map(|(label, _)| label).collect()
    }

    #[test]
    fn periods_hold_their_first_and_last_instant() {
        let (first, last) = ("2025-12-31T23:59:59Z", "2026-02-01T00:00:00Z");
        assert_eq!(
            labels(Unit::Month, first, last),
            ["2025-12", "2026-01", "2026-02"]
        );
        assert_eq!(labels(Unit::Year, first, last), ["2025", "2026"]);
        assert_eq!(labels(Unit::Day, first, first), ["2025-12-31"]);
        // The Monday of ISO week 1 of 2026 is in 2025.
        let weeks = labels(Unit::Week, "2025-12-28T00:00:00Z", "2026-01-05T00:00:00Z");
        assert_eq!(weeks, ["2025-W52", "2026-W01", "2026-W02"]);
    }

    #[test]
    fn a_day_is_one_of_its_zone() {
        // Paris puts its clocks forward on 29 March 2026: that day has 23 hours.
        let days = periods(
            Unit::Day,
            "Europe/Paris",
            "2026-03-28T23:30:00Z",
            "2026-03-29T22:30:00Z",
        );
        let told = [
            ("2026-03-29", "2026-03-28T23:00:00Z"),
            ("2026-03-30", "2026-03-29T22:00:00Z"),
        ];
        assert_eq!(days, told.map(|(day, from)| (day.to_owned(), from.to_owned())));
        assert!(Calendar::default().zone("Europe/Nowhere").is_err());
    }

    #[test]
    fn too_many_periods_are_refused() {
        let first = "1900-01-01T00:00:00Z".parse().unwrap();
        let last = "2026-01-01T00:00:00Z".parse().unwrap();
        assert!(Calendar::new(Unit::Day).periods(first, last).is_err());
        assert!(Calendar::new(Unit::Month).periods(first, last).is_ok());
    }
}
