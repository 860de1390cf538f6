//! Places as GeoParquet. An empty list counts as none here: writers of columns differ in how they write it.

use std::borrow::Cow;

use arrow_array::{Array, BinaryArray, ListArray};

use super::place::{Part, Place, wrong};
use crate::record::{GeoPoint, Listing};
use crate::source::open_data::{Numbers, ParquetLayout, Portion, Sieve, Table, TextLists, Texts, range};
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

/// The columns of some rows, looked up once for all of them.
struct Columns<'a> {
    id: Texts<'a>,
    geometry: Option<&'a BinaryArray>,
    /// The least latitude and longitude of the box.
    corner: [Numbers<'a>; 2],
    name: Texts<'a>,
    primary: [Texts<'a>; 2],
    basic: Texts<'a>,
    alternates: [TextLists<'a>; 2],
    confidence: Numbers<'a>,
    websites: TextLists<'a>,
    emails: TextLists<'a>,
    socials: TextLists<'a>,
    phones: TextLists<'a>,
    brand: Texts<'a>,
    addresses: Option<Addresses<'a>>,
    status: Texts<'a>,
}

/// The addresses of all rows, and where those of each stand.
struct Addresses<'a> {
    list: &'a ListArray,
    freeform: Texts<'a>,
    locality: Texts<'a>,
    region: Texts<'a>,
    postcode: Texts<'a>,
    country: Texts<'a>,
}

impl<'a> Columns<'a> {
    fn of(table: &Table<'a>) -> Result<Self> {
        Ok(Self {
            id: table.need("id")?,
            geometry: table.bytes(&["geometry"]),
            corner: ["ymin", "xmin"].map(|side| table.numbers(&["bbox", side])),
            name: table.texts(&["names", "primary"]),
            primary: ["categories", "taxonomy"].map(|way| table.texts(&[way, "primary"])),
            basic: table.texts(&["basic_category"]),
            alternates: [("categories", "alternate"), ("taxonomy", "alternates")]
                .map(|(way, list)| table.lists(&[way, list])),
            confidence: table.numbers(&["confidence"]),
            websites: table.lists(&["websites"]),
            emails: table.lists(&["emails"]),
            socials: table.lists(&["socials"]),
            phones: table.lists(&["phones"]),
            brand: table.texts(&["brand", "names", "primary"]),
            addresses: Addresses::of(table),
            status: table.texts(&["operating_status"]),
        })
    }

    /// The geometry, else the corner of the box: a place is a point, so its box has no extent.
    fn point(&self, row: usize) -> Result<Option<GeoPoint>> {
        let geometry = self.geometry.filter(|all| row < all.len() && all.is_valid(row));
        if let Some(geometry) = geometry {
            return wkb_point(geometry.value(row)).map(Some);
        }
        match self.corner.map(|side| side.get(row)) {
            [Some(latitude), Some(longitude)] => GeoPoint::new(latitude, longitude).map(Some),
            _ => Ok(None),
        }
    }

    /// The other categories, each once.
    fn alternates(&self, row: usize) -> Vec<Cow<'a, str>> {
        let mut alternates: Vec<Cow<'a, str>> = Vec::new();
        for other in self.alternates.into_iter().flat_map(|list| list.get(row)) {
            if !alternates.iter().any(|known| known == other) {
                alternates.push(other.into());
            }
        }
        alternates
    }
}

impl<'a> Addresses<'a> {
    fn of(table: &Table<'a>) -> Option<Self> {
        let (list, parts) = table.nested(&["addresses"])?;
        let texts = |name| parts.texts(&[name]);
        Some(Self {
            list,
            freeform: texts("freeform"),
            locality: texts("locality"),
            region: texts("region"),
            postcode: texts("postcode"),
            country: texts("country"),
        })
    }

    fn get(&self, row: usize) -> Vec<Part<'a>> {
        let part = |row: usize| {
            let text = |column: Texts<'a>| column.get(row).map(Cow::Borrowed);
            Part {
                freeform: text(self.freeform),
                locality: text(self.locality),
                region: text(self.region),
                postcode: text(self.postcode),
                country: text(self.country),
            }
        };
        range(self.list, row).map(part).collect()
    }
}

fn portion(table: &Table<'_>, rows: usize, first: u64, sieve: &Sieve) -> Result<Portion> {
    let columns = Columns::of(table)?;
    let mut portion = Portion::default();
    for (number, row) in (first..).zip(0..rows) {
        portion.take(listing(&columns, row, sieve), || format!("row {number}"));
    }
    Ok(portion)
}

fn listing<'a>(columns: &Columns<'a>, row: usize, sieve: &Sieve) -> Result<Option<Listing>> {
    let id = columns.id.get(row).ok_or_else(|| wrong("id", "is missing"))?;
    let point = columns.point(row)?;
    if !sieve.holds(point) {
        return Ok(None); // before the rest is looked at
    }
    let text = |column: Texts<'a>| column.get(row).map(Cow::Borrowed);
    let list = |column: TextLists<'a>| column.get(row).map(Cow::Borrowed).collect::<Vec<_>>();
    let place = Place {
        id: id.into(),
        point,
        name: text(columns.name),
        primary: columns.primary.into_iter().find_map(text),
        basic: text(columns.basic),
        alternates: columns.alternates(row),
        confidence: columns.confidence.get(row),
        websites: list(columns.websites),
        emails: list(columns.emails),
        socials: list(columns.socials),
        phones: list(columns.phones),
        brand: text(columns.brand),
        addresses: columns
            .addresses
            .as_ref()
            .map_or_else(Vec::new, |all| all.get(row)),
        status: text(columns.status),
    };
    place.listing(sieve)
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
