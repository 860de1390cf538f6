//! From a request to a response.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::{Layer, Picture, Shot};
use crate::clock::Timestamp;
use crate::record::SafeUrl;
use crate::{Error, ErrorKind, Result};

/// Why something is fetched. Layers read it: rules of robots.txt do not apply to robots.txt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// A page, for what stands on it.
    #[default]
    Page,
    /// An answer of an API that invites programs.
    Api,
    /// A robots.txt.
    Robots,
}

/// Whether a cache may answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CacheMode {
    /// A fresh answer in the cache will do.
    #[default]
    Use,
    /// Ask the server, whatever the cache holds.
    Bypass,
}

/// What to fetch.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Request {
    /// GET or POST; others are passed on as they are.
    pub method: Method,
    /// Where.
    pub url: SafeUrl,
    /// Headers beside those the transport sets.
    pub headers: HeaderMap,
    /// Body of a POST.
    pub body: Bytes,
    /// Why.
    pub purpose: Purpose,
    /// Whether a cache may answer.
    pub cache: CacheMode,
    /// Give up after so long, retries and waits included.
    pub deadline: Option<Duration>,
    /// At least so long after the request before to this host, where a platform's pace is known.
    pub spacing: Option<Duration>,
    /// Whether the page wants a browser, where there is one: what a plain client gets is known to be of no use.
    pub rendered: bool,
    /// CSS selectors of buttons of which each is pressed when the page is rendered: "show number", say.
    pub reveal: Arc<[String]>,
}

impl Request {
    /// A GET of `url`.
    pub fn get(url: SafeUrl) -> Self {
        Self {
            method: Method::GET,
            url,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            purpose: Purpose::Page,
            cache: CacheMode::Use,
            deadline: None,
            spacing: None,
            rendered: false,
            reveal: Arc::default(),
        }
    }

    /// A POST of an HTML form (`application/x-www-form-urlencoded`).
    pub fn post_form<'a>(url: SafeUrl, fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut request = Self {
            method: Method::POST,
            body: body.into(),
            ..Self::get(url)
        };
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers.insert(http::header::CONTENT_TYPE, kind);
        request
    }

    /// Says why.
    pub fn purpose(mut self, purpose: Purpose) -> Self {
        self.purpose = purpose;
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Gives up after `deadline`.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The same request for another address, as a redirect asks for it.
    pub fn redirected(mut self, url: SafeUrl) -> Self {
        self.url = url;
        self
    }
}

/// What came back. Any status: see [`Response::error_for_status`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response {
    /// Where it finally came from.
    pub url: SafeUrl,
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, decompressed.
    pub body: Bytes,
    /// When it was fetched.
    pub fetched_at: Timestamp,
    /// Whether a cache answered.
    pub from_cache: bool,
    /// The addresses that redirected here, in order.
    pub hops: Vec<SafeUrl>,
    /// How often the server was asked, 1 without retries; 0 when a cache answered.
    pub attempts: u32,
    /// The identity presented, when it was not the honest default.
    pub identity: Option<String>,
    /// How it came about, when a browser rendered it: the body is then what the page came to, not what was sent.
    pub rendering: Option<Arc<Rendering>>,
}

/// How a browser came to a page.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Rendering {
    /// Which browser: `Chrome/131.0.6778.85`.
    pub browser: String,
    /// What was waited for and did not come in time: the body is the page as it stood then.
    pub unmet: Option<String>,
    /// Requests the page made, encrypted connections counted as one each.
    pub requests: u64,
    /// Requests the guard refused.
    pub refused: u64,
    /// Bytes that came over the wire.
    pub bytes: u64,
    /// Time it took.
    pub took: Duration,
    /// The page as it was seen, when pictures are kept.
    pub picture: Option<Picture>,
    /// What may show a number as a picture, when such are kept.
    pub shots: Vec<Shot>,
}

impl Rendering {
    /// What was seen of a picture of the page.
    pub fn shot(&self, source: &str) -> Option<&Shot> {
        self.shots.iter().find(|shot| shot.source == source)
    }
}

impl Response {
    /// A fresh response to the first attempt.
    pub fn new(
        url: SafeUrl,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        fetched_at: Timestamp,
    ) -> Self {
        Self {
            url,
            status,
            headers,
            body,
            fetched_at,
            from_cache: false,
            hops: Vec::new(),
            attempts: 1,
            identity: None,
            rendering: None,
        }
    }

    /// A header as text, when it is there and is text.
    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The `Content-Type`, whole.
    pub fn content_type(&self) -> Option<&str> {
        self.header(&http::header::CONTENT_TYPE)
    }

    /// The response itself when its status is a success, else the error it stands for.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] (404, 410), [`ErrorKind::RateLimited`] (429, with the wait asked for),
    /// [`ErrorKind::Blocked`] (401, 403, 407, 451), [`ErrorKind::HttpStatus`] (the rest; 5xx are temporary).
    pub fn error_for_status(self) -> Result<Self> {
        let status = self.status;
        let error = match status.as_u16() {
            200..=299 | 304 => return Ok(self),
            404 | 410 => Error::new(ErrorKind::NotFound, "fetch", "there is no such page"),
            429 => Error::new(ErrorKind::RateLimited, "fetch", "the server asked to slow down").temporary(),
            401 | 403 | 407 | 451 => Error::new(ErrorKind::Blocked, "fetch", "the server refused us"),
            500..=599 => Error::new(ErrorKind::HttpStatus, "fetch", "the server failed").temporary(),
            _ => Error::new(ErrorKind::HttpStatus, "fetch", "an unexpected status"),
        };
        Err(error.with("status", status.as_u16()).with("url", &self.url))
    }
}

/// Turns a [`Request`] into a [`Response`]: a plain HTTP client, a browser, a replay.
///
/// Requires of an implementation: no redirect is followed (that is a layer's work, so that each hop is guarded); every
/// status is an `Ok`; the body is decompressed within the caps; dropping the future stops the work.
pub trait Fetch: Send + Sync + Debug + 'static {
    /// Fetches once.
    ///
    /// # Errors
    /// [`ErrorKind::Timeout`], [`ErrorKind::Network`], [`ErrorKind::TooLarge`], [`ErrorKind::Decode`]; layers add
    /// [`ErrorKind::GuardRefused`], [`ErrorKind::RobotsDenied`], [`ErrorKind::Redirect`].
    fn fetch(&self, request: Request) -> impl Future<Output = Result<Response>> + Send;
}

trait FetchDyn: Send + Sync + Debug {
    fn fetch(&self, request: Request) -> BoxFuture<'_, Result<Response>>;
}

impl<T: Fetch> FetchDyn for T {
    fn fetch(&self, request: Request) -> BoxFuture<'_, Result<Response>> {
        Box::pin(Fetch::fetch(self, request))
    }
}

/// A cheaply cloned handle to any [`Fetch`], with its layers.
#[derive(Clone, Debug)]
pub struct Fetcher(Arc<dyn FetchDyn>);

impl Fetcher {
    /// Wraps a transport.
    pub fn new(fetch: impl Fetch) -> Self {
        Self(Arc::new(fetch))
    }

    /// Adds a layer; the last one added is the outermost.
    pub fn layer(self, layer: &impl Layer) -> Self {
        layer.fetcher(self)
    }

    /// Fetches through every layer. Cancel-safe: dropping the future stops the work.
    ///
    /// # Errors
    /// Whatever the transport or a layer says; see [`Fetch::fetch`].
    pub async fn fetch(&self, request: Request) -> Result<Response> {
        self.0.fetch(request).await
    }
}

impl Fetch for Fetcher {
    async fn fetch(&self, request: Request) -> Result<Response> {
        self.0.fetch(request).await
    }
}
