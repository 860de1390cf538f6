//! Processes killed while they write to both.
//!
//! The test starts itself again as the process to be killed.

use std::process::Stdio;
use std::time::Duration;

use lead_core::record::filter::Filter;
use lead_core::record::{Link, MatchKey, RunId, Suppression, TenantId};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting};
use lead_core::seam::{AuditNote, CheckpointDelta, Store, WriteBatch};
use lead_storage::dual::Dual;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::server;
use crate::server::own::OwnServer;
use crate::support::{all, assert_same, caught_up, quick, sqlite};

const HERE: &str = "LEAD_TEST_DUAL_HERE";
const THERE: &str = "LEAD_TEST_DUAL_THERE";
const BATCH: u64 = 7;

fn run() -> RunId {
    "01934b3c-0000-7000-8000-000000000000".parse().unwrap()
}

fn key(batch: u64, index: u64) -> String {
    format!("{batch}/{index}")
}

fn phone(batch: u64) -> String {
    format!("+33478{:06}", batch % 1_000_000)
}

async fn done(store: &Store) -> u64 {
    let checkpoint = store.checkpoint(run()).await.unwrap();
    checkpoint.map_or(0, |checkpoint| checkpoint["done"].as_u64().unwrap())
}

/// Of each batch the first two become one lead, of every fifth the third is erased, of every eleventh the number suppressed.
async fn write(store: &Store, batch: u64) {
    let seen = (0..BATCH).map(|index| {
        let name = key(batch, index);
        sighting(
            &name,
            minute(0),
            findings(&name, Some(&phone(batch)), None, Some("Lyon")),
        )
    });
    let why = MatchKey::Site(format!("site{batch}.test"));
    let link = Link::new(record(&key(batch, 0)), record(&key(batch, 1)), why);
    let note = AuditNote::new("test", "written", batch, minute(0));
    let delta = CheckpointDelta::new(run()).put("done", batch + 1);
    let whole = WriteBatch::of(seen.collect()).links(vec![link]).audit(note);
    store.commit(whole.checkpoint(delta)).await.unwrap();
    if batch.is_multiple_of(5) {
        store.erase(vec![record(&key(batch, 2)).into()]).await.unwrap();
    }
    if batch.is_multiple_of(11) {
        let subject = format!("phone:{}", phone(batch)).parse().unwrap();
        store
            .suppress(vec![Suppression::new(subject, "objection", minute(0))])
            .await
            .unwrap();
    }
}

/// Writes for ever; only as the child of the tests below.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "the process that is killed: started by the tests beside it"]
async fn write_both_until_killed() {
    let (Ok(here), Ok(there)) = (std::env::var(HERE), std::env::var(THERE)) else {
        return;
    };
    let dual = Dual::open(&here, &there, quick()).await.unwrap();
    let store = dual.store();
    let begin = done(&store).await;
    // What the last life was killed in: acknowledged or not, it is written to its end now.
    for batch in begin.saturating_sub(1).. {
        write(&store, batch).await;
        println!("written {}", batch + 1);
    }
}

/// Kills a writer; what it was told last.
async fn one_life(here: &str, there: &str, batches: u64, then: Duration) -> Option<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            "crash::write_both_until_killed",
            "--nocapture",
        ])
        .envs([(HERE, here), (THERE, there)])
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (mut told, mut seen) = (None, 0);
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, number)) = line.split_once("written ") {
            told = Some(number.parse().unwrap());
            seen += 1;
        }
        if seen > batches {
            break;
        }
    }
    // Somewhere inside what follows: a commit, what is carried, a file written anew.
    tokio::time::sleep(then).await;
    // One whose server died before it is gone already.
    let _ = child.kill().await;
    told
}

/// Kills a writer again and again, and holds both stores against each other and against what it was told.
async fn killed(here: &str, there: &str, kills: u64) {
    let mut told = 0;
    for round in 0..kills {
        let then = Duration::from_micros(round * 1_700 % 23_000);
        told = one_life(here, there, round % 5, then).await.unwrap_or(told);
        if round % 3 == 2 || round + 1 == kills {
            compare(here, there, told).await;
        }
    }
    assert!(told >= kills.min(6), "the child came to write {told}");
}

async fn compare(here: &str, there: &str, told: u64) {
    let dual = Dual::open(here, there, quick()).await.unwrap();
    let store = dual.store();
    // On a server the last commit may still be under way: an erasure waits for it.
    store.erase(Vec::new()).await.unwrap();
    let done = done(&store).await;
    assert!(
        done >= told,
        "{done} batches are there, the process was told of {told}"
    );
    // The last batch may lack its erasure and its suppression: nobody was told of them.
    if done > 0 {
        write(&store, done - 1).await;
    }
    caught_up(&dual).await;
    let erased = done.div_ceil(5);
    assert_eq!(
        store.count(Filter::All).await.unwrap(),
        done * (BATCH - 1) - erased
    );
    let found = dual
        .check(&TenantId::default(), |apart| panic!("{apart:?}"))
        .await
        .unwrap();
    assert_eq!(found.found(), 0, "{found:?}");
    assert_eq!(found.checked, done * (BATCH - 1) - erased, "none twice");
    if !there.starts_with("csv:") {
        in_a_store(&store, there).await;
    }
    store.close().await;
}

/// Notes, list and history of the mirror, none twice and none missing.
async fn in_a_store(store: &Store, there: &str) {
    let mirror = lead_storage::open(there).await.unwrap();
    assert_same(store, &mirror).await;
    let written = |store: Store| async move {
        let notes = store.audit(0, 100_000).await.unwrap();
        let own = notes.into_iter().map(|entry| entry.note);
        own.filter(|note| note.actor == "test").collect::<Vec<_>>()
    };
    assert_eq!(written(mirror.clone()).await, written(store.clone()).await);
    assert_eq!(
        mirror.suppressions().await.unwrap(),
        store.suppressions().await.unwrap()
    );
    assert_eq!(
        mirror.checkpoint(run()).await.unwrap(),
        store.checkpoint(run()).await.unwrap()
    );
    assert!(!all(&mirror).await.is_empty());
    mirror.close().await;
}

/// Kills the server and the writer by turns, and both at once.
async fn killed_with_the_server(server: &mut OwnServer, here: &str, there: &str, kills: u64) {
    let mut told = 0;
    for round in 0..kills {
        let then = Duration::from_micros(round * 2_300 % 31_000);
        let (life, ()) = match round % 3 {
            // The server, under a writer that goes on for a while.
            0 => {
                let life = one_life(here, there, 12, Duration::from_millis(300));
                let crash = async {
                    tokio::time::sleep(Duration::from_millis(150) + then).await;
                    server.kill().await;
                    server.restart().await;
                };
                tokio::join!(life, crash)
            }
            1 => (one_life(here, there, 3, then).await, ()),
            // Both.
            _ => {
                let life = one_life(here, there, 2, then).await;
                server.kill().await;
                server.restart().await;
                (life, ())
            }
        };
        told = life.unwrap_or(told);
        if round % 3 == 2 || round + 1 == kills {
            compare(here, there, told).await;
        }
    }
}

async fn killed_with_a_server_of_its_own(kills: u64) {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut server) = OwnServer::start().await else {
        return;
    };
    let uri = server.uri();
    let (one, other) = (
        server::with(&uri, "schema=there"),
        server::with(&uri, "schema=here"),
    );
    killed_with_the_server(&mut server, &sqlite(folder.path(), "here.db"), &one, kills).await;
    killed_with_the_server(&mut server, &other, &sqlite(folder.path(), "there.db"), kills).await;
}

async fn killed_over_files(kills: u64) {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (
        sqlite(folder.path(), "here.db"),
        sqlite(folder.path(), "there.db"),
    );
    killed(&here, &there, kills).await;
    let file = folder.path().join("leads.csv");
    let here = sqlite(folder.path(), "beside.db");
    killed(&here, &format!("csv://{}", file.display()), kills).await;
}

async fn killed_over_a_server(kills: u64) {
    let folder = tempfile::tempdir().unwrap();
    let Some(server) = server::fresh() else { return };
    killed(&sqlite(folder.path(), "here.db"), &server, kills).await;
    let Some(server) = server::fresh() else { return };
    killed(&server, &sqlite(folder.path(), "there.db"), kills).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_writer_leaves_both_in_step() {
    killed_over_files(6).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_writer_leaves_both_in_step_on_a_server() {
    killed_over_a_server(6).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_leaves_both_in_step() {
    killed_with_a_server_of_its_own(6).await;
}

/// The long one: `cargo test -p lead-storage --test dual -- --ignored soak_dual_kills`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "minutes: run by scripts/test --soak"]
async fn soak_dual_kills() {
    killed_over_files(100).await;
    killed_over_a_server(100).await;
    killed_with_a_server_of_its_own(60).await;
}
