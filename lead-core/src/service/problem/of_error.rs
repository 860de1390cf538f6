//! What of an [`Error`] a caller of the service is told.

use http::StatusCode;

use super::Problem;
use crate::{Error, ErrorKind};

/// The status of a kind, and the sentence that goes with it. Only [`ErrorKind::InvalidInput`] tells its own rule: every other message
/// may speak of what lies within.
const fn told(kind: ErrorKind) -> (StatusCode, &'static str) {
    match kind {
        ErrorKind::InvalidInput => (StatusCode::BAD_REQUEST, "a value broke a rule"),
        ErrorKind::Unsupported => (StatusCode::NOT_IMPLEMENTED, "this cannot be done here"),
        ErrorKind::NotFound => (StatusCode::NOT_FOUND, "there is no such thing"),
        ErrorKind::Conflict | ErrorKind::StaleLease => {
            (StatusCode::CONFLICT, "somebody else changed it first")
        }
        ErrorKind::Timeout => (StatusCode::GATEWAY_TIMEOUT, "it took longer than allowed"),
        ErrorKind::GuardRefused => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "that address may not be fetched",
        ),
        ErrorKind::RobotsDenied => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "the site forbids it to programs",
        ),
        ErrorKind::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "too much at once"),
        ErrorKind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "more than may be sent at once"),
        ErrorKind::Decode => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "the bytes are not what they claim to be",
        ),
        ErrorKind::Network
        | ErrorKind::Blocked
        | ErrorKind::HttpStatus
        | ErrorKind::Redirect
        | ErrorKind::UnrecognisedPage
        | ErrorKind::AdapterDrift => (
            StatusCode::BAD_GATEWAY,
            "another site did not answer as it should",
        ),
        ErrorKind::StorageFull => (StatusCode::INSUFFICIENT_STORAGE, "no room is left"),
        ErrorKind::ReadOnly | ErrorKind::Locked | ErrorKind::Cancelled => {
            (StatusCode::SERVICE_UNAVAILABLE, "it cannot be done now")
        }
        ErrorKind::Config
        | ErrorKind::Corrupt
        | ErrorKind::Storage
        | ErrorKind::Io
        | ErrorKind::Browser
        | ErrorKind::Application
        | ErrorKind::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "the service failed"),
    }
}

/// Status, code, and when to come back. The message is told only of a value that broke a rule, without its context; operations, contexts and
/// causes of an error are for logs.
///
/// ```
/// use lead_core::record::QueryText;
/// use lead_core::service::Problem;
///
/// let problem = Problem::from(&QueryText::new("").unwrap_err());
/// assert_eq!(problem.status(), 400);
/// assert!(serde_json::to_string(&problem).unwrap().contains("there is nothing to search for"));
/// ```
impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        let (status, sentence) = told(error.kind());
        let status = if status == StatusCode::INTERNAL_SERVER_ERROR && error.is_retryable() {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            status
        };
        // The same words as where a caller may not know that there is something.
        if status == StatusCode::NOT_FOUND {
            return Self::not_found();
        }
        let problem = Self::new(status).code(error.kind().code());
        let problem = match error.kind() {
            ErrorKind::InvalidInput => problem.detail(error.message().to_owned()),
            _ => problem.detail(sentence),
        };
        match error.retry_after() {
            Some(wait) => problem.retry_after(wait),
            None => problem,
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Guards what callers are told: of every kind nothing but its code and a sentence of ours.
    #[test]
    fn nothing_from_within_is_told() {
        for kind in ErrorKind::ALL {
            let error = Error::new(*kind, "s3cret", "s3cret")
                .with("s3cret", "s3cret")
                .because(std::io::Error::other("s3cret"));
            let problem = Problem::from(&error);
            let text = serde_json::to_string(&problem).unwrap() + &format!("{problem:?}");
            assert_eq!(
                text.contains("s3cret"),
                *kind == ErrorKind::InvalidInput,
                "{kind}"
            );
            assert!(problem.status().is_client_error() || problem.status().is_server_error());
        }
        let context = Error::invalid("s3cret", "a rule").with("value", "s3cret");
        assert!(
            !serde_json::to_string(&Problem::from(context))
                .unwrap()
                .contains("s3cret")
        );
    }

    #[test]
    fn what_passes_is_said_to_pass() {
        let error = Error::new(ErrorKind::Storage, "store", "busy");
        assert_eq!(Problem::from(&error).status(), 500);
        let error = error.temporary().after(Duration::from_secs(3));
        let answer: http::Response<bytes::Bytes> = Problem::from(&error).response();
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["retry-after"]),
            (503, &"3".parse().unwrap())
        );
    }

    #[test]
    fn what_is_not_there_looks_like_what_may_not_be_known() {
        let error = Error::new(ErrorKind::NotFound, "store", "no lead 7 of tenant acme");
        assert_eq!(Problem::from(error), Problem::not_found());
    }
}
