//! Recorded exchanges: one JSON object a line, the same for recorder and replay.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::record::SafeUrl;
use crate::seam::{Request, Response};
use crate::{Error, ErrorKind, Result};

/// Response headers that hold secrets or speak of the connection only.
const DROPPED: &[&str] = &[
    "set-cookie",
    "set-cookie2",
    "www-authenticate",
    "proxy-authenticate",
    "authentication-info",
    "connection",
    "keep-alive",
    "transfer-encoding",
];

/// Parameters of queries and forms that commonly hold secrets, compared without `-`, `_` and case.
const SECRETS: &[&str] = &[
    "accesstoken",
    "apikey",
    "appid",
    "auth",
    "clientsecret",
    "key",
    "password",
    "secret",
    "sig",
    "signature",
    "token",
];

const HIDDEN: &str = "hidden";

/// A request and what came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Exchange {
    method: String,
    url: String,
    /// The request's body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sent: Option<Body>,
    at: Timestamp,
    #[serde(flatten)]
    came: Came,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Came {
    Answer {
        status: u16,
        headers: Vec<(String, String)>,
        body: Body,
    },
    Failure {
        error: String,
    },
}

/// Bytes as text where they are text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Body {
    Text(String),
    Base64(String),
}

/// What makes two requests the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    method: String,
    url: String,
    sent: Option<Body>,
}

impl Key {
    /// Headers do not count, nor do fragments; secrets are hidden on both sides.
    pub(super) fn of(request: &Request) -> Self {
        let form = request.headers.get(http::header::CONTENT_TYPE);
        let form = form.is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
        let sent = (!request.body.is_empty()).then(|| match Body::of(&request.body) {
            Body::Text(text) if form => Body::Text(hide(&text)),
            body => body,
        });
        let mut url = request.url.as_url().clone();
        url.set_fragment(None);
        if let Some(query) = url.query().map(hide) {
            url.set_query(Some(&query));
        }
        Self {
            method: request.method.to_string(),
            url: url.into(),
            sent,
        }
    }
}

impl Key {
    /// The address, secrets hidden.
    pub(super) fn into_url(self) -> String {
        self.url
    }
}

impl Exchange {
    pub(super) fn new(key: Key, at: Timestamp, result: &Result<Response>) -> Self {
        let came = match result {
            Ok(response) => Came::Answer {
                status: response.status.as_u16(),
                headers: kept(&response.headers),
                body: Body::of(&response.body),
            },
            Err(error) => Came::Failure {
                error: error.kind().code().to_owned(),
            },
        };
        let Key { method, url, sent } = key;
        Self {
            method,
            url,
            sent,
            at,
            came,
        }
    }

    pub(super) fn key(&self) -> Key {
        Key {
            method: self.method.clone(),
            url: self.url.clone(),
            sent: self.sent.clone(),
        }
    }

    /// What came then, as if it came now for `url`.
    pub(super) fn result(&self, url: SafeUrl) -> Result<Response> {
        let damaged =
            || Error::new(ErrorKind::Corrupt, "replay", "an exchange cannot be read").with("url", &self.url);
        match &self.came {
            Came::Answer {
                status,
                headers,
                body,
            } => {
                let status = StatusCode::from_u16(*status).map_err(|_| damaged())?;
                let body = body.bytes().ok_or_else(damaged)?;
                Ok(Response::new(url, status, headers_of(headers), body, self.at))
            }
            Came::Failure { error } => {
                let kind = ErrorKind::ALL
                    .iter()
                    .find(|kind| kind.code() == error)
                    .ok_or_else(damaged)?;
                let error = Error::new(*kind, "replay", "it failed when it was recorded");
                let passes = matches!(
                    kind,
                    ErrorKind::Timeout | ErrorKind::Network | ErrorKind::RateLimited
                );
                Err(if passes { error.temporary() } else { error })
            }
        }
    }
}

impl Body {
    fn of(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Base64(STANDARD.encode(bytes)),
        }
    }

    fn bytes(&self) -> Option<Bytes> {
        match self {
            Self::Text(text) => Some(text.clone().into()),
            Self::Base64(text) => STANDARD.decode(text).ok().map(Bytes::from),
        }
    }
}

/// Whether a header of a response is left out.
pub(super) fn is_private(name: &HeaderName) -> bool {
    DROPPED.contains(&name.as_str())
}

/// Headers as Latin-1 text, which holds any byte they may have.
fn kept(headers: &HeaderMap) -> Vec<(String, String)> {
    let latin1 = |value: &HeaderValue| value.as_bytes().iter().copied().map(char::from).collect();
    let kept = headers.iter().filter(|(name, _)| !is_private(name));
    kept.map(|(name, value)| (name.to_string(), latin1(value)))
        .collect()
}

/// What is no header is left out: files are edited by hand.
fn headers_of(pairs: &[(String, String)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let bytes: Option<Vec<u8>> = value
            .chars()
            .map(|letter| u8::try_from(u32::from(letter)).ok())
            .collect();
        let value = bytes.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok());
        if let (Ok(name), Some(value)) = (HeaderName::try_from(name), value) {
            headers.append(name, value);
        }
    }
    headers
}

/// A query or form with the values of secret parameters replaced. Others stay as they are, letter by letter.
fn hide(query: &str) -> String {
    let hide = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default();
        let plain: String = name.chars().filter(|letter| !"-_".contains(*letter)).collect();
        if SECRETS.contains(&plain.to_ascii_lowercase().as_str()) {
            format!("{name}={HIDDEN}")
        } else {
            pair.to_owned()
        }
    };
    query.split('&').map(hide).collect::<Vec<_>>().join("&")
}
