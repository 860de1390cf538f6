//! Platforms as sources: which may be asked, where, and with what.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::adapter::{Adapter, AdapterSource, Quarantine, SourceOptions};
use super::web_search::{WebSearch, WebSearchOptions};
use super::{adapter, adapters};
use crate::record::SafeUrl;
use crate::seam::{Search, Source};
use crate::{Error, Result};

/// How platforms are asked, each by its id.
///
/// ```
/// use lead_core::source::platforms::Platforms;
/// let mut platforms = Platforms::default();
/// assert!(platforms.source("serp_brave").is_err(), "its terms restrict programs");
/// platforms.accepted.insert("serp_brave".to_owned(), "agreed with them on 12 May".to_owned());
/// let source = platforms.source("serp_brave")?;
/// platforms.check(&[source])?;
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Platforms {
    /// Why those are asked whose terms restrict programs.
    pub accepted: BTreeMap<String, String>,
    /// Hosts that are asked in place of their own.
    pub base_urls: BTreeMap<String, SafeUrl>,
    /// Keys of those that want one.
    pub keys: BTreeMap<String, String>,
    /// Adapters of the user's own, beside the built-in ones.
    pub own: Vec<Adapter>,
    /// Whether lists alone are read, not the entries' own pages.
    pub list_only: bool,
    /// Where pages are kept that no adapter knows.
    pub quarantine: Option<Quarantine>,
    /// The engines of the source `web_search`, the preferred first.
    pub engines: Vec<String>,
    /// How it goes.
    pub search: WebSearchOptions,
}

impl Platforms {
    /// The source of a platform, or `web_search`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) for an id that nobody knows; those of [`AdapterSource::new`] and
    /// [`WebSearch::new`].
    pub fn source(&self, id: &str) -> Result<Source> {
        if id == WebSearch::ID {
            let engines = self.engines.iter().map(|engine| self.platform(engine));
            let search = WebSearch::new(engines.collect::<Result<_>>()?, self.search.clone())?;
            return Ok(Source::new(search));
        }
        self.platform(id).map(Source::new)
    }

    fn platform(&self, id: &str) -> Result<AdapterSource> {
        let own = self.own.iter().find(|own| own.id().as_str() == id);
        let adapter = own.cloned().map_or_else(|| adapter(id), Ok)?;
        let options = SourceOptions {
            accepted: self.accepted.get(id).cloned(),
            key: self.keys.get(id).cloned(),
            base_url: self.base_urls.get(id).cloned(),
            list_only: self.list_only,
            quarantine: self.quarantine.clone(),
            ..SourceOptions::default()
        };
        AdapterSource::new(adapter, options)
    }

    /// Refuses what is said of platforms that are not asked: a slip of the pen would ask someone else, or without a reason.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput), with the platform.
    pub fn check(&self, sources: &[Source]) -> Result<()> {
        let services = sources
            .iter()
            .flat_map(|source| source.info().services.into_keys());
        let asked: BTreeSet<String> = services.collect();
        let said = [
            (
                "accepted terms",
                self.accepted.keys().map(String::as_str).collect::<Vec<_>>(),
            ),
            ("address", self.base_urls.keys().map(String::as_str).collect()),
            ("key", self.keys.keys().map(String::as_str).collect()),
            ("file", self.own.iter().map(|own| own.id().as_str()).collect()),
        ];
        for (what, ids) in said {
            if let Some(id) = ids.into_iter().find(|id| !asked.contains(*id)) {
                return Err(Error::invalid("source", "this source is not asked")
                    .with("source", id.escape_debug())
                    .with("said", what));
            }
        }
        Ok(())
    }

    /// The ids of all platforms that can be asked, `web_search` last.
    pub fn known() -> impl Iterator<Item = &'static str> {
        let searched = |id: &&str| adapter(id).is_ok_and(|adapter| adapter.is_searchable());
        adapters().filter(searched).chain([WebSearch::ID])
    }
}

impl fmt::Debug for Platforms {
    /// Without the keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Platforms")
            .field("accepted", &self.accepted)
            .field("base_urls", &self.base_urls)
            .field("keys", &self.keys.keys())
            .field("engines", &self.engines)
            .finish_non_exhaustive()
    }
}
