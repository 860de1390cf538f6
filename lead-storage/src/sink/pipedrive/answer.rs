//! What Pipedrive answers.

use serde_json::Value;

use crate::sink::answer::{code, told};

/// The number of the record found, or that there is none; nothing when it is no answer.
pub(in crate::sink) fn found(body: &[u8]) -> Option<Option<u64>> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let items = answer.get("data")?.get("items")?.as_array()?;
    match items.first() {
        None => Some(None),
        Some(item) => item.get("item")?.get("id")?.as_u64().map(Some),
    }
}

/// The number of the record written; nothing when it is no answer.
pub(in crate::sink) fn written(body: &[u8]) -> Option<u64> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    answer.get("success")?.as_bool().filter(|success| *success)?;
    answer.get("data")?.get("id")?.as_u64()
}

/// Why a call was refused.
pub(super) fn refusal(status: u16, body: &[u8]) -> String {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    told(
        [code(answer.get("code")), code(answer.get("errorCode"))],
        &format!("status {status}"),
    )
}
