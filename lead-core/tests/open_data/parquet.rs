//! Files of columns, in the schemas of Overture and Foursquare.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{
    Array, ArrayRef, BinaryArray, Float32Array, Float64Array, ListArray, RecordBatch, StringArray,
    StructArray,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::Field;
use lead_core::record::OperatingStatus;
use lead_core::source::open_data::{Layout, ReadOptions};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::support::{Made, attribute, keys, made, places, whole};

fn texts(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

/// A list a row; none where it is empty.
fn lists(values: &[&[&str]]) -> ArrayRef {
    let mut builder = ListBuilder::new(StringBuilder::new());
    for list in values {
        for value in *list {
            builder.values().append_value(value);
        }
        builder.append(!list.is_empty());
    }
    Arc::new(builder.finish())
}

fn structs(fields: Vec<(&str, ArrayRef)>) -> ArrayRef {
    let fields = fields
        .into_iter()
        .map(|(name, array)| (Arc::new(Field::new(name, array.data_type().clone(), true)), array));
    Arc::new(StructArray::from(fields.collect::<Vec<_>>()))
}

/// A list of one struct a row.
fn ones(value: &ArrayRef) -> ArrayRef {
    let field = Arc::new(Field::new("element", value.data_type().clone(), true));
    let offsets = OffsetBuffer::from_lengths(vec![1; value.len()]);
    Arc::new(ListArray::new(field, offsets, Arc::clone(value), None))
}

fn wkb(longitude: f64, latitude: f64) -> Vec<u8> {
    [
        &[1_u8][..],
        &1_u32.to_le_bytes(),
        &longitude.to_le_bytes(),
        &latitude.to_le_bytes(),
    ]
    .concat()
}

fn written(columns: Vec<(&str, ArrayRef)>) -> Made {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let zstd = Compression::ZSTD(ZstdLevel::default());
    let properties = WriterProperties::builder()
        .set_compression(zstd)
        .set_max_row_group_row_count(Some(2))
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    made(bytes)
}

/// Four places on a line to the east; the third has a status that the schema does not know, the fourth no more than it must.
fn overture() -> Made {
    let longitudes = [4.0_f32, 5.0, 6.0, 7.0];
    let points: Vec<Vec<u8>> = longitudes
        .iter()
        .map(|longitude| wkb(f64::from(*longitude), 45.0))
        .collect();
    let numbers = |shift: f32| -> ArrayRef {
        Arc::new(Float32Array::from_iter_values(
            longitudes.iter().map(|at| at + shift),
        ))
    };
    let level: ArrayRef = Arc::new(Float32Array::from(vec![45.0; 4]));
    let bbox = structs(vec![
        ("xmin", numbers(0.0)),
        ("xmax", numbers(0.0)),
        ("ymin", Arc::clone(&level)),
        ("ymax", level),
    ]);
    let names = |first| {
        structs(vec![(
            "primary",
            texts(&[Some(first), Some("Deux"), Some("Trois"), None]),
        )])
    };
    let address = structs(vec![
        (
            "freeform",
            texts(&[Some("1 Rue des Essais"), Some("2 Rue des Essais"), None, None]),
        ),
        ("locality", texts(&[Some("Lyon"), Some("Lyon"), None, None])),
        ("postcode", texts(&[Some("69001"), None, None, None])),
        ("region", texts(&[Some("FR-ARA"), None, None, None])),
        ("country", texts(&[Some("FR"), Some("FR"), Some("FR"), None])),
    ]);
    written(vec![
        ("id", texts(&[Some("a"), Some("b"), Some("c"), Some("d")])),
        ("geometry", Arc::new(BinaryArray::from_iter_values(points))),
        ("bbox", bbox),
        ("names", names("Boulangerie Exemple")),
        (
            "categories",
            structs(vec![
                (
                    "primary",
                    texts(&[Some("bakery"), Some("bank"), Some("bank"), None]),
                ),
                ("alternate", lists(&[&["cafe"], &[], &[], &[]])),
            ]),
        ),
        (
            "confidence",
            Arc::new(Float64Array::from(vec![Some(0.9), None, None, None])),
        ),
        ("websites", lists(&[&["https://exemple.test/"], &[], &[], &[]])),
        ("emails", lists(&[&["bonjour@exemple.test"], &[], &[], &[]])),
        (
            "socials",
            lists(&[&["https://www.facebook.com/boulangerie.exemple"], &[], &[], &[]]),
        ),
        (
            "phones",
            lists(&[&["+33 4 78 00 00 01", "04 78 00 00 02"], &[], &[], &[]]),
        ),
        ("brand", structs(vec![("names", names("Exemple"))])),
        ("addresses", ones(&address)),
        (
            "operating_status",
            texts(&[Some("open"), Some("permanently_closed"), Some("maybe"), None]),
        ),
    ])
}

#[test]
fn overture_places() {
    let all = whole(&overture(), Layout::Overture, &ReadOptions::new());
    assert_eq!(
        (keys(&all.listings), places(&all.rejects)),
        (vec!["a", "b", "d"], vec!["row 3"])
    );
    let found = &all.listings[0].findings;
    assert_eq!(found.organizations[0].name, "Boulangerie Exemple");
    let numbers: Vec<_> = found.phones.iter().map(|phone| phone.e164.to_string()).collect();
    assert_eq!(numbers, ["+33478000001", "+33478000002"]);
    assert_eq!(found.addresses[0].text, "1 Rue des Essais, 69001 Lyon, ARA, FR");
    assert_eq!(found.categories.len(), 2);
    assert_eq!((found.geo[0].longitude(), found.geo[0].latitude()), (4.0, 45.0));
    assert_eq!(found.socials[0].handle, "boulangerie.exemple");
    assert_eq!(attribute(&all.listings[0], "chain").unwrap(), "Exemple");
    assert_eq!(
        attribute(&all.listings[0], "x:licence").unwrap(),
        "CDLA-Permissive-2.0"
    );
    assert_eq!(
        all.listings[1].findings.status[0].status,
        OperatingStatus::PermanentlyClosed
    );
}

#[test]
fn a_box_leaves_row_groups_unread_and_rows_keep_their_numbers() {
    let area = "5.5,44,7.5,46".parse().unwrap();
    let some = whole(&overture(), Layout::Overture, &ReadOptions::new().area(area));
    assert_eq!(
        (keys(&some.listings), places(&some.rejects)),
        (vec!["d"], vec!["row 3"])
    );
    assert_eq!(some.rows, 2, "the first row group ends west of the box");
    let bakeries = whole(
        &overture(),
        Layout::Overture,
        &ReadOptions::new().category("Bakery"),
    );
    assert_eq!(keys(&bakeries.listings), ["a"]);
}

#[test]
fn foursquare_places() {
    let file = written(vec![
        ("fsq_place_id", texts(&[Some("4b0"), Some("4b1"), None])),
        ("name", texts(&[Some("Example Cafe"), None, Some("x")])),
        (
            "latitude",
            Arc::new(Float64Array::from(vec![Some(45.0), Some(95.0), None])),
        ),
        (
            "longitude",
            Arc::new(Float64Array::from(vec![Some(4.0), Some(4.0), None])),
        ),
        ("address", texts(&[Some("1 Test Street"), None, None])),
        ("locality", texts(&[Some("Leeds"), None, None])),
        ("postcode", texts(&[Some("LS1 1AA"), None, None])),
        ("country", texts(&[Some("GB"), None, None])),
        ("tel", texts(&[Some("0113 496 0000"), None, None])),
        (
            "website",
            texts(&[Some("https://www.instagram.com/example_cafe"), None, None]),
        ),
        ("email", texts(&[Some("hello@example.test"), None, None])),
        ("instagram", texts(&[Some("example_cafe"), None, None])),
        (
            "fsq_category_labels",
            lists(&[&["Dining and Drinking > Cafe"], &[], &[]]),
        ),
        ("date_closed", texts(&[Some("2024-05-01"), None, None])),
    ]);
    let all = whole(&file, Layout::Foursquare, &ReadOptions::new().category("cafe"));
    assert_eq!(
        (keys(&all.listings), places(&all.rejects)),
        (vec!["4b0"], vec!["row 2", "row 3"])
    );
    let found = &all.listings[0].findings;
    assert_eq!(found.socials[0].handle, "example_cafe");
    assert!(found.websites.is_empty(), "a profile is no web site of its own");
    assert_eq!(found.addresses[0].text, "1 Test Street, LS1 1AA Leeds, GB");
    assert_eq!(found.status[0].status, OperatingStatus::PermanentlyClosed);
    assert_eq!(attribute(&all.listings[0], "x:licence").unwrap(), "Apache-2.0");
}

/// Bytes changed or cut anywhere: an error or rejects.
#[test]
fn a_damaged_file_is_no_panic() {
    let whole = std::fs::read(overture().path).unwrap();
    for at in (4..whole.len()).step_by(97) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        crate::hostile::survives(&bytes);
        crate::hostile::survives(&whole[..at]);
    }
}
