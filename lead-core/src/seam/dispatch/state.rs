//! How jobs stand, for those who look.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{JobId, NewJob};
use crate::clock::Timestamp;
use crate::{Error, Result};

/// Where a job is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Phase {
    /// It can be taken.
    Waiting,
    /// It can be taken later.
    Delayed,
    /// A worker has it.
    Running,
    /// A worker has it, and is told at its next word that it is not wanted any more.
    Cancelling,
    /// It is not tried any more, until it is revived.
    Dead,
}

impl Phase {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Delayed,
        Self::Running,
        Self::Cancelling,
        Self::Dead,
    ];

    /// Its name: `waiting`, `delayed`, `running`, `cancelling`, `dead`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delayed => "delayed",
            Self::Running => "running",
            Self::Cancelling => "cancelling",
            Self::Dead => "dead",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Phase {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|phase| phase.as_str() == text);
        known.ok_or_else(|| {
            Error::invalid("queue", "a job is waiting, delayed, running, cancelling or dead")
                .with("given", text)
        })
    }
}

/// A job as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JobState {
    /// The job.
    pub job: JobId,
    /// What was pushed. `not_before` is by now when it can be taken next.
    #[serde(flatten)]
    pub new: NewJob,
    /// Where it is on its way.
    pub phase: Phase,
    /// How often it was taken.
    pub attempts: u32,
    /// Until when a worker has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Why it is dead, or was put back last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What its worker reported last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Value>,
}

impl JobState {
    /// A job that waits since it was pushed.
    pub const fn new(job: JobId, new: NewJob) -> Self {
        Self {
            job,
            new,
            phase: Phase::Waiting,
            attempts: 0,
            until: None,
            reason: None,
            progress: None,
        }
    }
}

/// Which jobs are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JobQuery {
    /// Of these kinds; of any but the library's own ([`NewJob::OUTBOX`]) when empty.
    pub kinds: Vec<String>,
    /// The library's own too, when no kinds are named.
    pub own: bool,
    /// In this phase only.
    pub phase: Option<Phase>,
    /// Behind the one of this id.
    pub after: JobId,
    /// At most so many.
    pub limit: usize,
}

impl Default for JobQuery {
    /// The first hundred of all.
    fn default() -> Self {
        Self {
            kinds: Vec::new(),
            own: false,
            phase: None,
            after: JobId(0),
            limit: 100,
        }
    }
}

impl JobQuery {
    /// The first hundred of all.
    pub fn new() -> Self {
        Self::default()
    }

    /// The one of this id, whatever its kind.
    pub fn one(job: JobId) -> Self {
        Self {
            own: true,
            after: JobId(job.0.saturating_sub(1)),
            limit: 1,
            ..Self::default()
        }
    }

    /// Of these kinds.
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.kinds = kinds.into_iter().map(Into::into).collect();
        self
    }

    /// In this phase only.
    pub const fn phase(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }

    /// Behind the one of this id.
    pub const fn after(mut self, after: JobId) -> Self {
        self.after = after;
        self
    }

    /// At most so many.
    pub const fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }
}

/// A line that a worker wrote about its job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JobLine {
    /// When.
    pub at: Timestamp,
    /// Which try.
    pub attempt: u32,
    /// What.
    pub text: String,
}

impl JobLine {
    /// So many of a job's lines are kept, the newest.
    pub const KEPT: usize = 200;
    /// So many bytes of one are kept.
    pub const LONGEST: usize = 2000;

    /// A line; what is too long is cut.
    pub fn new(at: Timestamp, attempt: u32, text: &str) -> Self {
        let end = text.floor_char_boundary(Self::LONGEST);
        Self {
            at,
            attempt,
            text: text.get(..end).unwrap_or_default().to_owned(),
        }
    }
}

/// A job that is not tried any more, until it is revived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeadJob {
    /// The job.
    pub job: JobId,
    /// The kind of work.
    pub kind: String,
    /// The key.
    pub key: String,
    /// What the worker needs to know.
    pub payload: Value,
    /// How often it was tried.
    pub attempts: u32,
    /// Why it is dead.
    pub reason: String,
}

impl DeadJob {
    /// Why a job is dead whose workers all fell silent.
    pub const SPENT: &str = "every attempt ended without a word from its worker";
    /// Why a job is dead that was cancelled.
    pub const CANCELLED: &str = "cancelled";

    /// A job of these words that died after so many attempts.
    pub fn new(job: JobId, new: NewJob, attempts: u32, reason: impl Into<String>) -> Self {
        Self {
            job,
            kind: new.kind,
            key: new.key,
            payload: new.payload,
            attempts,
            reason: reason.into(),
        }
    }
}
