//! Yelp's hours: `{"day": 0, "start": "0600", "end": "2230"}`, 0 is Monday.

use serde_json::Value;

use crate::source::week::{Stretch, minutes, week};

/// The list `open` of regular hours as a week.
pub(super) fn hours(open: &Value) -> Vec<Value> {
    let all = open
        .as_array()
        .into_iter()
        .flatten()
        .map(stretch)
        .collect::<Option<Vec<_>>>();
    all.and_then(|all| week(all.into_iter()))
        .map(Value::from)
        .into_iter()
        .collect()
}

fn stretch(open: &Value) -> Option<Stretch> {
    let day = usize::try_from(open.get("day")?.as_u64()?).ok()?;
    let time = |name: &str| minutes(open.get(name)?.as_str()?);
    Some((day, time("start")?, time("end")?))
}
