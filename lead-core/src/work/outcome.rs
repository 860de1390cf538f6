//! What came of jobs.

use serde::{Deserialize, Serialize};

use super::Backoff;
use crate::seam::Lease;
use crate::telemetry;
use crate::{Error, ErrorKind};

/// What a worker has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WorkSummary {
    /// Jobs that are done.
    pub done: u64,
    /// Tries that failed and are repeated.
    pub retried: u64,
    /// Jobs that are dead.
    pub dead: u64,
    /// Tries whose lease was lost: the job is another worker's.
    pub lost: u64,
    /// Jobs that ended because somebody wanted them ended.
    pub cancelled: u64,
    /// Tries that were broken off when the worker stopped: their jobs are put back.
    pub returned: u64,
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Done,
    Retried,
    Dead,
    Lost,
    Cancelled,
    Returned,
}

impl WorkSummary {
    pub(super) fn note(&mut self, ended: Ended) {
        let (count, label) = match ended {
            Ended::Done => (&mut self.done, "done"),
            Ended::Retried => (&mut self.retried, "retried"),
            Ended::Dead => (&mut self.dead, "dead"),
            Ended::Lost => (&mut self.lost, "lost"),
            Ended::Cancelled => (&mut self.cancelled, "cancelled"),
            Ended::Returned => (&mut self.returned, "returned"),
        };
        *count += 1;
        telemetry::JOBS.add(1, &[label]);
    }
}

/// What the queue is told of a failed try.
pub(super) struct Verdict {
    pub(super) ended: Ended,
    pub(super) reason: String,
    pub(super) delay: Option<std::time::Duration>,
}

impl Verdict {
    pub(super) fn of(error: &Error, lease: &Lease, backoff: &Backoff) -> Self {
        let (ended, delay) = if lease.cancelled {
            (Ended::Cancelled, None)
        } else if error.is_retryable() && lease.attempt < lease.max_attempts {
            let wait = error.retry_after().unwrap_or_else(|| backoff.wait(lease.attempt));
            (Ended::Retried, Some(wait))
        } else {
            (Ended::Dead, None)
        };
        Self {
            ended,
            reason: error.to_string(),
            delay,
        }
    }
}

/// A handler that panicked: it may have been the data, or the moment. What it said is not kept: it may be somebody's data.
pub(super) fn panicked() -> Error {
    Error::new(ErrorKind::Internal, "job", "the handler panicked").temporary()
}
