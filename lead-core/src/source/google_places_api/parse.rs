//! What the paths of the adapter file cannot say: weeks and streets.

use serde_json::Value;

use crate::source::adapter::text_of;
use crate::source::week::{Stretch, minutes, week};

/// `periods` of opening hours as a week. Google's day 0 is Sunday. A place that never closes has one period without end.
pub(super) fn hours(periods: &Value) -> Vec<Value> {
    let list = periods.as_array().map(Vec::as_slice).unwrap_or_default();
    let all = match list {
        [only] if only.get("close").is_none() => Some((0..7).map(|day| (day, 0, 0)).collect::<Vec<_>>()),
        _ => list.iter().map(stretch).collect(),
    };
    all.and_then(|all| week(all.into_iter()))
        .map(Value::from)
        .into_iter()
        .collect()
}

fn stretch(period: &Value) -> Option<Stretch> {
    let open = period.get("open")?;
    let day = usize::try_from(open.get("day")?.as_u64()?).ok()?;
    Some(((day + 6) % 7, time(open)?, time(period.get("close")?)?))
}

/// `"time": "0830"`, or in the new API `"hour": 8, "minute": 30`.
fn time(end: &Value) -> Option<u64> {
    if let Some(text) = end.get("time").and_then(Value::as_str) {
        return minutes(text);
    }
    let part = |name: &str| end.get(name).and_then(Value::as_u64);
    Some(part("hour")? * 60 + part("minute").unwrap_or(0))
}

/// Street and number of address components, in the order the formatted address of the country shows.
pub(super) fn street(place: &Value) -> Vec<Value> {
    let part = |kind: &str| {
        let all = ["address_components", "addressComponents"]
            .iter()
            .find_map(|name| place.get(name)?.as_array())?;
        let typed = |one: &&Value| {
            one.get("types")
                .and_then(Value::as_array)
                .is_some_and(|types| types.iter().any(|own| own == kind))
        };
        let found = all.iter().find(typed)?;
        ["long_name", "longText"]
            .iter()
            .find_map(|name| found.get(name).and_then(text_of))
    };
    let (Some(route), number) = (part("route"), part("street_number")) else {
        return Vec::new();
    };
    let whole = ["formatted_address", "formattedAddress", "vicinity"];
    let whole = whole
        .iter()
        .find_map(|name| place.get(name)?.as_str())
        .unwrap_or_default();
    vec![Value::from(match number {
        None => route,
        // The number leads when the formatted address begins with a digit or a unit of the number.
        Some(number)
            if whole.starts_with(|c: char| c.is_ascii_digit()) || whole.contains(&format!("{number} ")) =>
        {
            format!("{number} {route}")
        }
        Some(number) => format!("{route} {number}"),
    })]
}
