//! Which pages a browser renders, and how.

use std::fmt::{Display, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use lead_core::Result;
use lead_core::fetch::{FetchConfig, Proxy, ProxyPolicy};
use lead_core::seam::Fetcher;

use crate::app::App;
use crate::net::quoted;

/// Which pages a browser renders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// Those that come as an empty shell; their hosts are remembered
    Shells,
    /// All of them
    Always,
}

/// Which pages a browser renders, and how.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options of rendering")]
pub(crate) struct RenderArgs {
    /// Render pages in Chromium: those that come as an empty shell, or all; --warc keeps what came without it
    #[arg(long, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "shells")]
    pub(crate) browser: Option<When>,
    /// Chromium, when it is not where distributions put it
    #[arg(long, value_name = "FILE", requires = "browser")]
    pub(crate) browser_path: Option<PathBuf>,
    /// Pages open at once
    #[arg(long, value_name = "N", requires = "browser", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) browser_pages: Option<u16>,
    /// What single sites want before they show what is on them: cookies, buttons to press (TOML)
    #[arg(long, value_name = "FILE", requires = "browser")]
    pub(crate) browser_rules: Option<PathBuf>,
    /// Who the browser says it is: honest, or coherent[:SEED][@COUNTRY], a browser as on a desk, for those who know that they
    /// may
    #[arg(long, value_name = "IDENTITY", requires = "browser")]
    pub(crate) identity: Option<String>,
    /// Render outside of Chromium's sandbox, where user namespaces are forbidden
    #[arg(long, requires = "browser")]
    pub(crate) no_sandbox: bool,
    /// Whether pictures that may show a number are kept as they are seen.
    #[arg(skip)]
    pub(crate) shots: bool,
}

impl RenderArgs {
    /// The flags to type again.
    pub(crate) fn flags(&self, flags: &mut String) {
        let Some(when) = self.browser else {
            return;
        };
        flags.push_str(if when == When::Always {
            " --browser=always"
        } else {
            " --browser"
        });
        let mut flag = |name: &str, value: &dyn Display| {
            let _ = write!(flags, " --{name} {}", quoted(&value.to_string()));
        };
        self.browser_path
            .iter()
            .for_each(|path| flag("browser-path", &path.display()));
        self.browser_pages
            .iter()
            .for_each(|pages| flag("browser-pages", pages));
        self.browser_rules
            .iter()
            .for_each(|rules| flag("browser-rules", &rules.display()));
        self.identity
            .iter()
            .for_each(|identity| flag("identity", identity));
        if self.no_sandbox {
            flags.push_str(" --no-sandbox");
        }
    }

    /// `config` with time enough for rendering.
    #[cfg(feature = "browser")]
    pub(crate) fn in_time(&self, mut config: FetchConfig) -> FetchConfig {
        if self.browser.is_some() {
            config.timeout = lead_core::browser::BrowserConfig::default().attempt(config.timeout);
        }
        config
    }

    /// `plain`, with a browser for the pages that are to be rendered.
    #[cfg(feature = "browser")]
    pub(crate) fn around(
        &self,
        plain: Fetcher,
        config: &FetchConfig,
        proxies: &[Proxy],
        policy: ProxyPolicy,
        app: &App,
    ) -> Result<Fetcher> {
        use lead_core::browser::{Browser, BrowserConfig, BrowserFetch, SiteRules};
        use lead_core::crawl::Hybrid;

        let Some(when) = self.browser else {
            return Ok(plain);
        };
        let mut settings = BrowserConfig::default();
        settings.executable.clone_from(&self.browser_path);
        settings.sandbox = !self.no_sandbox;
        settings.keep_shots = self.shots;
        settings.pages = self.browser_pages.map_or(settings.pages, usize::from);
        if let Some(file) = &self.browser_rules {
            settings.rules = SiteRules::from_file(file)?;
        }
        if let Some(identity) = &self.identity {
            settings.identity = identity.parse()?;
        }
        settings.check()?;
        let browser = Browser::through_by(settings, config, proxies, policy)?;
        app.to_end(browser.clone());
        let rendering = BrowserFetch::new(browser);
        Ok(Fetcher::new(match when {
            When::Shells => Hybrid::new(plain, rendering),
            When::Always => Hybrid::always(plain, rendering),
        }))
    }

    #[cfg(not(feature = "browser"))]
    #[allow(clippy::unused_self, reason = "it is called alike where there is a browser")]
    pub(crate) fn in_time(&self, config: FetchConfig) -> FetchConfig {
        config
    }

    #[cfg(not(feature = "browser"))]
    pub(crate) fn around(
        &self,
        plain: Fetcher,
        _config: &FetchConfig,
        _proxies: &[Proxy],
        _policy: ProxyPolicy,
        _app: &App,
    ) -> Result<Fetcher> {
        use lead_core::{Error, ErrorKind};

        let message = "this program was built without a browser; build it with --features browser";
        match self.browser {
            None => Ok(plain),
            Some(_) => Err(Error::new(ErrorKind::Unsupported, "--browser", message)),
        }
    }
}
