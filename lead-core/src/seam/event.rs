//! What long work tells as it goes.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Coverage;
use crate::record::{Lead, RunId, SafeUrl, SourceId};
use crate::{Error, ErrorKind};

/// A page, listing or job that failed and was kept aside, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Failure {
    /// What failed: an address or an entry of a source.
    pub what: String,
    /// The error's code, such as `TIMEOUT`.
    pub code: String,
    /// One line for a person.
    pub reason: String,
}

impl Failure {
    /// `what` failed with `error`.
    pub fn new(what: impl Into<String>, error: &Error) -> Self {
        Self {
            what: what.into(),
            code: error.kind().code().to_owned(),
            reason: error.to_string(),
        }
    }

    /// `what` failed, with a code of its own and a line for a person.
    pub fn of(what: impl Into<String>, code: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            code: code.into(),
            reason: reason.into(),
        }
    }

    /// The kind of the error; [`ErrorKind::Internal`] for a code of its own.
    pub fn kind(&self) -> ErrorKind {
        let known = ErrorKind::ALL.iter().find(|kind| kind.code() == self.code);
        known.copied().unwrap_or(ErrorKind::Internal)
    }

    /// Whether it was kept away from rather than broken: robots.txt, the guard or the site said no.
    pub fn was_kept_away(&self) -> bool {
        const AWAY: [ErrorKind; 3] = [
            ErrorKind::GuardRefused,
            ErrorKind::RobotsDenied,
            ErrorKind::Blocked,
        ];
        AWAY.contains(&self.kind())
    }
}

/// What a run cost and brought.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Summary {
    /// Listings sources gave.
    pub listings: u64,
    /// Pages fetched.
    pub pages: u64,
    /// Requests made by sources and visits, retries and redirects included; robots.txt files are not.
    pub requests: u64,
    /// Bytes of bodies received.
    pub bytes: u64,
    /// Leads that came to be.
    pub created: u64,
    /// Leads that changed.
    pub updated: u64,
    /// Leads that went into another.
    pub merged: u64,
    /// Sightings dropped or stripped because someone must not be contacted.
    pub suppressed: u64,
    /// Pages robots.txt or the guard kept us from.
    pub blocked: u64,
    /// Things that failed and were kept aside.
    pub failed: u64,
    /// Time from start to end.
    pub elapsed: Duration,
    /// Whether it was stopped before its end.
    pub stopped: bool,
    /// Which of its limits ended it, if one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reached: Option<Reached>,
    /// Sources that know more than was asked of them: a limit ended the asking, or they show no more of a search.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cut: Vec<SourceId>,
    /// How much of what there is was found, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
}

/// A limit that ended a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reached {
    /// So many requests as it might make.
    Requests,
    /// So much time as it might take.
    Time,
    /// So much found as was wanted: its sources were not asked on.
    Coverage,
}

/// A step of a long run. Streams of events end with [`Event::Done`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// The run knows what it will do.
    Planned {
        /// The run, to resume it by.
        run: RunId,
        /// The sources it will ask.
        sources: Vec<SourceId>,
        /// Whether it goes on where an earlier one stopped.
        resumed: bool,
    },
    /// Something was fetched.
    Fetched {
        /// From where.
        url: SafeUrl,
        /// With which status.
        status: u16,
        /// How many bytes.
        bytes: u64,
        /// Whether a cache answered.
        from_cache: bool,
    },
    /// A source gave listings.
    Found {
        /// The source.
        source: SourceId,
        /// How many.
        listings: u64,
        /// How many it says there are in all.
        total: Option<u64>,
    },
    /// A lead came to be or changed.
    Lead {
        /// The lead as it is now.
        lead: Box<Lead>,
        /// Whether it is new.
        new: bool,
    },
    /// A request was made again.
    Retry {
        /// What was asked.
        url: SafeUrl,
        /// How many attempts it took.
        attempts: u32,
    },
    /// robots.txt, the guard or the site kept us away.
    Blocked(Failure),
    /// Something failed and was kept aside.
    Failed(Failure),
    /// How far the run has come.
    Progress {
        /// Sites done.
        done: u64,
        /// Sites known so far.
        known: u64,
        /// Whether more may become known.
        growing: bool,
    },
    /// The run is over.
    Done(Summary),
}

#[cfg(feature = "net")]
impl Event {
    /// What failed, or was kept away from.
    pub(crate) fn of(failure: Failure) -> Self {
        if failure.was_kept_away() {
            Self::Blocked(failure)
        } else {
            Self::Failed(failure)
        }
    }
}
