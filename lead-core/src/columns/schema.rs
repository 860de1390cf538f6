//! The types of the columns.

use std::sync::Arc;

use arrow_schema::{DataType, Field, FieldRef, Fields, Schema};

/// The columns of contacts: those of [`Contacts`](crate::record::Contacts), lists of structures.
///
/// `error` says why a document could not be read; its lists are then null, where those of a document without contacts are
/// empty. `structured` is JSON.
pub fn contacts_schema() -> Schema {
    Schema::new(contact_fields())
}

pub(super) fn contact_fields() -> Vec<FieldRef> {
    vec![
        optional("error", DataType::Utf8),
        optional("url", DataType::Utf8),
        optional("region", DataType::Utf8),
        optional("language", DataType::Utf8),
        found("organizations", vec![text("name")]),
        found("phones", phone()),
        found("emails", vec![text("address"), text("kind"), text("scheme")]),
        found("socials", vec![text("network"), text("handle"), text("url")]),
        found("websites", vec![text("url")]),
        found("addresses", address()),
        found("categories", vec![text("scheme"), text("category")]),
        found("hours", vec![text("hours")]),
        found("geo", point()),
        found("locations", location()),
        found("persons", person()),
        found("registrations", vec![text("kind"), text("value")]),
        optional("structured", DataType::Utf8),
        optional("warnings", list(item(DataType::Utf8))),
    ]
}

/// The columns of [`find_phones`](super::find_phones): the numbers of each text, and why one could not be read.
pub fn matches_schema() -> Schema {
    Schema::new(match_fields())
}

pub(super) fn match_fields() -> Vec<FieldRef> {
    let mut fields = vec![
        required("start", DataType::UInt32),
        required("end", DataType::UInt32),
    ];
    fields.extend(number());
    vec![
        optional("matches", list(item(DataType::Struct(fields.into())))),
        optional("error", DataType::Utf8),
    ]
}

/// What a number is, wherever it was found.
fn number() -> Vec<FieldRef> {
    vec![
        text("e164"),
        text("national"),
        text("raw"),
        optional("extension", DataType::Utf8),
        optional("region", DataType::Utf8),
        text("type"),
    ]
}

fn phone() -> Vec<FieldRef> {
    let mut fields = number();
    fields.push(text("role"));
    fields
}

fn address() -> Vec<FieldRef> {
    let parts = [
        "street",
        "city",
        "region",
        "postal_code",
        "country",
        "borough",
        "neighbourhood",
    ];
    let mut fields = vec![text("text")];
    fields.extend(parts.map(|part| optional(part, DataType::Utf8)));
    fields
}

fn point() -> Vec<FieldRef> {
    vec![
        required("latitude", DataType::Float64),
        required("longitude", DataType::Float64),
    ]
}

/// Numbers are places in the lists of the same row.
fn location() -> Vec<FieldRef> {
    vec![
        optional("name", DataType::Utf8),
        optional("address", DataType::UInt32),
        places("phones"),
        places("emails"),
        optional("hours", DataType::Utf8),
        optional("geo", DataType::Struct(point().into())),
    ]
}

fn person() -> Vec<FieldRef> {
    vec![
        text("name"),
        optional("function", DataType::Utf8),
        places("phones"),
        places("emails"),
    ]
}

/// A list of values, each with its proof.
fn found(name: &str, mut value: Vec<FieldRef>) -> FieldRef {
    let evidence: Fields = vec![
        text("method"),
        optional("locator", DataType::Utf8),
        optional("snippet", DataType::Utf8),
    ]
    .into();
    value.push(text("method"));
    value.push(required("confidence", DataType::Float32));
    value.push(required("evidence", list(item(DataType::Struct(evidence)))));
    optional(name, list(item(DataType::Struct(value.into()))))
}

fn places(name: &str) -> FieldRef {
    required(name, list(item(DataType::UInt32)))
}

fn list(item: FieldRef) -> DataType {
    DataType::List(item)
}

fn item(kind: DataType) -> FieldRef {
    required("item", kind)
}

fn text(name: &str) -> FieldRef {
    required(name, DataType::Utf8)
}

fn required(name: &str, kind: DataType) -> FieldRef {
    Arc::new(Field::new(name, kind, false))
}

fn optional(name: &str, kind: DataType) -> FieldRef {
    Arc::new(Field::new(name, kind, true))
}
