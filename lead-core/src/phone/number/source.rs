//! How the country calling code of a number was known.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// How the country calling code of a parsed number was known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CountryCodeSource {
    /// It was not: the number was made otherwise.
    #[default]
    Unspecified,
    /// `+49 …`
    NumberWithPlusSign,
    /// `00 49 …`, `011 49 …`
    NumberWithIdd,
    /// `49 …`, read in a region whose national numbers do not look like that.
    NumberWithoutPlusSign,
    /// The region that was given.
    DefaultCountry,
}

impl CountryCodeSource {
    /// Every way.
    pub const ALL: [Self; 5] = [
        Self::Unspecified,
        Self::NumberWithPlusSign,
        Self::NumberWithIdd,
        Self::NumberWithoutPlusSign,
        Self::DefaultCountry,
    ];

    /// The variant's name in lower case: `number_with_plus_sign`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::NumberWithPlusSign => "number_with_plus_sign",
            Self::NumberWithIdd => "number_with_idd",
            Self::NumberWithoutPlusSign => "number_without_plus_sign",
            Self::DefaultCountry => "default_country",
        }
    }
}

impl FromStr for CountryCodeSource {
    type Err = Error;
    /// Reads what [`CountryCodeSource::name`] says.
    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|source| source.name() == text)
            .ok_or_else(|| {
                Error::invalid(
                    "country_code_source",
                    "unspecified, number_with_plus_sign, number_with_idd, number_without_plus_sign or default_country \
                     is wanted",
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_goes_by_its_name_in_json() {
        for source in CountryCodeSource::ALL {
            assert_eq!(source.name().parse::<CountryCodeSource>().unwrap(), source);
            assert_eq!(serde_json::to_value(source).unwrap(), source.name());
        }
        assert!("guessed".parse::<CountryCodeSource>().is_err());
    }
}
