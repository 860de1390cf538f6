//! Numbers, answers of yes or no, and times, as v3.9 and spreadsheets write them.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use lead_core::clock::Timestamp;

/// `1234`, `1,234`, `1.5K`, `2M`, `85%`.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let (digits, times) = match text.char_indices().last()? {
        (at, 'k' | 'K') => (text.get(..at)?, 1e3),
        (at, 'm' | 'M') => (text.get(..at)?, 1e6),
        (at, 'b' | 'B') => (text.get(..at)?, 1e9),
        _ => (text, 1.0),
    };
    let digits = digits.trim();
    // A comma parts thousands, and nothing else.
    let mut groups = digits.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = groups.all(|group| {
        let whole = group.split('.').next().unwrap_or_default();
        whole.len() == 3 && whole.bytes().all(|byte| byte.is_ascii_digit())
    });
    if !grouped || first.is_empty() {
        return None;
    }
    let number: f64 = digits.replace(',', "").parse().ok()?;
    Some(number * times).filter(|number| number.is_finite())
}

/// Yes or no.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "1.0" => Some(true),
        "false" | "no" | "0" | "0.0" => Some(false),
        _ => None,
    }
}

/// A moment. One without a zone is read in `zone`; a day is its first moment.
pub(super) fn time(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    let (text, utc) = match text.strip_suffix("UTC") {
        Some(rest) => (rest.trim_end(), true),
        None => (text, false),
    };
    let civil: Option<DateTime> = text.parse().ok();
    let civil = civil.or_else(|| Some(text.parse::<Date>().ok()?.at(0, 0, 0, 0)))?;
    let zone = if utc { &TimeZone::UTC } else { zone };
    zone.to_timestamp(civil).ok()
}

/// Days since the end of 1899, as workbooks count them (ECMA-376, 18.17.4.1), as a time without a zone.
#[cfg_attr(not(feature = "xlsx"), allow(dead_code, reason = "workbooks alone count so"))]
pub(super) fn excel_time(days: f64) -> Option<String> {
    let seconds = SignedDuration::try_from_secs_f64((days * 86_400.0).round()).ok()?;
    let start = Date::new(1899, 12, 30).ok()?.at(0, 0, 0, 0);
    start.checked_add(seconds).ok().map(|moment| moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, wanted) in [
            ("1234", Some(1234.0)),
            ("1,234,567", Some(1_234_567.0)),
            ("1,234.5", Some(1234.5)),
            ("1.5K", Some(1500.0)),
            ("2 M", Some(2_000_000.0)),
            ("-0.4", Some(-0.4)),
            ("85%", Some(85.0)),
            ("1,5", None),
            (",123", None),
            ("many", None),
            ("inf", None),
            ("NaN", None),
            ("", None),
            ("é", None),
        ] {
            assert_eq!(number(text), wanted, "{text}");
        }
        assert_eq!(
            (flag("True"), flag("0"), flag("perhaps")),
            (Some(true), Some(false), None)
        );
    }

    #[test]
    fn times_without_a_zone_are_those_of_the_zone() {
        let east = TimeZone::fixed(jiff::tz::Offset::constant(2));
        let told = |text: &str| time(text, &east).map(|moment| moment.to_string());
        for (text, wanted) in [
            ("2026-01-02T03:04:05Z", Some("2026-01-02T03:04:05Z")),
            ("2026-01-02T03:04:05+01:00", Some("2026-01-02T02:04:05Z")),
            ("2026-01-02T03:04:05.123456", Some("2026-01-02T01:04:05.123456Z")),
            ("2026-01-02 03:04:05", Some("2026-01-02T01:04:05Z")),
            ("2026-01-02 03:04:05 UTC", Some("2026-01-02T03:04:05Z")),
            ("2026-01-02", Some("2026-01-01T22:00:00Z")),
            ("yesterday", None),
        ] {
            assert_eq!(told(text).as_deref(), wanted, "{text}");
        }
        assert_eq!(excel_time(46_024.5).as_deref(), Some("2026-01-02T12:00:00"));
        assert_eq!(excel_time(f64::MAX), None);
    }
}
