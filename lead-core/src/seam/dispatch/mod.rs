//! Work to be done, by whoever has time.

mod job;
mod lease;
mod state;

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use serde_json::Value;

pub use self::job::{Group, JobId, NewJob};
pub use self::lease::Lease;
pub use self::state::{DeadJob, JobLine, JobQuery, JobState, Phase};
use crate::Result;
use crate::record::TenantId;

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

    /// Leases up to `max` due jobs for `ttl`, the highest priority and then the oldest first, though age makes up for priority
    /// ([`NewJob::AGING`]); of these kinds, or of any but the library's own ([`NewJob::OUTBOX`]) when `kinds` is empty. Kinds that
    /// are paused and jobs whose group has no room ([`Group`]) are passed over.
    ///
    /// # Errors
    /// As [`Persist::commit`](super::Persist::commit).
    fn lease(kinds: Vec<String>, max: usize, ttl: Duration) -> Vec<Lease>;

    /// Keeps a lease alive for `ttl` from now, and tells whether the job was cancelled.
    ///
    /// # Errors
    /// [`ErrorKind::StaleLease`](crate::ErrorKind::StaleLease) when it is no longer ours.
    fn renew(lease: Lease, ttl: Duration) -> Lease;

    /// The job is done.
    ///
    /// # Errors
    /// [`ErrorKind::StaleLease`](crate::ErrorKind::StaleLease) when the lease is no longer ours.
    fn complete(lease: Lease) -> ();

    /// These jobs are done, all in one go; the jobs whose leases are no longer ours are given back, and nothing was done to them.
    ///
    /// # Errors
    /// As [`Persist::commit`](super::Persist::commit).
    fn complete_all(leases: Vec<Lease>) -> Vec<JobId>;

    /// The job failed: it is tried again after `delay`, or it is dead when there is none, no attempt is left, or it was cancelled.
    ///
    /// # Errors
    /// [`ErrorKind::StaleLease`](crate::ErrorKind::StaleLease) when the lease is no longer ours.
    fn fail(lease: Lease, reason: String, delay: Option<Duration>) -> ();

    /// Notes how far a job has come. It is shown to who looks, and handed to the next worker when this one does not end it.
    ///
    /// # Errors
    /// [`ErrorKind::StaleLease`](crate::ErrorKind::StaleLease) when the lease is no longer ours.
    fn report(lease: Lease, progress: Value) -> ();

    /// Writes a line into the job's log, whose last [`JobLine::KEPT`] are kept until the job is done.
    ///
    /// # Errors
    /// [`ErrorKind::StaleLease`](crate::ErrorKind::StaleLease) when the lease is no longer ours.
    fn log(lease: Lease, line: String) -> ();

    /// The lines of a job's log, the oldest first; none when it is done.
    ///
    /// # Errors
    /// Only when the queue cannot be read.
    fn lines(job: JobId) -> Vec<JobLine>;

    /// Ends jobs that are not wanted any more: those that wait are dead at once, those that run as soon as their worker fails or falls
    /// silent; it is told at its next renewal. A worker that is done before has done its job. How many were waiting or running;
    /// others are passed over.
    ///
    /// # Errors
    /// As [`Persist::commit`](super::Persist::commit).
    fn cancel(jobs: Vec<JobId>) -> usize;

    /// Lets no more jobs of these kinds be taken. Those that run go on.
    ///
    /// # Errors
    /// As [`Persist::commit`](super::Persist::commit).
    fn pause(kinds: Vec<String>) -> ();

    /// Lets jobs of these kinds be taken again.
    ///
    /// # Errors
    /// As [`Persist::commit`](super::Persist::commit).
    fn resume(kinds: Vec<String>) -> ();

    /// The kinds that are paused, in order.
    ///
    /// # Errors
    /// Only when the queue cannot be read.
    fn paused() -> Vec<String>;

    /// Jobs as they stand, the oldest first. Those that are done are gone.
    ///
    /// # Errors
    /// Only when the queue cannot be read.
    fn jobs(query: JobQuery) -> Vec<JobState>;

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

    /// Whose jobs these are.
    pub fn tenant_id(&self) -> &TenantId {
        &self.tenant
    }

    /// The same queue for another tenant.
    pub fn tenant(&self, tenant: TenantId) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            tenant,
        }
    }
}
