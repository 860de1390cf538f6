//! What of a lead is indexed for filters.

use std::collections::BTreeSet;

use lead_core::record::Lead;
use lead_core::record::filter::{Field, Scalar, field_values, search_words};

use super::cell::Cell;

/// Under which field the words of the full-text search stand.
pub(crate) const WORDS: &str = "text";

/// A value as it is indexed; numbers by their bits, so that it can stand in a set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Indexed {
    Text(&'static str, String),
    Number(&'static str, u64),
}

impl Indexed {
    pub(crate) fn field(&self) -> &'static str {
        match self {
            Self::Text(field, _) | Self::Number(field, _) => field,
        }
    }

    pub(crate) fn cell(&self) -> Cell {
        match self {
            Self::Text(_, text) => Cell::Text(text.clone()),
            Self::Number(_, bits) => Cell::Real(f64::from_bits(*bits)),
        }
    }
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

/// Every value of `lead` that stands in `lead_values`.
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
    fields.chain(words).collect()
}
