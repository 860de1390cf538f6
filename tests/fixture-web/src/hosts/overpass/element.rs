//! Businesses as OpenStreetMap elements, cities and countries as areas.

use crate::business::Business;
use crate::country::{City, Country};
use crate::entry;
use crate::links::Links;
use crate::world::{World, cities};

/// A node or way.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) is_node: bool,
    pub(super) id: u64,
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) tags: Vec<(&'static str, String)>,
}

/// The element of a business, if OpenStreetMap knows it.
pub(super) fn of(world: &World, business: &Business, links: Links) -> Option<Element> {
    let (entry, record) = entry::osm(world, business, links)?;
    let (key, value) = business.category.osm;
    let mut tags = vec![(key, value.to_owned()), ("name", entry.name.to_owned())];
    let contact =
        |plain: &'static str, prefixed: &'static str| if record.contact_keys { prefixed } else { plain };
    let numbers = entry.written();
    if !numbers.is_empty() {
        tags.push((contact("phone", "contact:phone"), numbers.join(";")));
    }
    if let Some(site) = entry.site {
        tags.push((contact("website", "contact:website"), site));
    }
    if let Some(email) = entry.email {
        tags.push((contact("email", "contact:email"), email.address.clone()));
    }
    if let Some(address) = entry.address {
        tags.push(("addr:street", address.street.clone()));
        tags.push(("addr:housenumber", address.number.clone()));
        tags.push(("addr:postcode", address.postcode.clone()));
        tags.push(("addr:city", address.city.clone()));
        if record.seed % 3 == 0 {
            tags.push(("addr:country", address.country.to_owned()));
        }
    }
    if let Some(hours) = business.hours.as_ref().filter(|_| record.with_hours) {
        tags.push(("opening_hours", hours.osm()));
    }
    if let Some(chain) = world.chain_of(business) {
        tags.push(("brand", chain.name.clone()));
    }
    if record.seed % 4 == 0 {
        tags.push(("wheelchair", "yes".to_owned()));
    }
    Some(Element {
        is_node: record.element == "node",
        id: record.id,
        lat: entry.lat,
        lon: entry.lon,
        tags,
    })
}

/// What areas there are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Area {
    City(&'static City, u64),
    Country(&'static Country, u64),
}

/// Overpass numbers the area of a relation 3,600,000,000 above it.
const RELATION_AREAS: u64 = 3_600_000_000;

/// The relation a city has in this world's OpenStreetMap; Nominatim shows the same.
pub(crate) fn city_relation(index: usize) -> u64 {
    100_000 + index as u64
}

/// The relation of a country.
pub(crate) fn country_relation(index: usize) -> u64 {
    50_000 + index as u64
}

pub(super) fn areas() -> impl Iterator<Item = Area> {
    let cities = cities()
        .enumerate()
        .map(|(index, (_, city))| Area::City(city, RELATION_AREAS + city_relation(index)));
    let countries = crate::country::ALL
        .iter()
        .enumerate()
        .map(|(index, country)| Area::Country(country, RELATION_AREAS + country_relation(index)));
    cities.chain(countries)
}

impl Area {
    pub(super) fn id(self) -> u64 {
        match self {
            Self::City(_, id) | Self::Country(_, id) => id,
        }
    }

    pub(super) fn holds(self, business: &Business) -> bool {
        match self {
            Self::City(city, _) => std::ptr::eq(business.city, city),
            Self::Country(country, _) => std::ptr::eq(business.country, country),
        }
    }

    pub(super) fn tags(self) -> Vec<(&'static str, String)> {
        let tag = |key, value: &str| (key, value.to_owned());
        match self {
            Self::City(city, _) => vec![
                tag("name", city.name()),
                tag("name:en", city.latin_name()),
                tag("boundary", "administrative"),
                tag("admin_level", "8"),
                tag("type", "boundary"),
            ],
            Self::Country(country, _) => vec![
                tag("name", country.local_name),
                tag("name:en", country.name),
                tag("ISO3166-1", country.code),
                tag("ISO3166-1:alpha2", country.code),
                tag("boundary", "administrative"),
                tag("admin_level", "2"),
                tag("type", "boundary"),
            ],
        }
    }
}
