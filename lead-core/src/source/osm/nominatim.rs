//! Places by name. API: <https://nominatim.org/release-docs/latest/api/Search/>.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::OsmConfig;
use crate::record::{Area, BoundingBox, CountryCode, GeoPoint, QueryText};
use crate::seam::{Context, Purpose, Request};
use crate::{Error, ErrorKind, Result};

/// A place.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Place {
    /// Its full name.
    pub name: String,
    /// Its middle, where a circle around it is drawn.
    pub center: Option<GeoPoint>,
    /// What it is called: in its own language first, then in others, as far as the answer tells.
    pub names: Vec<String>,
    /// Its box.
    pub area: BoundingBox,
    /// Its country.
    pub country: Option<CountryCode>,
}

impl Place {
    /// What lies within its box or, given a radius in metres, around its middle.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when the radius is no length on the earth.
    pub fn within(&self, radius: Option<f64>) -> Result<Area> {
        let Some(metres) = radius else {
            return Ok(Area::Box(self.area));
        };
        let center = self.center.map_or_else(|| middle(self.area), Ok)?;
        Area::circle(center, metres)
    }
}

/// The middle of a box, on whichever side of the antimeridian it lies.
fn middle(area: BoundingBox) -> Result<GeoPoint> {
    let [west, south, east, north] = area.into();
    let width = (east - west).rem_euclid(360.0);
    let longitude = (west + width / 2.0 + 180.0).rem_euclid(360.0) - 180.0;
    GeoPoint::new(f64::midpoint(south, north), longitude)
}
/// Keys of names in use (OpenStreetMap wiki, "Names").
const NAME_KEYS: [&str; 5] = ["name", "alt_name", "int_name", "official_name", "short_name"];

#[derive(Deserialize)]
struct RawPlace {
    #[serde(default)]
    display_name: String,
    lat: Option<String>,
    lon: Option<String>,
    name: Option<String>,
    #[serde(default)]
    namedetails: Option<BTreeMap<String, String>>,
    /// South, north, west, east, as text.
    boundingbox: [String; 4],
    #[serde(default)]
    address: RawAddress,
}

#[derive(Default, Deserialize)]
struct RawAddress {
    country_code: Option<String>,
}

/// Reads an answer of `/search?format=jsonv2`, best place first.
///
/// # Errors
/// [`ErrorKind::Decode`] when it is not such an answer.
pub fn parse_places(json: &[u8]) -> Result<Vec<Place>> {
    let decode =
        |cause| Error::new(ErrorKind::Decode, "nominatim", "not an answer of Nominatim").because(cause);
    let raw: Vec<RawPlace> = serde_json::from_slice(json).map_err(decode)?;
    Ok(raw.into_iter().filter_map(place).collect())
}

/// A place without a box that can be read is of no use.
fn place(raw: RawPlace) -> Option<Place> {
    let [south, north, west, east] = raw.boundingbox.map(|side| side.parse::<f64>().ok());
    let area = BoundingBox::new(west?, south?, east?, north?).ok()?;
    let country = raw
        .address
        .country_code
        .and_then(|code| CountryCode::new(&code).ok());
    let number = |text: Option<String>| text?.parse::<f64>().ok();
    let center = number(raw.lat).zip(number(raw.lon));
    let mut names: Vec<String> = raw.name.into_iter().filter(|name| !name.is_empty()).collect();
    let details = raw.namedetails.unwrap_or_default().into_iter();
    // `name`, `name:de`, `alt_name` …, and not what it was called in former times.
    let others = details.filter(|(key, _)| key.split(':').next().is_some_and(|key| NAME_KEYS.contains(&key)));
    for (_, value) in others {
        for name in value.split(';').map(str::trim) {
            if !name.is_empty() && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    Some(Place {
        name: raw.display_name,
        center: center.and_then(|(latitude, longitude)| GeoPoint::new(latitude, longitude).ok()),
        names,
        area,
        country,
    })
}

/// The best place of this name, asked of the Nominatim of these settings.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is none; those of fetching and of [`parse_places`].
pub async fn find_place(cx: &Context, config: &OsmConfig, name: &QueryText) -> Result<Place> {
    find(cx, config, name, false).await
}

/// The best place of this name; with what it is called in all languages, if wanted.
pub(super) async fn find(
    cx: &Context,
    config: &OsmConfig,
    name: &QueryText,
    all_names: bool,
) -> Result<Place> {
    let mut url = config.search()?.as_url().clone();
    let mut query = vec![
        ("q", name.as_str()),
        ("format", "jsonv2"),
        ("limit", "1"),
        ("addressdetails", "1"),
    ];
    if all_names {
        query.push(("namedetails", "1"));
    }
    url.query_pairs_mut().extend_pairs(query);
    let request = Request::get(crate::record::SafeUrl::from_url(url)?).purpose(Purpose::Api);
    let response = cx.fetcher().fetch(request).await?.error_for_status()?;
    let places = parse_places(&response.body)?;
    let missing =
        || Error::new(ErrorKind::NotFound, "nominatim", "there is no such place").with("place", name);
    places.into_iter().next().ok_or_else(missing)
}
