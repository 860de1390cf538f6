//! What a business calls itself, and small values about it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Identified, SafeUrl};

/// A name a business goes by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Organization {
    /// The name, as written.
    pub name: String,
}

impl Organization {
    /// A business of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }
}

impl Identified for Organization {
    type Key = String;
    fn identity(&self) -> String {
        self.name
            .split_whitespace()
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A web site of the business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Website {
    /// Its address.
    pub url: SafeUrl,
}

impl Website {
    /// The web site at `url`.
    pub fn new(url: SafeUrl) -> Self {
        Self { url }
    }
}

impl Identified for Website {
    type Key = String;

    /// Host without `www.`, port and path: `http` and `https` twins are one site.
    fn identity(&self) -> String {
        let url = self.url.as_url();
        let host = self.url.host();
        let port = url.port().map_or(String::new(), |port| format!(":{port}"));
        format!(
            "{}{port}{}",
            host.strip_prefix("www.").unwrap_or(host),
            url.path().trim_end_matches('/')
        )
    }
}

/// What a business does, in a source's own words: `amenity=dentist`, `Dentist`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Category {
    /// The taxonomy: `osm`, `schema.org` …
    pub scheme: String,
    /// The category in it.
    pub category: String,
}

impl Category {
    /// A category of a taxonomy.
    pub fn new(scheme: impl Into<String>, category: impl Into<String>) -> Self {
        Self {
            scheme: scheme.into(),
            category: category.into(),
        }
    }
}

impl Identified for Category {
    type Key = (String, String);
    fn identity(&self) -> Self::Key {
        (self.scheme.clone(), self.category.to_lowercase())
    }
}

/// A number a register gave: VAT, SIREN, LEI, commercial register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Registration {
    /// Which register: `VAT`, `SIREN`, `SIRET`, `LEI`, `HRB` …
    pub kind: String,
    /// The number, without spaces.
    pub value: String,
}

impl Registration {
    /// A registration.
    pub fn new(kind: impl Into<String>, value: &str) -> Self {
        Self {
            kind: kind.into(),
            value: value.split_whitespace().collect(),
        }
    }
}

impl Identified for Registration {
    type Key = (String, String);
    fn identity(&self) -> Self::Key {
        (self.kind.clone(), self.value.to_uppercase())
    }
}
