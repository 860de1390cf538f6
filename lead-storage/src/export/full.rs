//! The layout with every value a lead has.

use std::borrow::Cow;
use std::collections::BTreeMap;

use lead_core::record::{AttributeValue, Confidence};

use super::columns::{Cell, Column, Kind, ReadRow};
use super::row::{Address, Row, Text};

const fn text(header: &'static str, read: ReadRow) -> Column {
    Column::new(header, Kind::Text, read)
}

const fn texts(header: &'static str, read: ReadRow) -> Column {
    Column::new(header, Kind::Texts, read)
}

const fn number(header: &'static str, read: ReadRow) -> Column {
    Column::new(header, Kind::Number, read)
}

const fn shares(header: &'static str, read: ReadRow) -> Column {
    Column::new(header, Kind::Shares, read)
}

const fn time(header: &'static str, read: ReadRow) -> Column {
    Column::new(header, Kind::Time, read)
}

pub(super) const FULL: &[Column] = &[
    text("id", |row| Cell::of(Some(&row.id))),
    text("name", |row| Cell::of(row.name.as_ref())),
    texts("other_names", |row| {
        Cell::list(row.organizations.iter().skip(1).map(|found| &found.name))
    }),
    texts("phones", |row| {
        Cell::list(row.phones.iter().map(|found| &found.e164))
    }),
    texts("phone_types", |row| {
        Cell::list(row.phones.iter().map(|found| &found.kind))
    }),
    texts("phone_roles", |row| {
        Cell::list(row.phones.iter().map(|found| &found.role))
    }),
    shares("phone_confidences", |row| {
        confidences(row.phones.iter().map(|found| found.confidence))
    }),
    texts("emails", |row| {
        Cell::list(row.emails.iter().map(|found| &found.address))
    }),
    texts("email_kinds", |row| {
        Cell::list(row.emails.iter().map(|found| &found.kind))
    }),
    shares("email_confidences", |row| {
        confidences(row.emails.iter().map(|found| found.confidence))
    }),
    texts("websites", |row| {
        Cell::list(row.websites.iter().map(|found| &found.url))
    }),
    texts("socials", |row| {
        Cell::list(row.socials.iter().map(|found| &found.url))
    }),
    text("address", |row| address(row, |address| Some(&address.text))),
    text("street", |row| address(row, |address| address.street.as_ref())),
    text("postal_code", |row| {
        address(row, |address| address.postal_code.as_ref())
    }),
    text("city", |row| address(row, |address| address.city.as_ref())),
    text("region", |row| address(row, |address| address.region.as_ref())),
    text("country", |row| address(row, |address| address.country.as_ref())),
    texts("other_addresses", |row| {
        Cell::list(row.addresses.iter().skip(1).map(|found| &found.text))
    }),
    number("latitude", |row| {
        row.geo
            .first()
            .map_or(Cell::Empty, |point| Cell::Number(point.latitude))
    }),
    number("longitude", |row| {
        row.geo
            .first()
            .map_or(Cell::Empty, |point| Cell::Number(point.longitude))
    }),
    texts("categories", |row| {
        Cell::list(row.categories.iter().map(|found| &found.category))
    }),
    text("opening_hours", |row| {
        Cell::of(row.hours.first().map(|found| &found.hours))
    }),
    text("status", |row| {
        Cell::of(row.status.first().map(|found| &found.status))
    }),
    texts("persons", |row| {
        Cell::made(row.persons.iter().map(|found| match &found.function {
            Some(function) => Cow::Owned(format!("{} ({})", &*found.name, &**function)),
            None => found.name.0.clone(),
        }))
    }),
    texts("registrations", |row| {
        let list = row.registrations.iter();
        Cell::made(list.map(|found| Cow::Owned(format!("{} {}", &*found.kind, &*found.value))))
    }),
    number("rating", |row| attribute(row, "rating")),
    number("review_count", |row| attribute(row, "review_count")),
    number("lead_score", |row| attribute(row, "lead_score")),
    text("description", |row| attribute(row, "description")),
    texts("sources", |row| {
        Cell::list(row.sources.iter().map(|source| &source.source))
    }),
    texts("source_keys", |row| {
        Cell::list(row.sources.iter().map(|source| &source.natural_key))
    }),
    texts("source_urls", |row| {
        Cell::list(row.sources.iter().filter_map(|source| source.url.as_ref()))
    }),
    time("first_seen", |row| Cell::Time(row.first_seen)),
    time("last_seen", |row| Cell::Time(row.last_seen)),
    text("attributes", attributes),
];

/// A part of the surest address.
pub(super) fn address<'a>(
    row: &Row<'a>,
    part: impl for<'r> Fn(&'r Address<'a>) -> Option<&'r Text<'a>>,
) -> Cell<'a> {
    Cell::of(row.addresses.first().and_then(part))
}

pub(super) fn attribute<'a>(row: &Row<'a>, name: &str) -> Cell<'a> {
    match row.attributes.iter().find(|found| &*found.name == name) {
        None => Cell::Empty,
        Some(found) => match &found.value {
            AttributeValue::Number(number) if number.is_finite() => Cell::Number(*number),
            other => Cell::text(other.to_string()),
        },
    }
}

/// Every attribute, the surest of each name, as a JSON object; it begins with `{`, which no spreadsheet runs.
fn attributes<'a>(row: &Row<'a>) -> Cell<'a> {
    let mut object = BTreeMap::new();
    for found in &row.attributes {
        object.entry(&*found.name).or_insert(&found.value);
    }
    if object.is_empty() {
        return Cell::Empty;
    }
    serde_json::to_string(&object).map_or(Cell::Empty, Cell::text)
}

fn confidences<'a>(all: impl Iterator<Item = Confidence>) -> Cell<'a> {
    let shares: Vec<_> = all.map(|one| f64::from(one.get())).collect();
    if shares.is_empty() {
        return Cell::Empty;
    }
    Cell::Shares(shares)
}
