//! Regions that numbering plans know.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::record::CountryCode;
use crate::{Error, Result};

/// A region with a numbering plan of its own: an ISO 3166-1 country, or Ascension (`AC`) or Tristan da Cunha (`TA`),
/// which libphonenumber tells from Saint Helena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Region([u8; 2]);

impl Region {
    /// The United States: the guess when a page gives no clue.
    pub const US: Self = Self(*b"US");

    /// Parses a code in either case.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is no assigned code.
    pub fn new(text: &str) -> Result<Self> {
        if text.eq_ignore_ascii_case("AC") {
            return Ok(Self(*b"AC"));
        }
        if text.eq_ignore_ascii_case("TA") {
            return Ok(Self(*b"TA"));
        }
        CountryCode::new(text)
            .map(Self::from)
            .map_err(|cause| Error::invalid("region", "no such region").because(cause))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The two capital letters.
    pub(crate) fn letters(self) -> [u8; 2] {
        self.0
    }

    /// A region known to the numbering plans; `None` when these are no capital letters.
    pub(crate) fn of_letters(letters: [u8; 2]) -> Option<Self> {
        letters
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(letters))
    }

    /// The country, when it is one of ISO 3166-1.
    pub fn country(&self) -> Option<CountryCode> {
        CountryCode::new(self.as_str()).ok()
    }
}

impl From<CountryCode> for Region {
    fn from(country: CountryCode) -> Self {
        match country.as_str().as_bytes() {
            [a, b] => Self([*a, *b]),
            _ => Self::US, // a country code always has two letters
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Region {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::new(text)
    }
}

impl TryFrom<String> for Region {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        Self::new(&text)
    }
}

impl From<Region> for String {
    fn from(region: Region) -> Self {
        region.as_str().to_owned()
    }
}
