//! Countries: one file each, with its cities, streets, names, numbering and ways of writing.

mod ae;
mod bg;
mod cn;
mod de;
mod es;
mod fr;
mod gb;
mod gr;
mod it;
mod jp;
mod pl;
#[cfg(test)]
mod tests;
mod us;

use crate::business::{AddressForm, NumberStyle};
use crate::lang::Lang;
use crate::text::{fold, latin, native};

/// Every country, the eight main ones first.
pub(crate) static ALL: [&Country; 12] = [
    &fr::FR,
    &de::DE,
    &gb::GB,
    &us::US,
    &it::IT,
    &es::ES,
    &pl::PL,
    &jp::JP,
    &gr::GR,
    &bg::BG,
    &ae::AE,
    &cn::CN,
];

/// A country and everything the world needs to invent businesses in it. Words are `native|latin` where needed.
#[derive(Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub(crate) code: &'static str,
    /// English name.
    pub(crate) name: &'static str,
    /// Own name.
    pub(crate) local_name: &'static str,
    pub(crate) lang: &'static Lang,
    pub(crate) calling_code: &'static str,
    /// National prefix that disappears abroad; empty where there is none.
    pub(crate) trunk: &'static str,
    /// Share among the world's businesses.
    pub(crate) weight: u32,
    pub(crate) cities: &'static [City],
    pub(crate) streets: &'static [&'static str],
    pub(crate) families: &'static [&'static str],
    pub(crate) givens: &'static [&'static str],
    /// `{label}`, `{family}`, `{epithet}`.
    pub(crate) name_forms: &'static [&'static str],
    pub(crate) epithets: &'static [&'static str],
    /// `{name}` with a legal form, as registers write it.
    pub(crate) legal_forms: &'static [&'static str],
    pub(crate) mobile: &'static [&'static str],
    pub(crate) toll_free: &'static [&'static str],
    pub(crate) address: AddressForm,
    /// How numbers are written on pages, the usual first.
    pub(crate) styles: &'static [NumberStyle],
    /// Legacy encodings still met there (WHATWG labels); UTF-8 is always met.
    pub(crate) legacy_encodings: &'static [&'static str],
    pub(crate) vat: &'static str,
    pub(crate) register: &'static str,
    pub(crate) iban: &'static str,
    pub(crate) currency: &'static str,
    /// Language headers and `lang` attributes carry (`en-GB`).
    pub(crate) locale: &'static str,
}

impl PartialEq for Country {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Country {}

impl Country {
    /// ISO 3166-1 alpha-2 code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// English name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// BCP 47 code of the language its pages are in.
    pub fn language(&self) -> &'static str {
        self.lang.code
    }
}

/// A city: a real place with its centre and a box around it; all that stands in it is invented.
#[derive(Debug)]
pub struct City {
    /// `native|latin`.
    pub(crate) name: &'static str,
    /// Other names people search by.
    pub(crate) aliases: &'static [&'static str],
    pub(crate) region: &'static str,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// Share among the country's businesses.
    pub(crate) weight: u32,
    /// Patterns of postal codes ([`crate::rng::Rng::pattern`]).
    pub(crate) postcodes: &'static [&'static str],
    /// Patterns of fixed numbers, nationally written; numbers reserved for fiction first where a regulator has some.
    pub(crate) fixed: &'static [&'static str],
}

impl City {
    /// Its own name: `Lyon`, `東京`.
    pub fn name(&self) -> &'static str {
        native(self.name)
    }

    /// Its name in Latin letters: `Lyon`, `Tokyo`.
    pub fn latin_name(&self) -> &'static str {
        latin(self.name)
    }

    /// Region or state.
    pub fn region(&self) -> &'static str {
        native(self.region)
    }

    /// Centre, as latitude and longitude in degrees (WGS 84).
    pub fn center(&self) -> (f64, f64) {
        (self.lat, self.lon)
    }

    /// Bounding box in degrees: south, west, north, east. Every business of the city lies inside.
    pub fn bbox(&self) -> [f64; 4] {
        let (dlat, dlon) = (0.05, 0.07);
        [self.lat - dlat, self.lon - dlon, self.lat + dlat, self.lon + dlon]
    }

    /// Whether the text names this city, in any of its names, whatever the case and accents.
    pub fn is_called(&self, text: &str) -> bool {
        let wanted = fold(text.trim());
        [self.name(), self.latin_name()]
            .iter()
            .chain(self.aliases)
            .any(|name| fold(name) == wanted)
    }
}

/// The country of an ISO code.
pub fn by_code(code: &str) -> Option<&'static Country> {
    ALL.iter()
        .copied()
        .find(|country| country.code.eq_ignore_ascii_case(code))
}
