//! The layers in their order.

use super::{
    CacheLayer, CookieLayer, DeadlineLayer, DiskCache, FetchConfig, GuardLayer, HookLayer, HttpTransport,
    PaceLayer, RedirectLayer, RetryLayer, RobotsLayer, TimeoutLayer, TraceLayer,
};
use crate::Result;
use crate::clock::Clock;
use crate::limit::Pacer;
use crate::seam::{Fetch, Fetcher, State};

/// Builds the standard stack around a transport, with a shared state, clock or pacer where that matters.
#[derive(Clone, Debug)]
pub struct StandardStack<'a> {
    config: &'a FetchConfig,
    clock: Clock,
    state: Option<State>,
    pacer: Pacer,
    disk: Option<DiskCache>,
    hooks: HookLayer,
    redirects: bool,
}

impl<'a> StandardStack<'a> {
    /// A stack of these settings, with everything in memory.
    pub fn new(config: &'a FetchConfig) -> Self {
        let pacer = Pacer::new(config.pace.clone());
        Self {
            config,
            clock: Clock::system(),
            state: None,
            pacer,
            disk: None,
            hooks: HookLayer::default(),
            redirects: true,
        }
    }

    /// Goes by `clock`.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Remembers robots rules in `state`, if there is one, so that the next run need not ask again.
    pub fn state(mut self, state: impl Into<Option<State>>) -> Self {
        self.state = state.into();
        self
    }

    /// Shares `pacer` with other stacks, instead of one of its own.
    pub fn pacer(mut self, pacer: Pacer) -> Self {
        self.pacer = pacer;
        self
    }

    /// Keeps answers in a folder, too, if there is one, so that the next run asks only what has changed.
    pub fn disk_cache(mut self, disk: impl Into<Option<DiskCache>>) -> Self {
        self.disk = disk.into();
        self
    }

    /// Calls an application's functions before each request and after each answer.
    pub fn hooks(mut self, hooks: HookLayer) -> Self {
        self.hooks = hooks;
        self
    }

    /// Hands redirects back instead of following them: a crawl asks each address once, those they lead to as well.
    pub fn without_redirects(mut self) -> Self {
        self.redirects = false;
        self
    }

    /// The settings it is built of.
    pub(crate) fn config(&self) -> &'a FetchConfig {
        self.config
    }

    /// The pacer it goes by.
    pub(crate) fn shared_pacer(&self) -> Pacer {
        self.pacer.clone()
    }

    /// Puts the layers around `transport`.
    pub fn build(self, transport: impl Fetch) -> Fetcher {
        self.build_with_robots(transport).0
    }

    /// As [`build`](Self::build), with the layer that knows what robots.txt files say: the site maps they name, say.
    pub fn build_with_robots(self, transport: impl Fetch) -> (Fetcher, RobotsLayer) {
        let config = self.config;
        let guard = GuardLayer::new(config.guard.clone());
        let mut robots = RobotsLayer::new(config.user_agent.product(), guard.clone())
            .with_clock(self.clock.clone())
            .with_pacer(self.pacer.clone());
        if let Some(state) = self.state {
            robots = robots.with_state(state);
        }
        let mut cache = CacheLayer::new(config.cache_bytes).with_clock(self.clock.clone());
        if let Some(disk) = self.disk {
            cache = cache.on_disk(disk);
        }
        let mut fetcher = Fetcher::new(transport)
            .layer(&TimeoutLayer::new(config.timeout))
            .layer(&PaceLayer::new(self.pacer).with_clock(self.clock.clone()))
            .layer(&RetryLayer::new(config.retry.clone()).with_clock(self.clock))
            .layer(&cache);
        if config.cookies {
            fetcher = fetcher.layer(&CookieLayer::default());
        }
        fetcher = fetcher.layer(&robots).layer(&guard);
        if !self.hooks.is_empty() {
            fetcher = fetcher.layer(&self.hooks);
        }
        if self.redirects {
            fetcher = fetcher.layer(&RedirectLayer::new(config.max_redirects));
        }
        let fetcher = fetcher
            .layer(&DeadlineLayer::new(config.deadline))
            .layer(&TraceLayer);
        (fetcher, robots)
    }
}

impl Fetcher {
    /// The standard layers around `transport`, everything remembered in memory; see [`crate::fetch`] for their order.
    pub fn standard(transport: impl Fetch, config: &FetchConfig) -> Self {
        StandardStack::new(config).build(transport)
    }

    /// The plain HTTP client with the standard layers.
    ///
    /// # Errors
    /// As [`HttpTransport::new`].
    pub fn http(config: &FetchConfig) -> Result<Self> {
        Ok(Self::standard(HttpTransport::new(config)?, config))
    }
}
