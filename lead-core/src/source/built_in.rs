//! The platforms that come with the library.

use super::adapter::{Adapter, Census, Hooks};
use super::{
    crunchbase, facebook, github, google_maps, google_places_api, indeed, instagram, linkedin, nominatim,
    overpass, searxng, serp_baidu, serp_bing, serp_brave, serp_duckduckgo, serp_ecosia, serp_google,
    serp_mojeek, serp_qwant, serp_startpage, serp_yahoo, serp_yandex, tiktok, tripadvisor, wikidata,
    x_twitter, yellow_pages, yelp_api, youtube,
};
use crate::{Error, ErrorKind, Result};

/// A built-in platform: its id, its file, its functions.
pub(super) struct BuiltIn {
    pub(super) id: &'static str,
    pub(super) toml: &'static str,
    /// What its saved pages were like; empty where there is none.
    pub(super) baseline: &'static str,
    pub(super) hooks: Hooks,
}

/// A platform whose file says everything.
pub(super) const fn plain(id: &'static str, toml: &'static str, baseline: &'static str) -> BuiltIn {
    BuiltIn {
        id,
        toml,
        baseline,
        hooks: Hooks {
            prepare: None,
            readers: &[],
            listings: None,
        },
    }
}

/// All of them, in alphabetical order.
const ALL: &[BuiltIn] = &[
    crunchbase::PLATFORM,
    facebook::PLATFORM,
    github::PLATFORM,
    google_maps::PLATFORM,
    google_places_api::PLATFORM,
    indeed::PLATFORM,
    instagram::PLATFORM,
    linkedin::PLATFORM,
    nominatim::PLATFORM,
    overpass::PLATFORM,
    searxng::PLATFORM,
    serp_baidu::PLATFORM,
    serp_bing::PLATFORM,
    serp_brave::PLATFORM,
    serp_duckduckgo::PLATFORM,
    serp_ecosia::PLATFORM,
    serp_google::PLATFORM,
    serp_mojeek::PLATFORM,
    serp_qwant::PLATFORM,
    serp_startpage::PLATFORM,
    serp_yahoo::PLATFORM,
    serp_yandex::PLATFORM,
    tiktok::PLATFORM,
    tripadvisor::PLATFORM,
    wikidata::PLATFORM,
    x_twitter::PLATFORM,
    yellow_pages::PLATFORM,
    yelp_api::PLATFORM,
    youtube::PLATFORM,
];

/// The ids of the built-in platforms, in alphabetical order.
pub fn adapters() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|one| one.id)
}

/// A built-in platform.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is none of this id.
pub fn adapter(id: &str) -> Result<Adapter> {
    let known = ALL.iter().find(|one| one.id == id);
    let known =
        known.ok_or_else(|| Error::new(ErrorKind::NotFound, "adapter", "no such platform").with("id", id))?;
    let mut adapter = Adapter::with_hooks(known.toml, known.hooks)?;
    adapter.baseline = Some(Census::from_json(known.baseline)?).filter(|census| !census.is_empty());
    Ok(adapter)
}
