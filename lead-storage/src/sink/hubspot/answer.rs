//! What HubSpot answers (*Error handling*; *Multi-status errors*).

use serde_json::Value;

use crate::sink::Outcome;
use crate::sink::answer::{UNREAD, code, told};

/// What became of each input, by its id: all went through (200, 201), or some (207), each told by its trace id or its unique property.
pub(in crate::sink) fn read(status: u16, body: &[u8], id_property: &str, ids: &[String]) -> Vec<Outcome> {
    let Ok(answer) = serde_json::from_slice::<Value>(body) else {
        return vec![Outcome::again(UNREAD); ids.len()];
    };
    let (results, errors) = (list(&answer, "results"), list(&answer, "errors"));
    // Anything but a batch that says it is one may be another program's, which took nothing.
    if answer.get("results").is_none_or(|results| !results.is_array()) {
        return vec![Outcome::again(UNREAD); ids.len()];
    }
    let outcome = |id: &String| {
        if let Some(error) = errors.iter().find(|error| concerns(error, id)) {
            return refused(error);
        }
        let there = results.iter().any(|result| is(result, id_property, id));
        if there || (status != 207 && errors.is_empty() && results.len() == ids.len()) {
            Outcome::Delivered
        } else {
            Outcome::again("the answer does not say what became of it")
        }
    };
    ids.iter().map(outcome).collect()
}

fn list<'a>(answer: &'a Value, field: &str) -> &'a [Value] {
    answer
        .get(field)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn is(result: &Value, id_property: &str, id: &str) -> bool {
    let trace = result.get("objectWriteTraceId");
    let property = result
        .get("properties")
        .and_then(|properties| properties.get(id_property));
    [trace, property]
        .iter()
        .flatten()
        .any(|value| value.as_str() == Some(id))
}

/// An error names what it is about in its context: lists of ids, trace ids or values.
fn concerns(error: &Value, id: &str) -> bool {
    let context = error.get("context").and_then(Value::as_object);
    let mut named = context
        .into_iter()
        .flatten()
        .flat_map(|(_, values)| match values {
            Value::Array(values) => values.as_slice(),
            other => std::slice::from_ref(other),
        });
    named.any(|value| value.as_str() == Some(id))
}

/// A conflict may pass (two writers of one record); what is invalid does not.
fn refused(error: &Value) -> Outcome {
    let reason = told(
        [code(error.get("category")), code(error.get("subCategory"))],
        "an error",
    );
    match error.get("category").and_then(Value::as_str) {
        Some("CONFLICT" | "RATE_LIMITS" | "RATE_LIMIT") => Outcome::again(reason),
        _ => Outcome::refused(reason),
    }
}

/// Why a batch was refused.
pub(super) fn refusal(status: u16, body: &[u8]) -> String {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let codes = list(&answer, "errors")
        .iter()
        .map(|error| code(error.get("code")));
    told(
        [code(answer.get("category"))].into_iter().chain(codes.take(4)),
        &format!("status {status}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_answer_find_their_inputs() {
        let ids = ["a", "b", "c", "d"].map(str::to_owned);
        let body = br#"{"status": "COMPLETE", "results": [{"id": "1", "objectWriteTraceId": "a"}, {"id": "2", "properties": {"lead_id": "b"}}],
            "errors": [{"category": "VALIDATION_ERROR", "message": "Anna is no town", "context": {"objectWriteTraceId": ["c"]}}]}"#;
        let read = read(207, body, "lead_id", &ids);
        assert_eq!(read[..2], [Outcome::Delivered, Outcome::Delivered]);
        assert_eq!(read[2], Outcome::refused("VALIDATION_ERROR"));
        assert!(matches!(read[3], Outcome::Again { .. }));
    }
}
