//! What makes two states of a lead the same.

use lead_core::record::{ContentHash, Lead};
use serde_json::Value;

/// What says how a value is known and not what it is.
const ASIDE: &[&str] = &["confidence", "evidence", "first_seen", "last_seen", "sources"];

/// A hash of the values a lead has, in their order. How sure they are, and by whom and when they were seen, is no change worth telling.
pub(super) fn of(lead: &Lead) -> ContentHash {
    // A lead is made of what JSON can hold; should one not be, its id alone says less but nothing wrong.
    let mut value = serde_json::to_value(lead).unwrap_or_default();
    strip(&mut value);
    ContentHash::of(format!("{}\0{value}", lead.id).as_bytes())
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !ASIDE.contains(&name.as_str()));
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}
