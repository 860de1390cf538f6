//! Work to be done, by whoever has time.

use std::fmt::{self, Debug};
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Result;
use crate::clock::Timestamp;
use crate::record::TenantId;

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
    /// While a job of this kind and key waits or runs, it is not pushed again.
    pub key: String,
    /// What the worker needs to know.
    pub payload: Value,
    /// Higher goes first; 0 is usual.
    pub priority: i32,
    /// Not before.
    pub not_before: Option<Timestamp>,
    /// How often it is tried, deaths of workers included, before it is dead.
    pub max_attempts: u32,
}

impl NewJob {
    /// What a kind begins with that is the library's own work. Only a worker that names such a kind is given its jobs, and
    /// [`Dispatch::depth`] does not count them: an application that leases any kind of work never sees them.
    pub const OUTBOX: &str = "outbox:";

    /// A job of usual priority, to be tried five times, at once.
    pub fn new(kind: impl Into<String>, key: impl Into<String>, payload: Value) -> Self {
        Self {
            kind: kind.into(),
            key: key.into(),
            payload,
            priority: 0,
            not_before: None,
            max_attempts: 5,
        }
    }
}

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
    /// The key.
    pub key: String,
    /// What the worker needs to know.
    pub payload: Value,
    /// 1 on the first try.
    pub attempt: u32,
    /// When the lease ends.
    pub until: Timestamp,
}

impl Lease {
    /// The lease of a job just taken.
    pub fn new(job: JobId, token: u64, new: &NewJob, attempt: u32, until: Timestamp) -> Self {
        let (kind, key, payload) = (new.kind.clone(), new.key.clone(), new.payload.clone());
        Self {
            job,
            token,
            kind,
            key,
            payload,
            attempt,
            until,
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

macro_rules! dispatch {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*) -> $output:ty;)+) => {
        /// A queue of jobs, leased and fenced: at least once, and a late worker is refused.
        ///
        /// Requires of an implementation: a lease that ran out is given again, with a greater token and the attempt counted;
        /// of two calls that finish a job only the one with the newest token counts.
        pub trait Dispatch: Send + Sync + Debug + 'static {
            $($(#[$doc])* fn $name(&self, tenant: &TenantId $(, $arg: $type)*) -> impl Future<Output = Result<$output>> + Send;)+
        }

        trait DispatchDyn: Send + Sync + Debug {
            $(fn $name<'a>(&'a self, tenant: &'a TenantId $(, $arg: $type)*) -> BoxFuture<'a, Result<$output>>;)+
        }

        impl<T: Dispatch> DispatchDyn for T {
            $(fn $name<'a>(&'a self, tenant: &'a TenantId $(, $arg: $type)*) -> BoxFuture<'a, Result<$output>> {
                Box::pin(Dispatch::$name(self, tenant $(, $arg)*))
            })+
        }

        impl Queue {
            $(
                #[doc = concat!("[`Dispatch::", stringify!($name), "`] for this handle's tenant.")]
                ///
                /// # Errors
                /// As there.
                pub async fn $name(&self $(, $arg: $type)*) -> Result<$output> {
                    self.inner.$name(&self.tenant $(, $arg)*).await
                }
            )+
        }
    };
}

dispatch! {
    /// Pushes jobs; those whose kind and key wait or run already are passed over. How many were pushed.
    ///
    /// # Errors
    /// As [`Persist::commit`](super::Persist::commit).
    fn push(jobs: Vec<NewJob>) -> usize;

    /// Leases up to `max` due jobs for `ttl`, the highest priority and then the oldest first; of these kinds, or of any
    /// but the library's own ([`NewJob::OUTBOX`]) when `kinds` is empty.
    ///
    /// # Errors
    /// As [`Persist::commit`](super::Persist::commit).
    fn lease(kinds: Vec<String>, max: usize, ttl: Duration) -> Vec<Lease>;

    /// Keeps a lease alive for `ttl` from now.
    ///
    /// # Errors
    /// [`ErrorKind::StaleLease`](crate::ErrorKind::StaleLease) when it is no longer ours.
    fn renew(lease: Lease, ttl: Duration) -> Lease;

    /// The job is done.
    ///
    /// # Errors
    /// [`ErrorKind::StaleLease`](crate::ErrorKind::StaleLease) when the lease is no longer ours.
    fn complete(lease: Lease) -> ();

    /// The job failed: it is tried again after `delay`, or it is dead when there is none or no attempt is left.
    ///
    /// # Errors
    /// [`ErrorKind::StaleLease`](crate::ErrorKind::StaleLease) when the lease is no longer ours.
    fn fail(lease: Lease, reason: String, delay: Option<Duration>) -> ();

    /// How many jobs wait, run and are dead; the library's own ([`NewJob::OUTBOX`]) are not counted.
    ///
    /// # Errors
    /// Only when the queue cannot be read.
    fn depth() -> (usize, usize, usize);

    /// How many jobs of one kind are not done yet: those that wait and those that run.
    ///
    /// # Errors
    /// Only when the queue cannot be read.
    fn open_jobs(kind: String) -> usize;

    /// Dead jobs after the one of this id (`JobId(0)`: from the first), the oldest first, at most `limit`; of these kinds, or
    /// of any when `kinds` is empty.
    ///
    /// # Errors
    /// Only when the queue cannot be read.
    fn dead(kinds: Vec<String>, after: JobId, limit: usize) -> Vec<DeadJob>;

    /// Lets dead jobs be tried again, at once and as often as new ones. One whose kind and key wait or run by now stays dead,
    /// and so does an older one of two that share them. How many were revived; ids that are not dead are passed over.
    ///
    /// # Errors
    /// As [`Persist::commit`](super::Persist::commit).
    fn revive(jobs: Vec<JobId>) -> usize;
}

/// A cheaply cloned handle to any [`Dispatch`], for one tenant.
#[derive(Clone, Debug)]
pub struct Queue {
    inner: Arc<dyn DispatchDyn>,
    tenant: TenantId,
}

impl Queue {
    /// Wraps a queue, for the tenant `main`.
    pub fn new(dispatch: impl Dispatch) -> Self {
        Self {
            inner: Arc::new(dispatch),
            tenant: TenantId::default(),
        }
    }

    /// The same queue for another tenant.
    pub fn tenant(&self, tenant: TenantId) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            tenant,
        }
    }
}
