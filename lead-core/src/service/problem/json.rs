//! What was sent as JSON, read into types whose constructors are the only gate.

use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::reason::reason;
use super::{FieldError, Pointer, Problem};

/// Reads a body. The first field that breaks a rule is told; [`Fields`](super::Fields) tells all of them.
///
/// ```
/// use lead_core::record::Query;
/// use lead_core::service::read_json;
///
/// let problem = read_json::<Query>(br#"{"text": "dentists", "near": ""}"#).unwrap_err();
/// assert_eq!(problem.status(), 422);
/// assert_eq!(problem.errors()[0].pointer.to_string(), "#/near");
/// assert_eq!(problem.errors()[0].reason, "there is nothing to search for");
/// ```
///
/// # Errors
/// 400 for what is no JSON, with line and column; 422 for a value that broke a rule, with its pointer.
pub fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let value = parse(body)?;
    read_value(value, Pointer::root()).map_err(|error| Problem::invalid([error]))
}

/// The JSON of a body.
pub(super) fn parse(body: &[u8]) -> Result<Value, Problem> {
    serde_json::from_slice(body).map_err(|error| {
        let place = format!("not JSON at line {}, column {}", error.line(), error.column());
        Problem::new(StatusCode::BAD_REQUEST)
            .code("INVALID_INPUT")
            .detail(place)
    })
}

/// A value as its type, or which rule it breaks, and where below `at`.
pub(super) fn read_value<T: DeserializeOwned>(value: Value, at: Pointer) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let pointer = error.path().iter().fold(at, |at, segment| match segment {
            Segment::Seq { index } => at.index(*index),
            Segment::Map { key } => at.key(key),
            // A variant is a member of the JSON only in one of serde's forms: the place above it is right in all of them.
            Segment::Enum { .. } | Segment::Unknown => at,
        });
        FieldError::new(pointer, reason(&error.inner().to_string()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;
    use crate::record::{CountryCode, SafeUrl};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sent {
        #[expect(dead_code, reason = "it is read to see what reading says")]
        countries: Vec<CountryCode>,
        #[expect(dead_code, reason = "it is read to see what reading says")]
        site: Option<SafeUrl>,
    }

    fn told(body: &str) -> (u16, String) {
        let problem = read_json::<Sent>(body.as_bytes()).unwrap_err();
        let told = problem
            .errors()
            .iter()
            .map(|error| format!("{} {}", error.pointer, error.reason));
        (problem.status().as_u16(), told.collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn the_place_and_the_rule_are_told() {
        assert_eq!(
            told(r#"{"countries": ["FR", "ZZ"]}"#),
            (422, "#/countries/1 not an assigned ISO 3166-1 code".to_owned())
        );
        assert_eq!(
            told(r#"{"countries": [], "site": "ftp://user:s3cret@firm.example"}"#),
            (422, "#/site only http and https can be fetched".to_owned())
        );
        assert_eq!(told(r#"{"countries": 7}"#).1, "#/countries expected a sequence");
        assert_eq!(told(r#"{"site": null}"#).1, "# is missing");
        assert_eq!(told(r#"{"countries": [], "s3cret": 1}"#).0, 422);
        assert_eq!(told("{"), (400, String::new()));
    }

    proptest! {
        /// What was sent is not sent back.
        #[test]
        fn no_value_is_repeated(secret in "[a-z]{12}") {
            let bodies = [
                format!(r#"{{"countries": "{secret}"}}"#),
                format!(r#"{{"countries": ["{secret}"]}}"#),
                format!(r#"{{"countries": [], "site": "{secret}"}}"#),
                format!(r#"{{"countries": [], "site": "{secret}://x"}}"#),
                format!(r#"{{"countries": {{"{secret}": 1}}}}"#),
                secret.clone(),
            ];
            for body in bodies {
                let problem = read_json::<Sent>(body.as_bytes()).unwrap_err();
                let text = serde_json::to_string(&problem).unwrap();
                prop_assert!(!text.contains(&secret), "{}", text);
            }
        }
    }
}
