//! What of a lead is indexed for filters.

use std::collections::BTreeSet;

use lead_core::record::filter::{Field, Scalar, field_values, search_words};
use lead_core::record::{GeoPoint, Lead};

/// Under which field the words of the full-text search stand.
pub(crate) const WORDS: &str = "text";

/// A value as it is indexed; numbers by their bits, so that it can stand in a set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Indexed {
    Text(&'static str, String),
    Number(&'static str, u64),
    /// A point, by its latitude and longitude.
    Point(u64, u64),
}

/// Values of leads, each kind by itself.
#[derive(Debug, Default)]
pub(crate) struct Kinds {
    pub(crate) texts: Vec<(i64, &'static str, String)>,
    pub(crate) numbers: Vec<(i64, &'static str, f64)>,
    pub(crate) points: Vec<Place>,
}

/// A point of a lead: its latitude and longitude, and where it stands on a sphere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) lead: i64,
    pub(crate) degrees: [f64; 2],
    pub(crate) on_sphere: [f64; 3],
}

impl Kinds {
    pub(crate) fn of(values: impl IntoIterator<Item = (i64, Indexed)>) -> Self {
        let mut kinds = Self::default();
        for (lead, value) in values {
            match value {
                Indexed::Text(field, text) => kinds.texts.push((lead, field, text)),
                Indexed::Number(field, bits) => kinds.numbers.push((lead, field, f64::from_bits(bits))),
                Indexed::Point(latitude, longitude) => {
                    let degrees = [latitude, longitude].map(f64::from_bits);
                    let [latitude, longitude] = degrees;
                    // It was one when it was indexed.
                    if let Ok(point) = GeoPoint::new(latitude, longitude) {
                        let on_sphere = point.on_sphere();
                        kinds.points.push(Place {
                            lead,
                            degrees,
                            on_sphere,
                        });
                    }
                }
            }
        }
        kinds
    }

    /// The words among the texts that others may be like, each once, in order.
    pub(crate) fn words(&self) -> BTreeSet<&str> {
        let words = self.texts.iter().filter(|(_, field, _)| *field == WORDS);
        words
            .map(|(_, _, text)| text.as_str())
            .filter(|word| is_kept(word))
            .collect()
    }
}

/// The longest word that is kept for those who mistype it: one more than the longest that is searched so.
const LONGEST_WORD: usize = 65;

/// Whether a word stands in the list of words.
pub(crate) fn is_kept(word: &str) -> bool {
    word.chars().count() <= LONGEST_WORD
}

/// A word from its end.
pub(crate) fn backwards(word: &str) -> String {
    word.chars().rev().collect()
}

/// Fields that are columns of `leads`, because each lead has at most one value.
pub(crate) fn column(field: Field) -> Option<&'static str> {
    match field {
        Field::Seen => Some("last_seen"),
        Field::FirstSeen => Some("first_seen"),
        Field::Confidence => Some("confidence"),
        _ => None,
    }
}

/// Every value of `lead` that filters look up beside it.
pub(crate) fn indexed(lead: &Lead) -> BTreeSet<Indexed> {
    let fields = field_values(lead)
        .into_iter()
        .filter(|(field, _)| column(*field).is_none())
        .filter_map(|(field, value)| match value {
            Scalar::Text(text) => Some(Indexed::Text(field.name(), text)),
            // 0.0 and −0.0 are one number.
            Scalar::Number(number) if !number.is_nan() => {
                Some(Indexed::Number(field.name(), (number + 0.0).to_bits()))
            }
            Scalar::Number(_) | Scalar::Time(_) => None,
        });
    let words = search_words(lead)
        .into_iter()
        .map(|word| Indexed::Text(WORDS, word));
    let points = lead.findings.geo.iter().map(|found| {
        // 0.0 and −0.0 are one number.
        let bits = |degrees: f64| (degrees + 0.0).to_bits();
        Indexed::Point(bits(found.latitude()), bits(found.longitude()))
    });
    fields.chain(words).chain(points).collect()
}
