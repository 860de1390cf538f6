//! HTTP first, a browser for what needs one.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use http::Method;
use http::header::CONTENT_TYPE;
use moka::sync::Cache;

use super::Outcome;
use super::contact_links::is_file;
use super::outcome::wall_of;
use crate::page::{Document, ParseOptions};
use crate::seam::{Fetch, Fetcher, Purpose, Request, Response};
use crate::{Error, ErrorKind, Result};

/// How many hosts are remembered to need a browser, and how long.
const HOSTS: u64 = 100_000;
const KNOWN_FOR: Duration = Duration::from_hours(1);

/// Every so many pages of a host that needs a browser are asked for without one first: sites are rebuilt, and one shell does
/// not make all pages shells.
const TRY_AGAIN: u64 = 20;

/// A larger page is no shell: what scripts fill is sent nearly empty, but for the state some carry along.
const LARGEST_SHELL: usize = 512 << 10;

/// A transport that asks by HTTP, and renders what comes as an empty shell. A host that sent one is remembered: its next pages are
/// rendered at once. What [asks](Request::rendered) for a browser gets one, APIs and robots.txt never.
///
/// When rendering fails, the shell is what is left, and the caller gets it. When it is forbidden, so is the page.
#[derive(Clone)]
pub struct Hybrid(Arc<Inner>);

struct Inner {
    plain: Fetcher,
    rendering: Fetcher,
    /// Hosts that need a browser, with how many of their pages were rendered.
    shells: Cache<String, Arc<AtomicU64>>,
    always: bool,
    counts: Counts,
    /// Whether it was told that a page was not rendered.
    told: AtomicBool,
}

#[derive(Default)]
struct Counts {
    plain: AtomicU64,
    rendered: AtomicU64,
    twice: AtomicU64,
    millis: AtomicU64,
}

/// What rendering has cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenderingCost {
    /// Requests that were answered without a browser.
    pub plain: u64,
    /// Pages that were rendered.
    pub rendered: u64,
    /// Those of them that were asked for by HTTP first.
    pub twice: u64,
    /// Time spent on rendering, added up.
    pub time: Duration,
}

impl Hybrid {
    /// Asks through `plain`, and renders with `rendering`. Both are transports: layers go around this.
    pub fn new(plain: impl Fetch, rendering: impl Fetch) -> Self {
        Self::build(plain, rendering, false)
    }

    /// The same, and renders every page without asking for it by HTTP first.
    pub fn always(plain: impl Fetch, rendering: impl Fetch) -> Self {
        Self::build(plain, rendering, true)
    }

    fn build(plain: impl Fetch, rendering: impl Fetch, always: bool) -> Self {
        Self(Arc::new(Inner {
            always,
            plain: Fetcher::new(plain),
            rendering: Fetcher::new(rendering),
            shells: Cache::builder()
                .max_capacity(HOSTS)
                .time_to_live(KNOWN_FOR)
                .build(),
            counts: Counts::default(),
            told: AtomicBool::new(false),
        }))
    }

    /// What rendering has cost so far.
    pub fn cost(&self) -> RenderingCost {
        let counts = &self.0.counts;
        RenderingCost {
            plain: counts.plain.load(Ordering::Relaxed),
            rendered: counts.rendered.load(Ordering::Relaxed),
            twice: counts.twice.load(Ordering::Relaxed),
            time: Duration::from_millis(counts.millis.load(Ordering::Relaxed)),
        }
    }

    /// Whether a page must be rendered.
    fn must(&self, request: &Request) -> bool {
        request.rendered || (self.0.always && !is_file(request.url.as_url()))
    }

    /// Whether a page is rendered without asking for it by HTTP first, because its host sends shells.
    fn expects_shell(&self, request: &Request) -> bool {
        if is_file(request.url.as_url()) {
            return false;
        }
        let known = self.0.shells.get(request.url.host());
        known.is_some_and(|pages| pages.fetch_add(1, Ordering::Relaxed) % TRY_AGAIN != TRY_AGAIN - 1)
    }

    /// Remembers whether a host sends shells.
    fn note(&self, host: &str, shell: bool) {
        if shell {
            self.0.shells.get_with_by_ref(host, Arc::default);
        } else if self.0.shells.contains_key(host) {
            self.0.shells.invalidate(host);
        }
    }

    /// Says that a page was not rendered: loudly the first time.
    fn tell(&self, error: &Error) {
        if self.0.told.swap(true, Ordering::Relaxed) {
            tracing::debug!(%error, "a page was not rendered");
        } else {
            tracing::warn!(%error, "a page was not rendered, and is read as it came without; further ones are told with --verbose");
        }
    }

    async fn render(&self, request: Request) -> Result<Response> {
        let answered = self.0.rendering.fetch(request).await;
        if let Ok(Some(rendering)) = answered.as_ref().map(|response| &response.rendering) {
            let counts = &self.0.counts;
            let millis = rendering.took.as_millis().try_into().unwrap_or(u64::MAX);
            counts.rendered.fetch_add(1, Ordering::Relaxed);
            counts.millis.fetch_add(millis, Ordering::Relaxed);
        }
        answered
    }
}

impl Fetch for Hybrid {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let is_page = request.purpose == Purpose::Page && request.method == Method::GET;
        if is_page && self.must(&request) {
            return self.render(request).await;
        }
        // What cannot be rendered is asked for by HTTP: perhaps it is no shell.
        let first = is_page && self.expects_shell(&request);
        if first {
            match self.render(request.clone()).await {
                Err(error) if is_left_to_http(&error) => self.tell(&error),
                rendered => return rendered,
            }
        }
        let response = self.0.plain.fetch(request.clone()).await?;
        if !is_page || !response.status.is_success() || !is_html(&response) {
            self.0.counts.plain.fetch_add(1, Ordering::Relaxed);
            return Ok(response);
        }
        let shell = is_shell(&response);
        self.note(request.url.host(), shell);
        if !shell {
            self.0.counts.plain.fetch_add(1, Ordering::Relaxed);
            return Ok(response);
        }
        if first {
            return Ok(response);
        }
        self.0.counts.twice.fetch_add(1, Ordering::Relaxed);
        match self.render(request).await {
            Err(error) if is_left_to_http(&error) => {
                self.tell(&error);
                Ok(response)
            }
            rendered => rendered,
        }
    }
}

/// Whether a page that was not rendered is still worth what comes by HTTP. What must not be fetched is not, and what is wrong with the
/// settings is wrong with every page.
fn is_left_to_http(error: &Error) -> bool {
    !matches!(
        error.kind(),
        ErrorKind::GuardRefused
            | ErrorKind::RobotsDenied
            | ErrorKind::Config
            | ErrorKind::InvalidInput
            | ErrorKind::Unsupported
    )
}

fn is_html(response: &Response) -> bool {
    let kind = response.header(&CONTENT_TYPE).unwrap_or("text/html");
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
}

fn is_shell(response: &Response) -> bool {
    if response.body.len() > LARGEST_SHELL {
        return false;
    }
    let mut options = ParseOptions::new();
    if let Some(kind) = response.content_type() {
        options = options.content_type(kind);
    }
    Document::parse(&response.body, &options).is_ok_and(|document| wall_of(&document) == Outcome::Shell)
}

impl fmt::Debug for Hybrid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hybrid")
            .field("plain", &self.0.plain)
            .field("rendering", &self.0.rendering)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::seam::Rendering;

    const SHELL: &str = "<title>x</title><div id=root></div><script src=a.js></script>";

    /// Answers with one page, and counts.
    #[derive(Clone, Debug)]
    struct Fixed(&'static str, Arc<AtomicU64>, bool);

    impl Fetch for Fixed {
        async fn fetch(&self, request: Request) -> Result<Response> {
            self.1.fetch_add(1, Ordering::Relaxed);
            if self.0.is_empty() {
                return Err(Error::new(ErrorKind::Browser, "browser", "crashed"));
            }
            if self.0 == "no browser" {
                return Err(Error::new(ErrorKind::Config, "browser", "there is no program"));
            }
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, "text/html".parse().unwrap())]);
            let body = Bytes::from_static(self.0.as_bytes());
            let mut response = Response::new(
                request.url,
                StatusCode::OK,
                headers,
                body,
                jiff::Timestamp::UNIX_EPOCH,
            );
            response.rendering = self.2.then(Arc::<Rendering>::default);
            Ok(response)
        }
    }

    fn of(plain: &'static str, rendered: &'static str) -> (Hybrid, Arc<AtomicU64>, Arc<AtomicU64>) {
        let (first, second) = (Arc::default(), Arc::default());
        let hybrid = Hybrid::new(
            Fixed(plain, Arc::clone(&first), false),
            Fixed(rendered, Arc::clone(&second), true),
        );
        (hybrid, first, second)
    }

    fn get(url: &str) -> Request {
        Request::get(url.parse().unwrap())
    }

    #[tokio::test]
    async fn a_shell_is_rendered_and_its_host_remembered() {
        let (hybrid, asked, rendered) = of(SHELL, "<p>bread");
        for page in 0..19 {
            let response = hybrid.fetch(get(&format!("http://a.test/{page}"))).await.unwrap();
            assert_eq!(&response.body[..], b"<p>bread");
        }
        assert_eq!(
            (asked.load(Ordering::Relaxed), rendered.load(Ordering::Relaxed)),
            (1, 19)
        );
        hybrid.fetch(get("http://b.test/")).await.unwrap();
        let mut api = get("http://a.test/api");
        api.purpose = Purpose::Api;
        hybrid.fetch(api).await.unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), 3, "another host, and an API");
        let cost = hybrid.cost();
        assert_eq!((cost.plain, cost.rendered, cost.twice), (1, 20, 2));
    }

    #[tokio::test]
    async fn what_can_be_read_is_not_rendered_unless_one_asks() {
        let (hybrid, _, rendered) = of("<p>Bread and cake, every day from five.", "<p>more");
        hybrid.fetch(get("http://a.test/")).await.unwrap();
        assert_eq!(rendered.load(Ordering::Relaxed), 0);
        let mut request = get("http://a.test/");
        request.rendered = true;
        hybrid.fetch(request).await.unwrap();
        assert_eq!(rendered.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn when_rendering_fails_the_shell_is_left() {
        let (hybrid, asked, rendered) = of(SHELL, "");
        // The second time its host is known to send shells.
        for time in 1..=2 {
            let response = hybrid.fetch(get("http://a.test/")).await.unwrap();
            assert_eq!(&response.body[..], SHELL.as_bytes());
            let counts = (asked.load(Ordering::Relaxed), rendered.load(Ordering::Relaxed));
            assert_eq!(counts, (time, time));
        }
    }

    #[tokio::test]
    async fn what_is_wrong_with_the_settings_is_told() {
        let (hybrid, _, rendered) = of(SHELL, "no browser");
        let error = hybrid.fetch(get("http://a.test/")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(rendered.load(Ordering::Relaxed), 1);
    }
}
