//! The document and its answer.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde_json::Value;

use super::FieldError;

/// Problem details: `type`, `title`, `status`, `detail` of RFC 9457 §3.1, and as extensions `code` (that of
/// [`ErrorKind`](crate::ErrorKind), or one of the application's) and `errors`, one for each field at fault.
///
/// ```
/// use http::StatusCode;
/// use lead_core::service::Problem;
///
/// let problem = Problem::new(StatusCode::CONFLICT).detail("the list was changed meanwhile");
/// assert_eq!(
///     serde_json::to_string(&problem).unwrap(),
///     r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"the list was changed meanwhile"}"#,
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Problem(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Inner {
    #[serde(rename = "type")]
    kind: Cow<'static, str>,
    title: Cow<'static, str>,
    #[serde(serialize_with = "number")]
    status: StatusCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    #[serde(flatten)]
    members: BTreeMap<&'static str, Value>,
    #[serde(skip)]
    headers: HeaderMap,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde asks for"
)]
fn number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

impl Problem {
    /// The media type of RFC 9457 §3.
    pub const MEDIA_TYPE: &'static str = "application/problem+json";

    /// A problem that says no more than its status: of type `about:blank`, whose title is the status' own (RFC 9457 §4.2.1).
    pub fn new(status: StatusCode) -> Self {
        Self(Box::new(Inner {
            kind: "about:blank".into(),
            title: status.canonical_reason().unwrap_or("Error").into(),
            status,
            detail: None,
            code: None,
            errors: Vec::new(),
            members: BTreeMap::new(),
            headers: HeaderMap::new(),
        }))
    }

    /// Nobody knows who asks (401), and how they may say so: the challenge, `Bearer` for one.
    pub fn unauthorized(challenge: &'static str) -> Self {
        let challenge = HeaderValue::from_static(challenge);
        Self::new(StatusCode::UNAUTHORIZED).header(WWW_AUTHENTICATE, challenge)
    }

    /// Whoever asks may not (403).
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN)
    }

    /// There is no such thing, or none that this caller may know of (404): both look alike to the last byte.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND)
    }

    /// Values that broke rules, each with its place (422).
    pub fn invalid(errors: impl IntoIterator<Item = FieldError>) -> Self {
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY).code("INVALID_INPUT");
        problem.0.errors.extend(errors);
        problem
    }

    /// A type of the application's, an address that says more about it, with its title.
    pub fn kind(mut self, uri: impl Into<Cow<'static, str>>, title: impl Into<Cow<'static, str>>) -> Self {
        self.0.kind = uri.into();
        self.0.title = title.into();
        self
    }

    /// What a person can do about it. No secret, no cause of ours.
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// What a program goes by.
    pub fn code(mut self, code: &'static str) -> Self {
        self.0.code = Some(code);
        self
    }

    /// When to come back, in whole seconds rounded up (RFC 9110 §10.2.3).
    pub fn retry_after(self, wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        self.header(RETRY_AFTER, seconds.into())
    }

    /// A member that this type of problem has beside those of all (RFC 9457 §3.2).
    pub fn member(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.members.insert(name, value.into());
        self
    }

    /// A header of the answer.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.append(name, value);
        self
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The fields at fault.
    pub fn errors(&self) -> &[FieldError] {
        &self.0.errors
    }

    /// The answer. It is for whoever asked now: nothing keeps it.
    pub fn response<R: From<Bytes>>(&self) -> Response<R> {
        let body = serde_json::to_vec(self).unwrap_or_default();
        let mut response = Response::new(R::from(body.into()));
        *response.status_mut() = self.0.status;
        response.headers_mut().clone_from(&self.0.headers);
        let fixed = [(CONTENT_TYPE, Self::MEDIA_TYPE), (CACHE_CONTROL, "no-store")];
        for (name, value) in fixed {
            response
                .headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_status_type_and_headers() {
        let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS).retry_after(Duration::from_millis(1_500));
        let answer: Response<Bytes> = problem.response();
        assert_eq!(answer.status(), 429);
        assert_eq!(answer.headers()[CONTENT_TYPE], Problem::MEDIA_TYPE);
        assert_eq!(answer.headers()[RETRY_AFTER], "2");
        let body: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
        assert_eq!(body["title"], "Too Many Requests");
    }

    #[test]
    fn a_type_may_have_members_of_its_own() {
        let problem = Problem::new(StatusCode::GONE).member("since", 7);
        let text = r#"{"type":"about:blank","title":"Gone","status":410,"since":7}"#;
        assert_eq!(serde_json::to_string(&problem).unwrap(), text);
    }

    #[test]
    fn who_is_not_known_is_told_how_to_say_so() {
        let answer: Response<Bytes> = Problem::unauthorized("Bearer").response();
        assert_eq!(answer.headers()[WWW_AUTHENTICATE], "Bearer");
    }
}
