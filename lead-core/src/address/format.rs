//! How countries write addresses, a row each.

use crate::record::CountryCode;

/// The form of a postal code: `9` is a digit, `A` a capital letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `9999`
    Four,
    /// `99999`
    Five,
    /// `9999 AA`
    Dutch,
    /// `9999-999`
    Portuguese,
    /// `99-999`
    Polish,
    /// `999 99`
    Spaced,
}

/// Where a house has its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum House {
    /// `12 rue Haute`
    Before,
    /// `Hauptstraße 12`
    After,
}

/// How a country that writes `code town` does it.
pub(super) struct Format {
    /// ISO 3166-1 alpha-2.
    pub(super) country: &'static str,
    /// The form of its codes.
    pub(super) shape: Shape,
    /// What stands before the code in letters from abroad: `D-12345`.
    pub(super) prefix: &'static str,
    /// Where the number stands.
    pub(super) house: House,
}

const fn row(country: &'static str, shape: Shape, prefix: &'static str, house: House) -> Format {
    Format {
        country,
        shape,
        prefix,
        house,
    }
}

/// Countries that put the code before the town, under the Universal Postal Union's addressing guides
/// (<https://www.upu.int/en/Postal-Solutions/Programmes-Services/Addressing-Solutions>).
pub(super) const CODE_FIRST: &[Format] = &[
    row("DE", Shape::Five, "D", House::After),
    row("FR", Shape::Five, "F", House::Before),
    row("ES", Shape::Five, "E", House::After),
    row("IT", Shape::Five, "I", House::After),
    row("FI", Shape::Five, "FI", House::After),
    row("AT", Shape::Four, "A", House::After),
    row("CH", Shape::Four, "CH", House::After),
    row("BE", Shape::Four, "B", House::After),
    row("DK", Shape::Four, "DK", House::After),
    row("NO", Shape::Four, "N", House::After),
    row("LU", Shape::Four, "L", House::Before),
    row("LI", Shape::Four, "FL", House::After),
    row("NL", Shape::Dutch, "NL", House::After),
    row("PT", Shape::Portuguese, "P", House::After),
    row("PL", Shape::Polish, "PL", House::After),
    row("SE", Shape::Spaced, "S", House::After),
    row("CZ", Shape::Spaced, "CZ", House::After),
    row("SK", Shape::Spaced, "SK", House::After),
    row("GR", Shape::Spaced, "GR", House::After),
    row("SE", Shape::Five, "SE", House::After),
    row("HR", Shape::Five, "HR", House::After),
    row("EE", Shape::Five, "EE", House::After),
    row("RS", Shape::Five, "RS", House::After),
    row("TR", Shape::Five, "TR", House::After),
    row("HU", Shape::Four, "H", House::After),
    row("SI", Shape::Four, "SI", House::After),
    row("BG", Shape::Four, "BG", House::After),
];

impl Format {
    /// The country.
    pub(super) fn code(&self) -> Option<CountryCode> {
        CountryCode::new(self.country).ok()
    }
}

/// Countries that write codes of this form.
pub(super) fn of_shape(shape: Shape) -> impl Iterator<Item = &'static Format> {
    CODE_FIRST.iter().filter(move |format| format.shape == shape)
}
