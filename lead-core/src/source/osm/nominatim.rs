//! Places by name. API: <https://nominatim.org/release-docs/latest/api/Search/>.

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

#[derive(Deserialize)]
struct RawPlace {
    #[serde(default)]
    display_name: String,
    lat: Option<String>,
    lon: Option<String>,
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
    Some(Place {
        name: raw.display_name,
        center: center.and_then(|(latitude, longitude)| GeoPoint::new(latitude, longitude).ok()),
        area,
        country,
    })
}

/// The best place of this name, asked of the Nominatim of these settings.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is none; those of fetching and of [`parse_places`].
pub async fn find_place(cx: &Context, config: &OsmConfig, name: &QueryText) -> Result<Place> {
    let mut url = config.search()?.as_url().clone();
    let query = [
        ("q", name.as_str()),
        ("format", "jsonv2"),
        ("limit", "1"),
        ("addressdetails", "1"),
    ];
    url.query_pairs_mut().extend_pairs(query);
    let request = Request::get(crate::record::SafeUrl::from_url(url)?).purpose(Purpose::Api);
    let response = cx.fetcher().fetch(request).await?.error_for_status()?;
    let places = parse_places(&response.body)?;
    let missing =
        || Error::new(ErrorKind::NotFound, "nominatim", "there is no such place").with("place", name);
    places.into_iter().next().ok_or_else(missing)
}
