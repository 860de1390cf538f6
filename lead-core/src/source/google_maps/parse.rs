//! Positional arrays: how an answer becomes JSON, and what paths alone cannot say.

use serde_json::{Map, Value, json};

use crate::source::adapter::text_of;
use crate::source::week::{Stretch, week};

/// What Google puts before JSON so that no script can include it.
const GUARD: &str = ")]}'";

/// An answer with or without its guard; of a page the state it was drawn from.
pub(super) fn prepare(text: &str) -> Option<Value> {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix(GUARD) {
        return serde_json::from_str(rest).ok();
    }
    let (_, state) = text.split_once("APP_INITIALIZATION_STATE=")?;
    let state: Value = serde_json::Deserializer::from_str(state)
        .into_iter()
        .next()?
        .ok()?;
    let lists = state.as_array()?.iter().filter_map(Value::as_array).flatten();
    let answers = lists
        .filter_map(Value::as_str)
        .filter_map(|one| one.strip_prefix(GUARD));
    answers
        .filter_map(|one| serde_json::from_str::<Value>(one).ok())
        .find(|one| one.pointer("/6/11").is_some())
}

/// The customer id: the second half of `0x…:0x…` as a decimal number.
pub(super) fn cid(data_id: &Value) -> Vec<Value> {
    let half = data_id.as_str().and_then(|text| text.split_once(":0x"));
    let number = half.and_then(|(_, hex)| u64::from_str_radix(hex, 16).ok());
    number
        .map(|number| Value::from(number.to_string()))
        .into_iter()
        .collect()
}

/// `["Monday", 1, [2023, 9, 4], [["12:30–10 pm", [[12, 30], [22]]]], …]` a day; an end without numbers is midnight.
pub(super) fn hours(days: &Value) -> Vec<Value> {
    let stretches = days.as_array().into_iter().flatten().flat_map(day);
    week(stretches).map(Value::from).into_iter().collect()
}

fn day(day: &Value) -> Vec<Stretch> {
    let number = day
        .get(1)
        .and_then(Value::as_u64)
        .filter(|number| (1..=7).contains(number));
    let Some(index) = number.and_then(|number| usize::try_from(number - 1).ok()) else {
        return Vec::new();
    };
    let stretches = day.get(3).and_then(Value::as_array).into_iter().flatten();
    stretches
        .filter_map(|one| Some((index, clock(one.pointer("/1/0")?)?, clock(one.pointer("/1/1")?)?)))
        .collect()
}

fn clock(parts: &Value) -> Option<u64> {
    let part = |index: usize| parts.get(index).and_then(Value::as_u64).unwrap_or(0);
    parts.is_array().then(|| (part(0) % 24) * 60 + part(1) % 60)
}

/// Visitors by weekday (1 is Monday) and hour, 0 to 100.
pub(super) fn popular_times(days: &Value) -> Vec<Value> {
    let mut week = Map::new();
    for day in days.as_array().into_iter().flatten() {
        let Some(number) = day.get(0).and_then(text_of) else {
            continue;
        };
        let hours = day.get(1).and_then(Value::as_array).into_iter().flatten();
        let hours: Map<String, Value> = hours
            .filter_map(|hour| Some((text_of(hour.get(0)?)?, hour.get(1)?.clone())))
            .collect();
        if !hours.is_empty() {
            week.insert(number, Value::Object(hours));
        }
    }
    (!week.is_empty())
        .then_some(Value::Object(week))
        .into_iter()
        .collect()
}

/// How many reviews gave one star, two … five.
pub(super) fn ratings(counts: &Value) -> Vec<Value> {
    match counts.as_array().map(Vec::as_slice) {
        Some([one, two, three, four, five]) => {
            vec![json!({"1": one, "2": two, "3": three, "4": four, "5": five})]
        }
        _ => Vec::new(),
    }
}

/// Groups of yes/no attributes: `{"Service options": {"Delivery": true}}`.
pub(super) fn about(groups: &Value) -> Vec<Value> {
    let mut about = Map::new();
    for group in groups.as_array().into_iter().flatten() {
        let Some(name) = group.get(1).and_then(text_of) else {
            continue;
        };
        let options = group.get(2).and_then(Value::as_array).into_iter().flatten();
        let options: Map<String, Value> = options
            .filter_map(|option| {
                let yes = option.pointer("/2/1/0/0").or_else(|| option.pointer("/2/0"))?;
                Some((text_of(option.get(1)?)?, Value::from(yes.as_u64() == Some(1))))
            })
            .collect();
        if !options.is_empty() {
            about.insert(name, Value::Object(options));
        }
    }
    (!about.is_empty())
        .then_some(Value::Object(about))
        .into_iter()
        .collect()
}
