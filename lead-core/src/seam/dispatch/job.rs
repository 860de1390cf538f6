//! A job before anybody has taken it.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::Timestamp;

/// Identity of a job in its queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(pub u64);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A job to be pushed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewJob {
    /// Stable name of the kind of work: `crawl`, `export`.
    pub kind: String,
    /// Which form the payload has; a worker that knows a newer one can still read the older. 1 at first.
    #[serde(default = "first_version")]
    pub version: u32,
    /// While a job of this kind and key waits or runs, it is not pushed again.
    pub key: String,
    /// What the worker needs to know.
    pub payload: Value,
    /// Higher goes first, but for those that have waited long: see [`NewJob::AGING`]. 0 is usual.
    pub priority: i32,
    /// Not before.
    pub not_before: Option<Timestamp>,
    /// How often it is tried, deaths of workers included, before it is dead.
    pub max_attempts: u32,
    /// Jobs it shares something scarce with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
}

const fn first_version() -> u32 {
    1
}

impl NewJob {
    /// What a kind begins with that is the library's own work. Only a worker that names such a kind is given its jobs, and
    /// [`Dispatch::depth`](super::Dispatch::depth) does not count them: an application that leases any kind of work never sees them.
    pub const OUTBOX: &str = "outbox:";

    /// So much longer has a job to wait for each step of priority that it lacks: nothing waits for ever behind what is more
    /// urgent.
    pub const AGING: Duration = Duration::from_mins(10);

    /// A job of usual priority, to be tried five times, at once.
    pub fn new(kind: impl Into<String>, key: impl Into<String>, payload: Value) -> Self {
        Self {
            kind: kind.into(),
            version: first_version(),
            key: key.into(),
            payload,
            priority: 0,
            not_before: None,
            max_attempts: 5,
            group: None,
        }
    }

    /// The payload has this form.
    pub const fn version(mut self, version: u32) -> Self {
        self.version = version;
        self
    }

    /// Goes before what has a lower priority.
    pub const fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }

    /// Is not given to a worker before.
    pub const fn not_before(mut self, at: Timestamp) -> Self {
        self.not_before = Some(at);
        self
    }

    /// Is tried so often, at least once.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Runs only as its group allows.
    pub fn group(mut self, group: Group) -> Self {
        self.group = Some(group);
        self
    }

    /// Its turn when it is pushed at `now`, in microseconds: the least goes first. It never changes, so an index has it.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "ten minutes are no more than 2^63 microseconds"
    )]
    pub fn turn(&self, now: Timestamp) -> i64 {
        let step = Self::AGING.as_micros() as i64;
        now.as_microsecond()
            .saturating_sub(step.saturating_mul(self.priority.into()))
    }
}

/// Jobs of any kind that share something scarce: a host, an account, a licence. What the last one pushed says of its group holds for
/// the whole of it.
///
/// ```
/// use std::time::Duration;
/// use lead_core::seam::{Group, NewJob};
/// let host = Group::new("host:shop.example", 2).spacing(Duration::from_secs(1));
/// let job = NewJob::new("crawl", "shop.example", serde_json::json!({})).group(host);
/// assert_eq!(job.group.unwrap().at_once, 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Group {
    /// Which.
    pub key: String,
    /// So many of them run at once; at least 1.
    pub at_once: u32,
    /// One begins no sooner than so long after the one before.
    #[serde(default)]
    pub spacing: Duration,
}

impl Group {
    /// So many at once, at least one.
    pub fn new(key: impl Into<String>, at_once: u32) -> Self {
        Self {
            key: key.into(),
            at_once: at_once.max(1),
            spacing: Duration::ZERO,
        }
    }

    /// One begins no sooner than so long after the one before.
    pub const fn spacing(mut self, spacing: Duration) -> Self {
        self.spacing = spacing;
        self
    }
}
