//! What a run asks: a source, by the words of the query or by others for the same.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::plan::{Variant, Yield};
use crate::record::{Query, SourceId};
use crate::seam::{Cursor, Failure, Left};

/// A source asked in one way. Each has a place in the checkpoint and goes on by its own cursor.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    /// The source's place among those of the run.
    pub(super) source: usize,
    pub(super) id: SourceId,
    /// Other words than the query's own.
    pub(super) variant: Option<Variant>,
}

/// How far a lane has come.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct LaneStand {
    pub(super) next: Option<Cursor>,
    pub(super) listings: usize,
    pub(super) done: bool,
    /// Whether it is done though its source knows more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) cut: bool,
    /// What came of its requests.
    #[serde(default)]
    pub(super) gained: Yield,
    /// What it has not asked for yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) left: Option<Left>,
    /// Entries left aside on purpose, by the reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) aside: BTreeMap<String, usize>,
    /// What it could not read of its answers, and why it could not be asked on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) failures: Vec<Failure>,
}

impl Lane {
    /// Its entry in the checkpoint: `source:osm`, or `source:maps?dentistes`.
    pub(super) fn key(&self) -> String {
        match &self.variant {
            None => format!("source:{}", self.id),
            Some(variant) => format!("source:{}?{}", self.id, variant.text),
        }
    }

    /// The query as it asks it.
    pub(super) fn query(&self, query: &Query) -> Query {
        let mut query = query.clone();
        if let Some(variant) = &self.variant {
            query.text = variant.text.clone();
        }
        query
    }
}

/// The source whose lane has this entry in the checkpoint, and whether it is the one of the query's own words.
pub(super) fn source_of(key: &str) -> Option<(&str, bool)> {
    let rest = key.strip_prefix("source:")?;
    Some(rest.split_once('?').map_or((rest, true), |(id, _)| (id, false)))
}
