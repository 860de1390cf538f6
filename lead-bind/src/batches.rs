//! Long work, as both languages follow it.

use lead_core::{Error, ErrorKind, Result};
use tokio::sync::watch;

/// Work that hands over what it finds in batches: to cross a language border once for each would cost more than to find it.
pub trait Batches: Send + Sync + 'static {
    /// What it finds.
    type Item: Send;

    /// What has been found since the last time, at least one; `None` when it is over, and once it is closed. Waits for the
    /// next, and goes no faster than it is asked. Cancel-safe.
    ///
    /// # Errors
    /// What ended the work, once.
    fn next(&self) -> impl Future<Output = Result<Option<Vec<Self::Item>>>> + Send;

    /// Ends the work and waits until nothing more comes of it. Whoever waits in [`Batches::next`] is told that it is over.
    fn close(&self) -> impl Future<Output = ()> + Send;

    /// Begins to close without waiting.
    fn leave(&self);
}

/// Whether work was closed, and in which process it goes on.
#[derive(Debug)]
pub(crate) struct Door {
    closed: watch::Sender<bool>,
    process: u32,
}

impl Door {
    pub(crate) fn new() -> Self {
        Self {
            closed: watch::Sender::new(false),
            process: std::process::id(),
        }
    }

    /// Closes it; whether it was open.
    pub(crate) fn close(&self) -> bool {
        !self.closed.send_replace(true)
    }

    /// Whether its threads are this process's, and not those of the one it was forked off.
    pub(crate) fn is_at_home(&self) -> bool {
        self.process == std::process::id()
    }

    /// What `work` gives, or `None` once the door is closed.
    pub(crate) async fn unless_closed<T>(
        &self,
        work: impl Future<Output = Result<Option<T>>>,
    ) -> Result<Option<T>> {
        if !self.is_at_home() {
            let message = "this was begun before the process was forked: begin it anew";
            return Err(Error::new(ErrorKind::Unsupported, "next", message));
        }
        self.watch()
            .before(async { work.await.transpose() })
            .await
            .transpose()
    }

    /// It, to be watched without being held.
    pub(crate) fn watch(&self) -> Watch {
        Watch(self.closed.subscribe())
    }
}

/// Who watches a door. One that is gone is closed.
#[derive(Debug)]
pub(crate) struct Watch(watch::Receiver<bool>);

impl Watch {
    /// What `work` gives, or `None` once the door is closed.
    pub(crate) async fn before<T>(mut self, work: impl Future<Output = Option<T>>) -> Option<T> {
        let closed = std::pin::pin!(self.0.wait_for(|closed| *closed));
        let work = std::pin::pin!(work);
        match futures::future::select(closed, work).await {
            futures::future::Either::Left(_) => None,
            futures::future::Either::Right((found, _)) => found,
        }
    }
}
