//! What jobs write is written once: commits that do a job are refused to who has lost it, on every engine.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod server;

use std::time::Duration;

use lead_core::ErrorKind;
use lead_core::record::filter::Filter;
use lead_core::seam::conformance::sample::town;
use lead_core::seam::{JobQuery, NewJob, WriteBatch};
use lead_core::work::{Backoff, Job, Worker};
use lead_storage::Parts;
use serde_json::json;

const MINUTE: Duration = Duration::from_mins(1);

async fn databases() -> Vec<Parts> {
    let mut databases = vec![lead_storage::open_parts("sqlite://:memory:").await.unwrap()];
    if let Some(uri) = server::fresh() {
        databases.push(lead_storage::open_parts(&uri).await.unwrap());
    }
    databases
}

fn job(key: &str) -> NewJob {
    NewJob::new("write", key, json!({})).max_attempts(100)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_does_its_job_or_nothing() {
    for database in databases().await {
        let (store, queue) = (database.store, database.queue);
        queue.push(vec![job("a"), job("b")]).await.unwrap();
        let leases = queue.lease(Vec::new(), 2, MINUTE).await.unwrap();
        let done = store
            .commit(
                WriteBatch::of(town(3))
                    .jobs(vec![job("a")])
                    .done(leases[..1].to_vec()),
            )
            .await;
        // The same job may be pushed again by the commit that does it.
        assert_eq!(done.unwrap().inserted, 3);
        assert_eq!(queue.depth().await.unwrap(), (1, 1, 0));
        // One of the two is not ours any more: neither is done, nothing is written.
        let late = store
            .commit(WriteBatch::of(town(9)).done(leases.clone()))
            .await
            .unwrap_err();
        assert_eq!(late.kind(), ErrorKind::StaleLease);
        assert_eq!(store.count(Filter::All).await.unwrap(), 3);
        assert_eq!(queue.depth().await.unwrap(), (1, 1, 0));
        queue.complete(leases[1].clone()).await.unwrap();
    }
}

/// Workers whose leases are far too short for what they do lose them again and again, to each other; every job is done by one commit.
#[tokio::test(flavor = "multi_thread")]
async fn workers_that_lose_their_leases_write_once() {
    const JOBS: usize = 40;
    for database in databases().await {
        let (store, queue) = (database.store, database.queue);
        queue
            .push((0..JOBS).map(|number| job(&number.to_string())).collect())
            .await
            .unwrap();
        let write = {
            let store = store.clone();
            move |job: Job| {
                let store = store.clone();
                async move {
                    // Longer than the lease, which a stalled worker does not renew.
                    let stalls = job.lease().attempt == 1 && job.lease().job.0.is_multiple_of(3);
                    if stalls {
                        std::thread::sleep(Duration::from_millis(250));
                    }
                    let once = NewJob::new("written", job.lease().key.clone(), json!({}));
                    job.commit(&store, WriteBatch::default().jobs(vec![once]))
                        .await
                        .map(drop)
                }
            }
        };
        let soon = Backoff::new(Duration::from_millis(1), Duration::from_millis(10));
        let worker = |queue| {
            let worker = Worker::new(queue)
                .lease(Duration::from_millis(100))
                .poll(Duration::from_millis(5));
            worker.backoff(soon).on("write", 4, write.clone()).start()
        };
        let workers: Vec<_> = (0..3).map(|_| worker(queue.clone())).collect();
        for _ in 0..2000 {
            if queue.open_jobs("write".into()).await.unwrap() == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let (mut done, mut lost) = (0, 0);
        for worker in workers {
            let summary = worker.stop().await.unwrap();
            (done, lost) = (done + summary.done, lost + summary.lost);
        }
        let written = queue
            .jobs(JobQuery::new().kinds(["written"]).limit(1000))
            .await
            .unwrap();
        assert_eq!(written.len(), JOBS);
        // One that is broken off between its commit and its next word counts what it did as lost.
        let jobs = JOBS as u64;
        assert!(done <= jobs && done + lost >= jobs, "{done} and {lost}");
    }
}

/// Jobs that are done faster than the queue is asked do not keep their worker from acknowledging them, nor from renewing.
#[tokio::test(flavor = "multi_thread")]
async fn a_busy_worker_acknowledges_in_time() {
    for database in databases().await {
        let queue = database.queue;
        let jobs: Vec<NewJob> = (0..2000).map(|number| job(&number.to_string())).collect();
        queue.push(jobs).await.unwrap();
        let worker = Worker::new(queue).lease(Duration::from_millis(100));
        let worker = worker.on("write", 8, |_: Job| async { Ok(()) });
        let summary = worker.run_until_idle().await.unwrap();
        assert_eq!((summary.done, summary.lost), (2000, 0));
    }
}
