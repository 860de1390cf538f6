//! What Google Sheets answers (`ValueRange`; errors as all of Google's APIs, *AIP-193*).

use serde_json::Value;

use crate::sink::answer::{code, told};

/// The cells of the one row or column that was asked for; nothing when it is no answer.
pub(in crate::sink) fn cells(body: &[u8]) -> Option<Vec<String>> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    answer.as_object()?;
    let Some(values) = answer.get("values") else {
        // An empty range has none.
        return answer.get("range").map(|_| Vec::new());
    };
    let line = values
        .as_array()?
        .first()
        .map_or(Some(&[][..]), |row| row.as_array().map(Vec::as_slice))?;
    let text = |cell: &Value| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
    Some(line.iter().map(text).collect())
}

/// Whether it is an answer at all.
pub(super) fn is_object(body: &[u8]) -> bool {
    serde_json::from_slice::<Value>(body).is_ok_and(|answer| answer.is_object())
}

/// Why a call was refused.
pub(super) fn refusal(status: u16, body: &[u8]) -> String {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let said = answer.get("error").and_then(|error| error.get("status"));
    told([code(said)], &format!("status {status}"))
}
