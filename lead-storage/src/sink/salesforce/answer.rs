//! What Salesforce answers: a result a record, in their order, each with its errors (*SaveResult*).

use serde_json::Value;

use crate::sink::Outcome;
use crate::sink::answer::{UNREAD, code, told};

/// Errors that pass (*Status Codes and Error Responses*; *Core Data Types*, `StatusCode`).
const PASSING: &[&str] = &[
    "REQUEST_LIMIT_EXCEEDED",
    "SERVER_UNAVAILABLE",
    "UNABLE_TO_LOCK_ROW",
    "UNKNOWN_EXCEPTION",
];

/// What became of each of `count` records.
pub(in crate::sink) fn read(body: &[u8], count: usize) -> Vec<Outcome> {
    let results: Vec<Value> = serde_json::from_slice(body).unwrap_or_default();
    if results.len() != count {
        return vec![Outcome::again(UNREAD); count];
    }
    results.iter().map(outcome).collect()
}

fn outcome(result: &Value) -> Outcome {
    match result.get("success").and_then(Value::as_bool) {
        Some(true) => Outcome::Delivered,
        Some(false) => failed(
            result
                .get("errors")
                .and_then(Value::as_array)
                .map_or(&[], Vec::as_slice),
        ),
        None => Outcome::again(UNREAD),
    }
}

fn failed(errors: &[Value]) -> Outcome {
    let reason = reason(errors, "an error");
    let codes = errors
        .iter()
        .filter_map(|error| error.get("statusCode")?.as_str());
    if codes.into_iter().any(|code| PASSING.contains(&code)) {
        return Outcome::again(reason);
    }
    Outcome::refused(reason)
}

fn reason(errors: &[Value], otherwise: &str) -> String {
    let codes = errors.iter().take(4).flat_map(|error| {
        let kind = code(error.get("statusCode").or_else(|| error.get("errorCode")));
        let fields = error.get("fields").and_then(Value::as_array);
        let fields = fields
            .into_iter()
            .flatten()
            .take(4)
            .map(|field| code(Some(field)));
        std::iter::once(kind).chain(fields)
    });
    told(codes, otherwise)
}

/// Why a call was refused.
pub(super) fn refusal(status: u16, body: &[u8]) -> String {
    let errors: Vec<Value> = serde_json::from_slice(body).unwrap_or_default();
    reason(&errors, &format!("status {status}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_record_has_its_own_end() {
        let body = br#"[{"id": "00Q1", "success": true, "errors": [], "created": true},
            {"success": false, "errors": [{"statusCode": "INVALID_EMAIL_ADDRESS", "message": "Email: invalid: anna@", "fields": ["Email"]}]},
            {"success": false, "errors": [{"statusCode": "UNABLE_TO_LOCK_ROW", "message": "busy", "fields": []}]}, {}]"#;
        let read = read(body, 4);
        assert_eq!(read[0], Outcome::Delivered);
        assert_eq!(read[1], Outcome::refused("INVALID_EMAIL_ADDRESS Email"));
        assert_eq!(read[2], Outcome::again("UNABLE_TO_LOCK_ROW"));
        assert_eq!(read[3], Outcome::again(UNREAD));
    }
}
