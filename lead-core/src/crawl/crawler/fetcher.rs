//! What a crawl fetches with.

use std::sync::Arc;

use tokio::time::Instant;

use crate::Result;
use crate::crawl::frontier::Turn;
use crate::fetch::{FetchConfig, HttpTransport, Robots, RobotsLayer, StandardStack, pace_key};
use crate::limit::Pacer;
use crate::record::SafeUrl;
use crate::seam::{Fetch, Fetcher, State};

/// What a crawl fetches with: a fetcher that hands redirects back, and, where they are known, its pace and the rules of
/// robots.txt it goes by.
#[derive(Clone, Debug)]
pub struct CrawlFetcher {
    fetcher: Fetcher,
    pacer: Option<Pacer>,
    robots: Option<RobotsLayer>,
    per_host: u16,
    product: Arc<str>,
}

impl CrawlFetcher {
    /// Any fetcher. The crawl knows neither its pace nor its robots.txt files: it asks as fast as answers come, at most two
    /// at a time of one host, and reads no sitemaps.
    pub fn new(fetcher: Fetcher) -> Self {
        Self {
            fetcher,
            pacer: None,
            robots: None,
            per_host: 2,
            product: "lead".into(),
        }
    }

    /// The plain HTTP client with the standard layers, and without a cache in memory: a crawl asks each address once.
    ///
    /// # Errors
    /// As [`HttpTransport::new`].
    pub fn http(config: &FetchConfig) -> Result<Self> {
        Ok(Self::standard(HttpTransport::new(config)?, config, None))
    }

    /// The standard layers around `transport`; robots.txt files are kept in `state`, for the next run.
    pub fn standard(transport: impl Fetch, config: &FetchConfig, state: Option<State>) -> Self {
        let mut config = config.clone();
        config.cache_bytes = 0;
        Self::stacked(StandardStack::new(&config).state(state), transport)
    }

    /// The layers of `stack` around `transport`, but for redirects, which a crawl follows itself.
    pub fn stacked(stack: StandardStack<'_>, transport: impl Fetch) -> Self {
        let (config, pacer) = (stack.config(), stack.shared_pacer());
        let (fetcher, robots) = stack.without_redirects().build_with_robots(transport);
        Self {
            fetcher,
            pacer: Some(pacer),
            robots: Some(robots),
            per_host: u16::try_from(config.pace.max_per_host).unwrap_or(u16::MAX),
            product: config.user_agent.product().into(),
        }
    }

    /// Has at most so many requests to one host under way.
    pub fn per_host(mut self, requests: u16) -> Self {
        self.per_host = requests;
        self
    }

    pub(super) fn fetcher(&self) -> &Fetcher {
        &self.fetcher
    }

    pub(super) fn max_per_host(&self) -> u16 {
        self.per_host
    }

    /// The token by which rules for programs name this one.
    pub(super) fn product(&self) -> &str {
        &self.product
    }

    /// When the host whose addresses begin with `origin` may be asked.
    pub(super) fn turn(&self, origin: &str, now: Instant) -> Turn {
        let Some(pacer) = &self.pacer else {
            return Turn::Now;
        };
        let ready = pacer.ready_at(pace_key(origin), now);
        if ready <= now { Turn::Now } else { Turn::At(ready) }
    }

    /// What robots.txt says of the origin of `url`, when it was asked for.
    pub(super) async fn robots(&self, url: &SafeUrl) -> Option<Arc<Robots>> {
        self.robots.as_ref()?.remembered(url).await
    }
}
