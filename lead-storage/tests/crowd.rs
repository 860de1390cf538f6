//! Eight writers and eight readers for a while: no error, and no update is lost. A second in the usual run, ten minutes for each engine
//! in `scripts/test --soak crowd`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "test code fails by panicking, and tells its figures"
)]

mod server;

use std::time::{Duration, Instant};

use bytes::Bytes;
use lead_core::record::filter::Filter;
use lead_core::record::{LeadId, Link, MatchKey, RunId};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting, someone};
use lead_core::seam::{AuditNote, CheckpointDelta, LeadQuery, State, Store, WriteBatch};

const WRITERS: u64 = 8;
/// So many records of each writer join the lead that all share.
const JOINED: u64 = 40;

/// Adds one to a number that all add to.
async fn count_up(state: &State) {
    loop {
        let entry = state.get("count".into()).await.unwrap();
        let (version, count) = entry.map_or((0, 0), |entry| {
            let text = String::from_utf8(entry.value.to_vec()).unwrap();
            (entry.version, text.parse::<u64>().unwrap())
        });
        let next = Bytes::from((count + 1).to_string());
        let set = state.compare_and_set("count".into(), version, next, None);
        if set.await.unwrap().is_some() {
            return;
        }
    }
}

/// Commits until the time is over; how often.
async fn write(store: Store, state: State, writer: u64, end: Instant) -> u64 {
    let run = RunId::start(minute(0));
    let mut round = 0;
    while Instant::now() < end {
        let seen = (0..5).map(|index| someone(&format!("{writer}/{round}/{index}")));
        let shared = findings("shared", None, None, Some("Bron"));
        let shared = sighting("shared", minute(i64::try_from(round).unwrap()), shared);
        let mut batch = WriteBatch::of(seen.chain([shared]).collect())
            .audit(AuditNote::new("test", "noted", round, minute(0)))
            .checkpoint(CheckpointDelta::new(run).put("done", round + 1));
        if round < JOINED {
            let mine = record(&format!("{writer}/{round}/0"));
            let because = MatchKey::Site("shared.test".into());
            batch = batch.links(vec![Link::new(record("shared"), mine, because)]);
        }
        store.commit(batch).await.unwrap();
        count_up(&state).await;
        round += 1;
    }
    let checkpoint = store.checkpoint(run).await.unwrap().unwrap();
    assert_eq!(checkpoint["done"], round);
    round
}

/// Reads until the time is over; what is read fits together.
async fn read(store: Store, end: Instant) -> u64 {
    let mut reads = 0;
    let mut before = 0;
    while Instant::now() < end {
        let page = store.page(LeadQuery::default().limit(20)).await.unwrap();
        for lead in page.leads.iter().take(3) {
            let seen = store.observations(lead.id).await.unwrap();
            assert!(seen.len() >= lead.sources.len());
        }
        let count = store.count("has:phone lyon".parse().unwrap()).await.unwrap();
        assert!(
            count + WRITERS * JOINED >= before,
            "leads went away: {before}, then {count}"
        );
        before = count;
        reads += 1;
    }
    reads
}

async fn crowd(uri: &str, time: Duration) {
    let mut stores = Vec::new();
    for _ in 0..4 {
        stores.push(lead_storage::open(uri).await.unwrap());
    }
    let state = lead_storage::open_state(uri).await.unwrap();
    let end = Instant::now() + time;
    let at = |number: u64| stores[usize::try_from(number).unwrap() % 4].clone();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| tokio::spawn(write(at(writer), state.clone(), writer, end)))
        .collect();
    let readers: Vec<_> = (0..8).map(|reader| tokio::spawn(read(at(reader), end))).collect();
    let (mut rounds, mut reads) = (Vec::new(), 0);
    for writer in writers {
        rounds.push(writer.await.unwrap());
    }
    for reader in readers {
        reads += reader.await.unwrap();
    }
    let commits: u64 = rounds.iter().sum();
    println!(
        "{} s: {commits} commits, {reads} rounds of reading, no error",
        time.as_secs()
    );
    let joined: u64 = rounds.iter().map(|rounds| *rounds.min(&JOINED)).sum();
    let store = &stores[0];
    assert!(rounds.iter().all(|rounds| *rounds > 0) && reads > 0);
    assert_eq!(store.count(Filter::All).await.unwrap(), commits * 5 + 1 - joined);
    let shared = store.get(LeadId::from(record("shared"))).await.unwrap().unwrap();
    assert_eq!(shared.sources.len() as u64, joined + 1);
    let count = state.get("count".into()).await.unwrap().unwrap();
    assert_eq!(count.value, commits.to_string(), "an update was lost");
    assert!(
        !store.audit(commits - 1, 1).await.unwrap().is_empty()
            && store.audit(commits, 1).await.unwrap().is_empty()
    );
}

async fn on_both(time: Duration) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.db");
    crowd(&format!("sqlite://{}?busy_timeout=60s", path.display()), time).await;
    if let Some(uri) = server::fresh() {
        crowd(&server::with(&uri, "busy_timeout=60s"), time).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_and_readers_get_along_for_a_second() {
    on_both(Duration::from_secs(1)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "long: started by scripts/test --soak"]
async fn soak_crowd_for_ten_minutes() {
    on_both(Duration::from_mins(10)).await;
}
