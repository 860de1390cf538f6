//! A job in a handler's hands.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;

use crate::record::TenantId;
use crate::seam::{Lease, Queue, Receipt, Store, WriteBatch};
use crate::{Error, Result};

/// A job that a worker has taken, and what can be told of it while it is done. Clones are the same job.
#[derive(Clone, Debug)]
pub struct Job {
    lease: Arc<Lease>,
    queue: Queue,
    cancelled: watch::Receiver<bool>,
    /// The job was done by a commit.
    committed: Arc<AtomicBool>,
}

impl Job {
    pub(super) fn new(
        lease: Lease,
        queue: Queue,
        cancelled: watch::Receiver<bool>,
        committed: Arc<AtomicBool>,
    ) -> Self {
        Self {
            lease: Arc::new(lease),
            queue,
            cancelled,
            committed,
        }
    }

    /// The lease as it was taken: id, kind, key, payload, attempt.
    pub fn lease(&self) -> &Lease {
        &self.lease
    }

    /// The payload.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it has another form: the job is dead then, and not tried in vain.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        T::deserialize(&self.lease.payload).map_err(|cause| self.misshapen().because(cause))
    }

    /// A field of the payload.
    ///
    /// # Errors
    /// As [`Job::payload`], also when it is absent.
    pub fn field<T: DeserializeOwned>(&self, name: &'static str) -> Result<T> {
        let field = self.lease.payload.get(name).unwrap_or(&serde_json::Value::Null);
        T::deserialize(field).map_err(|cause| self.misshapen().with("field", name).because(cause))
    }

    fn misshapen(&self) -> Error {
        Error::invalid(
            "job",
            "the payload has another form than this kind of job is done with",
        )
        .with("kind", &self.lease.kind)
        .with("version", self.lease.version)
    }

    /// What the last worker reported; `None` at the first try, and when it has another form.
    pub fn progress<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(self.lease.progress.as_ref()?).ok()
    }

    /// Reports how far it has come: who looks sees it, and the next worker goes on there.
    ///
    /// # Errors
    /// [`ErrorKind::StaleLease`](crate::ErrorKind::StaleLease) when the job is another worker's by now; those of the queue.
    pub async fn report(&self, progress: impl Serialize) -> Result<()> {
        let progress = serde_json::to_value(progress)
            .map_err(|cause| Error::invalid("job", "the report cannot be written").because(cause))?;
        self.queue.report(Lease::clone(&self.lease), progress).await
    }

    /// Writes a line into its log.
    ///
    /// # Errors
    /// As [`Job::report`].
    pub async fn log(&self, line: impl Into<String>) -> Result<()> {
        self.queue.log(Lease::clone(&self.lease), line.into()).await
    }

    /// Whether somebody wants it ended: known a third of a lease later at most. A handler that ends now ends the job.
    pub fn is_cancelled(&self) -> bool {
        *self.cancelled.borrow()
    }

    /// Returns when somebody wants it ended; never, when nobody does.
    pub async fn cancelled(&self) {
        let mut cancelled = self.cancelled.clone();
        if cancelled.wait_for(|cancelled| *cancelled).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Writes a batch and is done with it, in one commit: all of it once, or nothing when the job is another worker's by now. The store
    /// must be of the same database as the queue.
    ///
    /// # Errors
    /// [`ErrorKind::StaleLease`](crate::ErrorKind::StaleLease) when the job is another worker's by now; those of the store.
    pub async fn commit(&self, store: &Store, batch: WriteBatch) -> Result<Receipt> {
        let receipt = store.commit(batch.done(vec![Lease::clone(&self.lease)])).await?;
        self.committed.store(true, Ordering::Release);
        Ok(receipt)
    }

    /// The queue it is of, to push more work.
    pub fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Whose work it is.
    pub fn tenant(&self) -> &TenantId {
        self.queue.tenant_id()
    }
}
