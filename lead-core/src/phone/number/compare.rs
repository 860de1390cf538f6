//! How alike two numbers are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::parse::parse_without_region;
use super::{Number, ParseError, region_of_calling_code};
use crate::phone::numbering::Calling;

/// How alike two numbers are, from least to most: libphonenumber's `MatchType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Likeness {
    /// Not at all.
    None,
    /// One ends like the other, or one has an extension and the other has none.
    ShortNsn,
    /// The same, but for a country calling code that one does not state.
    Nsn,
    /// The same.
    Exact,
}

impl Number {
    /// How alike two numbers are: `isNumberMatch`.
    pub fn compare(&self, other: &Self) -> Likeness {
        let extensions_differ =
            !self.extension.is_empty() && !other.extension.is_empty() && self.extension != other.extension;
        if extensions_differ {
            return Likeness::None;
        }
        let same = self.national == other.national && self.extension == other.extension;
        let both_have_codes = self.calling_code != 0 && other.calling_code != 0;
        match (same, both_have_codes) {
            (true, true) if self.calling_code == other.calling_code => Likeness::Exact,
            (_, true) if self.calling_code != other.calling_code => Likeness::None,
            (true, false) => Likeness::Nsn,
            _ if self.ends_like(other) => Likeness::ShortNsn,
            _ => Likeness::None,
        }
    }

    /// How alike this number and a text are; `None` when the text is no number.
    pub fn compare_text(&self, text: &str) -> Option<Likeness> {
        match Self::parse(text, None) {
            Ok(other) => Some(self.compare(&other)),
            // The text states no calling code: it is read as if it had this number's.
            Err(ParseError::InvalidCountryCode) => match region_of_calling_code(self.calling_code) {
                Some(region) => {
                    let other = Self::parse(text, Some(region)).ok()?;
                    Some(self.compare(&other).min(Likeness::Nsn))
                }
                None if Calling::of(self.calling_code).is_some() => None,
                None => Some(self.compare(&parse_without_region(text).ok()?)),
            },
            Err(_) => None,
        }
    }

    /// Whether one national number ends with the other, leading zeros aside.
    fn ends_like(&self, other: &Self) -> bool {
        let (one, other) = (self.without_zeros(), other.without_zeros());
        one.ends_with(other) || other.ends_with(one)
    }

    fn without_zeros(&self) -> &str {
        let digits = self.national.as_str();
        let trimmed = digits.trim_start_matches('0');
        if trimmed.is_empty() { "0" } else { trimmed }
    }
}

/// How alike two texts are, as numbers: `isNumberMatch`. `None` when one of them is no number.
///
/// ```
/// use lead_core::phone::{Likeness, compare_texts};
/// assert_eq!(compare_texts("+64 3 331-6005", "+64 03 331 6005"), Some(Likeness::Exact));
/// assert_eq!(compare_texts("+64 3 331-6005", "331 6005"), Some(Likeness::ShortNsn));
/// ```
pub fn compare_texts(one: &str, other: &str) -> Option<Likeness> {
    let without_code = |error| error == ParseError::InvalidCountryCode;
    match Number::parse(one, None) {
        Ok(number) => return number.compare_text(other),
        Err(error) if !without_code(error) => return None,
        Err(_) => {}
    }
    match Number::parse(other, None) {
        Ok(number) => number.compare_text(one),
        Err(error) if without_code(error) => Some(
            parse_without_region(one)
                .ok()?
                .compare(&parse_without_region(other).ok()?),
        ),
        Err(_) => None,
    }
}
