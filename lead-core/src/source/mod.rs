//! Where listings come from: platforms, open data, lists of sites. One folder a source.

pub mod adapter;
#[cfg(feature = "open-data")]
mod alltheplaces;
pub mod bounded;
mod built_in;
#[cfg(feature = "open-data")]
mod companies_house;
mod crunchbase;
mod facebook;
mod finding;
#[cfg(feature = "open-data")]
mod foursquare;
#[cfg(feature = "open-data")]
mod geojson;
mod github;
#[cfg(feature = "open-data")]
mod gleif;
mod google_maps;
mod google_places_api;
mod indeed;
mod instagram;
mod linkedin;
mod nominatim;
#[cfg(feature = "open-data")]
pub mod open_data;
pub mod osm;
mod overpass;
#[cfg(feature = "open-data")]
mod overture;
pub mod own;
pub mod platforms;
mod searxng;
mod serp_baidu;
mod serp_bing;
mod serp_brave;
mod serp_duckduckgo;
mod serp_ecosia;
mod serp_google;
mod serp_mojeek;
mod serp_qwant;
mod serp_startpage;
mod serp_yahoo;
mod serp_yandex;
#[cfg(feature = "open-data")]
mod sirene;
pub mod sites;
mod tiktok;
mod tripadvisor;
pub mod web_search;
mod week;
mod wikidata;
mod x_twitter;
mod yellow_pages;
mod yelp_api;
mod youtube;

pub use built_in::{adapter, adapters};

use adapter::{AdapterSource, SourceOptions};

use crate::record::SafeUrl;
use crate::seam::Source;
use crate::{Error, ErrorKind, Result};

/// OpenStreetMap, asked at its public servers.
pub fn osm() -> Source {
    Source::new(osm::Osm::default())
}

/// A list of web sites of the user's.
pub fn sites(urls: Vec<SafeUrl>) -> Source {
    Source::new(sites::Sites::new(urls))
}

/// A SearXNG instance at this address: what search engines find.
///
/// # Errors
/// [`ErrorKind::Config`] when it is no web address.
pub fn searxng(address: &str) -> Result<Source> {
    let base = SafeUrl::parse(address).map_err(|cause| {
        let message = "the address of the instance cannot be used";
        Error::new(ErrorKind::Config, "searxng", message).because(cause)
    })?;
    let options = SourceOptions::new().base_url(base);
    AdapterSource::new(adapter("searxng")?, options).map(Source::new)
}

/// The ids of all built-in sources, in alphabetical order.
pub const ALL: &[&str] = &["osm", "searxng", "sites"];
