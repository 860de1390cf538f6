//! What does a job.

use futures::FutureExt;
use futures::future::BoxFuture;

use super::Job;
use crate::Result;

/// Does jobs of a kind. An `async` closure that takes a [`Job`] is one.
pub trait Handle: Send + Sync + 'static {
    /// Does a job. It is dropped where it stands when the lease is lost.
    ///
    /// # Errors
    /// Whatever kept it from being done: see [the module](super) for what becomes of the job.
    fn handle(&self, job: Job) -> impl Future<Output = Result<()>> + Send;
}

impl<F, Fut> Handle for F
where
    F: Fn(Job) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<()>> + Send,
{
    fn handle(&self, job: Job) -> impl Future<Output = Result<()>> + Send {
        self(job)
    }
}

pub(super) trait HandleDyn: Send + Sync {
    fn handle(&self, job: Job) -> BoxFuture<'_, Result<()>>;
}

impl<T: Handle> HandleDyn for T {
    fn handle(&self, job: Job) -> BoxFuture<'_, Result<()>> {
        Handle::handle(self, job).boxed()
    }
}
