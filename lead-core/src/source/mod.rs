//! Where listings come from: platforms, open data, lists of sites. One folder a source.

mod finding;
pub mod osm;
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
