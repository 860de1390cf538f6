//! Foursquare OS Places. Schema: <https://docs.foursquare.com/data-products/docs/places-os-data-schema>, Parquet.

use super::open_data::{Draft, Layout, ParquetLayout, Portion, Sieve, Table};
use crate::record::{Address, CountryCode, GeoPoint, Listing, OperatingStatus, PhoneRole, SafeUrl};
use crate::source::open_data::{Numbers, TextLists, Texts};
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

/// The columns of some rows, looked up once for all of them.
struct Columns<'a> {
    id: Texts<'a>,
    name: Texts<'a>,
    latitude: Numbers<'a>,
    longitude: Numbers<'a>,
    street: Texts<'a>,
    locality: Texts<'a>,
    region: Texts<'a>,
    postcode: Texts<'a>,
    country: Texts<'a>,
    tel: Texts<'a>,
    website: Texts<'a>,
    email: Texts<'a>,
    profiles: [(&'static str, &'static str, Texts<'a>); 3],
    labels: TextLists<'a>,
    closed: Texts<'a>,
}

impl<'a> Columns<'a> {
    fn of(table: &Table<'a>) -> Result<Self> {
        let texts = |name| table.texts(&[name]);
        Ok(Self {
            id: table.need("fsq_place_id")?,
            name: texts("name"),
            latitude: table.numbers(&["latitude"]),
            longitude: table.numbers(&["longitude"]),
            street: texts("address"),
            locality: texts("locality"),
            region: texts("region"),
            postcode: texts("postcode"),
            country: texts("country"),
            tel: texts("tel"),
            website: texts("website"),
            email: texts("email"),
            profiles: NETWORKS.map(|(column, network)| (column, network, texts(column))),
            labels: table.lists(&["fsq_category_labels"]),
            closed: texts("date_closed"),
        })
    }

    fn point(&self, row: usize) -> Result<Option<GeoPoint>> {
        match (self.latitude.get(row), self.longitude.get(row)) {
            (Some(latitude), Some(longitude)) => GeoPoint::new(latitude, longitude).map(Some),
            _ => Ok(None),
        }
    }

    fn address(&self, row: usize) -> Address {
        let own = |column: Texts<'_>| column.get(row).map(str::to_owned);
        let country = self.country.get(row);
        Address {
            street: own(self.street),
            city: own(self.locality),
            region: own(self.region),
            postal_code: own(self.postcode),
            country: country.and_then(|code| CountryCode::new(code).ok()),
            ..Address::default()
        }
    }
}

fn portion(table: &Table<'_>, rows: usize, first: u64, sieve: &Sieve) -> Result<Portion> {
    let columns = Columns::of(table)?;
    let mut portion = Portion::default();
    for (number, row) in (first..).zip(0..rows) {
        portion.take(listing(&columns, row, sieve), || format!("row {number}"));
    }
    Ok(portion)
}

fn listing(columns: &Columns<'_>, row: usize, sieve: &Sieve) -> Result<Option<Listing>> {
    let missing = |says| Error::invalid("open data", says);
    let id = columns
        .id
        .get(row)
        .ok_or_else(|| missing("the place has no id"))?;
    let point = columns.point(row)?;
    if !sieve.holds(point) || !sieve.wants(columns.labels.get(row)) {
        return Ok(None);
    }
    let name = columns
        .name
        .get(row)
        .ok_or_else(|| missing("the place has no name"))?;
    let mut draft = Draft::new(Layout::Foursquare, SURE);
    draft.country(columns.country.get(row));
    draft.name("name", name, true);
    if let Some(number) = columns.tel.get(row) {
        draft.phone("tel", number, PhoneRole::Tel);
    }
    if let Some(address) = columns.email.get(row) {
        draft.email("email", address);
    }
    if let Some(url) = columns.website.get(row) {
        draft.website("website", url);
    }
    for (column, network, handles) in columns.profiles {
        if let Some(handle) = handles.get(row) {
            draft.social(column, handle, social::profile_named(network, handle));
        }
    }
    draft.address("address", columns.address(row));
    for label in columns.labels.get(row) {
        draft.category("foursquare", "fsq_category_labels", label, 0.85);
    }
    draft.point("latitude,longitude", point);
    if let Some(date) = columns.closed.get(row) {
        draft.status("date_closed", date, OperatingStatus::PermanentlyClosed);
    }
    let url = SafeUrl::parse(&format!("https://foursquare.com/v/{id}")).ok();
    draft.finish(id, url).map(Some)
}
