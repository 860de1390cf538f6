//! Postal addresses.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CountryCode, Identified};

/// A postal address: as written, and its parts as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Address {
    /// The whole address on one line, as it stood there or put together from its parts.
    pub text: String,
    /// Street and house number.
    pub street: Option<String>,
    /// City, town or village.
    pub city: Option<String>,
    /// State, province or region.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Country.
    pub country: Option<CountryCode>,
    /// Borough or district of a city.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub borough: Option<String>,
    /// Neighbourhood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub neighbourhood: Option<String>,
}

impl Address {
    /// An address of which only the text is known.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// One line made of the parts, in the order street, postal code, city, region, country.
    pub fn joined(&self) -> String {
        let city = [self.postal_code.as_deref(), self.city.as_deref()];
        let city = city.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let parts = [
            self.street.as_deref(),
            Some(&*city),
            self.region.as_deref(),
            self.country.as_ref().map(CountryCode::as_str),
        ];
        parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// Letters and digits in lower case: two spellings of one line compare equal.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

impl Identified for Address {
    type Key = String;

    fn identity(&self) -> String {
        match (&self.street, &self.postal_code, &self.city) {
            (Some(street), Some(code), _) => format!("{}|{}", folded(street), folded(code)),
            (Some(street), None, Some(city)) => format!("{}|{}", folded(street), folded(city)),
            _ => folded(&self.text),
        }
    }

    fn complete(&mut self, other: &Self) {
        let fill = |mine: &mut Option<String>, theirs: &Option<String>| {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        };
        fill(&mut self.street, &other.street);
        fill(&mut self.city, &other.city);
        fill(&mut self.region, &other.region);
        fill(&mut self.postal_code, &other.postal_code);
        fill(&mut self.borough, &other.borough);
        fill(&mut self.neighbourhood, &other.neighbourhood);
        self.country = self.country.or(other.country);
    }
}
