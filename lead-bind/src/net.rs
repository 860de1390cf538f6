//! How long work fetches.

use std::path::PathBuf;
use std::time::Duration;

use lead_core::clock::Clock;
use lead_core::crawl::CrawlFetcher;
use lead_core::fetch::warc::WarcLayer;
use lead_core::fetch::{
    DiskCache, FetchConfig, HttpTransport, Proxy, ProxyPolicy, ProxyTransport, StandardStack, UserAgent,
};
use lead_core::limit::Rate;
use lead_core::seam::{Fetcher, State};
use lead_core::{Error, Result};
use serde::Deserialize;

use crate::browser::Browser;
use crate::given::{all, all_or, word};
use crate::rendering::{self, Rendering};

/// How work fetches, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    allow_net: Vec<String>,
    resolve: Vec<String>,
    rate: Option<Speed>,
    contact: Option<String>,
    connect_timeout: Option<f64>,
    timeout: Option<f64>,
    max_attempts: Option<u32>,
    extra_roots: Vec<PathBuf>,
    max_body_bytes: Option<usize>,
    proxy: Vec<String>,
    proxy_policy: Option<String>,
    warc: Option<PathBuf>,
    cache: Option<PathBuf>,
    cookies: Option<bool>,
}

/// `"auto"`, `"off"`, or requests a second.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Speed {
    Word(String),
    Figure(f64),
}

/// How work fetches.
#[derive(Debug)]
pub(crate) struct Net {
    pub(crate) config: FetchConfig,
    pub(crate) proxies: Vec<Proxy>,
    pub(crate) policy: ProxyPolicy,
    warc: Option<PathBuf>,
    cache: Option<PathBuf>,
    rendering: Option<Rendering>,
}

impl Given {
    pub(crate) fn read(&self, rendering: &rendering::Given) -> Result<Net> {
        let mut config = FetchConfig::default();
        for network in all_or(
            &self.allow_net,
            "allow_net",
            "a network, such as 127.0.0.0/8 or ::1/128,",
        )? {
            config.guard = config.guard.allow(network);
        }
        config.resolve = all(&self.resolve)?;
        config.pace.rate = match &self.rate {
            None => Rate::default(),
            Some(Speed::Word(word)) => word.parse()?,
            Some(Speed::Figure(rate)) => Rate::per(*rate)?,
        };
        if let Some(contact) = &self.contact {
            config.user_agent = UserAgent::new("lead", env!("CARGO_PKG_VERSION"), Some(contact))?;
        }
        self.bounds(&mut config)?;
        config.extra_roots.clone_from(&self.extra_roots);
        config.cookies = self.cookies.unwrap_or(config.cookies);
        Ok(Net {
            config,
            proxies: all(&self.proxy)?,
            policy: word(self.proxy_policy.as_deref())?,
            warc: self.warc.clone(),
            cache: self.cache.clone(),
            rendering: rendering.read()?,
        })
    }

    fn bounds(&self, config: &mut FetchConfig) -> Result<()> {
        if let Some(seconds) = self.connect_timeout {
            config.connect_timeout = seconds_of("connect_timeout", seconds)?;
        }
        if let Some(seconds) = self.timeout {
            config.timeout = seconds_of("timeout", seconds)?;
        }
        match self.max_attempts {
            Some(0) => return Err(Error::invalid("max_attempts", "must be at least 1")),
            Some(attempts) => config.retry.max_attempts = attempts,
            None => {}
        }
        config.max_body_bytes = self.max_body_bytes.unwrap_or(config.max_body_bytes);
        Ok(())
    }
}

impl Net {
    /// Renders by a browser of the caller's the pages that are to be rendered.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) when nothing is to be rendered, or otherwise;
    /// [`ErrorKind::Unsupported`](lead_core::ErrorKind::Unsupported) for a browser of the process this one was forked off.
    pub(crate) fn rendered_by(&mut self, browser: &Browser) -> Result<()> {
        let none = || Error::invalid("browser", "which pages it renders is not said");
        self.rendering.as_mut().ok_or_else(none)?.by(browser.running()?)
    }

    /// The fetcher of a crawl. Looks at files.
    pub(crate) fn crawl_fetcher(self, concurrency: usize, state: Option<State>) -> Result<CrawlFetcher> {
        let config = self.rendered_in_time(self.config.clone().for_crawl(concurrency));
        let transport = self.transport(&config)?;
        let stack = StandardStack::new(&config).state(state).disk_cache(self.disk()?);
        Ok(CrawlFetcher::stacked(stack, transport))
    }

    /// The fetcher of visits and questions. Looks at files.
    pub(crate) fn fetcher(self) -> Result<Fetcher> {
        let config = self.rendered_in_time(self.config.clone());
        let transport = self.transport(&config)?;
        let stack = StandardStack::new(&config).disk_cache(self.disk()?);
        Ok(stack.build(transport))
    }

    fn disk(&self) -> Result<Option<DiskCache>> {
        let open = |folder: &PathBuf| DiskCache::open(folder, DiskCache::BYTES, &Clock::system());
        self.cache.as_ref().map(open).transpose()
    }

    fn rendered_in_time(&self, mut config: FetchConfig) -> FetchConfig {
        if let Some(rendering) = &self.rendering {
            config.timeout = rendering.attempt(config.timeout);
        }
        config
    }

    fn transport(&self, config: &FetchConfig) -> Result<Fetcher> {
        let mut transport = if self.proxies.is_empty() {
            Fetcher::new(HttpTransport::new(config)?)
        } else {
            Fetcher::new(ProxyTransport::new(config, &self.proxies, self.policy)?)
        };
        if let Some(file) = &self.warc {
            let agent = config.user_agent.to_string();
            transport = transport.layer(&WarcLayer::append(file, &agent, &Clock::system())?);
        }
        match &self.rendering {
            Some(rendering) => rendering.around(transport, config, &self.proxies, self.policy),
            None => Ok(transport),
        }
    }
}

/// So many seconds, more than none.
pub(crate) fn seconds_of(option: &'static str, seconds: f64) -> Result<Duration> {
    let wanted = || Error::invalid(option, "a number of seconds above 0 is wanted");
    let time = Duration::try_from_secs_f64(seconds).map_err(|_| wanted())?;
    if time.is_zero() { Err(wanted()) } else { Ok(time) }
}
