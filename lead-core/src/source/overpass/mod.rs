//! Overpass, read as by the source `osm`. See `docs.md`.

use super::adapter::{Hooks, ParseRequest};
use super::built_in::BuiltIn;
use super::osm;
use crate::Result;
use crate::record::{CountryCode, Listing};
use crate::seam::Reject;

pub(super) const PLATFORM: BuiltIn = BuiltIn {
    id: "overpass",
    toml: include_str!("adapter.toml"),
    baseline: include_str!("baseline.json"),
    hooks: Hooks {
        prepare: None,
        readers: &[],
        listings: Some(listings),
    },
};

fn listings(json: &[u8], request: &ParseRequest) -> Result<(Vec<Listing>, Vec<Reject>)> {
    let country = request
        .region
        .as_deref()
        .and_then(|region| CountryCode::new(region).ok());
    let batch = osm::batch(osm::parse_answer(json)?, country);
    Ok((batch.listings, batch.rejects))
}
