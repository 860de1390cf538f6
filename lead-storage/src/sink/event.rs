//! What is handed on.

use std::sync::Arc;

use lead_core::clock::Timestamp;
use lead_core::record::Lead;
use serde::{Deserialize, Serialize};

/// What happened to a lead, as one rule sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The rule meets it for the first time.
    Created,
    /// Its values are others than those queued last.
    Changed,
}

impl Change {
    /// In a word: `created`, `changed`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
        }
    }
}

/// A change of a lead on its way to a sink.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Event {
    /// The same for every attempt to deliver this change: what a receiver tells repetitions by.
    pub id: String,
    /// What happened.
    pub change: Change,
    /// Whose it is: the rule's name.
    pub rule: Arc<str>,
    /// When it was found.
    pub at: Timestamp,
    /// The lead, without what is suppressed.
    pub lead: Lead,
}
