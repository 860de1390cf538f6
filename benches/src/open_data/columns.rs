//! Files of columns.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{
    Array, ArrayRef, BinaryArray, Float32Array, Float64Array, ListArray, RecordBatch, StringArray,
    StructArray,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::Field;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

/// Rows made at a time.
const CHUNK: usize = 50_000;

fn texts(rows: &[usize], text: impl Fn(usize) -> String) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(rows.iter().map(|row| text(*row))))
}

/// A list of one text a row.
fn lists(rows: &[usize], text: impl Fn(usize) -> String) -> ArrayRef {
    let mut builder = ListBuilder::new(StringBuilder::new());
    for row in rows {
        builder.values().append_value(text(*row));
        builder.append(true);
    }
    Arc::new(builder.finish())
}

fn numbers(rows: &[usize], number: impl Fn(usize) -> f64) -> ArrayRef {
    Arc::new(Float64Array::from_iter_values(
        rows.iter().map(|row| number(*row)),
    ))
}

fn structs(fields: Vec<(&str, ArrayRef)>) -> ArrayRef {
    let field = |(name, array): (&str, ArrayRef)| {
        (Arc::new(Field::new(name, array.data_type().clone(), true)), array)
    };
    Arc::new(StructArray::from(
        fields.into_iter().map(field).collect::<Vec<_>>(),
    ))
}

fn write(path: &Path, rows: usize, columns: impl Fn(&[usize]) -> Vec<(&'static str, ArrayRef)>) {
    let batch = |first: usize| {
        let rows: Vec<usize> = (first..(first + CHUNK).min(rows)).collect();
        let all = columns(&rows)
            .into_iter()
            .map(|(name, array)| (name, array, true));
        RecordBatch::try_from_iter_with_nullable(all).expect("columns")
    };
    let zstd = Compression::ZSTD(ZstdLevel::default());
    let properties = WriterProperties::builder().set_compression(zstd).build();
    let file = File::create(path).expect("a file to write");
    let mut writer = ArrowWriter::try_new(file, batch(0).schema(), Some(properties)).expect("a writer");
    for first in (0..rows).step_by(CHUNK) {
        writer.write(&batch(first)).expect("room");
    }
    writer.close().expect("room");
}

fn longitude(row: usize) -> f64 {
    row as f64 % 3600.0 / 10.0 - 180.0
}

pub(super) fn overture(path: &Path, rows: usize) {
    write(path, rows, |rows| {
        let point = |row: &usize| {
            [
                &[1_u8][..],
                &1_u32.to_le_bytes(),
                &longitude(*row).to_le_bytes(),
                &45.75_f64.to_le_bytes(),
            ]
            .concat()
        };
        let side = || -> ArrayRef {
            Arc::new(Float32Array::from_iter_values(
                rows.iter().map(|row| *row as f32 % 3600.0 / 10.0 - 180.0),
            ))
        };
        let level = || -> ArrayRef { Arc::new(Float32Array::from(vec![45.75; rows.len()])) };
        let address = structs(vec![
            ("freeform", texts(rows, |row| format!("{row} Rue des Essais"))),
            ("locality", texts(rows, |_| "Lyon".into())),
            ("postcode", texts(rows, |_| "69001".into())),
            ("region", texts(rows, |_| "FR-ARA".into())),
            ("country", texts(rows, |_| "FR".into())),
        ]);
        let field = Arc::new(Field::new("element", address.data_type().clone(), true));
        let addresses = ListArray::new(
            field,
            OffsetBuffer::from_lengths(vec![1; rows.len()]),
            address,
            None,
        );
        vec![
            ("id", texts(rows, |row| format!("08f{row:029}"))),
            (
                "geometry",
                Arc::new(BinaryArray::from_iter_values(rows.iter().map(point))),
            ),
            (
                "bbox",
                structs(vec![
                    ("xmin", side()),
                    ("xmax", side()),
                    ("ymin", level()),
                    ("ymax", level()),
                ]),
            ),
            ("version", numbers(rows, |_| 1.0)),
            (
                "names",
                structs(vec![("primary", texts(rows, |row| format!("Exemple {row}")))]),
            ),
            (
                "categories",
                structs(vec![
                    ("primary", texts(rows, |_| "bakery".into())),
                    ("alternate", lists(rows, |_| "cafe".into())),
                ]),
            ),
            ("confidence", numbers(rows, |_| 0.9)),
            (
                "websites",
                lists(rows, |row| format!("https://exemple{row}.test/")),
            ),
            (
                "socials",
                lists(rows, |row| format!("https://www.facebook.com/exemple{row}")),
            ),
            (
                "phones",
                lists(rows, |row| format!("+33478{:06}", row % 1_000_000)),
            ),
            ("addresses", Arc::new(addresses)),
            ("operating_status", texts(rows, |_| "open".into())),
        ]
    });
}

pub(super) fn foursquare(path: &Path, rows: usize) {
    write(path, rows, |rows| {
        vec![
            ("fsq_place_id", texts(rows, |row| format!("{row:024x}"))),
            ("name", texts(rows, |row| format!("Exemple {row}"))),
            ("latitude", numbers(rows, |_| 45.75)),
            ("longitude", numbers(rows, longitude)),
            ("address", texts(rows, |row| format!("{row} Rue des Essais"))),
            ("locality", texts(rows, |_| "Lyon".into())),
            ("region", texts(rows, |_| "Rhône".into())),
            ("postcode", texts(rows, |_| "69001".into())),
            ("country", texts(rows, |_| "FR".into())),
            ("date_refreshed", texts(rows, |_| "2024-05-01".into())),
            (
                "tel",
                texts(rows, |row| {
                    format!(
                        "04 78 {:02} {:02} {:02}",
                        row / 10_000 % 100,
                        row / 100 % 100,
                        row % 100
                    )
                }),
            ),
            (
                "website",
                texts(rows, |row| format!("http://www.exemple{row}.test")),
            ),
            ("email", texts(rows, |row| format!("bonjour@exemple{row}.test"))),
            (
                "fsq_category_labels",
                lists(rows, |_| "Dining and Drinking > Bakery".into()),
            ),
        ]
    });
}
