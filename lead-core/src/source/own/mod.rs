//! What a source of the application's answers, in plain JSON: how sources are written in Python and Node.
//!
//! ```json
//! {"listings": [{"key": "17", "name": "Rossi", "phone": ["06 555 0117"], "city": "Roma", "country": "IT"}], "next": "page 2", "total": 40}
//! ```
//!
//! The fields of a listing are those of adapters (`docs/adapters.md`), each one value or a list; they are read as a platform's
//! are: numbers that no numbering plan has, addresses that are none and countries nobody knows do not come through.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::adapter::{Adapter, Outcome, ParseRequest};
use crate::record::KNOWN_ATTRIBUTES;
use crate::seam::{Batch, Cursor, Reject};
use crate::{Error, ErrorKind, Result};

/// Fields that are no attributes.
const FIELDS: &[&str] = &[
    "key",
    "url",
    "name",
    "phone",
    "email",
    "website",
    "social",
    "address",
    "street",
    "house_number",
    "city",
    "region",
    "postal_code",
    "country",
    "borough",
    "neighbourhood",
    "latitude",
    "longitude",
    "category",
    "hours",
    "status",
];

/// An answer as it is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    #[serde(default)]
    listings: Vec<Map<String, Value>>,
    #[serde(default)]
    next: Option<String>,
    #[serde(default)]
    total: Option<usize>,
    #[serde(default)]
    rejects: Vec<Reject>,
}

/// Reads an answer. Listings without a key, or that say nothing, are kept aside; the others count.
///
/// # Errors
/// [`ErrorKind::InvalidInput`] when it is no such answer, or a listing has a field that nobody knows.
pub fn batch(json: &[u8]) -> Result<Batch> {
    let object = serde_json::from_slice::<Map<String, Value>>(json);
    let given = object.and_then(|object| serde_json::from_value::<Given>(object.into()));
    let given = given.map_err(|cause| {
        let told = cause.to_string();
        let told = told.split(" at line ").next().unwrap_or_default().to_owned();
        Error::invalid(
            "source",
            "this is no batch: listings, next, total and rejects are wanted",
        )
        .with("because", told)
    })?;
    let mut batch = Batch {
        total: given.total,
        next: given.next.map(Cursor),
        rejects: given.rejects,
        ..Batch::default()
    };
    if given.listings.is_empty() {
        return Ok(batch);
    }
    let adapter = Adapter::from_toml(&adapter_for(&given.listings)?)?;
    let entries = serde_json::json!({"listings": given.listings}).to_string();
    if let Outcome::Listings(read) = adapter.parse_entries(entries.as_bytes(), &ParseRequest::new())? {
        batch.listings = read.listings;
        batch.rejects.extend(read.rejects);
    }
    Ok(batch)
}

/// The adapter of these listings: every field that one of them has.
fn adapter_for(listings: &[Map<String, Value>]) -> Result<String> {
    let mut toml = String::from(
        "id = \"own\"\nname = \"A source of the application's\"\nversion = 1\nterms = \"own\"\n\
         [[page]]\nname = \"batch\"\nall = [{ json = \"/listings\" }]\nentries = { json = \"/listings/*\" }\n",
    );
    let fields: BTreeSet<&str> = listings.iter().flat_map(Map::keys).map(String::as_str).collect();
    for field in fields {
        let own = field.strip_prefix("x:").or_else(|| field.strip_prefix("social:"));
        let plain = |name: &str| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        };
        let known = FIELDS.contains(&field)
            || KNOWN_ATTRIBUTES.iter().any(|known| known.name == field) && field != "reviews"
            || own.is_some_and(plain);
        if !known {
            return Err(Error::invalid("source", "a listing has no such field")
                .with("field", field.escape_debug())
                .with("known", FIELDS.join(", ")));
        }
        // The very value, or each of a list.
        let read = if KNOWN_ATTRIBUTES
            .iter()
            .any(|known| known.name == field && is_nested(known.kind))
        {
            format!("[{{ json = \"/{field}\" }}]")
        } else {
            format!("[{{ json = \"/{field}\" }}, {{ json = \"/{field}/*\" }}]")
        };
        let required = if field == "key" { "required = true\n" } else { "" };
        write!(toml, "[[field]]\nto = \"{field}\"\nread = {read}\n{required}").map_err(|cause| {
            Error::new(ErrorKind::Internal, "source", "an adapter cannot be written").because(cause)
        })?;
    }
    if !toml.contains("to = \"key\"") {
        return Err(Error::invalid(
            "source",
            "listings need a key: what the source calls the entry",
        ));
    }
    Ok(toml)
}

fn is_nested(kind: crate::record::AttributeKind) -> bool {
    kind == crate::record::AttributeKind::Json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listings_are_read_as_those_of_platforms() {
        let read = batch(
            br#"{"listings": [
                {"key": 17, "name": "Rossi", "phone": ["06 555 01170", "nothing"], "email": "ciao@rossi.example", "website": "rossi.example",
                 "street": "Via Uno", "house_number": "3", "city": "Roma", "country": "IT", "latitude": 41.9, "longitude": 12.5,
                 "rating": 4.5, "x:floor": "2"},
                {"name": "without a key"}], "next": "2", "total": 40}"#,
        )
        .unwrap();
        assert_eq!((read.next, read.total), (Some(Cursor("2".to_owned())), Some(40)));
        assert_eq!((read.listings.len(), read.rejects.len()), (1, 1));
        let all = &read.listings[0].findings;
        assert_eq!(all.phones[0].e164.to_string(), "+390655501170");
        assert_eq!(all.addresses[0].street.as_deref(), Some("Via Uno 3"));
        assert_eq!(
            (
                all.emails.len(),
                all.websites.len(),
                all.geo.len(),
                all.attributes.len()
            ),
            (1, 1, 1, 2)
        );
    }

    #[test]
    fn a_batch_of_which_nothing_can_be_read_goes_on() {
        let read = batch(br#"{"listings": [{"key": null, "name": "x"}], "next": "2"}"#).unwrap();
        assert_eq!((read.listings.len(), read.rejects.len()), (0, 1));
        assert_eq!(read.next, Some(Cursor("2".to_owned())));
    }

    #[test]
    fn an_end_without_listings_is_one() {
        assert_eq!(batch(b"{}").unwrap(), Batch::default());
    }

    #[test]
    fn mistakes_are_told() {
        for (json, told) in [
            (r#"{"listing": []}"#, "unknown field"),
            (r#"{"listings": [{"key": "1", "phne": "x"}]}"#, "phne"),
            (r#"{"listings": [{"name": "x"}]}"#, "key"),
            ("[]", "no batch"),
            ("\"", "no batch"),
        ] {
            let error = batch(json.as_bytes()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{json}");
            assert!(error.to_string().contains(told), "{error}");
        }
    }
}
