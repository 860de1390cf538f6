//! Heeding robots.txt.

use std::fmt;
use std::sync::Arc;

use http::StatusCode;
use moka::future::Cache;

use super::Robots;
use super::memory::{Kept, Known, Verdict};
use crate::clock::Clock;
use crate::fetch::{GuardLayer, RedirectLayer, pace};
use crate::limit::Pacer;
use crate::record::SafeUrl;
use crate::seam::{Fetch, Fetcher, Layer, Purpose, Request, Response, State};
use crate::telemetry::{ROBOTS_DECISIONS, ROBOTS_FETCHES};
use crate::{Error, ErrorKind, Result};

/// RFC 9309 §2.3.1.2: at least five redirects are followed, also to other hosts.
const MAX_REDIRECTS: usize = 5;

/// Bytes of rules kept in memory.
const MEMORY: u64 = 32 * 1024 * 1024;

/// Refuses pages their site's robots.txt forbids (RFC 9309). Answers of APIs ([`Purpose::Api`]) and robots.txt itself pass.
///
/// No file (4xx) allows everything; a file that cannot be reached (5xx, 429, no connection) forbids everything for five
/// minutes, unless the state still has a copy. A copy is used for 24 hours. A `Crawl-delay` is handed to the pacer.
#[derive(Clone)]
pub struct RobotsLayer {
    product: Arc<str>,
    guard: GuardLayer,
    pacer: Option<Pacer>,
    state: Option<State>,
    clock: Clock,
    known: Cache<String, Known>,
}

impl RobotsLayer {
    /// Goes by the rules for `product`. A robots.txt may redirect, so it needs the guard too.
    pub fn new(product: &str, guard: GuardLayer) -> Self {
        let known = Cache::builder()
            .max_capacity(MEMORY)
            .weigher(|_: &String, known: &Known| known.weight());
        Self {
            product: product.into(),
            guard,
            pacer: None,
            state: None,
            clock: Clock::system(),
            known: known.build(),
        }
    }

    /// Tells `pacer` of crawl delays.
    pub fn with_pacer(mut self, pacer: Pacer) -> Self {
        self.pacer = Some(pacer);
        self
    }

    /// Keeps files in `state` too, for other machines and the next run.
    pub fn with_state(mut self, state: State) -> Self {
        self.state = Some(state);
        self
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The rules for the origin of `url`, when a page of it was asked for lately: for its site maps, say.
    pub async fn remembered(&self, url: &SafeUrl) -> Option<Arc<Robots>> {
        match self.known.get(url.origin()).await?.verdict {
            Verdict::Rules(robots) => Some(robots),
            Verdict::Unreachable(..) => None,
        }
    }

    /// What is known of the origin of `url`, asking for it when need be. Of many who want to know at once, one asks.
    async fn known(&self, way: &Fetcher, url: &SafeUrl) -> Known {
        let now = self.clock.now();
        let origin = url.origin();
        if let Some(known) = self.known.get(origin).await.filter(|known| !known.is_over(now)) {
            return known;
        }
        let entry = self.known.entry_by_ref(origin);
        entry
            .or_insert_with_if(self.learn(way, url, origin), |known| known.is_over(now))
            .await
            .into_value()
    }

    /// Looks into the state, then asks the site. Trouble of the state is no reason not to ask.
    async fn learn(&self, way: &Fetcher, url: &SafeUrl, origin: &str) -> Known {
        let kept = match &self.state {
            Some(state) => Kept::load(state, origin).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "robots.txt is not remembered");
                None
            }),
            None => None,
        };
        let kept = kept.map(|kept| kept.known(&self.product));
        if let Some(known) = kept.as_ref().filter(|known| !known.is_over(self.clock.now())) {
            ROBOTS_FETCHES.add(1, &["remembered"]);
            return known.clone();
        }
        match self.ask(way, url).await {
            Ok(text) => {
                ROBOTS_FETCHES.add(1, &[if text.is_empty() { "absent" } else { "found" }]);
                let fresh = Kept {
                    at: self.clock.now(),
                    text,
                };
                self.keep(&fresh, origin).await;
                fresh.known(&self.product)
            }
            Err((kind, message)) => {
                ROBOTS_FETCHES.add(1, &["unreachable"]);
                let since = self.clock.now();
                let old = kept.map(|known| known.verdict);
                let verdict = old.unwrap_or(Verdict::Unreachable(kind, message));
                match verdict {
                    // An old copy is not made a day younger, only spared from being asked for at once again.
                    Verdict::Rules(_) => Known::until_asked_again(verdict, since),
                    Verdict::Unreachable(..) => Known::new(verdict, since),
                }
            }
        }
    }

    async fn keep(&self, fresh: &Kept, origin: &str) {
        if let Some(state) = &self.state
            && let Err(error) = fresh.save(state, origin).await
        {
            tracing::warn!(%error, "robots.txt cannot be remembered");
        }
    }

    /// The text of the file, empty when there is none.
    async fn ask(&self, way: &Fetcher, url: &SafeUrl) -> Result<String, (ErrorKind, &'static str)> {
        const UNREACHABLE: &str = "robots.txt cannot be reached, so nothing may be fetched";
        let file = url
            .join("/robots.txt")
            .map_err(|error| (error.kind(), UNREACHABLE))?;
        let answer = way.fetch(Request::get(file).purpose(Purpose::Robots)).await;
        match answer.map(|response| (response.status, response.body)) {
            Ok((status, body)) if status.is_success() => Ok(String::from_utf8_lossy(&body).into_owned()),
            Ok((StatusCode::TOO_MANY_REQUESTS, _)) => Err((
                ErrorKind::RobotsDenied,
                "the site is too busy for its robots.txt, so nothing may be fetched",
            )),
            Ok((status, _)) if status.is_server_error() => Err((
                ErrorKind::RobotsDenied,
                "the server fails at robots.txt, so nothing may be fetched",
            )),
            // RFC 9309 §2.3.1.3: unavailable, as is a file behind too many redirects (§2.3.1.2).
            Ok(_) => Ok(String::new()),
            Err(error) if error.kind() == ErrorKind::Redirect => Ok(String::new()),
            Err(error) => Err((error.kind(), UNREACHABLE)),
        }
    }
}

impl Layer for RobotsLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        let way = inner
            .clone()
            .layer(&self.guard)
            .layer(&RedirectLayer::new(MAX_REDIRECTS));
        Fetcher::new(Heeding {
            layer: self.clone(),
            way,
            inner,
        })
    }
}

#[derive(Debug)]
struct Heeding {
    layer: RobotsLayer,
    /// How robots.txt is fetched: as pages are, but for the rules.
    way: Fetcher,
    inner: Fetcher,
}

impl Fetch for Heeding {
    async fn fetch(&self, request: Request) -> Result<Response> {
        if request.purpose == Purpose::Page {
            self.check(&request.url).await?;
        }
        self.inner.fetch(request).await
    }
}

impl Heeding {
    async fn check(&self, url: &SafeUrl) -> Result<()> {
        match self.layer.known(&self.way, url).await.verdict {
            Verdict::Rules(robots) => {
                if let (Some(pacer), Some(delay)) = (&self.layer.pacer, robots.crawl_delay()) {
                    pacer.crawl_delay(pace::key(url.origin()), delay);
                }
                if robots.allows(url.path_and_query()) {
                    ROBOTS_DECISIONS.add(1, &["allowed"]);
                    return Ok(());
                }
                ROBOTS_DECISIONS.add(1, &["denied"]);
                let error = Error::new(
                    ErrorKind::RobotsDenied,
                    "robots",
                    "the site's robots.txt forbids this page",
                );
                Err(error.with("product", &self.layer.product))
            }
            Verdict::Unreachable(kind, message) => {
                ROBOTS_DECISIONS.add(1, &["unreachable"]);
                let error = Error::new(kind, "robots", message).with("host", url.host());
                // The guard's word is final; all else may be better some other day.
                Err(if kind == ErrorKind::GuardRefused {
                    error
                } else {
                    error.temporary().persistent()
                })
            }
        }
    }
}

impl fmt::Debug for RobotsLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RobotsLayer")
            .field("product", &self.product)
            .finish_non_exhaustive()
    }
}
