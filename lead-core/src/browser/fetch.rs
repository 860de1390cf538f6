//! A browser as a [`Fetch`].

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, ETAG, LAST_MODIFIED, LOCATION,
    TRANSFER_ENCODING, USER_AGENT,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use tokio::time::Instant;

use super::BrowserConfig;
use super::pool::{Browser, Lease};
use super::rules::SiteRules;
use super::tab::{Head, How, Opening, Order, Visited};
use super::wait::Wait;
use crate::clock::Clock;
use crate::fetch::GuardLayer;
use crate::record::SafeUrl;
use crate::seam::{Fetch, Fetcher, Purpose, Rendering, Request, Response};
use crate::telemetry::RENDERED_PAGES;
use crate::{Error, ErrorKind, Result};

/// What reading a page and closing it may take beyond its time.
const AFTER: Duration = Duration::from_secs(15);

/// Renders what it is asked for: the body is the document as it stood after its scripts, as HTML in UTF-8, with frames and shadow
/// trees in their places. What is no page (a PDF, a picture, an answer of an API) comes as it was sent.
///
/// Redirects are handed back, those that a page's script makes as well (302), so that robots.txt, guard and pace hold for where they
/// lead. What the page asks for besides passes the guard. Nothing but pages goes to the browser: robots.txt and APIs are asked by HTTP.
#[derive(Clone, Debug)]
pub struct BrowserFetch {
    browser: Browser,
    guard: GuardLayer,
    wait: Wait,
    rules: Arc<SiteRules>,
    clock: Clock,
}

impl BrowserFetch {
    /// Renders in `browser`.
    pub fn new(browser: Browser) -> Self {
        Self {
            guard: GuardLayer::new(browser.fetch_config().guard.clone()),
            wait: browser.config().wait.clone(),
            rules: Arc::new(browser.config().rules.clone()),
            clock: Clock::system(),
            browser,
        }
    }

    /// Waits for something else than the browser's settings say.
    pub fn wait(mut self, wait: Wait) -> Self {
        self.wait = wait;
        self
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    async fn visit(&self, lease: &mut Lease, request: &Request, end: Instant) -> Result<Visited> {
        let rule = self.rules.of(request.url.host());
        let wait = rule.map_or_else(|| self.wait.clone(), |rule| rule.wait(&self.wait));
        let config = self.browser.config();
        let how = How {
            wait,
            press: rule.map_or(&[], |rule| &rule.press),
            reveal: &self.reveal(request),
            live: &config.live,
            keep: config.keep_pictures,
            shots: config.keep_shots,
        };
        lease.tab()?.visit(request.url.as_str(), &how, end).await
    }

    /// The buttons to press: those of the site's rule and those of who asks.
    fn reveal(&self, request: &Request) -> Vec<String> {
        let rule = self.rules.of(request.url.host());
        let ruled = rule.map_or(&[][..], |rule| &rule.reveal);
        ruled.iter().chain(request.reveal.iter()).cloned().collect()
    }
}

impl BrowserConfig {
    /// Time for an attempt in which a page may be asked for by HTTP first, which may take `plain`, and then rendered:
    /// [`FetchConfig::timeout`](crate::fetch::FetchConfig::timeout) should be no less.
    pub fn attempt(&self, plain: Duration) -> Duration {
        plain + self.page + AFTER
    }
}

impl Browser {
    /// A fetcher that renders, with the standard layers around it: robots.txt, guard, pace and retries hold for it as for any
    /// other. Rendered pages are not kept in a cache.
    pub fn fetcher(&self) -> Fetcher {
        let mut config = self.fetch_config().clone();
        config.timeout = self.config().attempt(Duration::ZERO);
        config.cache_bytes = 0;
        Fetcher::standard(BrowserFetch::new(self.clone()), &config)
    }
}

impl Fetch for BrowserFetch {
    async fn fetch(&self, request: Request) -> Result<Response> {
        if request.purpose != Purpose::Page {
            return self.browser.plain(request).await;
        }
        self.guard.check(&request.url)?;
        let begun = Instant::now();
        let time = self.browser.config().page;
        let mut lease = self.browser.open(&request.url, self.order(&request)).await?;
        let end = Instant::now() + request.deadline.map_or(time, |deadline| deadline.min(time));
        let visited = self.visit(&mut lease, &request, end).await;
        lease.came(visited.as_ref().err().map(Error::kind));
        let product = lease.product().to_owned();
        let identity = lease.identity();
        let rendering = lease.tab().map(|tab| tab.cost()).unwrap_or_default();
        lease.close().await;
        RENDERED_PAGES.add(1, &[if visited.is_ok() { "ok" } else { "failed" }]);
        let visited = visited.map_err(|error| {
            // A page that used up its time would do so again.
            let spent = error.kind() == ErrorKind::Timeout && Instant::now() >= end;
            let error = if spent { error.persistent() } else { error };
            error.with("url", &request.url)
        })?;
        let rendering = Rendering {
            browser: product,
            took: begun.elapsed(),
            ..rendering
        };
        let mut response = self.response(request.url, visited, rendering);
        response.identity = identity;
        Ok(response)
    }
}

impl BrowserFetch {
    /// What the caller gets.
    fn response(&self, url: SafeUrl, visited: Visited, mut rendering: Rendering) -> Response {
        let (head, body) = match visited {
            Visited::Sent(mut head) => {
                let body = head.raw.take().unwrap_or_default();
                (as_read(head), body)
            }
            Visited::Onward(head, to) => (onward(&head, &to), Vec::new()),
            Visited::Page(page) => {
                rendering.picture = page.picture;
                rendering.shots = page.shots;
                rendering.unmet = page.unmet;
                (rendered(page.head), page.html.into_bytes())
            }
        };
        let mut response = Response::new(
            url,
            head.status,
            head.headers,
            Bytes::from(body),
            self.clock.now(),
        );
        response.rendering = Some(Arc::new(rendering));
        response
    }
}

impl BrowserFetch {
    fn order(&self, request: &Request) -> Order {
        let mut headers = request.headers.clone();
        let cookies = headers.remove(COOKIE);
        let cookies = cookies
            .as_ref()
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let cookies = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        let cookies = cookies.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let ruled = self
            .rules
            .of(request.url.host())
            .map(|rule| rule.cookies.as_slice())
            .unwrap_or_default();
        let ruled = ruled
            .iter()
            .map(|cookie| (cookie.name.clone(), cookie.value.clone()));
        // Who asks is the browser's to say, in all places alike.
        headers.remove(USER_AGENT);
        Order {
            url: request.url.as_str().to_owned(),
            cookies: ruled.chain(cookies).collect(),
            opening: Opening {
                method: request.method.clone(),
                headers,
                body: request.body.clone(),
            },
        }
    }
}

/// The head of a body that the browser has decompressed.
fn as_read(mut head: Head) -> Head {
    for name in [CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING] {
        head.headers.remove(name);
    }
    head
}

/// The head of a rendered page: what spoke of the bytes as they were sent is gone.
fn rendered(head: Head) -> Head {
    let mut head = as_read(head);
    for name in [ETAG, LAST_MODIFIED] {
        head.headers.remove(name);
    }
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    head.headers.insert(CONTENT_TYPE, kind);
    head.headers
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    head
}

/// The head of a page whose script goes on to another one.
fn onward(head: &Head, to: &str) -> Head {
    let mut headers = HeaderMap::new();
    if let Ok(to) = HeaderValue::from_str(to) {
        headers.insert(LOCATION, to);
    }
    // Cookies it sets on the way are for the next one.
    for cookie in head.headers.get_all(http::header::SET_COOKIE) {
        headers.append(http::header::SET_COOKIE, cookie.clone());
    }
    Head {
        status: StatusCode::FOUND,
        headers,
        raw: None,
        ends: true,
    }
}
