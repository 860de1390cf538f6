//! What one commit writes, and what it did.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Lease, NewJob};
use crate::clock::Timestamp;
use crate::record::{LeadId, Link, Observation, RunId};

/// How far a run has come: a small map, changed by deltas that commit together with what was found.
pub type Checkpoint = BTreeMap<String, Value>;

/// A change of a run's checkpoint.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CheckpointDelta {
    /// The run.
    pub run: RunId,
    /// Entries set.
    pub put: BTreeMap<String, Value>,
    /// Entries dropped.
    pub drop: Vec<String>,
}

impl CheckpointDelta {
    /// An empty change of `run`'s checkpoint.
    pub fn new(run: RunId) -> Self {
        Self {
            run,
            put: BTreeMap::new(),
            drop: Vec::new(),
        }
    }

    /// Sets an entry.
    pub fn put(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.put.insert(key.into(), value.into());
        self
    }

    /// Drops an entry.
    pub fn drop(mut self, key: impl Into<String>) -> Self {
        self.drop.push(key.into());
        self
    }
}

/// A line for the audit log: what was done, by whom, to what. No persons' data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditNote {
    /// Who did it: a user's name in the application, or the part of the library.
    pub actor: String,
    /// What was done: `run.started`, `lead.erased`, `suppression.added` …
    pub action: String,
    /// To what: an id, never a number or address.
    pub subject: String,
    /// When.
    pub at: Timestamp,
}

impl AuditNote {
    /// A note.
    pub fn new(
        actor: impl Into<String>,
        action: impl Into<String>,
        subject: impl std::fmt::Display,
        at: Timestamp,
    ) -> Self {
        Self {
            actor: actor.into(),
            action: action.into(),
            subject: subject.to_string(),
            at,
        }
    }
}

/// An audit note as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditEntry {
    /// Its place in the log, from 1, without gaps.
    pub number: u64,
    /// The note.
    #[serde(flatten)]
    pub note: AuditNote,
}

impl AuditEntry {
    /// The note at this place.
    pub fn new(number: u64, note: AuditNote) -> Self {
        Self { number, note }
    }
}

/// Everything one commit writes, all or nothing.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct WriteBatch {
    /// Sightings.
    pub observations: Vec<Observation>,
    /// Which records are the same business. Records not seen yet are remembered.
    pub links: Vec<Link>,
    /// Work to be done.
    pub jobs: Vec<NewJob>,
    /// Jobs of the queue in the same database that this commit does: they are done with it, and when one of them is no longer ours
    /// ([`ErrorKind::StaleLease`](crate::ErrorKind::StaleLease)) nothing is written. So what a job writes is written once, however
    /// often it is tried.
    pub done: Vec<Lease>,
    /// How far the run has come.
    pub checkpoint: Option<CheckpointDelta>,
    /// What to write into the audit log.
    pub audit: Vec<AuditNote>,
}

impl WriteBatch {
    /// A batch of sightings.
    pub fn of(observations: Vec<Observation>) -> Self {
        Self {
            observations,
            ..Self::default()
        }
    }

    /// Adds links.
    pub fn links(mut self, links: Vec<Link>) -> Self {
        self.links = links;
        self
    }

    /// Adds jobs.
    pub fn jobs(mut self, jobs: Vec<NewJob>) -> Self {
        self.jobs = jobs;
        self
    }

    /// Does jobs: see [`WriteBatch::done`].
    pub fn done(mut self, leases: Vec<Lease>) -> Self {
        self.done = leases;
        self
    }

    /// Adds a change of the checkpoint.
    pub fn checkpoint(mut self, delta: CheckpointDelta) -> Self {
        self.checkpoint = Some(delta);
        self
    }

    /// Adds a note for the audit log.
    pub fn audit(mut self, note: AuditNote) -> Self {
        self.audit.push(note);
        self
    }
}

/// What a commit did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// Sightings that were new.
    pub inserted: usize,
    /// Sightings that were known already; their last-seen time moved.
    pub seen_again: usize,
    /// Sightings dropped, or stripped of values, because someone must not be contacted.
    pub suppressed: usize,
    /// Leads that came to be.
    pub created: Vec<LeadId>,
    /// Leads that changed and stayed.
    pub updated: Vec<LeadId>,
    /// Leads that went into another.
    pub merged: Vec<LeadId>,
    /// Hidden leads that changed, or that leads which were not hidden went into: they stay hidden, and stand in neither of the lists of
    /// what came to be or changed.
    pub hidden: Vec<LeadId>,
}
