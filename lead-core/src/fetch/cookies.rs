//! Cookies, kept for the site that set them.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cookie_store::CookieStore;
use http::HeaderValue;
use http::header::{COOKIE, SET_COOKIE};
use moka::sync::Cache;

use super::redirect;
use crate::Result;
use crate::record::SafeUrl;
use crate::seam::{Fetch, Fetcher, Layer, Purpose, Request, Response};

/// How many sites' cookies are kept, and how long after they were last needed.
const SITES: u64 = 10_000;
const IDLE: Duration = Duration::from_hours(1);

/// RFC 6265 §6.1: a client keeps at least 50 cookies a domain, of at least 4096 bytes each. A stranger gets no more.
const COOKIES_A_SITE: usize = 50;
const COOKIE_BYTES: usize = 4096;

/// Sends back the cookies a host has set (RFC 6265), as long as the layer lives; nothing is written to disk.
///
/// Each site (the domain below the public suffix) has a jar of its own, so that no other ever sees its cookies. A site that
/// sets a cookie and redirects to the address that was asked is asked once more. robots.txt is asked without cookies; a
/// request that brings a `Cookie` field is left as it is.
#[derive(Clone)]
pub struct CookieLayer {
    jars: Cache<String, Arc<Mutex<CookieStore>>>,
}

impl Default for CookieLayer {
    fn default() -> Self {
        let jars = Cache::builder().max_capacity(SITES).time_to_idle(IDLE).build();
        Self { jars }
    }
}

impl CookieLayer {
    /// What `url` is to be asked with.
    fn cookies(&self, url: &SafeUrl) -> Option<HeaderValue> {
        let jar = self.jars.get(url.site())?;
        let jar = jar.lock().unwrap_or_else(PoisonError::into_inner);
        let mut header = String::new();
        for (name, value) in jar.get_request_values(url.as_url()) {
            if !header.is_empty() {
                header.push_str("; ");
            }
            header.extend([name, "=", value]);
        }
        // What a header cannot hold was no cookie.
        HeaderValue::from_str(&header)
            .ok()
            .filter(|value| !value.is_empty())
    }

    /// Keeps what `response` sets.
    fn keep(&self, url: &SafeUrl, response: &Response) {
        let set = response.headers.get_all(SET_COOKIE).iter();
        let mut set = set
            .filter(|value| value.len() <= COOKIE_BYTES)
            .filter_map(|value| value.to_str().ok())
            .take(COOKIES_A_SITE)
            .peekable();
        if set.peek().is_none() {
            return;
        }
        let jar = self.jars.get_with_by_ref(url.site(), Arc::default);
        let mut jar = jar.lock().unwrap_or_else(PoisonError::into_inner);
        for cookie in set {
            // What is refused (another host's, an insecure one with a secure name, …) is refused without a word, as browsers do.
            let _ = jar.parse(cookie, url.as_url());
        }
        trim(&mut jar);
    }
}

/// Drops cookies until a site's share is kept.
fn trim(jar: &mut CookieStore) {
    let kept = jar.iter_any().count();
    let extra: Vec<_> = jar
        .iter_any()
        .take(kept.saturating_sub(COOKIES_A_SITE))
        .map(|cookie| {
            let domain = cookie.domain.as_cow().unwrap_or_default().into_owned();
            (domain, String::from(&cookie.path), cookie.name().to_owned())
        })
        .collect();
    for (domain, path, name) in extra {
        jar.remove(&domain, &path, &name);
    }
}

impl Layer for CookieLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(WithCookies {
            layer: self.clone(),
            inner,
        })
    }
}

#[derive(Debug)]
struct WithCookies {
    layer: CookieLayer,
    inner: Fetcher,
}

impl Fetch for WithCookies {
    async fn fetch(&self, request: Request) -> Result<Response> {
        if request.purpose == Purpose::Robots || request.headers.contains_key(COOKIE) {
            return self.inner.fetch(request).await;
        }
        let sent = self.layer.cookies(&request.url);
        let response = self.ask(request.clone(), sent.clone()).await?;
        let now = self.layer.cookies(&request.url);
        if now != sent && comes_back(&request.url, &response)? {
            return self.ask(request, now).await;
        }
        Ok(response)
    }
}

impl WithCookies {
    async fn ask(&self, mut request: Request, cookies: Option<HeaderValue>) -> Result<Response> {
        if let Some(cookies) = cookies {
            request.headers.insert(COOKIE, cookies);
        }
        let url = request.url.clone();
        let response = self.inner.fetch(request).await?;
        // What stands in a cache was set when it came.
        if !response.from_cache {
            self.layer.keep(&url, &response);
        }
        Ok(response)
    }
}

/// Whether `response` redirects to the address that was asked.
fn comes_back(asked: &SafeUrl, response: &Response) -> Result<bool> {
    let target = redirect::target(asked, response)?;
    Ok(target.is_some_and(|target| redirect::same(asked, &target)))
}

impl fmt::Debug for CookieLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CookieLayer")
            .field("sites", &self.jars.entry_count())
            .finish_non_exhaustive()
    }
}
