//! Workers: what becomes of jobs, whatever their handlers do.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use lead_core::clock::Clock;
use lead_core::record::filter::Filter;
use lead_core::seam::conformance::sample::{HandClock, town};
use lead_core::seam::memory::{MemoryQueue, MemoryStore};
use lead_core::seam::{DeadJob, JobId, JobQuery, NewJob, Phase, Queue, Store, WriteBatch};
use lead_core::telemetry;
use lead_core::work::{Backoff, Job, WorkSummary, Worker};
use lead_core::{Error, ErrorKind, Result};
use serde_json::json;
use tokio::sync::Notify;
use tokio::time::sleep;

const TICK: Duration = Duration::from_millis(10);
const SOON: Backoff = Backoff::new(Duration::from_millis(1), Duration::from_millis(20));

fn jobs(count: usize) -> Vec<NewJob> {
    let job = |number: usize| NewJob::new("count", number.to_string(), json!({ "number": number }));
    (0..count).map(job).collect()
}

fn queue() -> Queue {
    Queue::new(MemoryQueue::default())
}

fn worker(queue: &Queue) -> Worker {
    Worker::new(queue.clone()).poll(TICK).backoff(SOON)
}

/// Waits until something holds, for ten seconds.
async fn wait_for(mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..1000 {
        if holds().await {
            return;
        }
        sleep(TICK).await;
    }
    panic!("it did not come about");
}

async fn depth(queue: &Queue) -> (usize, usize, usize) {
    queue.depth().await.unwrap()
}

#[tokio::test]
async fn every_job_is_done_once_and_no_more_at_once_than_may() {
    let queue = queue();
    queue.push(jobs(500)).await.unwrap();
    let (running, most, sum) = <(Arc<AtomicUsize>, Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
    let (now, peak, all) = (Arc::clone(&running), Arc::clone(&most), Arc::clone(&sum));
    let count = move |job: Job| {
        let (now, peak, all) = (Arc::clone(&now), Arc::clone(&peak), Arc::clone(&all));
        async move {
            peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            all.fetch_add(job.field::<usize>("number")?, Ordering::SeqCst);
            now.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        }
    };
    let done = worker(&queue)
        .on("count", 7, count)
        .run_until_idle()
        .await
        .unwrap();
    assert_eq!((done.done, done.lost, done.retried), (500, 0, 0));
    assert_eq!(sum.load(Ordering::SeqCst), 500 * 499 / 2);
    let most = most.load(Ordering::SeqCst);
    assert!((2..=7).contains(&most), "{most} at once");
    assert_eq!(depth(&queue).await, (0, 0, 0));
}

#[tokio::test]
async fn what_may_pass_is_tried_again_and_what_may_not_is_dead() {
    let queue = queue();
    let new = |key: &str| NewJob::new("try", key, json!({ "how": key })).max_attempts(3);
    let keys = ["fine", "busy", "never", "wrong", "panics", "misshapen"];
    queue.push(keys.map(new).to_vec()).await.unwrap();
    let try_it = |job: Job| async move {
        let attempt = job.lease().attempt;
        match job.lease().key.as_str() {
            "busy" if attempt < 3 => Err(Error::new(ErrorKind::Network, "test", "busy").temporary()),
            "never" => Err(Error::new(ErrorKind::Network, "test", "down").temporary()),
            "wrong" => Err(Error::invalid("test", "no such place")),
            "panics" if attempt == 1 => panic!("on purpose"),
            "misshapen" => job.payload::<Vec<u8>>().map(drop),
            _ => Ok(()),
        }
    };
    let working = worker(&queue).on("try", 3, try_it).start();
    wait_for(async || depth(&queue).await == (0, 0, 3)).await;
    let summary = working.stop().await.unwrap();
    // busy twice, never twice, panics once; never, wrong and misshapen in the end.
    assert_eq!((summary.done, summary.retried, summary.dead), (3, 5, 3));
    let dead = queue.dead(Vec::new(), JobId(0), 9).await.unwrap();
    let told: Vec<_> = dead
        .iter()
        .map(|dead| (dead.key.as_str(), dead.attempts))
        .collect();
    assert_eq!(told, [("never", 3), ("wrong", 1), ("misshapen", 1)]);
    assert!(dead[0].reason.contains("down") && dead[2].reason.contains("another form"));
}

#[tokio::test]
async fn a_lease_is_kept_alive_while_its_job_runs() {
    let queue = queue();
    queue.push(jobs(1)).await.unwrap();
    let slow = |_: Job| async {
        sleep(Duration::from_millis(450)).await;
        Ok(())
    };
    let short = Duration::from_millis(150);
    let (one, other) = tokio::join!(
        worker(&queue).lease(short).on("count", 1, slow).run_until_idle(),
        async {
            sleep(4 * TICK).await;
            let working = worker(&queue).lease(short).on("count", 1, slow).start();
            sleep(Duration::from_millis(350)).await;
            working.stop().await
        }
    );
    assert_eq!((one.unwrap().done, other.unwrap()), (1, WorkSummary::default()));
}

/// Tells when it is dropped.
struct Falls(Arc<Notify>);

impl Drop for Falls {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

#[tokio::test]
async fn who_loses_a_lease_is_broken_off() {
    let hand = HandClock::default();
    let queue = Queue::new(MemoryQueue::new(hand.clock()));
    queue.push(jobs(1)).await.unwrap();
    let fallen = Arc::new(Notify::new());
    let falls = Arc::clone(&fallen);
    let forever = move |_: Job| {
        let falls = Falls(Arc::clone(&falls));
        async move {
            let _falls = falls;
            std::future::pending().await
        }
    };
    let lease = Duration::from_millis(300);
    let working = worker(&queue).lease(lease).on("count", 1, forever).start();
    wait_for(async || depth(&queue).await.1 == 1).await;
    // The machine slept; meanwhile somebody else has taken the job.
    hand.advance(Duration::from_mins(1));
    let theirs = queue
        .lease(Vec::new(), 1, Duration::from_hours(1))
        .await
        .unwrap()
        .remove(0);
    fallen.notified().await;
    wait_for(async || working.summary().lost == 1).await;
    queue.complete(theirs).await.unwrap();
    assert_eq!(working.stop().await.unwrap().lost, 1);
}

#[tokio::test]
async fn a_cancelled_job_is_told_and_ends() {
    let queue = queue();
    queue.push(jobs(2)).await.unwrap();
    let until_cancelled = |job: Job| async move {
        job.cancelled().await;
        assert!(job.is_cancelled());
        Err(Error::new(ErrorKind::Network, "test", "ended").temporary())
    };
    let lease = Duration::from_millis(150);
    let working = worker(&queue)
        .lease(lease)
        .on("count", 1, until_cancelled)
        .start();
    wait_for(async || depth(&queue).await == (1, 1, 0)).await;
    let all = queue.jobs(JobQuery::new()).await.unwrap();
    queue
        .cancel(all.iter().map(|job| job.job).collect())
        .await
        .unwrap();
    wait_for(async || depth(&queue).await == (0, 0, 2)).await;
    let summary = working.stop().await.unwrap();
    assert_eq!((summary.cancelled, summary.done, summary.retried), (1, 0, 0));
    let dead = queue.dead(Vec::new(), JobId(0), 9).await.unwrap();
    assert!(dead.iter().all(|dead| dead.reason == DeadJob::CANCELLED));
}

#[tokio::test]
async fn a_worker_that_stops_ends_what_runs_and_puts_back_what_takes_too_long() {
    let queue = queue();
    let new = |key: &str, millis: u64| NewJob::new("sleep", key, json!({ "millis": millis }));
    queue
        .push(vec![new("short", 60), new("long", 60_000), new("later", 1)])
        .await
        .unwrap();
    let nap = |job: Job| async move {
        job.report(json!({ "slept": 0 })).await?;
        sleep(Duration::from_millis(job.field("millis")?)).await;
        Ok(())
    };
    let working = worker(&queue)
        .patience(Duration::from_millis(300))
        .on("sleep", 2, nap)
        .start();
    wait_for(async || depth(&queue).await == (1, 2, 0)).await;
    let summary = working.stop().await.unwrap();
    assert_eq!((summary.done, summary.returned), (1, 1));
    // It is another's at once, who goes on where it stood; the third was never begun.
    let left = queue.lease(Vec::new(), 9, Duration::from_mins(1)).await.unwrap();
    let told: Vec<_> = left
        .iter()
        .map(|lease| (lease.key.as_str(), lease.attempt))
        .collect();
    assert_eq!(told, [("long", 2), ("later", 1)]);
    assert_eq!(left[0].progress, Some(json!({ "slept": 0 })));
}

#[tokio::test]
async fn what_a_job_commits_is_written_once() {
    let hand = HandClock::default();
    let database = MemoryStore::new(hand.clock());
    let queue = Queue::new(database.queue());
    let store = Store::new(database);
    queue.push(jobs(1)).await.unwrap();
    let slow = queue.lease(Vec::new(), 1, Duration::from_mins(1)).await.unwrap();
    hand.advance(Duration::from_mins(2));
    let written = store.clone();
    let write = move |job: Job| {
        let store = written.clone();
        async move {
            let more = NewJob::new("report", "of it", json!({}));
            job.commit(&store, WriteBatch::of(town(3)).jobs(vec![more]))
                .await?;
            Err(Error::invalid("test", "what comes after does not count"))
        }
    };
    let summary = worker(&queue)
        .on("count", 1, write)
        .run_until_idle()
        .await
        .unwrap();
    assert_eq!((summary.done, summary.dead), (1, 0));
    let late = store
        .commit(WriteBatch::of(town(9)).done(slow))
        .await
        .unwrap_err();
    assert_eq!(late.kind(), ErrorKind::StaleLease);
    assert_eq!(store.count(Filter::All).await.unwrap(), 3);
    let waiting = queue.jobs(JobQuery::new().phase(Phase::Waiting)).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].new.kind.as_str()), (1, "report"));
}

#[tokio::test]
async fn figures_tell_of_jobs() -> Result<()> {
    let recorder = metrics_util::debugging::DebuggingRecorder::new();
    let seen = recorder.snapshotter();
    let _local = metrics::set_default_local_recorder(&recorder);
    let queue = Queue::new(MemoryQueue::new(Clock::system()));
    queue.push(jobs(3)).await?;
    worker(&queue)
        .on("count", 1, |_: Job| async { Ok(()) })
        .run_until_idle()
        .await?;
    let names: Vec<String> = seen
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, ..)| key.key().name().to_owned())
        .collect();
    for metric in [telemetry::JOBS, telemetry::JOB_SECONDS, telemetry::JOBS_RUNNING] {
        assert!(names.iter().any(|name| name == metric.name), "{}", metric.name);
    }
    Ok(())
}
