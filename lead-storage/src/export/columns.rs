//! What stands in which column.

use std::collections::BTreeMap;

use lead_core::record::{Address, Attribute, Evidence, Found, LEGACY_COLUMNS, Lead};

use super::cell::{joined, safe};

/// Which columns a CSV file has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// Every value a lead has, several of a kind joined by `; ` with the surest first; attributes as one JSON object.
    #[default]
    Full,
    /// v3.9's 43 columns, one value each.
    Legacy,
}

/// The columns of a layout.
pub(super) struct Columns(Layout);

impl Layout {
    pub(super) fn columns(self) -> Columns {
        Columns(self)
    }
}

impl Columns {
    pub(super) fn headers(&self) -> Vec<&'static str> {
        match self.0 {
            Layout::Full => FULL.iter().map(|(header, _)| *header).collect(),
            Layout::Legacy => LEGACY_COLUMNS.iter().map(|column| column.header).collect(),
        }
    }

    /// The cells of a lead, safe to open in a spreadsheet.
    pub(super) fn read(&self, lead: &Lead) -> Vec<String> {
        match self.0 {
            Layout::Full => FULL.iter().map(|(_, read)| read(lead)).collect(),
            Layout::Legacy => LEGACY_COLUMNS
                .iter()
                .map(|column| safe(column.read(lead).unwrap_or_default()))
                .collect(),
        }
    }
}

type Read = fn(&Lead) -> String;

const FULL: &[(&str, Read)] = &[
    ("id", |lead| lead.id.to_string()),
    ("name", |lead| safe(lead.name.clone().unwrap_or_default())),
    ("other_names", |lead| {
        joined(
            lead.findings
                .organizations
                .iter()
                .skip(1)
                .map(|found| found.name.clone()),
        )
    }),
    ("phones", |lead| {
        joined(lead.findings.phones.iter().map(|found| found.e164.to_string()))
    }),
    ("phone_types", |lead| {
        joined(lead.findings.phones.iter().map(|found| plain(&found.kind)))
    }),
    ("phone_roles", |lead| {
        joined(lead.findings.phones.iter().map(|found| plain(&found.role)))
    }),
    ("phone_confidences", |lead| confidences(&lead.findings.phones)),
    ("emails", |lead| {
        joined(lead.findings.emails.iter().map(|found| found.address.to_string()))
    }),
    ("email_kinds", |lead| {
        joined(lead.findings.emails.iter().map(|found| plain(&found.kind)))
    }),
    ("email_confidences", |lead| confidences(&lead.findings.emails)),
    ("websites", |lead| {
        joined(lead.findings.websites.iter().map(|found| found.url.to_string()))
    }),
    ("socials", |lead| {
        joined(lead.findings.socials.iter().map(|found| found.url.to_string()))
    }),
    ("address", |lead| {
        safe(address(lead, |address| Some(address.text.clone())))
    }),
    ("street", |lead| {
        safe(address(lead, |address| address.street.clone()))
    }),
    ("postal_code", |lead| {
        safe(address(lead, |address| address.postal_code.clone()))
    }),
    ("city", |lead| safe(address(lead, |address| address.city.clone()))),
    ("region", |lead| {
        safe(address(lead, |address| address.region.clone()))
    }),
    ("country", |lead| {
        address(lead, |address| address.country.map(|country| country.to_string()))
    }),
    ("other_addresses", |lead| {
        joined(
            lead.findings
                .addresses
                .iter()
                .skip(1)
                .map(|found| found.text.clone()),
        )
    }),
    ("latitude", |lead| {
        lead.findings
            .geo
            .first()
            .map(|point| point.latitude().to_string())
            .unwrap_or_default()
    }),
    ("longitude", |lead| {
        lead.findings
            .geo
            .first()
            .map(|point| point.longitude().to_string())
            .unwrap_or_default()
    }),
    ("categories", |lead| {
        joined(
            lead.findings
                .categories
                .iter()
                .map(|found| found.category.clone()),
        )
    }),
    ("opening_hours", |lead| {
        safe(
            lead.findings
                .hours
                .first()
                .map(|found| found.hours.clone())
                .unwrap_or_default(),
        )
    }),
    ("status", |lead| {
        lead.findings
            .status
            .first()
            .map(|found| plain(&found.status))
            .unwrap_or_default()
    }),
    ("persons", |lead| {
        joined(lead.findings.persons.iter().map(|found| match &found.function {
            Some(function) => format!("{} ({function})", found.name),
            None => found.name.clone(),
        }))
    }),
    ("registrations", |lead| {
        joined(
            lead.findings
                .registrations
                .iter()
                .map(|found| format!("{} {}", found.value.kind, found.value.value)),
        )
    }),
    ("rating", |lead| attribute(lead, "rating")),
    ("review_count", |lead| attribute(lead, "review_count")),
    ("lead_score", |lead| attribute(lead, "lead_score")),
    ("description", |lead| safe(attribute(lead, "description"))),
    ("sources", |lead| {
        joined(lead.sources.iter().map(|source| source.source.to_string()))
    }),
    ("source_keys", |lead| {
        joined(lead.sources.iter().map(|source| source.natural_key.to_string()))
    }),
    ("source_urls", |lead| {
        joined(
            lead.sources
                .iter()
                .filter_map(|source| source.url.as_ref())
                .map(ToString::to_string),
        )
    }),
    ("first_seen", |lead| lead.first_seen.to_string()),
    ("last_seen", |lead| lead.last_seen.to_string()),
    ("attributes", attributes),
];

/// A part of the surest address.
fn address(lead: &Lead, part: impl Fn(&Address) -> Option<String>) -> String {
    lead.findings
        .addresses
        .first()
        .and_then(|found| part(&found.value))
        .unwrap_or_default()
}

fn attribute(lead: &Lead, name: &str) -> String {
    let found = lead
        .findings
        .attributes
        .iter()
        .find(|found| found.name.as_str() == name);
    found
        .map(|found| found.value.value.to_string())
        .unwrap_or_default()
}

/// Every attribute, the surest of each name, as a JSON object; it begins with `{`, which no spreadsheet runs.
fn attributes(lead: &Lead) -> String {
    let mut object = BTreeMap::new();
    for Found {
        value: Attribute { name, value, .. },
        ..
    } in &lead.findings.attributes
    {
        object.entry(name.as_str()).or_insert(value);
    }
    if object.is_empty() {
        return String::new();
    }
    serde_json::to_string(&object).unwrap_or_default()
}

fn confidences<T>(list: &[Found<T, Evidence>]) -> String {
    joined(list.iter().map(|found| format!("{:.2}", found.confidence.get())))
}

/// The name a unit variant has in JSON.
fn plain(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).ok();
    json.and_then(|json| json.as_str().map(str::to_owned))
        .unwrap_or_default()
}
