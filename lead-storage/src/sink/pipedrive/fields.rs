//! Names of fields in the API, and the columns of `pipedrive` exports they hold (API v2, *Add a new organization*, *Add a new person*).

use std::collections::BTreeMap;

use lead_core::Result;
use lead_core::record::Lead;
use serde_json::{Map, Value, json};

use crate::export::Layout;
use crate::sink::fields::{Fields, Preset};

const ORGANIZATION: &[Preset] = &[
    ("name", "Organization - Name"),
    ("address", "Organization - Address"),
];

const PERSON: &[Preset] = &[
    ("name", "Person - Name"),
    ("emails", "Person - Email"),
    ("phones", "Person - Phone"),
];

/// Both kinds of records.
#[derive(Debug)]
pub(super) struct Mapping {
    organization: Fields,
    person: Fields,
}

impl Mapping {
    pub(super) fn new(
        organization: &BTreeMap<String, String>,
        person: &BTreeMap<String, String>,
    ) -> Result<Self> {
        Ok(Self {
            organization: Fields::new(Layout::Pipedrive, ORGANIZATION, organization)?,
            person: Fields::new(Layout::Pipedrive, PERSON, person)?,
        })
    }

    pub(super) fn organization(&self, lead: &Lead, id_field: &str, id: &str) -> Map<String, Value> {
        shaped(self.organization.json(lead), id_field, id)
    }

    /// Nobody, when there is neither a name nor a way to reach one. One without a name is called as the business is.
    pub(super) fn person(
        &self,
        lead: &Lead,
        id_field: &str,
        id: &str,
        of: u64,
    ) -> Option<Map<String, Value>> {
        let mut fields = self.person.json(lead);
        if fields.is_empty() {
            return None;
        }
        if !fields.contains_key("name") {
            let name = self.organization.json(lead).remove("name")?;
            fields.insert("name".to_owned(), name);
        }
        let mut record = shaped(fields, id_field, id);
        record.insert("org_id".to_owned(), of.into());
        Some(record)
    }
}

/// The key of a custom field.
pub(super) fn is_custom(field: &str) -> bool {
    field.len() == 40
        && field
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Fields in the shapes that the API wants; custom ones in a place of their own.
fn shaped(fields: Map<String, Value>, id_field: &str, id: &str) -> Map<String, Value> {
    let (mut record, mut custom) = (Map::new(), Map::new());
    custom.insert(id_field.to_owned(), id.into());
    for (field, value) in fields {
        match field.as_str() {
            "address" => drop(record.insert(field, json!({ "value": value }))),
            "emails" | "phones" => {
                drop(record.insert(
                    field,
                    json!([{ "value": value, "primary": true, "label": "work" }]),
                ));
            }
            key if is_custom(key) => drop(custom.insert(field, value)),
            _ => drop(record.insert(field, value)),
        }
    }
    record.insert("custom_fields".to_owned(), custom.into());
    record
}
