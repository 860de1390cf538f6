//! A job that a worker has taken.

use serde_json::Value;

use super::{JobId, NewJob};
use crate::clock::Timestamp;

/// A leased job: whoever holds the lease owns it until `until`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Lease {
    /// The job.
    pub job: JobId,
    /// Fencing token, greater with each lease of the job; a call with an older one is refused.
    pub token: u64,
    /// The kind of work.
    pub kind: String,
    /// Which form the payload has.
    pub version: u32,
    /// The key.
    pub key: String,
    /// What the worker needs to know.
    pub payload: Value,
    /// 1 on the first try.
    pub attempt: u32,
    /// How often it is tried.
    pub max_attempts: u32,
    /// When the lease ends.
    pub until: Timestamp,
    /// What the last worker reported of how far it had come ([`Dispatch::report`](super::Dispatch::report)): where to go on.
    pub progress: Option<Value>,
    /// Somebody wants it ended ([`Dispatch::cancel`](super::Dispatch::cancel)): known from the last renewal.
    pub cancelled: bool,
}

impl Lease {
    /// The lease of a job just taken.
    pub fn new(job: JobId, token: u64, new: &NewJob, attempt: u32, until: Timestamp) -> Self {
        let (kind, key, payload) = (new.kind.clone(), new.key.clone(), new.payload.clone());
        Self {
            job,
            token,
            kind,
            version: new.version,
            key,
            payload,
            attempt,
            max_attempts: new.max_attempts,
            until,
            progress: None,
            cancelled: false,
        }
    }

    /// With what the last worker reported.
    pub fn progress(mut self, progress: Option<Value>) -> Self {
        self.progress = progress;
        self
    }
}
