//! How far a run has come, as its checkpoint keeps it.
//!
//! | entry | value |
//! |---|---|
//! | `query` | the query |
//! | `source:<id>` | `{"next": cursor, "listings": n, "done": bool, "aside": {reason: n}, "failures": […]}` |
//! | `terms:<id>` | `{"reason": …, "at": …}`: why a source is asked whose terms restrict programs |
//! | `site:<site>` | `{"url": …, "region": …, "done": bool, "again": bool, "failures": […]}` |
//! | `done` | `true` once the run came to its end |

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::site::{Site, SiteStand};
use crate::clock::Timestamp;
use crate::record::{Query, RunId, SourceId};
use crate::seam::{Checkpoint, CheckpointDelta, Cursor, Failure};
use crate::{Error, ErrorKind, Result};

/// How far a source has come.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct SourceStand {
    pub(super) next: Option<Cursor>,
    pub(super) listings: usize,
    pub(super) done: bool,
    /// Entries left aside on purpose, by the reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) aside: BTreeMap<String, usize>,
    /// What it could not read of its answers, and why it could not be asked on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) failures: Vec<Failure>,
}

/// Why a source is asked whose terms restrict programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Acceptance {
    pub(super) reason: String,
    pub(super) at: Timestamp,
}

/// The state of a run. Changes are noted first and committed with what they stand for.
#[derive(Debug)]
pub(super) struct Ledger {
    run: RunId,
    pub(super) query: Query,
    sources: BTreeMap<SourceId, SourceStand>,
    terms: BTreeMap<SourceId, Acceptance>,
    /// Every site known.
    sites: BTreeSet<String>,
    pub(super) pending: VecDeque<Site>,
    visited: usize,
    delta: CheckpointDelta,
}

impl Ledger {
    /// The ledger of a new run.
    pub(super) fn begin(run: RunId, query: Query) -> Self {
        let delta = CheckpointDelta::new(run).put("query", json(&query));
        Self {
            run,
            query,
            sources: BTreeMap::new(),
            terms: BTreeMap::new(),
            sites: BTreeSet::new(),
            pending: VecDeque::new(),
            visited: 0,
            delta,
        }
    }

    /// The ledger of a run to go on with.
    pub(super) fn read(run: RunId, mut checkpoint: Checkpoint) -> Result<Self> {
        let query = checkpoint.remove("query").ok_or_else(|| corrupt("query"))?;
        let mut ledger = Self::begin(run, serde_json::from_value(query).map_err(|_| corrupt("query"))?);
        ledger.delta = CheckpointDelta::new(run);
        for (key, value) in checkpoint {
            if let Some(id) = key.strip_prefix("source:") {
                let stand = serde_json::from_value(value).map_err(|_| corrupt(&key))?;
                ledger.sources.insert(SourceId::new(id)?, stand);
            } else if let Some(id) = key.strip_prefix("terms:") {
                let terms = serde_json::from_value(value).map_err(|_| corrupt(&key))?;
                ledger.terms.insert(SourceId::new(id)?, terms);
            } else if key.starts_with("site:") {
                let site: Site = serde_json::from_value(value).map_err(|_| corrupt(&key))?;
                ledger.sites.insert(key);
                if site.stand.is_open() {
                    ledger.pending.push_back(site);
                } else {
                    ledger.visited += 1;
                }
            }
        }
        Ok(ledger)
    }

    pub(super) fn stand(&self, source: &SourceId) -> SourceStand {
        self.sources.get(source).cloned().unwrap_or_default()
    }

    pub(super) fn note_source(&mut self, source: &SourceId, stand: SourceStand) {
        self.delta.put.insert(format!("source:{source}"), json(&stand));
        self.sources.insert(source.clone(), stand);
    }

    /// Notes why a source may be asked; whether that is new.
    pub(super) fn note_terms(&mut self, source: &SourceId, reason: &str, at: Timestamp) -> bool {
        if self.terms.get(source).is_some_and(|known| known.reason == reason) {
            return false;
        }
        let terms = Acceptance {
            reason: reason.to_owned(),
            at,
        };
        self.delta.put.insert(format!("terms:{source}"), json(&terms));
        self.terms.insert(source.clone(), terms);
        true
    }

    /// Notes a site to visit; whether it was not known yet.
    pub(super) fn note_site(&mut self, site: Site) {
        let key = site.key();
        if self.sites.insert(key.clone()) {
            self.delta.put.insert(key, json(&site));
            self.pending.push_back(site);
        }
    }

    /// Notes what came of a site.
    pub(super) fn note_visited(&mut self, mut site: Site, stand: SiteStand) {
        site.stand = SiteStand { done: true, ..stand };
        self.delta.put.insert(site.key(), json(&site));
        self.visited += 1;
    }

    pub(super) fn note_done(&mut self) {
        self.delta.put.insert("done".to_owned(), Value::Bool(true));
    }

    /// What changed since the last call, to be committed.
    pub(super) fn take_delta(&mut self) -> CheckpointDelta {
        std::mem::replace(&mut self.delta, CheckpointDelta::new(self.run))
    }

    pub(super) fn run(&self) -> RunId {
        self.run
    }

    /// Sites visited, and sites known.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.visited as u64, self.sites.len() as u64)
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn corrupt(entry: &str) -> Error {
    Error::new(
        ErrorKind::Corrupt,
        "collect",
        "the run's checkpoint cannot be read",
    )
    .with("entry", entry)
}
