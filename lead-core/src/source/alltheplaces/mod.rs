//! All The Places: the shop finders of chains, a spider each. Format: <https://github.com/alltheplaces/alltheplaces>,
//! `DATA_FORMAT.md`: GeoJSON, a feature a line, properties are OpenStreetMap's tags.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::open_data::{Draft, Layout, Sieve};
use super::osm::{self, Element};
use crate::record::{GeoPoint, Listing};
use crate::source::geojson::{Geometry, Text};
use crate::{Error, ErrorKind, Result};

/// Chains keep the data of their own shops up to date.
const SURE: f32 = 0.9;

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow, default)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    properties: BTreeMap<Cow<'a, str>, Text<'a>>,
    #[serde(default)]
    geometry: Option<Geometry>,
}

/// Reads a feature; `None` when it is not wanted.
pub(super) fn feature(line: &[u8], sieve: &Sieve) -> Result<Option<Listing>> {
    let feature: Feature<'_> = serde_json::from_slice(line).map_err(|cause| {
        let at = cause.column();
        Error::new(ErrorKind::Decode, "open data", "not a feature of All The Places").with("column", at)
    })?;
    let point = match &feature.geometry {
        Some(geometry) => geometry.some_point()?,
        None => None,
    };
    if !sieve.holds(point) {
        return Ok(None);
    }
    listing(feature, point, sieve)
}

fn listing(feature: Feature<'_>, point: Option<GeoPoint>, sieve: &Sieve) -> Result<Option<Listing>> {
    let tags: BTreeMap<String, String> = feature
        .properties
        .into_iter()
        .filter_map(|(name, value)| Some((name.into_owned(), value.0?.into_owned())))
        .collect();
    let Some(spider) = tags.get("@spider").cloned() else {
        let says = "the feature has no `@spider`: it is none of All The Places";
        return Err(Error::invalid("open data", says));
    };
    let key = match (feature.id.and_then(|id| id.0), tags.get("ref")) {
        (_, Some(own)) => format!("{spider}/{own}"),
        (Some(id), None) => id.into_owned(),
        (None, None) => return Err(Error::invalid("open data", "the feature has neither id nor ref")),
    };
    let mut draft = Draft::new(Layout::AllThePlaces, SURE);
    let findings = osm::findings(&Element::new(String::new(), point, tags), None);
    if !sieve.wants(findings.categories.iter().map(|found| found.category.as_str())) {
        return Ok(None);
    }
    draft.found(findings);
    draft.text("x:spider", "@spider", &spider);
    draft.finish(&key, None).map(Some)
}
