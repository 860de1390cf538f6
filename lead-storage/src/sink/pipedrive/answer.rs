//! What Pipedrive answers.

use serde_json::Value;

use crate::sink::answer::{code, told};

/// What a search came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sink) enum Search {
    /// The record of this number.
    Found(u64),
    /// There is none.
    Nothing,
}

/// What a search came to; nothing when it is no answer.
pub(in crate::sink) fn found(body: &[u8]) -> Option<Search> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let items = answer.get("data")?.get("items")?.as_array()?;
    match items.first() {
        None => Some(Search::Nothing),
        Some(item) => item.get("item")?.get("id")?.as_u64().map(Search::Found),
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
