//! A company to find, and what is known of it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::address::country_of_name;
use crate::record::{CountryCode, SafeUrl};
use crate::{Error, Result};

/// A company to find, and what is known of it. A name, a web site or a place's id is wanted; everything else makes the answer
/// surer. Numbers are written as people write them.
///
/// ```
/// use lead_core::matching::Company;
/// let company = Company::new("Bäckerei Muster GmbH").city("Köln").country("DE")?;
/// assert!(company.check().is_ok());
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Company {
    /// What it is called.
    pub name: Option<String>,
    /// Street and house number.
    pub street: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City, town or village.
    pub city: Option<String>,
    /// State, province or region.
    pub region: Option<String>,
    /// Its country.
    pub country: Option<CountryCode>,
    /// Its site, as far as it is known.
    pub website: Option<SafeUrl>,
    /// What a source calls it: `node/123` of OpenStreetMap.
    pub place_id: Option<String>,
    /// A telephone number of it.
    pub phone: Option<String>,
    /// A mailbox of it.
    pub email: Option<String>,
    /// The columns of its row, handed back as they came.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub columns: Map<String, Value>,
}

/// A field of a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// [`Company::name`].
    Name,
    /// [`Company::street`].
    Street,
    /// [`Company::postal_code`].
    PostalCode,
    /// [`Company::city`].
    City,
    /// [`Company::region`].
    Region,
    /// [`Company::country`].
    Country,
    /// [`Company::website`].
    Website,
    /// [`Company::place_id`].
    PlaceId,
    /// [`Company::phone`].
    Phone,
    /// [`Company::email`].
    Email,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Street,
        Self::PostalCode,
        Self::City,
        Self::Region,
        Self::Country,
        Self::Website,
        Self::PlaceId,
        Self::Phone,
        Self::Email,
    ];

    /// Its name in JSON and in settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Street => "street",
            Self::PostalCode => "postal_code",
            Self::City => "city",
            Self::Region => "region",
            Self::Country => "country",
            Self::Website => "website",
            Self::PlaceId => "place_id",
            Self::Phone => "phone",
            Self::Email => "email",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Company {
    /// A company of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..Self::default()
        }
    }

    /// Its city.
    pub fn city(mut self, city: impl Into<String>) -> Self {
        self.city = Some(city.into());
        self
    }

    /// Its country: a code of ISO 3166-1, or its name in English or its own language.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when there is none of that name.
    pub fn country(mut self, country: &str) -> Result<Self> {
        self.set(Field::Country, country)?;
        Ok(self)
    }

    /// Its site: an address, or the name of its host.
    ///
    /// # Errors
    /// As [`SafeUrl::parse`].
    pub fn website(mut self, site: &str) -> Result<Self> {
        self.set(Field::Website, site)?;
        Ok(self)
    }

    /// Sets a field, as text has it. White space at its ends is dropped; what is empty, `N/A` or `-` is absent.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the text is no country or no address of a site.
    pub fn set(&mut self, field: Field, text: &str) -> Result<()> {
        let text = text.trim();
        let absent =
            text.is_empty() || ["n/a", "-", "–", "null", "none"].contains(&text.to_lowercase().as_str());
        let text = (!absent).then_some(text);
        let slot = match field {
            Field::Country => {
                let unknown = || Error::invalid("match", "there is no such country");
                self.country = text
                    .map(|text| country_of_name(text).ok_or_else(unknown))
                    .transpose()?;
                return Ok(());
            }
            Field::Website => {
                self.website = text.map(address).transpose()?;
                return Ok(());
            }
            Field::Name => &mut self.name,
            Field::Street => &mut self.street,
            Field::PostalCode => &mut self.postal_code,
            Field::City => &mut self.city,
            Field::Region => &mut self.region,
            Field::PlaceId => &mut self.place_id,
            Field::Phone => &mut self.phone,
            Field::Email => &mut self.email,
        };
        *slot = text.map(str::to_owned);
        Ok(())
    }

    /// A field as text.
    pub fn get(&self, field: Field) -> Option<&str> {
        match field {
            Field::Name => self.name.as_deref(),
            Field::Street => self.street.as_deref(),
            Field::PostalCode => self.postal_code.as_deref(),
            Field::City => self.city.as_deref(),
            Field::Region => self.region.as_deref(),
            Field::Country => self.country.as_ref().map(CountryCode::as_str),
            Field::Website => self.website.as_ref().map(SafeUrl::as_str),
            Field::PlaceId => self.place_id.as_deref(),
            Field::Phone => self.phone.as_deref(),
            Field::Email => self.email.as_deref(),
        }
    }

    /// Whether there is enough to look for.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it has neither name nor site nor id.
    pub fn check(&self) -> Result<()> {
        let named = self
            .name
            .as_deref()
            .is_some_and(|name| name.chars().any(char::is_alphanumeric));
        if named || self.website.is_some() || self.place_id.is_some() {
            return Ok(());
        }
        Err(Error::invalid(
            "match",
            "a name, a web site or a place's id is wanted",
        ))
    }
}

/// `example.com` is meant as `https://example.com/`.
fn address(text: &str) -> Result<SafeUrl> {
    let url = if text.contains("://") {
        SafeUrl::parse(text)?
    } else {
        SafeUrl::parse(&format!("https://{text}"))?
    };
    Ok(url.without_fragment())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_people_write_them() {
        let mut company = Company::default();
        company.set(Field::Name, "  Muster ").unwrap();
        company.set(Field::City, "N/A").unwrap();
        company.set(Field::Website, "muster.example").unwrap();
        assert_eq!(company.get(Field::Name), Some("Muster"));
        assert_eq!(company.get(Field::City), None);
        assert_eq!(company.get(Field::Website), Some("https://muster.example/"));
        assert!(company.set(Field::Country, "Atlantis").is_err());
        assert!(company.set(Field::Website, "file:///etc/passwd").is_err());
        assert!(Company::new("–").check().is_err());
    }
}
