//! What to look for in a document.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// A kind of value that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Part {
    /// Telephone numbers.
    Phones,
    /// E-mail addresses.
    Emails,
    /// Profiles on social networks.
    Socials,
    /// Postal addresses, the places they make, and where those lie.
    Addresses,
    /// Names of the business, its web sites, and what it does.
    Organizations,
    /// Opening hours.
    Hours,
    /// Persons with their function.
    Persons,
    /// Numbers registers gave the business.
    Registrations,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 8] = [
        Self::Phones,
        Self::Emails,
        Self::Socials,
        Self::Addresses,
        Self::Organizations,
        Self::Hours,
        Self::Persons,
        Self::Registrations,
    ];

    /// The name of its list in [`Contacts`](crate::record::Contacts).
    pub fn name(self) -> &'static str {
        match self {
            Self::Phones => "phones",
            Self::Emails => "emails",
            Self::Socials => "socials",
            Self::Addresses => "addresses",
            Self::Organizations => "organizations",
            Self::Hours => "hours",
            Self::Persons => "persons",
            Self::Registrations => "registrations",
        }
    }
}

/// A set of [`Part`]s: all of them by default.
///
/// ```
/// use lead_core::contacts::{Part, Parts};
/// let reach = Parts::of([Part::Phones, Part::Emails]);
/// assert!(reach.has(Part::Phones) && !reach.has(Part::Hours));
/// assert_eq!(Parts::default(), Parts::of(Part::ALL));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Vec<Part>", into = "Vec<Part>")]
#[schemars(with = "Vec<Part>")]
pub struct Parts(u16);

impl Parts {
    /// These parts and no others.
    pub fn of(parts: impl IntoIterator<Item = Part>) -> Self {
        Self(parts.into_iter().fold(0, |set, part| set | bit(part)))
    }

    /// Whether a part is wanted.
    pub fn has(self, part: Part) -> bool {
        self.0 & bit(part) != 0
    }

    /// Whether any of some parts is wanted.
    pub(super) fn any(self, parts: &[Part]) -> bool {
        parts.iter().any(|part| self.has(*part))
    }

    /// The parts, in the order of [`Part::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(move |part| self.has(*part))
    }
}

fn bit(part: Part) -> u16 {
    1 << part as u16
}

impl Default for Parts {
    fn default() -> Self {
        Self::of(Part::ALL)
    }
}

impl FromStr for Part {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let lower = text.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|part| part.name() == lower)
            .ok_or_else(|| {
                let rule = "phones, emails, socials, addresses, organizations, hours, persons or registrations is wanted";
                Error::invalid("part", rule)
            })
    }
}

impl From<Vec<Part>> for Parts {
    fn from(parts: Vec<Part>) -> Self {
        Self::of(parts)
    }
}

impl From<Parts> for Vec<Part> {
    fn from(parts: Parts) -> Self {
        parts.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_goes_by_the_name_of_its_list() {
        for part in Part::ALL {
            assert_eq!(part.name().parse::<Part>().unwrap(), part);
            assert_eq!(serde_json::to_value(part).unwrap(), part.name());
        }
        assert!("faxes".parse::<Part>().is_err());
    }
}
