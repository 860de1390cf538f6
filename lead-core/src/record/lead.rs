//! The lead: what a user asks for, derived and never edited.

use schemars::JsonSchema;
use serde::de::MapAccess;
use serde::{Deserialize, Deserializer, Serialize};

use super::beside::{self, Around, fill, fill_or_null, wanted};
use super::{Evidence, Findings, LeadId, NaturalKey, Observation, RecordId, SafeUrl, SourceId};
use crate::clock::Timestamp;

/// A business and the ways to reach it, every value with its evidence. Computed from the observations of a cluster by
/// [`Lead::derive`]; to change a lead, add or erase observations or links.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Lead {
    /// Identity: the anchor record's.
    pub id: LeadId,
    /// The surest of its names.
    pub name: Option<String>,
    /// Everything known.
    #[serde(flatten)]
    pub findings: Findings<Evidence>,
    /// The records it is made of.
    pub sources: Vec<LeadSource>,
    /// When anything of it was first seen.
    #[schemars(with = "String")]
    pub first_seen: Timestamp,
    /// When anything of it was last seen.
    #[schemars(with = "String")]
    pub last_seen: Timestamp,
}

/// What stands beside the findings.
#[derive(Default)]
struct Known {
    id: Option<LeadId>,
    name: Option<String>,
    sources: Option<Vec<LeadSource>>,
    first_seen: Option<Timestamp>,
    last_seen: Option<Timestamp>,
}

impl<'de> Around<'de> for Known {
    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "id" => fill(&mut self.id, "id", map),
            "name" => fill_or_null(&mut self.name, map),
            "sources" => fill(&mut self.sources, "sources", map),
            "first_seen" => fill(&mut self.first_seen, "first_seen", map),
            "last_seen" => fill(&mut self.last_seen, "last_seen", map),
            _ => Ok(false),
        }
    }
}

impl<'de> Deserialize<'de> for Lead {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (findings, known): (Findings<Evidence>, Known) = beside::read(deserializer)?;
        Ok(Self {
            id: wanted(known.id, "id")?,
            name: known.name,
            findings,
            sources: wanted(known.sources, "sources")?,
            first_seen: wanted(known.first_seen, "first_seen")?,
            last_seen: wanted(known.last_seen, "last_seen")?,
        })
    }
}

/// One of the records a lead is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct LeadSource {
    /// The record.
    pub record: RecordId,
    /// Who keeps it.
    pub source: SourceId,
    /// What they call it.
    pub natural_key: NaturalKey,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<SafeUrl>,
}

impl LeadSource {
    pub(super) fn of(observation: &Observation) -> Self {
        Self {
            record: observation.record,
            source: observation.source.clone(),
            natural_key: observation.natural_key.clone(),
            url: observation.url.clone(),
        }
    }
}
