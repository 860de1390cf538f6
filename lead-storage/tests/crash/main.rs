//! A process killed while it commits leaves whole batches.
//!
//! The test starts itself again as the process to be killed.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "test code fails by panicking; the child is told its database through the environment"
)]

#[path = "../server/mod.rs"]
mod server;
mod servers;

use std::process::Stdio;
use std::time::Duration;

use lead_core::record::RunId;
use lead_core::record::filter::Filter;
use lead_core::seam::conformance::sample::{findings, minute, sighting};
use lead_core::seam::{CheckpointDelta, NewJob, WriteBatch};
use sqlx::ConnectOptions;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

const DATABASE: &str = "LEAD_TEST_CRASH_DATABASE";
/// Set where the server may go away: a batch is then tried until it is stored.
const PATIENT: &str = "LEAD_TEST_CRASH_PATIENT";
const BATCH: u64 = 7;

fn run() -> RunId {
    "01934b3c-0000-7000-8000-000000000000".parse().unwrap()
}

/// Commits batches for ever; only as the child of the test below.
#[tokio::test]
#[ignore = "the process that is killed: started by the test beside it"]
async fn commit_until_killed() {
    let Ok(uri) = std::env::var(DATABASE) else { return };
    let patient = std::env::var_os(PATIENT).is_some();
    let store = until_done(patient, || lead_storage::open(&uri)).await;
    let done = until_done(patient, || store.checkpoint(run()))
        .await
        .map_or(0, |checkpoint| checkpoint["done"].as_u64().unwrap());
    for batch in done.. {
        let seen = (0..BATCH).map(|index| {
            let key = format!("{batch}/{index}");
            sighting(
                &key,
                minute(0),
                findings(&key, Some(&format!("+33478{batch:06}")), None, Some("Lyon")),
            )
        });
        let delta = CheckpointDelta::new(run()).put("done", batch + 1);
        let job = NewJob::new("crawl", batch.to_string(), batch.into());
        let batch_of = WriteBatch::of(seen.collect()).checkpoint(delta).jobs(vec![job]);
        until_done(patient, || store.commit(batch_of.clone())).await;
        println!("committed {}", batch + 1);
    }
}

/// Asks again while the error is one that passes, where that is wanted.
async fn until_done<T, F: Future<Output = lead_core::Result<T>>>(patient: bool, ask: impl Fn() -> F) -> T {
    loop {
        match ask().await {
            Err(error) if patient && error.is_retryable() => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            outcome => return outcome.unwrap(),
        }
    }
}

/// The process that commits, and what it says.
fn writer(uri: &str, patient: bool) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--ignored", "--exact", "commit_until_killed", "--nocapture"])
        .env(DATABASE, uri)
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    if patient {
        command.env(PATIENT, "1");
    }
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines)
}

/// Kills a writer again and again, each time at another moment, and holds the database against what it was told.
async fn killed_leaves_whole_batches(uri: &str) {
    let mut told = 0;
    for round in 0..8_u64 {
        let (mut child, mut lines) = writer(uri, false);
        let mut seen = 0;
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some(number) = line.strip_prefix("committed ") {
                told = number.parse::<u64>().unwrap();
                seen += 1;
            }
            if seen > round * 3 {
                break;
            }
        }
        // Somewhere inside the commits that follow.
        tokio::time::sleep(Duration::from_micros(round * 700)).await;
        child.kill().await.unwrap();

        let store = lead_storage::open(uri).await.unwrap();
        // On a server the last commit may still be under way: an erasure waits for it.
        store.erase(Vec::new()).await.unwrap();
        let queue = lead_storage::open_queue(uri).await.unwrap();
        let done = store.checkpoint(run()).await.unwrap().unwrap()["done"]
            .as_u64()
            .unwrap();
        assert!(
            done >= told,
            "{done} batches are there, the process was told of {told}"
        );
        assert_eq!(store.count(Filter::All).await.unwrap(), done * BATCH);
        assert_eq!(
            queue.depth().await.unwrap(),
            (usize::try_from(done).unwrap(), 0, 0)
        );
        store.close().await;
    }
    assert!(told >= 8, "the child came to commit");
}

#[tokio::test]
async fn a_killed_process_leaves_whole_batches_and_loses_none_it_was_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.db");
    killed_leaves_whole_batches(&format!("sqlite://{}", path.display())).await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let mut conn = options.connect().await.unwrap();
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut conn)
        .await
        .unwrap();
    assert_eq!(sound, "ok");
}

#[tokio::test]
async fn the_same_on_a_server() {
    let Some(uri) = server::fresh() else { return };
    killed_leaves_whole_batches(&uri).await;
}
