//! What crosses to JavaScript: one JSON text, `{"ok": …}` or `{"error": …}`.

use lead_core::{Error, ErrorKind, Result};
use serde::Serialize;
use serde_json::json;

/// The value, or all that is known of the error.
pub(crate) fn answer(result: Result<impl Serialize>) -> String {
    let written = result.and_then(|value| {
        serde_json::to_string(&value).map_err(|cause| {
            Error::new(ErrorKind::Internal, "answer", "the answer is no JSON").because(cause)
        })
    });
    match written {
        Ok(value) => format!("{{\"ok\":{value}}}"),
        Err(error) => refusal(&error),
    }
}

/// The value, which is JSON already, or all that is known of the error.
pub(crate) fn written(result: Result<String>) -> String {
    match result {
        Ok(json) => format!("{{\"ok\":{json}}}"),
        Err(error) => refusal(&error),
    }
}

/// The error alone.
pub(crate) fn refusal(error: &Error) -> String {
    json!({"error": {
        "message": error.to_string(),
        "kind": error.kind().name(),
        "code": error.kind().code(),
        "operation": error.operation(),
        "retryable": error.is_retryable(),
        "retryAfter": error.retry_after().map(|wait| wait.as_secs_f64()),
        "context": error.context().collect::<std::collections::BTreeMap<_, _>>(),
    }})
    .to_string()
}
