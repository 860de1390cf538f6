//! What Zoho CRM answers: a result a record, in their order (*Insert or Update Records*, *Possible errors*).

use serde_json::Value;

use crate::sink::Outcome;
use crate::sink::answer::{UNREAD, code, told};

/// Errors that pass.
const PASSING: &[&str] = &["INTERNAL_ERROR", "RECORD_LOCKED", "TOO_MANY_REQUESTS"];

/// What became of each of `count` records.
pub(in crate::sink) fn read(body: &[u8], count: usize) -> Vec<Outcome> {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    match answer.get("data").and_then(Value::as_array) {
        Some(results) if results.len() == count => results.iter().map(outcome).collect(),
        _ => vec![Outcome::again(UNREAD); count],
    }
}

fn outcome(result: &Value) -> Outcome {
    match result.get("status").and_then(Value::as_str) {
        Some("success") => Outcome::Delivered,
        Some("error") => {
            let reason = reason(result, "an error");
            match result.get("code").and_then(Value::as_str) {
                Some(code) if PASSING.contains(&code) => Outcome::again(reason),
                _ => Outcome::refused(reason),
            }
        }
        _ => Outcome::again(UNREAD),
    }
}

fn reason(result: &Value, otherwise: &str) -> String {
    let field = result.get("details").and_then(|details| details.get("api_name"));
    told([code(result.get("code")), code(field)], otherwise)
}

/// Why a call was refused: what is said of the call, or of its one record.
pub(super) fn refusal(status: u16, body: &[u8]) -> String {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let first = answer.get("data").and_then(|data| data.get(0));
    reason(first.unwrap_or(&answer), &format!("status {status}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_record_has_its_own_end() {
        let body = br#"{"data": [{"code": "SUCCESS", "action": "insert", "status": "success", "details": {"id": "1"}},
            {"code": "INVALID_DATA", "status": "error", "message": "invalid data", "details": {"api_name": "Email", "expected_data_type": "email"}},
            {"code": "INTERNAL_ERROR", "status": "error", "details": {}}]}"#;
        let read = read(body, 3);
        assert_eq!(read[0], Outcome::Delivered);
        assert_eq!(read[1], Outcome::refused("INVALID_DATA Email"));
        assert_eq!(read[2], Outcome::again("INTERNAL_ERROR"));
    }
}
