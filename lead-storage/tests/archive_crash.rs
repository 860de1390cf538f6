//! A process killed while it archives or restores: every lead is in the store, in an archive, or in both.
//!
//! The test starts itself again as the process to be killed.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "test code fails by panicking; the child is told its database through the environment"
)]

mod server;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use lead_core::record::filter::Filter;
use lead_core::record::{Lead, LeadId};
use lead_core::seam::conformance::sample::{minute, town};
use lead_core::seam::{LeadQuery, Store, WriteBatch};
use lead_storage::archive::{Retention, files_in, restore};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

const DATABASE: &str = "LEAD_TEST_ARCHIVE_DATABASE";
const FOLDER: &str = "LEAD_TEST_ARCHIVE_FOLDER";
const LEADS: u32 = 300;

/// Archives everything, and restores it, for ever; only as the child of the tests below.
#[tokio::test]
#[ignore = "the process that is killed: started by the tests beside it"]
async fn archive_until_killed() {
    let (Ok(uri), Ok(folder)) = (std::env::var(DATABASE), std::env::var(FOLDER)) else {
        return;
    };
    let (store, folder) = (lead_storage::open(&uri).await.unwrap(), PathBuf::from(folder));
    loop {
        let retention = Retention::archive(minute(9_999), &folder).leads_per_file(40);
        println!("archiving");
        retention.run(&store, |_| println!("a file")).await.unwrap();
        println!("restoring");
        let files = files_in(&folder).await.unwrap();
        restore(&store, &files, |_| println!("a portion")).await.unwrap();
        // What is in the store again need not be in files.
        for file in files {
            std::fs::remove_file(file).unwrap();
        }
    }
}

async fn all(store: &Store) -> Vec<Lead> {
    let query = LeadQuery::default().limit(LeadQuery::MAX_LIMIT);
    store.page(query).await.unwrap().leads
}

/// The leads of all whole files.
async fn archived(folder: &Path) -> BTreeSet<LeadId> {
    let store = Store::memory();
    let files = files_in(folder).await.unwrap();
    restore(&store, &files, |_| ()).await.unwrap();
    all(&store).await.iter().map(|lead| lead.id).collect()
}

/// Kills the process so often, each time a little later than some step of its work.
async fn nothing_is_lost(uri: &str, folder: &Path, kills: u64) {
    let store = lead_storage::open(uri).await.unwrap();
    store.commit(WriteBatch::of(town(LEADS))).await.unwrap();
    let before = all(&store).await;
    let wanted: BTreeSet<LeadId> = before.iter().map(|lead| lead.id).collect();
    store.close().await;
    let (mut half, mut both) = (0, 0);
    for round in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "archive_until_killed", "--nocapture"])
            .env(DATABASE, uri)
            .env(FOLDER, folder)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut steps = 0;
        while let Some(line) = lines.next_line().await.unwrap() {
            steps += u64::from(line.starts_with('a') || line.starts_with("restoring"));
            if steps > round % 17 {
                break;
            }
        }
        tokio::time::sleep(Duration::from_micros(round * 1_900 % 23_000)).await;
        child.kill().await.unwrap();

        let store = lead_storage::open(uri).await.unwrap();
        // On a server the last transaction may still be under way: an erasure waits for it.
        store.erase(Vec::new()).await.unwrap();
        let stored: BTreeSet<LeadId> = all(&store).await.iter().map(|lead| lead.id).collect();
        let filed = archived(folder).await;
        let somewhere: BTreeSet<LeadId> = stored.union(&filed).copied().collect();
        assert_eq!(somewhere, wanted, "after kill {round}");
        half += u64::from(!stored.is_empty() && stored != wanted);
        both += u64::from(stored.intersection(&filed).next().is_some());
        store.close().await;
    }
    assert!(half > 0, "some kills came halfway");
    println!("{kills} kills: {half} halfway, {both} with leads in both places");

    // Running again finishes, and everything comes back as it was.
    let store = lead_storage::open(uri).await.unwrap();
    let retention = Retention::archive(minute(9_999), folder);
    retention.run(&store, |_| ()).await.unwrap();
    assert_eq!(store.count(Filter::All).await.unwrap(), 0);
    let files = files_in(folder).await.unwrap();
    restore(&store, &files, |_| ()).await.unwrap();
    assert_eq!(all(&store).await, before);
    let left = std::fs::read_dir(folder).unwrap();
    let names = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(
        names
            .filter(|name| Path::new(name).extension().is_some_and(|end| end == "part"))
            .count(),
        0,
        "half files of the killed are gone"
    );
    store.close().await;
}

async fn in_a_file(kills: u64) {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("sqlite://{}", folder.path().join("leads.db").display());
    nothing_is_lost(&uri, &folder.path().join("archive"), kills).await;
}

async fn on_a_server(kills: u64) {
    let Some(uri) = server::fresh() else { return };
    let folder = tempfile::tempdir().unwrap();
    nothing_is_lost(&uri, &folder.path().join("archive"), kills).await;
}

#[tokio::test]
async fn a_killed_archiver_loses_nothing() {
    in_a_file(6).await;
}

#[tokio::test]
async fn the_same_on_a_server() {
    on_a_server(6).await;
}

#[tokio::test]
#[ignore = "minutes: run by the soak tests"]
async fn soak_archiver_loses_nothing() {
    in_a_file(200).await;
    on_a_server(200).await;
}
