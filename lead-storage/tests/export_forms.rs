//! Leads as files of other programs: what is written is read back by others' readers.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "test code fails by panicking"
)]

use std::io::Cursor;

use arrow_array::{Array as _, Float64Array, ListArray, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow_ipc::reader::StreamReader;
use calamine::{Data, DataType as _, Reader as _, Xlsx};
use lead_core::ErrorKind;
use lead_core::record::{
    Attribute, AttributeValue, Confidence, Findings, Found, GeoPoint, Lead, Method, Person, Trace,
};
use lead_core::seam::conformance::sample::{findings, minute, sighting, town};
use lead_core::seam::{Store, WriteBatch};
use lead_storage::export::{Export, Format, Layout};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

/// A town, and one business with everything in it that formats stumble over.
async fn filled() -> Store {
    let store = lead_storage::open("memory://").await.unwrap();
    store.commit(WriteBatch::of(town(24))).await.unwrap();
    let odd = sighting("odd", minute(5), odd());
    store.commit(WriteBatch::of(vec![odd])).await.unwrap();
    store
}

const NAME: &str = "=Bäckerei; \"Moretti\", & Söhne \\ \u{1}<i>";

fn odd() -> Findings<Trace> {
    let sure = |value| Found::new(value, Confidence::clamped(0.9), Trace::new(Method::Platform));
    let mut all = findings(
        NAME,
        Some("+493023125100"),
        Some("post@moretti.test"),
        Some("Berlin"),
    );
    all.geo.push(Found::new(
        GeoPoint::new(52.5, -13.25).unwrap(),
        Confidence::clamped(0.9),
        Trace::new(Method::Platform),
    ));
    let mut person = Person::default();
    "Ada Maria Moretti".clone_into(&mut person.name);
    person.function = Some("Inhaberin".to_owned());
    all.persons.push(Found::new(
        person,
        Confidence::clamped(0.9),
        Trace::new(Method::Platform),
    ));
    let description = "line one\r\nEND:VCARD\r\nline three ".repeat(9);
    all.attributes
        .push(sure(Attribute::text("description", &description).unwrap()));
    let rating = Attribute::new("rating", AttributeValue::Number(4.5)).unwrap();
    all.attributes.push(sure(rating));
    all
}

/// Written in pages that end within a batch.
async fn written(export: &Export, store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    let small = export.clone().page_size(7);
    let done = small.to_writer(store, &mut bytes, |_| ()).await.unwrap();
    assert_eq!((done.leads, done.bytes), (25, bytes.len() as u64));
    bytes
}

async fn form(format: Format) -> Vec<u8> {
    written(&Export::new(format), &filled().await).await
}

#[tokio::test]
async fn a_list_of_json_holds_every_lead() {
    let store = filled().await;
    let bytes = written(&Export::new(Format::Json), &store).await;
    let leads: Vec<Lead> = serde_json::from_slice(&bytes).unwrap();
    for lead in leads {
        assert_eq!(store.get(lead.id).await.unwrap(), Some(lead));
    }
    let empty = lead_storage::open("memory://").await.unwrap();
    for (format, text) in [
        (Format::Json, "[]\n"),
        (
            Format::GeoJson,
            "{\"type\":\"FeatureCollection\",\"features\":[\n\n]}\n",
        ),
        (Format::VCard, ""),
    ] {
        let mut bytes = Vec::new();
        Export::new(format)
            .to_writer(&empty, &mut bytes, |_| ())
            .await
            .unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), text);
    }
}

#[tokio::test]
async fn geojson_has_a_feature_a_lead() {
    let map: Value = serde_json::from_slice(&form(Format::GeoJson).await).unwrap();
    let features = map["features"].as_array().unwrap();
    assert_eq!(features.len(), 25);
    let odd = features
        .iter()
        .find(|feature| feature["properties"]["name"] == NAME)
        .unwrap();
    assert_eq!(odd["geometry"]["coordinates"], serde_json::json!([-13.25, 52.5]));
    assert_eq!(odd["properties"]["phones"], serde_json::json!(["+493023125100"]));
    assert_eq!(odd["properties"]["rating"], 4.5);
    assert!(features.iter().any(|feature| feature["geometry"].is_null()));
}

#[tokio::test]
async fn cards_cannot_be_ended_by_what_stands_on_them() {
    let text = String::from_utf8(form(Format::VCard).await).unwrap();
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
    let unfolded = text.replace("\r\n ", "");
    let lines: Vec<_> = unfolded.split("\r\n").collect();
    let count = |wanted: &str| lines.iter().filter(|line| **line == wanted).count();
    assert_eq!(
        (count("BEGIN:VCARD"), count("VERSION:4.0"), count("END:VCARD")),
        (25, 25, 25)
    );
    for wanted in [
        "FN:=Bäckerei\\; \"Moretti\"\\, & Söhne \\\\ <i>",
        "TEL;VALUE=uri;TYPE=\"work,voice\":tel:+493023125100",
        "EMAIL;TYPE=work:post@moretti.test",
        "ADR;TYPE=work:;;1 Example Street\\, Berlin;Berlin;;;",
        "GEO:geo:52.5,-13.25",
        "RELATED;TYPE=contact;VALUE=text:Ada Maria Moretti\\, Inhaberin",
        "REV:20260101T000500Z",
    ] {
        assert!(lines.contains(&wanted), "{wanted}:\n{unfolded}");
    }
}

#[tokio::test]
async fn systems_get_the_fields_they_import() {
    for (layout, required) in [
        (Layout::HubSpot, &["Company domain name", "Phone number"][..]),
        (Layout::Salesforce, &["Company", "Last Name"]),
        (Layout::Pipedrive, &["Organization - Name", "Person - Phone"]),
        (Layout::Zoho, &["Company", "Last Name"]),
    ] {
        let bytes = form(Format::Csv(layout)).await;
        let mut reader = csv::Reader::from_reader(&*bytes);
        let headers = reader.headers().unwrap().clone();
        let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 25);
        for name in required {
            let column = at(name);
            let filled = rows.iter().filter(|row| !row[column].is_empty()).count();
            let must = matches!(*name, "Company" | "Last Name");
            assert!(filled == 25 || !must, "{layout:?}: {name}");
        }
        let odd = rows
            .iter()
            .find(|row| row.iter().any(|cell| cell == "+493023125100"))
            .unwrap();
        assert!(odd.iter().any(|cell| cell == "post@moretti.test"));
        if let Some(last) = headers.iter().position(|header| header == "Last Name") {
            assert_eq!((&odd[last], &odd[at("First Name")]), ("Moretti", "Ada Maria"));
        }
        assert!(
            odd.iter().any(|cell| cell.starts_with("'=B")),
            "formulas stay defused"
        );
    }
}

#[tokio::test]
async fn columns_are_chosen_by_name() {
    let export = Export::new(Format::Csv(Layout::Full)).columns(["phones", "name"]);
    let text = String::from_utf8(written(&export, &filled().await).await).unwrap();
    assert!(text.starts_with("phones,name\n"), "{text}");
    let store = filled().await;
    for (format, name) in [(Format::Parquet, "phnoes"), (Format::JsonLines, "phones")] {
        let export = Export::new(format).columns([name]);
        let error = export
            .to_writer(&store, &mut Vec::new(), |_| ())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
}

#[tokio::test]
async fn a_workbook_has_typed_cells_that_nothing_runs() {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(form(Format::Xlsx(Layout::Full)).await)).unwrap();
    let sheet = book.worksheet_range("Leads").unwrap();
    assert_eq!(sheet.height(), 26);
    let headers: Vec<_> = sheet
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let odd = sheet
        .rows()
        .find(|row| row[at("phones")] == Data::String("+493023125100".into()))
        .unwrap();
    assert_eq!(odd[at("rating")], Data::Float(4.5));
    assert_eq!(odd[at("latitude")], Data::Float(52.5));
    assert!(odd[at("last_seen")].is_datetime(), "{:?}", odd[at("last_seen")]);
    assert!(
        odd[at("name")].to_string().starts_with("=Bäckerei"),
        "{:?}",
        odd[at("name")]
    );
    assert!(book.worksheet_formula("Leads").unwrap().is_empty());
    let mut legacy: Xlsx<_> = Xlsx::new(Cursor::new(form(Format::Xlsx(Layout::Legacy)).await)).unwrap();
    assert_eq!(legacy.worksheet_range("Leads").unwrap().width(), 43);
}

#[tokio::test]
async fn columns_of_arrow_have_types() {
    let stream = form(Format::Arrow).await;
    let batches: Vec<_> = StreamReader::try_new(Cursor::new(stream), None)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    check(&batches);
    let file = bytes::Bytes::from(form(Format::Parquet).await);
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .unwrap()
        .build()
        .unwrap();
    check(&reader.map(Result::unwrap).collect::<Vec<_>>());
}

fn check(batches: &[RecordBatch]) {
    assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), 25);
    let batch = &batches[0];
    let names: &StringArray = batch
        .column_by_name("name")
        .unwrap()
        .as_any()
        .downcast_ref()
        .unwrap();
    let row = (0..batch.num_rows())
        .find(|row| names.value(*row) == NAME)
        .unwrap();
    let phones: &ListArray = batch
        .column_by_name("phones")
        .unwrap()
        .as_any()
        .downcast_ref()
        .unwrap();
    let phones = phones.value(row);
    let phones: &StringArray = phones.as_any().downcast_ref().unwrap();
    assert_eq!(phones.value(0), "+493023125100");
    let ratings: &Float64Array = batch
        .column_by_name("rating")
        .unwrap()
        .as_any()
        .downcast_ref()
        .unwrap();
    assert!((ratings.value(row) - 4.5).abs() < 1e-9, "{ratings:?}");
    let seen: &TimestampMicrosecondArray = batch
        .column_by_name("last_seen")
        .unwrap()
        .as_any()
        .downcast_ref()
        .unwrap();
    assert_eq!(seen.value(row), minute(5).as_microsecond());
    assert_eq!(seen.timezone(), Some("UTC"));
}
