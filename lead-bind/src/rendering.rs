//! Which pages of long work a browser renders, and how.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use lead_core::browser::{Browser, BrowserConfig, BrowserFetch};
use lead_core::crawl::Hybrid;
use lead_core::fetch::{FetchConfig, Proxy, ProxyPolicy};
use lead_core::seam::Fetcher;
use lead_core::{Error, Result};
use serde::Deserialize;
use serde_json::Value;

use crate::browser::{Kept, Running, identity_of, rules_of};

/// Which pages are rendered, and how, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    browser: Option<String>,
    browser_path: Option<PathBuf>,
    browser_pages: Option<usize>,
    browser_rules: Option<Value>,
    browser_identity: Option<Value>,
    browser_sandbox: Option<bool>,
}

/// Which pages a browser renders, and which browser.
#[derive(Debug)]
pub(crate) struct Rendering {
    always: bool,
    by: By,
}

/// A browser of the work's own, with these settings, or one of the caller's.
#[derive(Debug)]
enum By {
    Own(Box<BrowserConfig>),
    Given(Arc<Running>),
}

impl Given {
    /// Whether and how pages are rendered. Looks at the file of rules.
    pub(crate) fn read(&self) -> Result<Option<Rendering>> {
        let always = match self.browser.as_deref() {
            None if self.has_settings() => {
                let message = "its settings are given, but not which pages it renders";
                return Err(Error::invalid("browser", message));
            }
            None => return Ok(None),
            Some("shells") => false,
            Some("always") => true,
            Some(_) => return Err(Error::invalid("browser", "\"shells\" or \"always\" is wanted")),
        };
        let mut config = BrowserConfig::default();
        config.executable.clone_from(&self.browser_path);
        config.pages = self.browser_pages.unwrap_or(config.pages);
        config.sandbox = self.browser_sandbox.unwrap_or(config.sandbox);
        if let Some(rules) = &self.browser_rules {
            config.rules = rules_of(rules)?;
        }
        if let Some(identity) = &self.browser_identity {
            config.identity = identity_of(identity)?;
        }
        let by = By::Own(Box::new(config));
        Ok(Some(Rendering { always, by }))
    }

    fn has_settings(&self) -> bool {
        self.browser_path.is_some()
            || self.browser_pages.is_some()
            || self.browser_rules.is_some()
            || self.browser_identity.is_some()
    }
}

impl Rendering {
    /// The same pages, by a browser of the caller's.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) when settings are given besides: it has its own.
    pub(crate) fn by(&mut self, running: &Arc<Running>) -> Result<()> {
        match &self.by {
            By::Own(config) if **config == BrowserConfig::default() => {
                self.by = By::Given(Arc::clone(running));
                Ok(())
            }
            _ => Err(Error::invalid(
                "browser",
                "a browser that is handed over has settings of its own",
            )),
        }
    }

    /// Time for an attempt that takes `plain` by HTTP.
    pub(crate) fn attempt(&self, plain: Duration) -> Duration {
        match &self.by {
            By::Own(config) => config.attempt(plain),
            By::Given(running) => running.browser.config().attempt(plain),
        }
    }

    /// `plain`, with a browser for the pages that are to be rendered.
    pub(crate) fn around(
        &self,
        plain: Fetcher,
        config: &FetchConfig,
        proxies: &[Proxy],
        policy: ProxyPolicy,
    ) -> Result<Fetcher> {
        let running = match &self.by {
            By::Given(running) => Arc::clone(running),
            By::Own(own) => {
                let own = BrowserConfig::clone(own);
                own.check()?;
                Running::of(Browser::through_by(own, config, proxies, policy)?)
            }
        };
        let rendering = BrowserFetch::new(running.browser.clone());
        let hybrid = if self.always {
            Hybrid::always(plain, rendering)
        } else {
            Hybrid::new(plain, rendering)
        };
        Ok(Fetcher::new(Kept {
            fetcher: Fetcher::new(hybrid),
            _running: running,
        }))
    }
}
