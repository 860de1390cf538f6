//! Places and how they are written.

use serde_json::{Value, json};

use super::super::Request;
use super::super::overpass::{city_relation, country_relation};
use crate::business::Business;
use crate::country::{City, Country};

/// A place found.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    Country(usize, &'static Country),
    City(usize, &'static Country, &'static City),
    House(&'a Business),
}

impl Place<'_> {
    pub(super) fn country(self) -> &'static Country {
        match self {
            Self::Country(_, country) | Self::City(_, country, _) => country,
            Self::House(business) => business.country,
        }
    }

    fn osm(self) -> (&'static str, u64) {
        match self {
            Self::Country(index, _) => ("relation", country_relation(index)),
            Self::City(index, ..) => ("relation", city_relation(index)),
            Self::House(business) => business
                .osm
                .as_ref()
                .map_or(("node", 0), |record| (record.element, record.id)),
        }
    }

    fn position(self) -> (f64, f64) {
        match self {
            Self::Country(_, country) => country.cities.first().map_or((0.0, 0.0), City::center),
            Self::City(_, _, city) => city.center(),
            Self::House(business) => (business.lat, business.lon),
        }
    }

    /// South, north, west, east: Nominatim's own order.
    fn bbox(self) -> [f64; 4] {
        let [south, west, north, east] = match self {
            Self::Country(_, country) => country.cities.iter().map(City::bbox).fold(
                [90.0, 180.0, -90.0, -180.0],
                |[s, w, n, e]: [f64; 4], [south, west, north, east]| {
                    [s.min(south), w.min(west), n.max(north), e.max(east)]
                },
            ),
            Self::City(_, _, city) => city.bbox(),
            Self::House(business) => {
                let (lat, lon) = (business.lat, business.lon);
                [lat - 0.00005, lon - 0.00005, lat + 0.00005, lon + 0.00005]
            }
        };
        [south, north, west, east]
    }
}

/// A place as the service writes it.
pub(super) fn write(place: Place<'_>, request: &Request) -> Value {
    let country = place.country();
    let english = request
        .param("accept-language")
        .is_some_and(|lang| lang.starts_with("en"));
    let country_name = if english { country.name } else { country.local_name };
    let (osm_type, osm_id) = place.osm();
    let (lat, lon) = place.position();
    let (category, kind, rank, name, display) = match place {
        Place::Country(..) => (
            "boundary",
            "administrative",
            4,
            country_name.to_owned(),
            country_name.to_owned(),
        ),
        Place::City(_, _, city) => {
            let name = if english { city.latin_name() } else { city.name() };
            let display = [name, city.region(), country_name].join(", ");
            ("boundary", "administrative", 16, name.to_owned(), display)
        }
        Place::House(business) => {
            let (key, value) = business.category.osm;
            let display = format!(
                "{}, {}, {country_name}",
                business.names.osm,
                business.address.one_line()
            );
            (key, value, 30, business.names.osm.clone(), display)
        }
    };
    let addresstype = match place {
        Place::Country(..) => "country",
        Place::City(..) => "city",
        Place::House(..) => category,
    };
    let mut value = json!({
        "place_id": osm_id % 1_000_000_007,
        "licence": "All places of this answer but cities are invented.",
        "osm_type": osm_type,
        "osm_id": osm_id,
        "lat": format!("{lat:.7}"),
        "lon": format!("{lon:.7}"),
        "category": category,
        "type": kind,
        "place_rank": rank,
        "importance": if rank < 30 { 0.7 } else { 0.01 },
        "addresstype": addresstype,
        "name": name,
        "display_name": display,
        "boundingbox": place.bbox().map(|degrees| format!("{degrees:.7}")),
    });
    if request.param("addressdetails") == Some("1")
        && let Some(object) = value.as_object_mut()
    {
        object.insert("address".to_owned(), details(place, country_name));
    }
    value
}

fn details(place: Place<'_>, country_name: &str) -> Value {
    let code = place.country().code.to_lowercase();
    match place {
        Place::Country(..) => json!({"country": country_name, "country_code": code}),
        Place::City(_, _, city) => {
            json!({"city": city.name(), "state": city.region(), "country": country_name, "country_code": code})
        }
        Place::House(business) => {
            let address = &business.address;
            json!({"house_number": address.number, "road": address.street, "city": address.city, "state": address.region,
                "postcode": address.postcode, "country": country_name, "country_code": code})
        }
    }
}
