//! What paths cannot say of an answer.

use serde_json::Value;

/// JSON, also as a string in PHP's serialisation: `s:525:"…";`.
pub(super) fn prepare(text: &str) -> Option<Value> {
    let (length, rest) = text.trim().strip_prefix("s:")?.split_once(":\"")?;
    length.parse::<usize>().ok()?;
    serde_json::from_str(rest.strip_suffix("\";")?).ok()
}

/// `node/1`, as OpenStreetMap calls it.
pub(super) fn element(place: &Value) -> Vec<Value> {
    let part = |name: &str| place.get(name);
    let kind = part("osm_type").and_then(Value::as_str);
    let id = part("osm_id").and_then(Value::as_u64);
    kind.zip(id)
        .map(|(kind, id)| Value::from(format!("{kind}/{id}")))
        .into_iter()
        .collect()
}

/// `amenity=cafe`.
pub(super) fn category(place: &Value) -> Vec<Value> {
    let part = |name: &str| place.get(name).and_then(Value::as_str);
    let key = part("category").or_else(|| part("class"));
    key.zip(part("type"))
        .map(|(key, value)| Value::from(format!("{key}={value}")))
        .into_iter()
        .collect()
}

/// The name, which stands in the address under the name of the category.
pub(super) fn name(place: &Value) -> Vec<Value> {
    let key = place.get("category").and_then(Value::as_str);
    let named = key
        .and_then(|key| place.get("address")?.get(key))
        .and_then(Value::as_str);
    named.map(Value::from).into_iter().collect()
}

/// Something only of a list without members.
pub(super) fn empty_list(answer: &Value) -> Vec<Value> {
    let empty = answer.as_array().is_some_and(Vec::is_empty);
    empty.then_some(Value::Bool(true)).into_iter().collect()
}
