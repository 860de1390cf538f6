//! Where listings come from: platforms, open data, lists of sites. One folder a source.

pub mod adapter;
mod built_in;
mod finding;
mod github;
mod google_maps;
mod google_places_api;
mod instagram;
mod linkedin;
mod nominatim;
pub mod osm;
mod overpass;
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
pub mod sites;
mod tiktok;
mod week;
mod wikidata;
mod x_twitter;
mod yelp_api;
mod youtube;

pub use built_in::{adapter, adapters};

use crate::record::SafeUrl;
use crate::seam::Source;

/// OpenStreetMap, asked at its public servers.
pub fn osm() -> Source {
    Source::new(osm::Osm::default())
}

/// A list of web sites of the user's.
pub fn sites(urls: Vec<SafeUrl>) -> Source {
    Source::new(sites::Sites::new(urls))
}

/// The ids of all built-in sources, in alphabetical order.
pub const ALL: &[&str] = &["osm", "sites"];
