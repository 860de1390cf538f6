//! Why two records are the same business.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{E164, RecordId, SourceId, Subject};
use crate::{Error, Result};

/// Something two records of one business share exactly; stores keep an index of them.
///
/// As text `phone:+33…`, `site:example.com`, `id:osm:node/1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum MatchKey {
    /// The same telephone number.
    Phone(E164),
    /// The same site, by its registered name.
    Site(String),
    /// The same entry of a platform.
    Platform(SourceId, String),
}

impl MatchKey {
    /// Whom it is about: who must not be contacted must not be known by it either. An entry of a platform is nobody's way to be reached.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Self::Phone(number) => Some(Subject::Phone(*number)),
            Self::Site(site) => Some(Subject::Domain(site.clone())),
            Self::Platform(..) => None,
        }
    }
}

impl fmt::Display for MatchKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phone(number) => write!(f, "phone:{number}"),
            Self::Site(site) => write!(f, "site:{site}"),
            Self::Platform(platform, id) => write!(f, "id:{platform}:{id}"),
        }
    }
}

impl FromStr for MatchKey {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let refuse = || Error::invalid("match key", "phone:…, site:… or id:platform:… is wanted");
        match text.split_once(':').ok_or_else(refuse)? {
            ("phone", number) => E164::new(number).map(Self::Phone),
            ("site", site) => Ok(Self::Site(site.to_owned())),
            ("id", rest) => {
                let (platform, id) = rest.split_once(':').ok_or_else(refuse)?;
                Ok(Self::Platform(SourceId::new(platform)?, id.to_owned()))
            }
            _ => Err(refuse()),
        }
    }
}

impl TryFrom<String> for MatchKey {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<MatchKey> for String {
    fn from(key: MatchKey) -> Self {
        key.to_string()
    }
}

/// A statement that two records are the same business. Links join records into clusters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Link {
    /// One record.
    pub left: RecordId,
    /// The other.
    pub right: RecordId,
    /// What they share.
    pub because: MatchKey,
}

impl Link {
    /// A link; the order of the two does not matter and is made canonical.
    pub fn new(one: RecordId, other: RecordId, because: MatchKey) -> Self {
        Self {
            left: one.min(other),
            right: one.max(other),
            because,
        }
    }
}
