//! The layout with every value a lead has.

use std::collections::BTreeMap;

use lead_core::record::{Address, Attribute, AttributeValue, Evidence, Found, Lead};

use super::columns::{Cell, Column, Kind};

const fn text(header: &'static str, read: fn(&Lead) -> Cell) -> Column {
    Column::new(header, Kind::Text, read)
}

const fn texts(header: &'static str, read: fn(&Lead) -> Cell) -> Column {
    Column::new(header, Kind::Texts, read)
}

const fn number(header: &'static str, read: fn(&Lead) -> Cell) -> Column {
    Column::new(header, Kind::Number, read)
}

const fn shares(header: &'static str, read: fn(&Lead) -> Cell) -> Column {
    Column::new(header, Kind::Shares, read)
}

const fn time(header: &'static str, read: fn(&Lead) -> Cell) -> Column {
    Column::new(header, Kind::Time, read)
}

pub(super) const FULL: &[Column] = &[
    text("id", |lead| Cell::Text(lead.id.to_string())),
    text("name", |lead| Cell::of(lead.name.clone())),
    texts("other_names", |lead| {
        Cell::list(
            lead.findings
                .organizations
                .iter()
                .skip(1)
                .map(|found| found.name.clone()),
        )
    }),
    texts("phones", |lead| {
        Cell::list(lead.findings.phones.iter().map(|found| found.e164.to_string()))
    }),
    texts("phone_types", |lead| {
        Cell::list(lead.findings.phones.iter().map(|found| plain(&found.kind)))
    }),
    texts("phone_roles", |lead| {
        Cell::list(lead.findings.phones.iter().map(|found| plain(&found.role)))
    }),
    shares("phone_confidences", |lead| confidences(&lead.findings.phones)),
    texts("emails", |lead| {
        Cell::list(lead.findings.emails.iter().map(|found| found.address.to_string()))
    }),
    texts("email_kinds", |lead| {
        Cell::list(lead.findings.emails.iter().map(|found| plain(&found.kind)))
    }),
    shares("email_confidences", |lead| confidences(&lead.findings.emails)),
    texts("websites", |lead| {
        Cell::list(lead.findings.websites.iter().map(|found| found.url.to_string()))
    }),
    texts("socials", |lead| {
        Cell::list(lead.findings.socials.iter().map(|found| found.url.to_string()))
    }),
    text("address", |lead| {
        address(lead, |address| Some(address.text.clone()))
    }),
    text("street", |lead| address(lead, |address| address.street.clone())),
    text("postal_code", |lead| {
        address(lead, |address| address.postal_code.clone())
    }),
    text("city", |lead| address(lead, |address| address.city.clone())),
    text("region", |lead| address(lead, |address| address.region.clone())),
    text("country", |lead| {
        address(lead, |address| address.country.map(|country| country.to_string()))
    }),
    texts("other_addresses", |lead| {
        Cell::list(
            lead.findings
                .addresses
                .iter()
                .skip(1)
                .map(|found| found.text.clone()),
        )
    }),
    number("latitude", |lead| {
        lead.findings
            .geo
            .first()
            .map_or(Cell::Empty, |point| Cell::Number(point.latitude()))
    }),
    number("longitude", |lead| {
        lead.findings
            .geo
            .first()
            .map_or(Cell::Empty, |point| Cell::Number(point.longitude()))
    }),
    texts("categories", |lead| {
        Cell::list(
            lead.findings
                .categories
                .iter()
                .map(|found| found.category.clone()),
        )
    }),
    text("opening_hours", |lead| {
        Cell::of(lead.findings.hours.first().map(|found| found.hours.clone()))
    }),
    text("status", |lead| {
        Cell::of(lead.findings.status.first().map(|found| plain(&found.status)))
    }),
    texts("persons", |lead| {
        Cell::list(lead.findings.persons.iter().map(|found| match &found.function {
            Some(function) => format!("{} ({function})", found.name),
            None => found.name.clone(),
        }))
    }),
    texts("registrations", |lead| {
        let list = lead.findings.registrations.iter();
        Cell::list(list.map(|found| format!("{} {}", found.value.kind, found.value.value)))
    }),
    number("rating", |lead| attribute(lead, "rating")),
    number("review_count", |lead| attribute(lead, "review_count")),
    number("lead_score", |lead| attribute(lead, "lead_score")),
    text("description", |lead| attribute(lead, "description")),
    texts("sources", |lead| {
        Cell::list(lead.sources.iter().map(|source| source.source.to_string()))
    }),
    texts("source_keys", |lead| {
        Cell::list(lead.sources.iter().map(|source| source.natural_key.to_string()))
    }),
    texts("source_urls", |lead| {
        let urls = lead.sources.iter().filter_map(|source| source.url.as_ref());
        Cell::list(urls.map(ToString::to_string))
    }),
    time("first_seen", |lead| Cell::Time(lead.first_seen)),
    time("last_seen", |lead| Cell::Time(lead.last_seen)),
    text("attributes", attributes),
];

/// A part of the surest address.
pub(super) fn address(lead: &Lead, part: impl Fn(&Address) -> Option<String>) -> Cell {
    Cell::of(
        lead.findings
            .addresses
            .first()
            .and_then(|found| part(&found.value)),
    )
}

pub(super) fn attribute(lead: &Lead, name: &str) -> Cell {
    let mut all = lead.findings.attributes.iter();
    match all
        .find(|found| found.name.as_str() == name)
        .map(|found| &found.value.value)
    {
        None => Cell::Empty,
        Some(AttributeValue::Number(number)) if number.is_finite() => Cell::Number(*number),
        Some(other) => Cell::of(Some(other.to_string())),
    }
}

/// Every attribute, the surest of each name, as a JSON object; it begins with `{`, which no spreadsheet runs.
fn attributes(lead: &Lead) -> Cell {
    let mut object = BTreeMap::new();
    for Found {
        value: Attribute { name, value, .. },
        ..
    } in &lead.findings.attributes
    {
        object.entry(name.as_str()).or_insert(value);
    }
    if object.is_empty() {
        return Cell::Empty;
    }
    Cell::of(serde_json::to_string(&object).ok())
}

fn confidences<T>(list: &[Found<T, Evidence>]) -> Cell {
    if list.is_empty() {
        return Cell::Empty;
    }
    Cell::Shares(
        list.iter()
            .map(|found| f64::from(found.confidence.get()))
            .collect(),
    )
}

/// The name a unit variant has in JSON.
fn plain(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).ok();
    json.and_then(|json| json.as_str().map(str::to_owned))
        .unwrap_or_default()
}
