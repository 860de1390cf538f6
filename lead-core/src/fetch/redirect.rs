//! Following redirects, each hop through every layer below.

use http::header::{
    CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE, LOCATION,
};
use http::{Method, StatusCode};

use super::secret::is_secret;
use crate::record::SafeUrl;
use crate::seam::{Fetch, Fetcher, Layer, Request, Response};
use crate::telemetry::FETCH_REDIRECTS;
use crate::{Error, ErrorKind, Result};

/// Follows 301, 302, 303, 307 and 308 (RFC 9110 §15.4), at most so many.
///
/// From `https` to `http` is followed too: many small sites do it, and nothing secret travels, since credentials are
/// dropped whenever the origin changes. A redirect without `Location` is handed back as it is.
#[derive(Clone, Copy, Debug)]
pub struct RedirectLayer {
    max: usize,
}

impl RedirectLayer {
    /// Follows at most `max` redirects.
    pub const fn new(max: usize) -> Self {
        Self { max }
    }
}

impl Layer for RedirectLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Redirecting { max: self.max, inner })
    }
}

#[derive(Debug)]
struct Redirecting {
    max: usize,
    inner: Fetcher,
}

impl Fetch for Redirecting {
    async fn fetch(&self, mut request: Request) -> Result<Response> {
        // (method, address) asked before: POST then GET of one address is a common and finite pattern.
        let mut hops: Vec<(Method, SafeUrl)> = Vec::new();
        let mut retries = 0;
        loop {
            let mut response = self.inner.fetch(request.clone()).await?;
            let Some(target) = target(&request.url, &response)? else {
                // Retries of earlier hops count; the hops themselves do not.
                response.attempts = response.attempts.saturating_add(retries);
                response.hops = hops.into_iter().map(|(_, url)| url).collect();
                return Ok(response);
            };
            FETCH_REDIRECTS.add(1, &[]);
            retries += response.attempts.saturating_sub(1);
            hops.push((request.method.clone(), request.url.clone()));
            if hops.len() > self.max {
                let error = Error::new(ErrorKind::Redirect, "fetch", "too many redirects");
                return Err(error.with("max", self.max));
            }
            request = follow(request, response.status, target);
            let known =
                |(method, url): &(Method, SafeUrl)| *method == request.method && same(url, &request.url);
            if hops.iter().any(known) {
                return Err(Error::new(
                    ErrorKind::Redirect,
                    "fetch",
                    "the redirects go in a circle",
                ));
            }
        }
    }
}

/// Whether both are the same to a server.
pub(super) fn same(a: &SafeUrl, b: &SafeUrl) -> bool {
    let bare = |url: &SafeUrl| url.as_str().split('#').next().unwrap_or_default().len();
    a.as_str().get(..bare(a)) == b.as_str().get(..bare(b))
}

/// Where `response` sends us, if it is a redirect that says where.
pub(crate) fn target(asked: &SafeUrl, response: &Response) -> Result<Option<SafeUrl>> {
    if !matches!(response.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = response.headers.get(LOCATION) else {
        return Ok(None);
    };
    // Not ASCII by the book; servers send UTF-8, and some Latin-1.
    let location = match std::str::from_utf8(location.as_bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => location.as_bytes().iter().copied().map(char::from).collect(),
    };
    let refuse = |cause| {
        Error::new(
            ErrorKind::Redirect,
            "fetch",
            "the redirect leads to no web address",
        )
        .because(cause)
    };
    let url = asked.join(&location).map_err(refuse)?;
    // RFC 9110 §10.2.2: a target without fragment keeps the one asked for.
    match asked.as_url().fragment() {
        Some(fragment) if url.as_url().fragment().is_none() => {
            let mut url = url.as_url().clone();
            url.set_fragment(Some(fragment));
            SafeUrl::from_url(url).map(Some)
        }
        _ => Ok(Some(url)),
    }
}

/// The request for the next hop.
fn follow(request: Request, status: StatusCode, target: SafeUrl) -> Request {
    let to_get = match status {
        StatusCode::SEE_OTHER => request.method != Method::HEAD,
        // RFC 9110 §15.4.2 and §15.4.3 allow what every browser does.
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => request.method == Method::POST,
        _ => false,
    };
    let leaves = request.url.origin() != target.origin();
    let mut next = request.redirected(target);
    if to_get {
        next.method = Method::GET;
        next.body.clear();
        for name in [
            CONTENT_ENCODING,
            CONTENT_LANGUAGE,
            CONTENT_LENGTH,
            CONTENT_LOCATION,
            CONTENT_TYPE,
        ] {
            next.headers.remove(name);
        }
    }
    if leaves {
        let secret = next.headers.iter().filter(|(name, value)| is_secret(name, value));
        let secret: Vec<_> = secret.map(|(name, _)| name.clone()).collect();
        for name in secret {
            next.headers.remove(name);
        }
    }
    next
}
