//! Places as GeoParquet. An empty list counts as none here: writers of columns differ in how they write it.

use std::borrow::Cow;

use super::place::{Part, Place, wrong};
use crate::record::{GeoPoint, Listing};
use crate::source::open_data::{ParquetLayout, Portion, Sieve, Table, range};
use crate::{Error, Result};

/// What is read of a file.
pub(in crate::source) const PARQUET: ParquetLayout = ParquetLayout {
    columns: &[
        "id",
        "geometry",
        "bbox.xmin",
        "bbox.ymin",
        "names.primary",
        "categories.primary",
        "categories.alternate",
        "basic_category",
        "taxonomy.primary",
        "taxonomy.alternates",
        "confidence",
        "websites",
        "emails",
        "socials",
        "phones",
        "brand.names.primary",
        "addresses",
        "operating_status",
    ],
    longitude: ["bbox.xmin", "bbox.xmax"],
    latitude: ["bbox.ymin", "bbox.ymax"],
    portion,
};

fn portion(table: &Table<'_>, rows: usize, first: u64, sieve: &Sieve) -> Result<Portion> {
    let id = table.need("id")?;
    let mut portion = Portion::default();
    for (number, row) in (first..).zip(0..rows) {
        let told = id.get(row).ok_or_else(|| wrong("id", "is missing"));
        let told = told.and_then(|id| listing(table, id, row, sieve));
        portion.take(told, || format!("row {number}"));
    }
    Ok(portion)
}

fn listing(table: &Table<'_>, id: &str, row: usize, sieve: &Sieve) -> Result<Option<Listing>> {
    let point = point(table, row)?;
    if !sieve.holds(point) {
        return Ok(None); // before the rest is looked at
    }
    let text = |path: &[&str]| table.texts(path).get(row).map(Cow::Borrowed);
    let list = |path: &[&str]| table.lists(path).get(row).map(Cow::Borrowed).collect::<Vec<_>>();
    let mut alternates = list(&["categories", "alternate"]);
    for other in list(&["taxonomy", "alternates"]) {
        if !alternates.contains(&other) {
            alternates.push(other);
        }
    }
    let place = Place {
        id: id.into(),
        point,
        name: text(&["names", "primary"]),
        primary: text(&["categories", "primary"]).or_else(|| text(&["taxonomy", "primary"])),
        basic: text(&["basic_category"]),
        alternates,
        confidence: table.numbers(&["confidence"]).get(row),
        websites: list(&["websites"]),
        emails: list(&["emails"]),
        socials: list(&["socials"]),
        phones: list(&["phones"]),
        brand: text(&["brand", "names", "primary"]),
        addresses: addresses(table, row),
        status: text(&["operating_status"]),
    };
    place.listing(sieve)
}

fn addresses<'a>(table: &Table<'a>, row: usize) -> Vec<Part<'a>> {
    let Some((list, parts)) = table.nested(&["addresses"]) else {
        return Vec::new();
    };
    let part = |row: usize| {
        let text = |name: &str| parts.texts(&[name]).get(row).map(Cow::Borrowed);
        Part {
            freeform: text("freeform"),
            locality: text("locality"),
            region: text("region"),
            postcode: text("postcode"),
            country: text("country"),
        }
    };
    range(list, row).map(part).collect()
}

/// The geometry, else the corner of the box: a place is a point, so its box has no extent.
fn point(table: &Table<'_>, row: usize) -> Result<Option<GeoPoint>> {
    use arrow_array::Array;
    if let Some(geometry) = table.bytes(&["geometry"])
        && row < geometry.len()
        && geometry.is_valid(row)
    {
        return wkb_point(geometry.value(row)).map(Some);
    }
    let side = |name: &str| table.numbers(&["bbox", name]).get(row);
    match (side("ymin"), side("xmin")) {
        (Some(latitude), Some(longitude)) => GeoPoint::new(latitude, longitude).map(Some),
        _ => Ok(None),
    }
}

/// Well-known binary (OGC 06-103r4 §8.2): byte order, kind, coordinates. Kinds of more dimensions begin alike.
fn wkb_point(bytes: &[u8]) -> Result<GeoPoint> {
    let wrong = || Error::invalid("open data", "the geometry is no point in well-known binary");
    let (order, rest) = bytes.split_first().ok_or_else(wrong)?;
    let (kind, rest) = rest.split_first_chunk::<4>().ok_or_else(wrong)?;
    let (x, rest) = rest.split_first_chunk::<8>().ok_or_else(wrong)?;
    let (y, _) = rest.split_first_chunk::<8>().ok_or_else(wrong)?;
    let (kind, x, y) = match order {
        0 => (
            u32::from_be_bytes(*kind),
            f64::from_be_bytes(*x),
            f64::from_be_bytes(*y),
        ),
        1 => (
            u32::from_le_bytes(*kind),
            f64::from_le_bytes(*x),
            f64::from_le_bytes(*y),
        ),
        _ => return Err(wrong()),
    };
    if !matches!(kind, 1 | 1001 | 2001 | 3001) {
        return Err(wrong());
    }
    GeoPoint::new(y, x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_read_in_either_order_of_bytes() {
        let little = [
            &[1_u8][..],
            &1_u32.to_le_bytes(),
            &4.85_f64.to_le_bytes(),
            &45.75_f64.to_le_bytes(),
        ]
        .concat();
        let big = [
            &[0_u8][..],
            &1_u32.to_be_bytes(),
            &4.85_f64.to_be_bytes(),
            &45.75_f64.to_be_bytes(),
        ]
        .concat();
        assert_eq!(wkb_point(&little).unwrap(), wkb_point(&big).unwrap());
        let line = [&[1_u8][..], &2_u32.to_le_bytes(), &[0; 16]].concat();
        for wrong in [&line[..], &little[..20], &[2; 21], &[]] {
            assert!(wkb_point(wrong).is_err());
        }
    }
}
