//! Places as GeoJSON.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::place::{Part, Place, wrong};
use crate::record::Listing;
use crate::source::geojson::{Geometry, Text};
use crate::source::open_data::Sieve;
use crate::{Error, ErrorKind, Result};

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow, default)]
    id: Option<Text<'a>>,
    geometry: Geometry,
    #[serde(borrow)]
    properties: Properties<'a>,
}

#[derive(Deserialize)]
struct Properties<'a> {
    /// Where a release writes the id beside the others.
    #[serde(borrow, default)]
    id: Option<Text<'a>>,
    #[serde(borrow, default)]
    theme: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "type", default)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    names: Option<Names<'a>>,
    #[serde(borrow, default)]
    categories: Option<Categories<'a>>,
    #[serde(borrow, default)]
    taxonomy: Option<Taxonomy<'a>>,
    #[serde(borrow, default)]
    basic_category: Option<Cow<'a, str>>,
    #[serde(default)]
    confidence: Option<f64>,
    #[serde(borrow, default)]
    websites: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow, default)]
    emails: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow, default)]
    socials: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow, default)]
    phones: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow, default)]
    brand: Option<Brand<'a>>,
    #[serde(borrow, default)]
    addresses: Option<Vec<RawAddress<'a>>>,
    #[serde(borrow, default)]
    operating_status: Option<Cow<'a, str>>,
}

impl Properties<'_> {
    /// Whether it bears a mark of Overture's own: an id and a point are any feature's.
    fn is_place(&self) -> bool {
        let said = [&self.theme, &self.kind, &self.basic_category];
        said.iter().any(|said| said.is_some())
            || self.names.is_some()
            || self.categories.is_some()
            || self.taxonomy.is_some()
    }
}

#[derive(Deserialize)]
struct Names<'a> {
    #[serde(borrow)]
    primary: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Categories<'a> {
    #[serde(borrow)]
    primary: Cow<'a, str>,
    #[serde(borrow, default)]
    alternate: Option<Vec<Cow<'a, str>>>,
}

#[derive(Deserialize)]
struct Taxonomy<'a> {
    #[serde(borrow)]
    primary: Cow<'a, str>,
    /// Wanted by the schema; the path itself is kept in the category's own tree.
    #[serde(rename = "hierarchy")]
    _hierarchy: Vec<IgnoredAny>,
    #[serde(borrow, default)]
    alternates: Option<Vec<Cow<'a, str>>>,
}

#[derive(Deserialize)]
struct Brand<'a> {
    #[serde(borrow, default)]
    names: Option<Names<'a>>,
}

/// The schema allows no further properties in an address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAddress<'a> {
    #[serde(borrow, default)]
    freeform: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    locality: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    region: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    postcode: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    country: Option<Cow<'a, str>>,
}

/// Reads a feature; `None` when it is not wanted.
pub(in crate::source) fn feature(line: &[u8], sieve: &Sieve) -> Result<Option<Listing>> {
    let feature: Feature<'_> = serde_json::from_slice(line).map_err(|cause| {
        let at = cause.column();
        Error::new(ErrorKind::Decode, "open data", "not a place of Overture").with("column", at)
    })?;
    let all = feature.properties;
    if !all.is_place() {
        return Err(wrong(
            "names",
            "is missing, as is all else that a place of Overture says of itself",
        ));
    }
    let own = feature.id.or(all.id).and_then(|id| id.0);
    let id = own.ok_or_else(|| wrong("id", "is missing"))?;
    let other = |said: &Option<Cow<'_, str>>, wanted| said.as_deref().is_some_and(|said| said != wanted);
    if other(&all.theme, "places") || other(&all.kind, "place") {
        return Err(wrong("type", "is not place: a feature of another theme"));
    }
    let point = feature.geometry.point()?;
    let (mut primary, mut alternates) = (None, Vec::new());
    if let Some(categories) = all.categories {
        primary = Some(categories.primary);
        alternates = categories.alternate.unwrap_or_default();
    }
    if let Some(taxonomy) = all.taxonomy {
        primary = primary.or(Some(taxonomy.primary));
        for other in taxonomy.alternates.unwrap_or_default() {
            if !alternates.contains(&other) {
                alternates.push(other);
            }
        }
    }
    let place = Place {
        id,
        point: Some(point),
        name: all.names.map(|names| names.primary),
        primary,
        basic: all.basic_category,
        alternates,
        confidence: all.confidence,
        websites: filled("websites", all.websites)?,
        emails: filled("emails", all.emails)?,
        socials: filled("socials", all.socials)?,
        phones: filled("phones", all.phones)?,
        brand: all.brand.and_then(|brand| brand.names).map(|names| names.primary),
        addresses: all.addresses.unwrap_or_default().into_iter().map(part).collect(),
        status: all.operating_status,
    };
    place.listing(sieve)
}

/// A list that is there holds something.
fn filled<'a>(name: &'static str, list: Option<Vec<Cow<'a, str>>>) -> Result<Vec<Cow<'a, str>>> {
    match list {
        Some(list) if list.is_empty() => Err(wrong(name, "must not be empty where it is given")),
        list => Ok(list.unwrap_or_default()),
    }
}

fn part(raw: RawAddress<'_>) -> Part<'_> {
    Part {
        freeform: raw.freeform,
        locality: raw.locality,
        region: raw.region,
        postcode: raw.postcode,
        country: raw.country,
    }
}
