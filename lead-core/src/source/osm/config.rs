//! Settings of the source `osm`.

use serde::{Deserialize, Serialize};

use crate::record::SafeUrl;
use crate::seam::SourceInfo;
use crate::{Error, ErrorKind, Result};

/// Settings of the source `osm`. Base URLs are settings: point them at an own instance for more than a few queries, as the
/// public servers' usage policies ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct OsmConfig {
    /// Overpass interpreter, whole address.
    pub overpass_url: String,
    /// Nominatim base address.
    pub nominatim_url: String,
    /// Seconds Overpass may work on a query, 1 to 900.
    pub timeout_seconds: u32,
    /// Elements of an answer, at most: an area that holds more is asked for by parts.
    pub most: usize,
}

impl Default for OsmConfig {
    fn default() -> Self {
        Self {
            overpass_url: "https://overpass-api.de/api/interpreter".to_owned(),
            nominatim_url: "https://nominatim.openstreetmap.org/".to_owned(),
            timeout_seconds: 60,
            most: 20_000,
        }
    }
}

impl OsmConfig {
    /// Asks this Overpass interpreter.
    pub fn overpass_url(mut self, url: impl Into<String>) -> Self {
        self.overpass_url = url.into();
        self
    }

    /// Asks this Nominatim.
    pub fn nominatim_url(mut self, url: impl Into<String>) -> Self {
        self.nominatim_url = url.into();
        self
    }

    /// Asks for so many elements at a time, at least one.
    pub fn most(mut self, elements: usize) -> Self {
        self.most = elements;
        self
    }

    /// Tells of both servers, and where they are when they are not the public ones.
    pub(super) fn tell(&self, info: SourceInfo) -> SourceInfo {
        let public = Self::default();
        let own = |url: &str, public: &str| SafeUrl::parse(url).ok().filter(|_| url != public);
        info.service("overpass", own(&self.overpass_url, &public.overpass_url).as_ref())
            .service(
                "nominatim",
                own(&self.nominatim_url, &public.nominatim_url).as_ref(),
            )
    }

    /// The interpreter's address.
    pub(super) fn overpass(&self) -> Result<SafeUrl> {
        SafeUrl::parse(&self.overpass_url).map_err(|cause| broken("overpass_url", cause))
    }

    /// The address of Nominatim's search.
    pub(super) fn search(&self) -> Result<SafeUrl> {
        let base = format!("{}/search", self.nominatim_url.trim_end_matches('/'));
        SafeUrl::parse(&base).map_err(|cause| broken("nominatim_url", cause))
    }

    pub(super) fn check(&self) -> Result<()> {
        self.overpass()?;
        self.search()?;
        if !(1..=900).contains(&self.timeout_seconds) {
            let message = "timeout_seconds lies between 1 and 900";
            return Err(Error::new(ErrorKind::Config, "osm", message));
        }
        if self.most == 0 {
            let message = "most: at least one element is to be asked for";
            return Err(Error::new(ErrorKind::Config, "osm", message));
        }
        Ok(())
    }
}

fn broken(setting: &'static str, cause: Error) -> Error {
    Error::new(ErrorKind::Config, "osm", "a base URL cannot be used")
        .with("setting", setting)
        .because(cause)
}
