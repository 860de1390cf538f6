//! Contacts as Arrow columns: what passes through, what fails alone, and the very values of the records.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test"
)]

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, UInt32Type};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, Int64Array, LargeStringArray, ListArray, RecordBatch,
    StringArray, StringViewArray,
};
use arrow_schema::{DataType, Field, Schema};
use lead_core::columns;
use lead_core::contacts::{ExtractOptions, Part};
use lead_core::phone::{FindOptions, OffsetUnit};

const BAKERY: &str = "<h1>Rossi Bakery</h1><p>Tel. <a href='tel:+14155552671'>(415) 555-2671</a>, fax (415) 555-2672, \
    <a href='mailto:ciao@rossi.example'>write</a></p><p>12 Main Street, Springfield, IL 62701</p>";

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

fn extract(pages: &RecordBatch) -> RecordBatch {
    columns::extract(pages, &ExtractOptions::new(), None).unwrap()
}

/// The strings of a field of the structures in a row of a list column.
fn strings(batch: &RecordBatch, column: &str, row: usize, field: &str) -> Vec<String> {
    let list = batch.column_by_name(column).unwrap().as_list::<i32>().value(row);
    let values = list.as_struct().column_by_name(field).unwrap().as_string::<i32>();
    values
        .iter()
        .map(|value| value.unwrap_or("-").to_owned())
        .collect()
}

fn text(batch: &RecordBatch, column: &str, row: usize) -> Option<String> {
    let array = batch.column_by_name(column).unwrap().as_string::<i32>();
    array.is_valid(row).then(|| array.value(row).to_owned())
}

#[test]
fn values_are_those_of_the_records() {
    let pages = batch(vec![("html", Arc::new(StringArray::from(vec![BAKERY])))]);
    let found = columns::extract(&pages, &ExtractOptions::new().region("US"), None).unwrap();
    assert_eq!(found.schema().fields(), columns::contacts_schema().fields());
    let contacts = lead_core::extract(BAKERY, &ExtractOptions::new().region("US").decoded()).unwrap();
    let phones = &contacts.findings.phones;
    let numbers: Vec<String> = phones.iter().map(|one| one.e164.to_string()).collect();
    assert_eq!(strings(&found, "phones", 0, "e164"), numbers);
    assert_eq!(strings(&found, "phones", 0, "role"), ["tel", "fax"]);
    assert_eq!(strings(&found, "emails", 0, "address"), ["ciao@rossi.example"]);
    assert_eq!(strings(&found, "addresses", 0, "city"), ["Springfield"]);
    assert_eq!(strings(&found, "organizations", 0, "name"), ["Rossi Bakery"]);
    let list = found.column_by_name("phones").unwrap().as_list::<i32>().value(0);
    let sure = list
        .as_struct()
        .column_by_name("confidence")
        .unwrap()
        .as_primitive::<Float32Type>();
    assert!(
        (sure.value(0) - phones[0].confidence.get()).abs() < 0.006,
        "rounded as in JSON"
    );
    let proofs = list
        .as_struct()
        .column_by_name("evidence")
        .unwrap()
        .as_list::<i32>();
    assert_eq!(
        proofs.value_length(0),
        i32::try_from(phones[0].evidence().len()).unwrap()
    );
    assert_eq!(
        (text(&found, "region", 0).as_deref(), text(&found, "error", 0)),
        (Some("US"), None)
    );
}

#[test]
fn places_point_into_the_lists_of_their_row() {
    let page = r#"<script type="application/ld+json">{"@type": "Bakery", "name": "Rossi", "telephone": "+1 415 555 2671",
        "address": {"@type": "PostalAddress", "streetAddress": "12 Main Street", "addressLocality": "Springfield"},
        "geo": {"latitude": 39.8, "longitude": -89.6}, "openingHours": "Mo-Fr 09:00-17:00"}</script>"#;
    let found = extract(&batch(vec![("html", Arc::new(StringArray::from(vec![page])))]));
    let list = found
        .column_by_name("locations")
        .unwrap()
        .as_list::<i32>()
        .value(0);
    let places = list.as_struct();
    let phones: &ListArray = places.column_by_name("phones").unwrap().as_list();
    assert_eq!(phones.value(0).as_primitive::<UInt32Type>().values(), &[0]);
    assert_eq!(
        places
            .column_by_name("address")
            .unwrap()
            .as_primitive::<UInt32Type>()
            .value(0),
        0
    );
    assert_eq!(strings(&found, "hours", 0, "hours"), ["Mo-Fr 09:00-17:00"]);
    assert_eq!(
        found
            .column_by_name("geo")
            .unwrap()
            .as_list::<i32>()
            .value_length(0),
        1
    );
    assert!(text(&found, "structured", 0).unwrap().contains("Bakery"));
}

#[test]
fn text_and_bytes_of_every_width_are_read_and_other_columns_pass() {
    let html: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(vec![BAKERY])),
        Arc::new(LargeStringArray::from(vec![BAKERY])),
        Arc::new(StringViewArray::from(vec![BAKERY])),
        Arc::new(BinaryArray::from(vec![BAKERY.as_bytes()])),
        Arc::new(BinaryViewArray::from(vec![BAKERY.as_bytes()])),
    ];
    for html in html {
        let kind = html.data_type().clone();
        let key: ArrayRef = Arc::new(Int64Array::from(vec![7]));
        let found = extract(&batch(vec![("key", key), ("html", html)]));
        assert_eq!(strings(&found, "phones", 0, "e164").len(), 2, "{kind}");
        assert_eq!(found.schema().field(0).name(), "key");
        assert!(found.column_by_name("html").is_none());
    }
}

#[test]
fn a_row_that_fails_fails_alone() {
    let html: ArrayRef = Arc::new(BinaryArray::from_opt_vec(vec![
        Some(&b"<p>info@a.example"[..]),
        Some(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"),
        None,
        Some(b"<p>info@b.example"),
        Some(b"<p>info@c.example"),
        Some(b""),
    ]));
    let url: ArrayRef = Arc::new(BinaryArray::from_opt_vec(vec![
        Some(&b"https://a.example/"[..]),
        None,
        None,
        Some(b"\xff\xfe"),
        Some(b"ftp://c.example/"),
        None,
    ]));
    let found = extract(&batch(vec![("html", html), ("url", url)]));
    let emails = found.column_by_name("emails").unwrap().as_list::<i32>();
    let read: Vec<bool> = (0..6).map(|row| text(&found, "error", row).is_none()).collect();
    assert_eq!(read, [true, false, false, false, false, true]);
    assert_eq!((0..6).map(|row| emails.is_valid(row)).collect::<Vec<_>>(), read);
    assert_eq!((emails.value_length(0), emails.value_length(5)), (1, 0));
    assert_eq!(text(&found, "url", 0).as_deref(), Some("https://a.example/"));
    assert!(text(&found, "error", 2).unwrap().contains("no document"));
}

#[test]
fn decoded_text_is_not_decoded_again() {
    let page = "<meta charset=iso-8859-1><a href='mailto:info@müller.example'>write</a>";
    let html: ArrayRef = Arc::new(StringArray::from(vec![page, page]));
    let kind: ArrayRef = Arc::new(StringArray::from(vec![
        None,
        Some("text/html; charset=iso-8859-1"),
    ]));
    let found = extract(&batch(vec![("html", html), ("content_type", kind)]));
    for row in 0..2 {
        assert_eq!(strings(&found, "emails", row, "address"), ["info@müller.example"]);
    }
}

#[test]
fn parts_that_are_not_wanted_are_empty() {
    let pages = batch(vec![("html", Arc::new(StringArray::from(vec![BAKERY])))]);
    let found = columns::extract(&pages, &ExtractOptions::new().only([Part::Emails]), None).unwrap();
    let lengths = |column| {
        found
            .column_by_name(column)
            .unwrap()
            .as_list::<i32>()
            .value_length(0)
    };
    assert_eq!((lengths("phones"), lengths("emails")), (0, 1));
}

#[test]
fn no_rows_are_no_rows() {
    let schema = Schema::new(vec![Field::new("html", DataType::Utf8, true)]);
    let found = extract(&RecordBatch::new_empty(Arc::new(schema)));
    assert_eq!(
        (found.num_rows(), found.schema().fields()),
        (0, columns::contacts_schema().fields())
    );
}

#[test]
fn batches_that_cannot_be_read_say_why() {
    let number: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let page: ArrayRef = Arc::new(StringArray::from(vec![BAKERY]));
    for (columns, says) in [
        (vec![("key", number.clone())], "missing"),
        (vec![("html", number.clone())], "text or bytes"),
        (
            vec![("html", page.clone()), ("region", number.clone())],
            "text or bytes",
        ),
        (
            vec![("html", page), ("phones", number)],
            "name of one that is written",
        ),
    ] {
        let error = columns::extract(&batch(columns), &ExtractOptions::new(), None).unwrap_err();
        assert_eq!(error.kind(), lead_core::ErrorKind::InvalidInput);
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn numbers_of_texts() {
    let texts: ArrayRef = Arc::new(StringArray::from(vec![
        Some("Größe: ruf 030 23125100 an"),
        None,
        Some("call (415) 555-2671"),
        Some("call (415) 555-2671"),
    ]));
    let regions: ArrayRef = Arc::new(StringArray::from(vec![
        None,
        None,
        Some("US"),
        Some("no country"),
    ]));
    let texts = batch(vec![("text", texts), ("region", regions)]);
    let options = FindOptions::new().region("DE");
    let found = columns::find_phones(&texts, &options, OffsetUnit::CodePoints, None).unwrap();
    assert_eq!(found.schema().fields(), columns::matches_schema().fields());
    assert_eq!(strings(&found, "matches", 0, "e164"), ["+493023125100"]);
    assert_eq!(strings(&found, "matches", 2, "e164"), ["+14155552671"]);
    let list = found.column_by_name("matches").unwrap().as_list::<i32>();
    let starts = list.value(0);
    let starts = starts
        .as_struct()
        .column_by_name("start")
        .unwrap()
        .as_primitive::<UInt32Type>();
    assert_eq!(starts.value(0), 11, "code points, not bytes");
    assert_eq!((list.is_null(1), list.is_null(3)), (true, true));
    assert_eq!(
        (text(&found, "error", 1), text(&found, "error", 3).is_some()),
        (None, true)
    );
}

/// `docs/schemas/columns.txt` is what the types say: `UPDATE=1 cargo test -p lead-core --features arrow --test columns`.
#[test]
fn the_types_are_written_down() {
    let mut now = String::from("Columns of contacts (`columns::extract`)\n\n");
    write(&mut now, &columns::contacts_schema());
    now.push_str("\nColumns of numbers in texts (`columns::find_phones`)\n\n");
    write(&mut now, &columns::matches_schema());
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/schemas/columns.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, now).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == now,
        "docs/schemas/columns.txt is not that of the types: UPDATE=1 writes it anew"
    );
}

fn write(out: &mut String, schema: &Schema) {
    for field in schema.fields() {
        write_field(out, field, 0);
    }
}

fn write_field(out: &mut String, field: &Field, depth: usize) {
    let (kind, inner) = match field.data_type() {
        DataType::List(item) => match item.data_type() {
            DataType::Struct(fields) => ("list of".to_owned(), Some(fields.clone())),
            other => (format!("list of {other}"), None),
        },
        DataType::Struct(fields) => ("structure of".to_owned(), Some(fields.clone())),
        other => (other.to_string(), None),
    };
    let null = if field.is_nullable() { ", may be null" } else { "" };
    writeln!(out, "{}{}: {kind}{null}", "  ".repeat(depth), field.name()).unwrap();
    for field in inner.iter().flatten() {
        write_field(out, field, depth + 1);
    }
}
