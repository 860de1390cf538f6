//! A worker, before it begins and while it works.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::driver::{Driver, Wish};
use super::handle::{Handle, HandleDyn};
use super::{Backoff, WorkSummary};
use crate::seam::Queue;
use crate::{Error, ErrorKind, Result};

/// Does jobs of the kinds it was told of. See [the module](super).
#[derive(Clone)]
#[must_use = "a worker does nothing before it is started"]
pub struct Worker {
    pub(super) queue: Queue,
    pub(super) kinds: BTreeMap<String, Kind>,
    pub(super) lease: Duration,
    pub(super) poll: Duration,
    pub(super) patience: Duration,
    pub(super) backoff: Backoff,
}

/// How jobs of a kind are done.
#[derive(Clone)]
pub(super) struct Kind {
    pub(super) at_once: usize,
    pub(super) handler: Arc<dyn HandleDyn>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker")
            .field("kinds", &self.kinds.keys().collect::<Vec<_>>())
            .field("lease", &self.lease)
            .field("poll", &self.poll)
            .finish_non_exhaustive()
    }
}

impl Worker {
    /// A worker of this queue that knows no kind of job yet: leases of a minute, a look for new jobs each half second, half a minute to
    /// end what runs when it is stopped.
    pub fn new(queue: Queue) -> Self {
        Self {
            queue,
            kinds: BTreeMap::new(),
            lease: Duration::from_mins(1),
            poll: Duration::from_millis(500),
            patience: Duration::from_secs(30),
            backoff: Backoff::default(),
        }
    }

    /// Does jobs of this kind, so many at once (at least one). The last word on a kind holds.
    pub fn on(mut self, kind: impl Into<String>, at_once: usize, handler: impl Handle) -> Self {
        let handler: Arc<dyn HandleDyn> = Arc::new(handler);
        let at_once = at_once.max(1);
        self.kinds.insert(kind.into(), Kind { at_once, handler });
        self
    }

    /// So long is a job ours without a word. It is renewed after a third of that; when the worker dies, the job is taken by another
    /// after as much. At least a tenth of a second.
    pub fn lease(mut self, ttl: Duration) -> Self {
        self.lease = ttl.max(Duration::from_millis(100));
        self
    }

    /// So often it looks for new jobs while there are none. At least a millisecond.
    pub fn poll(mut self, every: Duration) -> Self {
        self.poll = every.max(Duration::from_millis(1));
        self
    }

    /// So long may jobs run on after [`Working::stop`], before they are broken off and put back.
    pub const fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// So long waits a job that failed.
    pub const fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Begins to work, on the current tokio runtime.
    pub fn start(self) -> Working {
        let (stop, wish) = watch::channel(Wish::GoOn);
        let (tell, summary) = watch::channel(WorkSummary::default());
        let work = tokio::spawn(Driver::new(self, tell).run(wish));
        Working { stop, summary, work }
    }

    /// Works until no job of its kinds is left that can be taken now, and none runs. Dropped before, it breaks off what runs, whose jobs
    /// are another worker's when their leases end.
    ///
    /// # Errors
    /// Those of the queue, when it cannot be asked at all.
    pub async fn run_until_idle(self) -> Result<WorkSummary> {
        let (_stop, wish) = watch::channel(Wish::UntilIdle);
        let (tell, _summary) = watch::channel(WorkSummary::default());
        Driver::new(self, tell).run(wish).await
    }
}

/// A worker at work. Dropped, it is stopped at once: what runs is broken off, and is another worker's when its lease ends.
#[derive(Debug)]
pub struct Working {
    stop: watch::Sender<Wish>,
    summary: watch::Receiver<WorkSummary>,
    work: JoinHandle<Result<WorkSummary>>,
}

impl Working {
    /// What it has done so far.
    pub fn summary(&self) -> WorkSummary {
        *self.summary.borrow()
    }

    /// Takes no more jobs, and returns when those that run have ended. Those that take longer than the worker's patience are broken off
    /// and put back, to be taken at once by another.
    ///
    /// # Errors
    /// Those of the queue, when it could not be told how jobs ended; their leases will run out.
    pub async fn stop(mut self) -> Result<WorkSummary> {
        self.stop.send_replace(Wish::Stop);
        (&mut self.work).await.unwrap_or_else(|cause| {
            Err(Error::new(ErrorKind::Internal, "work", "the worker was broken off").because(cause))
        })
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.work.abort();
    }
}
