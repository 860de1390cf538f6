//! Settings of browsers.

use std::path::PathBuf;
use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::{Deserialize, Serialize};

use super::identity::Identity;
use super::live::LiveConfig;
use super::rules::SiteRules;
use super::wait::Wait;
use crate::phone::Region;
use crate::{Error, ErrorKind, Result};

/// Settings of a [`Browser`](super::Browser). Nothing in it is secret.
///
/// ```
/// # use lead_core::browser::BrowserConfig;
/// let config: BrowserConfig = serde_json::from_str(r#"{"processes": 2, "recycle_pages": 100}"#).unwrap();
/// assert_eq!(config.recycle_pages, 100);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct BrowserConfig {
    /// The program; looked for where distributions put Chromium and Chrome when it is not given.
    pub executable: Option<PathBuf>,
    /// Whether pages run in Chromium's sandbox; they do. It wants user namespaces, which some containers forbid.
    pub sandbox: bool,
    /// The user a browser runs as when we are root: `nobody`.
    pub user: String,
    /// More flags for Chromium.
    pub flags: Vec<String>,
    /// Where folders of profiles are made; the system's temporary folder.
    pub folder: Option<PathBuf>,
    /// The most browsers at once; 1. Another one is started when those that run are full.
    pub processes: usize,
    /// The most pages at once in one browser; 4.
    pub pages: usize,
    /// A browser is replaced after so many pages; 500.
    pub recycle_pages: usize,
    /// A browser is replaced when its processes hold more bytes than this; 2 GiB.
    pub recycle_bytes: u64,
    /// A browser is replaced when it is so old; 30 min.
    #[serde(with = "friendly")]
    pub recycle_age: Duration,
    /// A browser nobody has used for so long is ended; 1 min.
    #[serde(with = "friendly")]
    pub idle: Duration,
    /// How often a browser is asked whether it is well; 5 s.
    #[serde(with = "friendly")]
    pub health: Duration,
    /// One that does not answer for so long is ended; 10 s.
    #[serde(with = "friendly")]
    pub hang: Duration,
    /// Time to start one; 30 s.
    #[serde(with = "friendly")]
    pub start: Duration,
    /// Time for a page, from opening to reading it; 30 s. What is there then is read.
    #[serde(with = "friendly")]
    pub page: Duration,
    /// When a page is read.
    pub wait: Wait,
    /// What single sites want.
    #[serde(skip_serializing_if = "SiteRules::is_empty")]
    pub rules: SiteRules,
    /// What is not loaded; images, fonts, media.
    pub block: Vec<Block>,
    /// The most bytes a page may load in all; 64 MiB.
    pub max_bytes: u64,
    /// Who it says it is: the honest one, unless said otherwise.
    pub identity: Identity,
    /// How pages are shown to those who look ([`Browser::live`](super::Browser::live)).
    pub live: LiveConfig,
    /// Whether a picture of each page is kept, with the boxes of its numbers
    /// ([`Rendering::picture`](crate::seam::Rendering::picture)); none is.
    pub keep_pictures: bool,
    /// Whether pictures that may show a number, drawn ones too, are kept as they are seen, for an
    /// [`OcrEngine`](crate::seam::OcrEngine) to read ([`Rendering::shots`](crate::seam::Rendering::shots)); none are. Images are
    /// then loaded, whatever `block` says.
    pub keep_shots: bool,
    /// The window, in CSS pixels; 1366 by 768.
    pub window: (u32, u32),
}

/// A kind of what pages load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Block {
    /// Pictures.
    Images,
    /// Fonts.
    Fonts,
    /// Sound and film.
    Media,
    /// Style sheets. Pages that lay themselves out by them may show less.
    Styles,
}

impl Default for BrowserConfig {
    fn default() -> Self {
        Self {
            executable: None,
            sandbox: true,
            user: "nobody".to_owned(),
            flags: Vec::new(),
            folder: None,
            processes: 1,
            pages: 4,
            recycle_pages: 500,
            recycle_bytes: 2 << 30,
            recycle_age: Duration::from_mins(30),
            idle: Duration::from_mins(1),
            health: Duration::from_secs(5),
            hang: Duration::from_secs(10),
            start: Duration::from_secs(30),
            page: Duration::from_secs(30),
            wait: Wait::default(),
            rules: SiteRules::default(),
            block: vec![Block::Images, Block::Fonts, Block::Media],
            max_bytes: 64 << 20,
            identity: Identity::default(),
            live: LiveConfig::default(),
            keep_pictures: false,
            keep_shots: false,
            window: (1366, 768),
        }
    }
}

impl BrowserConfig {
    /// What is not loaded.
    pub(super) fn blocked(&self) -> Vec<Block> {
        let mut block = self.block.clone();
        block.retain(|kind| !(self.keep_shots && *kind == Block::Images));
        block
    }

    /// Whether a browser could be started so: its program is there, and its user can reach its folder. Starting one tells the rest.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::ErrorKind::Config), with what is amiss.
    pub fn check(&self) -> Result<()> {
        super::child::check(self)
    }

    /// Whether the values mean something, whatever is installed here.
    pub(super) fn check_values(&self) -> Result<()> {
        let none = |(wide, high)| wide == 0 || high == 0;
        let live = &self.live;
        let amiss = if self.processes == 0 || self.pages == 0 {
            "there must be a browser, and a page in it, at least"
        } else if none(self.window) || none(live.size) {
            "windows and frames have a pixel each way at least"
        } else if !(live.rate > 0.0 && live.rate.is_finite()) {
            "a live view has a rate above 0 frames a second"
        } else if !(1..=100).contains(&live.quality) {
            "the quality of frames lies between 1 and 100"
        } else {
            let region = live.region.as_deref().map(str::parse::<Region>);
            return region.transpose().map(drop);
        };
        Err(Error::new(ErrorKind::Config, "browser", amiss))
    }

    /// Where folders of profiles are made.
    pub(super) fn folder(&self) -> PathBuf {
        self.folder.clone().unwrap_or_else(std::env::temp_dir)
    }
}
