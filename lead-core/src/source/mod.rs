//! Where listings come from: platforms, open data, lists of sites. One folder a source.

#[cfg(feature = "open-data")]
mod alltheplaces;
#[cfg(feature = "open-data")]
mod companies_house;
mod finding;
#[cfg(feature = "open-data")]
mod foursquare;
#[cfg(feature = "open-data")]
mod geojson;
#[cfg(feature = "open-data")]
mod gleif;
#[cfg(feature = "open-data")]
pub mod open_data;
pub mod osm;
#[cfg(feature = "open-data")]
mod overture;
#[cfg(feature = "open-data")]
mod sirene;
pub mod sites;

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
