//! What a source answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CountryCode, Findings, NaturalKey, Observation, SafeUrl, SourceId, Trace};
use crate::clock::Timestamp;

/// One entry of a source's answer, before it is written down as an [`Observation`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Listing {
    /// What the source calls the entry.
    pub natural_key: NaturalKey,
    /// The entry's own page, when it has one.
    pub url: Option<SafeUrl>,
    /// What it says.
    pub findings: Findings<Trace>,
    /// The country that numbers on its sites are read for, when the entry itself says of none. No part of a sighting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<CountryCode>,
}

impl Listing {
    /// An entry.
    pub fn new(natural_key: NaturalKey, url: Option<SafeUrl>, findings: Findings<Trace>) -> Self {
        Self {
            natural_key,
            url,
            findings,
            region: None,
        }
    }

    /// Numbers on its sites are read for this country.
    pub fn region(mut self, region: Option<CountryCode>) -> Self {
        self.region = region;
        self
    }

    /// The sighting of this entry at `source`, `seen_at`.
    pub fn observe(self, source: SourceId, seen_at: Timestamp) -> Observation {
        Observation::new(source, self.natural_key, self.url, seen_at, self.findings)
    }
}
