//! What a source answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Findings, NaturalKey, Observation, SafeUrl, SourceId, Trace};
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
}

impl Listing {
    /// An entry.
    pub fn new(natural_key: NaturalKey, url: Option<SafeUrl>, findings: Findings<Trace>) -> Self {
        Self {
            natural_key,
            url,
            findings,
        }
    }

    /// The sighting of this entry at `source`, `seen_at`.
    pub fn observe(self, source: SourceId, seen_at: Timestamp) -> Observation {
        Observation::new(source, self.natural_key, self.url, seen_at, self.findings)
    }
}
