//! Schedules that many workers turn into jobs, on every engine: each time gives one job, which is done once.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod server;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lead_core::clock::{Clock, Timestamp};
use lead_core::seam::{NewJob, NewSchedule, Queue, Schedule};
use lead_core::work::{Job, Worker};
use serde_json::json;
use sqlx::{Connection as _, SqliteConnection};

const WORKERS: usize = 10;
const SECOND: Duration = Duration::from_secs(1);

/// A database, opened as often as there are workers, as if each were a process of its own.
async fn opened(uri: &str) -> Vec<Queue> {
    let mut queues = Vec::new();
    for _ in 0..WORKERS {
        queues.push(lead_storage::open_parts(uri).await.unwrap().queue);
    }
    queues
}

fn beat(name: &str) -> NewSchedule {
    let job = NewJob::new("beat", "", json!({}));
    NewSchedule::new(name, Schedule::every(SECOND), job).unwrap()
}

/// How often each run was done, by its key.
async fn worked(queues: Vec<Queue>, long: Duration) -> BTreeMap<String, usize> {
    let done = Arc::new(Mutex::new(BTreeMap::new()));
    let noted = Arc::clone(&done);
    let beat = move |job: Job| {
        let done = Arc::clone(&noted);
        async move {
            *done.lock().unwrap().entry(job.lease().key.clone()).or_default() += 1;
            Ok(())
        }
    };
    // Far longer than the test: what is due is turned when it is due.
    let poll = Duration::from_mins(1);
    let start = |queue| Worker::new(queue).poll(poll).on("beat", 2, beat.clone()).start();
    let workers: Vec<_> = queues.into_iter().map(start).collect();
    tokio::time::sleep(long).await;
    for worker in workers {
        worker.stop().await.unwrap();
    }
    let done = done.lock().unwrap();
    done.clone()
}

async fn ten_workers_do_each_run_once(uri: &str) {
    let queues = opened(uri).await;
    let begun = Clock::system().now();
    for name in ["a", "b", "c"] {
        queues[0].set_schedule(beat(name)).await.unwrap();
    }
    let done = worked(queues.clone(), Duration::from_millis(4500)).await;
    assert!(done.values().all(|times| *times == 1), "{done:?}");
    for name in ["a", "b", "c"] {
        let runs = done
            .keys()
            .filter_map(|key| key.strip_prefix(name)?.strip_prefix('@'));
        let at: Vec<Timestamp> = runs.map(|at| at.parse().unwrap()).collect();
        assert!((3..=5).contains(&at.len()), "{name}: {at:?}");
        // None between the first and the last was left out, and the first was due a second after it was set.
        assert!(
            at.windows(2)
                .all(|two| two[1].duration_since(two[0]) == jiff::SignedDuration::from_secs(1)),
            "{at:?}"
        );
        assert!(
            at[0].duration_since(begun).as_millis().abs_diff(1000) < 500,
            "{begun} {at:?}"
        );
    }
    assert_eq!(queues[0].depth().await.unwrap(), (0, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_ten_workers_do_each_run_once() {
    let folder = tempfile::tempdir().unwrap();
    ten_workers_do_each_run_once(&format!("sqlite://{}", folder.path().join("leads.db").display())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres_ten_workers_do_each_run_once() {
    let Some(uri) = server::fresh() else { return };
    ten_workers_do_each_run_once(&server::with(&uri, "connections=3")).await;
}

/// A schedule of which this machine does not know the zone keeps no other from its time.
#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_be_read_keeps_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.db");
    let uri = format!("sqlite://{}", path.display());
    let parts = lead_storage::open_parts(&uri).await.unwrap();
    for name in ["a", "b", "c"] {
        parts.queue.set_schedule(beat(name)).await.unwrap();
    }
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let mut conn = SqliteConnection::connect_with(&options).await.unwrap();
    let spoil = "UPDATE job_schedules SET words = replace(words, '\"every\":\"1s\"', '\"cron\":\"* * * * *\",\"zone\":\"Mars/Olympus\"')
                 WHERE name = 'b'";
    sqlx::query(spoil).execute(&mut conn).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1200)).await;
    let error = parts.queue.turn_schedules().await.unwrap_err();
    assert!(format!("{error:?}").contains("Mars/Olympus"), "{error:?}");
    assert_eq!(parts.queue.depth().await.unwrap(), (2, 0, 0));
    assert!(parts.queue.schedules().await.is_err());
    // It is set anew, or taken away.
    parts.queue.set_schedule(beat("b")).await.unwrap();
    assert_eq!(parts.queue.schedules().await.unwrap().len(), 3);
}
