//! schema.org's `openingHours` (`Mo-Fr 09:00-17:00`) and what pages write in its place (`Mon - Fri 9am - 5pm`).

use super::week::{EVERY_DAY, MIDNIGHT, Span};
use crate::calendar;

/// A day by its name in English, two letters or more, also as an address of schema.org: 0 is Monday.
pub(super) fn day(name: &str) -> Option<usize> {
    let name = name.trim().rsplit(['/', '#']).next()?.to_ascii_lowercase();
    let name = name.trim_end_matches(['.', 's']);
    // `Tues`, `Thurs` and `Mondays` have lost their `s`.
    let names = calendar::english_days();
    names
        .iter()
        .position(|day| name.len() >= 2 && day.starts_with(name))
}

/// `9:00`, `09:00:00`, `9am`, `17.30`, `T09:00`, `09:00+01:00`: minutes from midnight, at most 1440.
pub(super) fn time(text: &str) -> Option<u16> {
    let lower = text.trim().trim_start_matches('T').to_ascii_lowercase();
    let cut = |ends: [&str; 2]| {
        ends.iter()
            .find_map(|end| lower.strip_suffix(end))
            .map(str::trim_end)
    };
    let (text, afternoon) = match (cut(["pm", "p.m."]), cut(["am", "a.m."])) {
        (Some(rest), _) => (rest, Some(true)),
        (None, Some(rest)) => (rest, Some(false)),
        (None, None) => (lower.as_str(), None),
    };
    let mut parts = text.split(['+', 'z']).next()?.split([':', '.', 'h']);
    let hour: u16 = parts.next()?.trim().parse().ok().filter(|hour| *hour <= 24)?;
    let minute: u16 = match parts.next() {
        None | Some("") => 0,
        Some(minute) => minute.trim().parse().ok().filter(|minute| *minute < 60)?,
    };
    let hour = match (afternoon, hour) {
        (Some(false), 12) => 0,
        (Some(true), hour) if hour < 12 => hour + 12,
        (_, hour) => hour,
    };
    Some(hour * 60 + minute).filter(|minutes| *minutes <= MIDNIGHT)
}

/// The spans of an `openingHours` value. `None` when any part of it cannot be read: half of the hours would be wrong.
pub(crate) fn of_text(text: &str) -> Option<Vec<Span>> {
    let parts = text
        .split([';', '\n', '|'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let list = parts.map(one).collect::<Option<Vec<_>>>()?.concat();
    (!list.is_empty()).then_some(list)
}

/// `Mo-Fr 09:00-12:00,13:00-17:00`, `24/7`, `Sa closed`, `09:00-17:00` (every day).
fn one(part: &str) -> Option<Vec<Span>> {
    if part == "24/7" {
        return Some(vec![Span {
            days: EVERY_DAY,
            hours: Some((0, MIDNIGHT)),
        }]);
    }
    let cut = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
    let (names, hours) = (part.get(..cut)?.trim().to_ascii_lowercase(), part.get(cut..)?);
    let (names, closed) = match ["off", "closed"].iter().find_map(|word| names.strip_suffix(word)) {
        Some(rest) => (rest, true),
        None => (names.as_str(), false),
    };
    let days = match names.trim_matches(|c: char| c.is_whitespace() || c == ':') {
        "" => EVERY_DAY,
        named => days_of(named)?,
    };
    if closed {
        return hours.is_empty().then(|| vec![Span { days, hours: None }]);
    }
    let ranges = hours.split([',', '&']).map(range).collect::<Option<Vec<_>>>()?;
    Some(
        ranges
            .into_iter()
            .map(|hours| Span {
                days,
                hours: Some(hours),
            })
            .collect(),
    )
}

fn days_of(text: &str) -> Option<u8> {
    let tight = text.replace(" - ", "-").replace(" – ", "-").replace(" to ", "-");
    let mut days = 0;
    for part in tight.split([',', '&', ' ']).filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
        let (from, to) = (day(from)?, day(to)?);
        let length = (to + 7 - from) % 7;
        for step in 0..=length {
            days |= 1 << ((from + step) % 7);
        }
    }
    (days != 0).then_some(days)
}

fn range(text: &str) -> Option<(u16, u16)> {
    let (from, to) = text.split_once(['-', '–']).or_else(|| text.split_once(" to "))?;
    Some(Span::whole_day(time(from)?, time(to)?))
}
