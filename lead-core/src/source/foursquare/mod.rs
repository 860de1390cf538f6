//! Foursquare OS Places. Schema: <https://docs.foursquare.com/data-products/docs/places-os-data-schema>, Parquet.

use super::open_data::{Draft, Layout, ParquetLayout, Portion, Sieve, Table};
use crate::record::{Address, CountryCode, GeoPoint, Listing, OperatingStatus, PhoneRole, SafeUrl};
use crate::source::open_data::Texts;
use crate::{Error, Result, social};

/// Users and owners keep it; places outlive their numbers.
const SURE: f32 = 0.8;

/// What is read of a file.
pub(super) const PARQUET: ParquetLayout = ParquetLayout {
    columns: &[
        "fsq_place_id",
        "name",
        "latitude",
        "longitude",
        "address",
        "locality",
        "region",
        "postcode",
        "country",
        "tel",
        "website",
        "email",
        "facebook_id",
        "instagram",
        "twitter",
        "fsq_category_labels",
        "date_closed",
    ],
    longitude: ["longitude", "longitude"],
    latitude: ["latitude", "latitude"],
    portion,
};

/// Networks by their column.
const NETWORKS: [(&str, &str); 3] = [
    ("facebook_id", "facebook"),
    ("instagram", "instagram"),
    ("twitter", "x"),
];

fn portion(table: &Table<'_>, rows: usize, first: u64, sieve: &Sieve) -> Result<Portion> {
    let id = table.need("fsq_place_id")?;
    let mut portion = Portion::default();
    for (number, row) in (first..).zip(0..rows) {
        let told = id
            .get(row)
            .ok_or_else(|| Error::invalid("open data", "the place has no id"));
        let told = told.and_then(|id| listing(table, id, row, sieve));
        portion.take(told, || format!("row {number}"));
    }
    Ok(portion)
}

fn listing(table: &Table<'_>, id: &str, row: usize, sieve: &Sieve) -> Result<Option<Listing>> {
    let point = match (
        table.numbers(&["latitude"]).get(row),
        table.numbers(&["longitude"]).get(row),
    ) {
        (Some(latitude), Some(longitude)) => Some(GeoPoint::new(latitude, longitude)?),
        _ => None,
    };
    let labels = table.lists(&["fsq_category_labels"]);
    if !sieve.holds(point) || !sieve.wants(labels.get(row)) {
        return Ok(None);
    }
    let text = |name: &str| table.texts(&[name]).get(row);
    let name = text("name").ok_or_else(|| Error::invalid("open data", "the place has no name"))?;
    let mut draft = Draft::new(Layout::Foursquare, SURE);
    draft.country(text("country"));
    draft.name("name", name, true);
    if let Some(number) = text("tel") {
        draft.phone("tel", number, PhoneRole::Tel);
    }
    if let Some(address) = text("email") {
        draft.email("email", address);
    }
    if let Some(url) = text("website") {
        draft.website("website", url);
    }
    for (column, network) in NETWORKS {
        if let Some(handle) = text(column) {
            draft.social(column, handle, social::profile_named(network, handle));
        }
    }
    draft.address("address", address(|name| table.texts(&[name]), row));
    for label in labels.get(row) {
        draft.category("foursquare", "fsq_category_labels", label, 0.85);
    }
    draft.point("latitude,longitude", point);
    if let Some(date) = text("date_closed") {
        draft.status("date_closed", date, OperatingStatus::PermanentlyClosed);
    }
    let url = SafeUrl::parse(&format!("https://foursquare.com/v/{id}")).ok();
    draft.finish(id, url).map(Some)
}

fn address<'a>(column: impl Fn(&str) -> Texts<'a>, row: usize) -> Address {
    let own = |name: &str| column(name).get(row).map(str::to_owned);
    let country = column("country").get(row);
    Address {
        street: own("address"),
        city: own("locality"),
        region: own("region"),
        postal_code: own("postcode"),
        country: country.and_then(|code| CountryCode::new(code).ok()),
        ..Address::default()
    }
}
