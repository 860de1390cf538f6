//! The lead: what a user asks for, derived and never edited.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Evidence, Findings, LeadId, NaturalKey, Observation, RecordId, SafeUrl, SourceId};
use crate::clock::Timestamp;

/// A business and the ways to reach it, every value with its evidence. Computed from the observations of a cluster by
/// [`Lead::derive`]; to change a lead, add or erase observations or links.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
