//! The loop of a worker.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::watch;
use tokio::task::{AbortHandle, Id, JoinError, JoinSet};
use tokio::time::{Instant, sleep_until};

use super::acks::Acks;
use super::outcome::{Ended, Verdict, panicked};
use super::{Job, WorkSummary, Worker};
use crate::seam::Lease;
use crate::{Error, ErrorKind, Result, telemetry};

/// What is wanted of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    GoOn,
    /// To end when nothing is left.
    UntilIdle,
    /// To take nothing more.
    Stop,
}

/// A job that a handler is doing.
struct Held {
    lease: Lease,
    cancelled: watch::Sender<bool>,
    committed: Arc<AtomicBool>,
    task: AbortHandle,
    begun: Instant,
}

/// How a handler ended, or that it was broken off.
type Ending = Result<(Id, Result<()>), JoinError>;

pub(super) struct Driver {
    worker: Worker,
    tasks: JoinSet<Result<()>>,
    held: HashMap<Id, Held>,
    acks: Acks,
    summary: WorkSummary,
    tell: watch::Sender<WorkSummary>,
    /// When the queue is looked into again.
    look: Instant,
    renew: Instant,
}

impl Driver {
    pub(super) fn new(worker: Worker, tell: watch::Sender<WorkSummary>) -> Self {
        let now = Instant::now();
        Self {
            look: now,
            renew: now + worker.lease / 3,
            worker,
            tasks: JoinSet::new(),
            held: HashMap::new(),
            acks: Acks::default(),
            summary: WorkSummary::default(),
            tell,
        }
    }

    /// Works as long as it is wished. A queue that cannot be asked for a moment is asked again; only who waits for the end of all jobs is
    /// told.
    pub(super) async fn run(mut self, mut wish: watch::Receiver<Wish>) -> Result<WorkSummary> {
        let mut give_up = None;
        loop {
            let wished = *wish.borrow_and_update();
            match self.take(wished).await {
                Ok(taken) => {
                    if wished == Wish::UntilIdle && taken == 0 && self.held.is_empty() && self.acks.is_empty()
                    {
                        return Ok(self.summary);
                    }
                }
                Err(error) if wished == Wish::UntilIdle && !error.is_retryable() => return Err(error),
                Err(error) => tracing::warn!(%error, "the queue could not be asked for jobs"),
            }
            if wished == Wish::Stop {
                give_up.get_or_insert(Instant::now() + self.worker.patience);
                if self.held.is_empty() {
                    return self.close().await;
                }
            }
            // What keeps leases comes first: handlers that are quick end all the time.
            tokio::select! {
                biased;
                () = until(give_up) => return self.close().await,
                () = sleep_until(self.renew) => self.renew().await,
                () = until(self.acks.due()) => self.acknowledge().await,
                Some(ended) = self.tasks.join_next_with_id() => self.all_ended(ended).await,
                () = sleep_until(self.look) => {}
                _ = wish.changed(), if wished != Wish::Stop => {}
            }
        }
    }

    /// Takes as many jobs as may be done now; how many.
    async fn take(&mut self, wished: Wish) -> Result<usize> {
        if wished == Wish::Stop {
            self.look = Instant::now() + self.worker.poll;
            return Ok(0);
        }
        if Instant::now() < self.look {
            return Ok(usize::from(wished == Wish::UntilIdle));
        }
        let (mut taken, mut full) = (0, false);
        for (kind, room) in self.room() {
            let asked = self.worker.queue.lease(vec![kind], room, self.worker.lease);
            let leases = match asked.await {
                Ok(leases) => leases,
                Err(error) => {
                    self.look = Instant::now() + self.worker.poll;
                    return Err(error);
                }
            };
            full |= leases.len() == room;
            taken += leases.len();
            for lease in leases {
                self.begin(lease);
            }
        }
        // Where there was as much as there was room for, there may be more.
        self.look = Instant::now() + if full { Duration::ZERO } else { self.worker.poll };
        Ok(taken)
    }

    /// The kinds that more jobs may be taken of, and how many.
    fn room(&self) -> Vec<(String, usize)> {
        let running = |kind: &str| self.held.values().filter(|held| held.lease.kind == kind).count();
        let kinds = self.worker.kinds.iter();
        let room = kinds.map(|(name, kind)| (name.clone(), kind.at_once.saturating_sub(running(name))));
        room.filter(|(_, room)| *room > 0).collect()
    }

    fn begin(&mut self, lease: Lease) {
        let Some(kind) = self.worker.kinds.get(&lease.kind) else {
            return;
        };
        let (cancelled, told) = watch::channel(lease.cancelled);
        let committed = Arc::new(AtomicBool::new(false));
        let job = Job::new(
            lease.clone(),
            self.worker.queue.clone(),
            told,
            Arc::clone(&committed),
        );
        let handler = Arc::clone(&kind.handler);
        let task = self.tasks.spawn(async move {
            let done = AssertUnwindSafe(handler.handle(job)).catch_unwind().await;
            done.unwrap_or_else(|_| Err(panicked()))
        });
        telemetry::JOBS_RUNNING.shift(1.0, &[]);
        let held = Held {
            lease,
            cancelled,
            committed,
            begun: Instant::now(),
            task: task.clone(),
        };
        self.held.insert(task.id(), held);
    }

    /// A handler has ended; others may have by now, so that the queue is asked once for what there is room for again.
    async fn all_ended(&mut self, first: Ending) {
        self.ended(first).await;
        while let Some(next) = self.tasks.try_join_next_with_id() {
            self.ended(next).await;
        }
    }

    async fn ended(&mut self, ended: Ending) {
        let (id, outcome) = match ended {
            Ok((id, outcome)) => (id, outcome),
            // Broken off by us, who know why.
            Err(broken) => return self.forget(broken.id()),
        };
        let Some(held) = self.held.remove(&id) else { return };
        telemetry::JOBS_RUNNING.shift(-1.0, &[]);
        telemetry::JOB_SECONDS.record_time(held.begun.elapsed(), &[]);
        // There is room again.
        self.look = Instant::now();
        if held.committed.load(Ordering::Acquire) {
            return self.note(Ended::Done, 1);
        }
        match outcome {
            Ok(()) => self.acks.add(held.lease, Instant::now()),
            Err(error) => self.failed(held.lease, &error).await,
        }
    }

    fn forget(&mut self, id: Id) {
        if self.held.remove(&id).is_some() {
            telemetry::JOBS_RUNNING.shift(-1.0, &[]);
        }
    }

    async fn failed(&mut self, lease: Lease, error: &Error) {
        let verdict = Verdict::of(error, &lease, &self.worker.backoff);
        let told = self.worker.queue.fail(lease, verdict.reason, verdict.delay).await;
        let ended = match told {
            Ok(()) => verdict.ended,
            Err(error) if error.kind() == ErrorKind::StaleLease => Ended::Lost,
            Err(error) => {
                tracing::warn!(%error, "the queue could not be told of a failed job, whose lease will run out");
                Ended::Lost
            }
        };
        self.note(ended, 1);
    }

    async fn acknowledge(&mut self) {
        match self.acks.tell(&self.worker.queue, Instant::now()).await {
            Ok((done, lost)) => {
                self.note(Ended::Done, done);
                self.note(Ended::Lost, lost);
            }
            Err(error) => tracing::warn!(%error, "the queue could not be told of jobs that are done"),
        }
    }

    /// Keeps leases alive; breaks off what is another's by now, and tells handlers whose jobs are not wanted any more.
    async fn renew(&mut self) {
        let (queue, ttl) = (self.worker.queue.clone(), self.worker.lease);
        let mut lost = Vec::new();
        for (id, held) in &mut self.held {
            match queue.renew(held.lease.clone(), ttl).await {
                Ok(renewed) => {
                    held.cancelled.send_replace(renewed.cancelled);
                    held.lease = renewed;
                }
                Err(error) if error.kind() == ErrorKind::StaleLease => lost.push(*id),
                Err(error) => tracing::warn!(%error, "a lease could not be renewed"),
            }
        }
        for id in lost {
            // One that was done by a commit has no lease any more.
            let held = self.held.get(&id);
            if let Some(held) = held.filter(|held| !held.committed.load(Ordering::Acquire)) {
                held.task.abort();
                self.note(Ended::Lost, 1);
                self.forget(id);
            }
        }
        let lost = self.acks.renew(&queue, ttl).await;
        self.note(Ended::Lost, lost);
        self.renew = Instant::now() + ttl / 3;
    }

    fn note(&mut self, ended: Ended, times: usize) {
        for _ in 0..times {
            self.summary.note(ended);
        }
        if times > 0 {
            self.tell.send_replace(self.summary);
        }
    }

    /// Tells the queue of everything; puts back what still runs.
    async fn close(mut self) -> Result<WorkSummary> {
        self.tasks.abort_all();
        // What ended in the meantime counts as it ended.
        while let Some(ended) = self.tasks.join_next_with_id().await {
            if let Ok((id, outcome)) = ended {
                self.ended(Ok((id, outcome))).await;
            }
        }
        for (_, held) in std::mem::take(&mut self.held) {
            telemetry::JOBS_RUNNING.shift(-1.0, &[]);
            if held.committed.load(Ordering::Acquire) {
                self.note(Ended::Done, 1);
                continue;
            }
            let back = self.worker.queue.fail(
                held.lease,
                "the worker was stopped before it was done".to_owned(),
                Some(Duration::ZERO),
            );
            match back.await {
                Ok(()) => self.note(Ended::Returned, 1),
                Err(error) if error.kind() == ErrorKind::StaleLease => self.note(Ended::Lost, 1),
                Err(error) => return Err(error),
            }
        }
        let (done, lost) = self.acks.tell(&self.worker.queue, Instant::now()).await?;
        self.note(Ended::Done, done);
        self.note(Ended::Lost, lost);
        Ok(self.summary)
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}
