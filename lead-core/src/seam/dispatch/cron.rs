//! Cron lines in a time zone.
//!
//! A line is read and walked along the calendar by the crate `croner`, which is told nothing of zones; which instant a time on the clock
//! on the wall is, is ours to say, with `jiff`.

use std::cmp::Ordering;
use std::fmt;

use croner::errors::CronError;
use croner::parser::{CronParser, Seconds, Year};
use croner::{CivilDateTime, CronDateTime, Resolution, Weekday};
use jiff::civil::{DateTime, date};
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::clock::Timestamp;
use crate::{Error, Result};

const SCHEDULE: &str = "schedule";

/// No line is longer, in bytes.
const LONGEST: usize = 200;

/// A cron line, and where the clock hangs that it speaks of.
#[derive(Clone)]
pub(super) struct Cron {
    line: String,
    times: croner::Cron,
    place: String,
    zone: TimeZone,
}

impl Cron {
    pub(super) fn new(line: &str, zone: &str) -> Result<Self> {
        let place = TimeZone::get(zone).map_err(|cause| {
            let wanted = "a time zone by its name is wanted, such as Europe/Vienna or UTC";
            Error::invalid(SCHEDULE, wanted)
                .with("zone", zone.escape_debug())
                .because(cause)
        })?;
        let cron = Self {
            line: line.split_whitespace().collect::<Vec<_>>().join(" "),
            times: read(line)?,
            place: place.iana_name().unwrap_or(zone).to_owned(),
            zone: place,
        };
        // The days of the week come round in 28 years, in 40 where a century is no leap year; whatever comes at all comes in 400.
        if cron
            .times
            .find_next_occurrence(&Wall(date(2000, 1, 1).at(0, 0, 0, 0)), true)
            .is_err()
        {
            return Err(refused(line, "it names no day that there is"));
        }
        Ok(cron)
    }

    pub(super) fn line(&self) -> &str {
        &self.line
    }

    pub(super) fn zone(&self) -> &str {
        &self.place
    }

    /// The first time behind an instant; `None` when there is none in the years that can be told.
    pub(super) fn next_after(&self, after: Timestamp) -> Option<Timestamp> {
        let mut wall = Wall(self.zone.to_datetime(after));
        loop {
            // Times that exist twice are gone through again where the second of them begins, and came to pass at the first.
            wall = self.times.find_next_occurrence(&wall, false).ok()?;
            let at = self.instant(wall.0)?;
            if at > after {
                return Some(at);
            }
        }
    }

    /// When the clock on the wall shows that: of two instants the first; where the clock jumps over it, the instant it jumps.
    fn instant(&self, wall: DateTime) -> Option<Timestamp> {
        let at = self.zone.to_ambiguous_timestamp(wall);
        let AmbiguousOffset::Gap { before, .. } = at.offset() else {
            return at.earlier().ok();
        };
        // Had it not jumped it would show that then; so the jump is the last change until then.
        let unmoved = before.to_timestamp(wall).ok()?;
        let jump = self
            .zone
            .preceding(unmoved.checked_add(jiff::SignedDuration::from_secs(1)).ok()?)
            .next()?;
        Some(jump.timestamp())
    }
}

impl PartialEq for Cron {
    fn eq(&self, other: &Self) -> bool {
        (&self.line, &self.place) == (&other.line, &other.place)
    }
}

impl Eq for Cron {}

impl fmt::Debug for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cron({self})")
    }
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", self.line, self.place)
    }
}

fn read(line: &str) -> Result<croner::Cron> {
    if line.len() > LONGEST {
        return Err(refused("", "it is far too long"));
    }
    // Without this such a field would hold nothing, and a walk for it take seconds to find that out.
    if line
        .split_whitespace()
        .any(|field| field.split(',').any(str::is_empty))
    {
        return Err(refused(line, "there is nothing before or behind a comma"));
    }
    let fields = CronParser::builder()
        .seconds(Seconds::Disallowed)
        .year(Year::Disallowed);
    fields.build().parse(line).map_err(|cause| match cause {
        CronError::EmptyPattern => refused(line, "it is empty"),
        cause => refused(line, &cause.to_string()),
    })
}

fn refused(line: &str, why: &str) -> Error {
    let wanted = "a cron line is wanted: minute, hour, day of the month, month and day of the week, such as `0 3 * * MON-FRI`";
    Error::invalid(SCHEDULE, format!("{wanted}; {}", why.trim_end_matches('.')))
        .with("line", line.escape_debug())
}

/// What a clock on a wall shows, which knows of no zone.
#[derive(Clone)]
struct Wall(DateTime);

impl CronDateTime for Wall {
    fn to_civil(&self) -> CivilDateTime {
        let part = |part: i8| u32::from(part.unsigned_abs());
        let (day, time) = (self.0.date(), self.0.time());
        CivilDateTime::new(
            croner::CivilDate::from_parts_unchecked(day.year().into(), part(day.month()), part(day.day())),
            croner::CivilTime::from_parts_unchecked(
                part(time.hour()),
                part(time.minute()),
                part(time.second()),
            ),
        )
    }

    fn civil_weekday(&self) -> Weekday {
        let days = self.0.weekday().to_sunday_zero_offset();
        Weekday::from_days_from_sunday(u32::from(days.unsigned_abs()))
    }

    fn resolve_civil(&self, civil: CivilDateTime) -> Result<Resolution<Self>, CronError> {
        Ok(Resolution::Single(Self(
            shown(civil).ok_or(CronError::InvalidDate)?,
        )))
    }

    fn checked_add_seconds(&self, seconds: i64) -> Option<Self> {
        let moved = self.0.checked_add(jiff::SignedDuration::from_secs(seconds));
        moved.ok().map(Self)
    }

    fn cmp_instant(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// The same as jiff has it.
fn shown(civil: CivilDateTime) -> Option<DateTime> {
    let part = |part: u32| i8::try_from(part).ok();
    let year = i16::try_from(civil.year()).ok()?;
    let (month, day) = (part(civil.month())?, part(civil.day())?);
    let (hour, minute, second) = (part(civil.hour())?, part(civil.minute())?, part(civil.second())?);
    DateTime::new(year, month, day, hour, minute, second, 0).ok()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::datetime;
    use proptest::prelude::*;

    use super::*;

    fn cron(line: &str, zone: &str) -> Cron {
        Cron::new(line, zone).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// The times behind an instant, as they are told in the zone.
    fn times(cron: &Cron, after: &str, count: usize) -> Vec<String> {
        let all = std::iter::successors(cron.next_after(at(after)), |last| cron.next_after(*last));
        let told = all.take(count).map(|at| {
            at.to_zoned_datetime(cron.zone.clone())
                .strftime("%m-%d %H:%M %:z")
                .to_string()
        });
        told.collect()
    }

    #[test]
    fn a_time_that_the_clock_jumps_over_comes_where_it_jumps() {
        let nightly = cron("30 2 * * *", "Europe/Vienna");
        let told = times(&nightly, "2026-03-27T12:00:00Z", 3);
        assert_eq!(
            told,
            ["03-28 02:30 +01:00", "03-29 03:00 +02:00", "03-30 02:30 +02:00"]
        );
        // All that is jumped over comes at once, and once with what is due there anyhow.
        let often = cron("*/20 * * * *", "Europe/Vienna");
        let told = times(&often, "2026-03-29T00:30:00Z", 3);
        assert_eq!(
            told,
            ["03-29 01:40 +01:00", "03-29 03:00 +02:00", "03-29 03:20 +02:00"]
        );
        // Half an hour, on an island; and a whole day that another left out.
        let told = times(
            &cron("15 2 * * *", "Australia/Lord_Howe"),
            "2026-10-03T00:00:00Z",
            1,
        );
        assert_eq!(told, ["10-04 02:30 +11:00"]);
        let told = times(&cron("0 12 30 12 *", "Pacific/Apia"), "2011-12-01T00:00:00Z", 1);
        assert_eq!(told, ["12-31 00:00 +14:00"]);
    }

    #[test]
    fn a_time_that_comes_twice_is_taken_once() {
        let nightly = cron("30 2 * * *", "Europe/Vienna");
        let told = times(&nightly, "2026-10-24T12:00:00Z", 2);
        assert_eq!(told, ["10-25 02:30 +02:00", "10-26 02:30 +01:00"]);
        let often = cron("*/20 * * * *", "Europe/Vienna");
        let told = times(&often, "2026-10-25T00:20:00Z", 3);
        assert_eq!(
            told,
            ["10-25 02:40 +02:00", "10-25 03:00 +01:00", "10-25 03:20 +01:00"]
        );
        // From amidst the second of them.
        assert_eq!(times(&often, "2026-10-25T01:30:00Z", 1), ["10-25 03:00 +01:00"]);
    }

    #[test]
    fn lines_are_read_as_cron_reads_them() {
        let first = |line: &str| times(&cron(line, "UTC"), "2026-01-01T00:00:00Z", 1).remove(0);
        assert_eq!(first("@daily"), "01-02 00:00 +00:00");
        assert_eq!(first(" 5  4 * * sun "), "01-04 04:05 +00:00");
        assert_eq!(first("0 0 L * *"), "01-31 00:00 +00:00");
        assert_eq!(first("0 9 * * MON#2"), "01-12 09:00 +00:00");
        // Either, when both days are named.
        assert_eq!(first("0 0 13 * FRI"), "01-02 00:00 +00:00");
        assert_eq!(first("0 0 29 2 *"), "02-29 00:00 +00:00");
        assert_eq!(
            cron(" 5  4 * * SUN ", "europe/vienna").to_string(),
            "5 4 * * SUN in Europe/Vienna"
        );
    }

    #[test]
    fn what_is_no_line_is_refused_and_told_why() {
        for (line, why) in [
            ("", "empty"),
            ("0 3 * *", "5 fields"),
            ("0 0 3 * * *", "5 fields"),
            ("60 * * * *", "out of bounds"),
            ("*/0 * * * *", "zero"),
            ("@reboot", "5 fields"),
            (", * * * *", "comma"),
            ("1,,2 * * * *", "comma"),
            ("0 0 31 2 *", "no day that there is"),
            ("0 0 * * MON#9", "out of bounds"),
            ("é * * * *", "illegal"),
            (&"1,".repeat(500), "too long"),
        ] {
            let error = Cron::new(line, "UTC").unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::InvalidInput, "{line}");
            assert!(error.to_string().contains(why), "{line}: {error}");
        }
        for zone in ["", "Europe/Nowhere", "../../etc/passwd", "CEST+1"] {
            let error = Cron::new("0 3 * * *", zone).unwrap_err();
            assert!(error.to_string().contains("Europe/Vienna"), "{zone}: {error}");
        }
    }

    /// Zones whose clocks jump by an hour, by half of one, at midnight, not at all, and once by a day.
    const ZONES: [&str; 8] = [
        "Europe/Vienna",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Havana",
        "Africa/Casablanca",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "UTC",
    ];

    fn field(least: u8, most: u8) -> impl Strategy<Value = String> {
        prop_oneof![
            3 => Just("*".to_owned()),
            3 => (least..=most).prop_map(|one| one.to_string()),
            1 => (2..=most.min(30)).prop_map(|step| format!("*/{step}")),
            1 => (least..=most, least..=most).prop_map(|(one, other)| format!("{}-{}", one.min(other), one.max(other))),
            1 => proptest::collection::vec(least..=most, 1..4)
                .prop_map(|all| all.iter().map(u8::to_string).collect::<Vec<_>>().join(",")),
        ]
    }

    fn line() -> impl Strategy<Value = String> {
        let fields = (
            field(0, 59),
            field(0, 23),
            field(1, 28),
            field(1, 12),
            field(0, 6),
        );
        fields.prop_map(|(minute, hour, day, month, week)| format!("{minute} {hour} {day} {month} {week}"))
    }

    /// Whether a field holds a number: an own reading, of what [`field`] writes.
    fn holds(field: &str, number: u32) -> bool {
        field.split(',').any(|part| match part.split_once('/') {
            Some((_, step)) => number.is_multiple_of(step.parse().unwrap()),
            None if part == "*" => true,
            None => {
                let (from, to) = part.split_once('-').unwrap_or((part, part));
                (from.parse().unwrap()..=to.parse().unwrap()).contains(&number)
            }
        })
    }

    fn matches(line: &str, wall: DateTime) -> bool {
        let [minute, hour, day, month, week] =
            <[&str; 5]>::try_from(line.split(' ').collect::<Vec<_>>()).unwrap();
        let number = |part: i8| u32::from(part.unsigned_abs());
        // Days and months begin at 1, and so do steps through them.
        let from_one = |field: &str, part: i8| {
            let shift = u32::from(field.contains('/'));
            holds(field, number(part) - shift)
        };
        let by_day = from_one(day, wall.day());
        let by_week = holds(week, number(wall.weekday().to_sunday_zero_offset()));
        let on_day = if day == "*" || week == "*" {
            by_day && by_week
        } else {
            by_day || by_week
        };
        holds(minute, number(wall.minute()))
            && holds(hour, number(wall.hour()))
            && from_one(month, wall.month())
            && on_day
    }

    /// All times between two instants, minute by minute: those that are shown for the first time and match, and those at which the clock
    /// jumps over some that would have.
    fn walked(line: &str, zone: &TimeZone, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
        let (mut found, mut latest) = (Vec::new(), None::<DateTime>);
        // A clock that was set back shows what it has shown before for a day at most.
        let mut at = from - 25.hours();
        while at <= to {
            let wall = zone.to_datetime(at);
            let next = latest.map_or(wall, |latest| latest + 1.minute());
            let mut passed = next;
            let mut due = false;
            while passed <= wall {
                due |= matches(line, passed);
                passed += 1.minute();
            }
            if due && at > from {
                found.push(at);
            }
            latest = latest.max(Some(wall));
            at += 1.minute();
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// Times come in their order, and all of them: over days around a change of the clocks, held against a walk through every minute.
        #[test]
        fn every_time_comes_once_and_in_order(
            line in line(), zone in proptest::sample::select(&ZONES), year in 1995_i16..2030, change in 0_usize..2, days in 1_i64..4,
        ) {
            let cron = match Cron::new(&line, zone) {
                Ok(cron) => cron,
                Err(error) => return Err(TestCaseError::fail(error.to_string())),
            };
            let begin = cron.zone.to_timestamp(datetime(year, 1, 1, 0, 0, 0, 0)).unwrap();
            // Where clocks do not change any day will do.
            let changed = cron.zone.following(begin).nth(change).map_or(begin, |change| change.timestamp());
            // Whole minutes.
            let second = changed.as_second().div_euclid(60) * 60;
            let from = Timestamp::from_second(second).unwrap() - (24 * days).hours();
            let to = from + (48 * days).hours();
            let times = std::iter::successors(cron.next_after(from), |last| cron.next_after(*last));
            let times: Vec<_> = times.take_while(|at| *at <= to).collect();
            prop_assert!(times.is_sorted_by(|one, other| one < other));
            prop_assert_eq!(times, walked(&line, &cron.zone, from, to));
        }

        /// Whatever is written there, it is a line or none, and that is soon told.
        #[test]
        fn no_text_takes_long_or_panics(line in "[-0-9*/,#LW?+@a-z ]{0,30}", start in any::<i64>()) {
            let begun = std::time::Instant::now();
            if let Ok(cron) = Cron::new(&line, "Europe/Vienna") {
                let start = Timestamp::from_microsecond(start % 200_000_000_000_000_000).unwrap();
                if let Some(next) = cron.next_after(start) {
                    prop_assert!(next > start);
                }
            }
            prop_assert!(begun.elapsed() < std::time::Duration::from_secs(2), "{line}");
        }
    }
}
