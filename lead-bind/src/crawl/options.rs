//! What a crawl is told.

use std::path::PathBuf;

use lead_core::contacts::ExtractOptions;
use lead_core::crawl::{CrawlConfig, Reach, Scope};
use lead_core::record::SafeUrl;
use lead_core::{Error, ErrorKind, Result};
use serde::Deserialize;

use crate::browser::Browser;
use crate::given::{self, Reading, Unknown, all_known};
use crate::net::{self, Net};
use crate::rendering;

/// What a crawl is told, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    reach: Option<String>,
    same_host: bool,
    include: Vec<String>,
    exclude: Vec<String>,
    max_pages: Option<u64>,
    max_pages_a_host: Option<u32>,
    max_bytes: Option<u64>,
    max_depth: Option<u16>,
    max_redirects: Option<u8>,
    concurrency: Option<usize>,
    lists: Option<bool>,
    contacts: Option<bool>,
    saturation: Option<u32>,
    resume: Option<PathBuf>,
    #[serde(flatten)]
    reading: Reading,
    #[serde(flatten)]
    net: net::Given,
    #[serde(flatten)]
    rendering: rendering::Given,
    #[serde(flatten)]
    unknown: Unknown,
}

/// A crawl that may be begun.
#[derive(Debug)]
pub struct CrawlOptions {
    pub(super) seeds: Vec<SafeUrl>,
    pub(super) config: CrawlConfig,
    pub(super) scope: Scope,
    pub(super) reading: ExtractOptions,
    pub(super) net: Net,
    pub(super) resume: Option<PathBuf>,
}

impl CrawlOptions {
    /// Renders by a browser of the caller's the pages that are to be rendered.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) when nothing is to be rendered, or settings of a browser are given
    /// besides; [`ErrorKind::Unsupported`](lead_core::ErrorKind::Unsupported) for one of the process this one was forked off.
    pub fn rendered_by(mut self, browser: Option<&Browser>) -> Result<Self> {
        if let Some(browser) = browser {
            self.net.rendered_by(browser)?;
        }
        Ok(self)
    }

    /// Reads options. Their names are those of [`CrawlConfig`], [`ExtractOptions`] and
    /// [`FetchConfig`](lead_core::fetch::FetchConfig) and of the flags of `lead crawl`; what is not given is as it is there.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a value that means nothing; [`ErrorKind::Config`] for two that contradict each other.
    pub fn read(urls: &[String], json: &str) -> Result<Self> {
        let given: Given = given::read("crawl", json)?;
        all_known("crawl", &given.unknown)?;
        let config = config(&given)?;
        let mut scope = Scope::new(config.reach);
        for pattern in &given.include {
            scope = scope.include(pattern)?;
        }
        for pattern in &given.exclude {
            scope = scope.exclude(pattern)?;
        }
        let seeds = urls.iter().map(|url| SafeUrl::parse(url));
        let seeds = seeds.collect::<Result<Vec<_>>>()?;
        if seeds.is_empty() && given.resume.is_none() {
            return Err(Error::invalid("crawl", "there is no address to begin at"));
        }
        Ok(Self {
            seeds,
            config,
            scope,
            reading: given.reading.options()?,
            net: given.net.read(&given.rendering)?,
            resume: given.resume,
        })
    }
}

fn config(given: &Given) -> Result<CrawlConfig> {
    let mut config = CrawlConfig::default();
    config.reach = reach(given)?;
    config.max_pages = given.max_pages;
    config.max_bytes = given.max_bytes;
    config.saturation = given.saturation;
    let at_least_one = |option, given: Option<u64>| match given {
        Some(0) => Err(Error::invalid(option, "must be at least 1")),
        _ => Ok(()),
    };
    at_least_one("max_pages", given.max_pages)?;
    at_least_one("max_pages_a_host", given.max_pages_a_host.map(u64::from))?;
    at_least_one("saturation", given.saturation.map(u64::from))?;
    at_least_one("concurrency", given.concurrency.map(|number| number as u64))?;
    config.concurrency = given.concurrency.unwrap_or(config.concurrency);
    config.max_pages_a_host = given.max_pages_a_host.unwrap_or(config.max_pages_a_host);
    config.max_depth = given.max_depth.unwrap_or(config.max_depth);
    config.max_redirects = given.max_redirects.unwrap_or(config.max_redirects);
    config.lists = given.lists.unwrap_or(config.lists);
    config.contacts = given.contacts.unwrap_or(config.contacts);
    Ok(config)
}

fn reach(given: &Given) -> Result<Reach> {
    let reach = given.reach.as_deref().map(str::parse).transpose()?;
    match reach {
        Some(reach) if given.same_host && reach != Reach::Host => {
            let message = "same_host is the reach `host`: give one of the two";
            Err(Error::new(ErrorKind::Config, "crawl", message))
        }
        _ if given.same_host => Ok(Reach::Host),
        reach => Ok(reach.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<CrawlOptions> {
        CrawlOptions::read(&["http://a.test/".to_owned()], json)
    }

    #[test]
    fn what_is_not_given_is_as_in_the_library() {
        let options = read("{}").unwrap();
        assert_eq!(options.config, CrawlConfig::default());
        let options = read(r#"{"max_depth": 3, "same_host": true, "region": "DE", "rate": 2.5}"#).unwrap();
        assert_eq!((options.config.max_depth, options.config.reach), (3, Reach::Host));
        assert_eq!(options.reading.region.as_deref(), Some("DE"));
    }

    #[test]
    fn none_of_something_is_refused() {
        for option in ["max_pages", "max_pages_a_host", "saturation", "concurrency"] {
            let error = read(&format!(r#"{{"{option}": 0}}"#)).unwrap_err();
            assert!(error.to_string().contains(option), "{error}");
        }
    }

    #[test]
    fn what_means_nothing_is_told_without_where_it_stood() {
        for (json, told) in [
            (r#"{"max_depths": 3}"#, "max_depths"),
            (r#"{"max_depth": 70000}"#, "expected u16 (option: max_depth)"),
            (
                r#"{"lists": true, "proxy": "http://me:hunter2@a.test"}"#,
                "(option: proxy)",
            ),
            (r#"{"allow_net": ["x"]}"#, "127.0.0.0/8"),
            ("{", "EOF"),
        ] {
            let error = read(json).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            let message = error.to_string();
            assert!(message.contains(told), "{message}");
            assert!(
                !message.contains("column") && !message.contains("hunter2"),
                "{message}"
            );
        }
    }
}
