//! A replica that follows, falls behind, goes away and comes back. Both servers are the test's own.

use std::time::{Duration, Instant};

use lead_core::record::filter::{Field, Filter};
use lead_core::seam::conformance::sample::town;
use lead_core::seam::{LeadQuery, Store, Tally, WriteBatch};
use lead_storage::postgres::{PostgresConfig, PostgresStore, ReplicaReport};

use crate::server;
use crate::server::own::OwnServer;
use crate::support::*;

/// Two servers, one following the other, and a store over both.
struct Pair {
    first: OwnServer,
    second: OwnServer,
    database: PostgresStore,
    store: Store,
}

async fn opened(uri: &str) -> PostgresStore {
    PostgresStore::open(PostgresConfig::from_uri(uri).unwrap())
        .await
        .unwrap()
}

impl Pair {
    async fn start(staleness: &str) -> Option<Self> {
        let (first, second) = OwnServer::start_pair().await?;
        let parameters = format!("replica={}&max_staleness={staleness}", second.address());
        let database = opened(&server::with(&first.uri(), &parameters)).await;
        let store = Store::new(database.clone());
        Some(Self {
            first,
            second,
            database,
            store,
        })
    }

    fn report(&self) -> ReplicaReport {
        self.database.replica().unwrap()
    }

    /// Reads until the replica answers, or for so long; whether it did.
    async fn answered_within(&self, limit: Duration) -> bool {
        let (before, begun) = (self.report().answered, Instant::now());
        while begun.elapsed() < limit {
            self.store.count(Filter::All).await.unwrap();
            if self.report().answered > before {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }

    async fn replay(&self, word: &str) {
        let mut conn = raw(&self.second.uri()).await;
        run(&mut conn, &format!("SELECT pg_wal_replay_{word}()"))
            .await
            .unwrap();
    }
}

const LONG: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_answers_what_leads_are_and_never_less_than_was_written() {
    let Some(pair) = Pair::start("1s").await else {
        return;
    };
    let store = &pair.store;
    for round in 1..40 {
        store.commit(WriteBatch::of(town(round))).await.unwrap();
        assert_eq!(store.count(Filter::All).await.unwrap(), u64::from(round));
    }
    assert!(pair.answered_within(LONG).await, "{:?}", pair.report());
    let before = pair.report();
    let page = store.page(LeadQuery::default()).await.unwrap();
    let lead = page.leads[0].id;
    assert_eq!(store.get(lead).await.unwrap().unwrap().id, lead);
    assert!(!store.observations(lead).await.unwrap().is_empty());
    assert!(store.links(lead).await.unwrap().is_empty());
    let told = store.tally(Tally::values(Field::City, 5)).await.unwrap();
    assert_eq!(told.leads, 39);
    let report = pair.report();
    assert_eq!(report.answered - before.answered, 5, "{report:?}");
    assert!(
        report.staleness.is_some_and(|old| old <= Duration::from_secs(1)),
        "{report:?}"
    );
    // What workers and writers go by is asked of the primary.
    assert!(store.suppressions().await.unwrap().is_empty());
    assert!(store.runs().await.unwrap().is_empty());
    assert_eq!(pair.report(), report);
    // Nothing is written for longer than a replica may be behind: it is no older for that.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert!(
        pair.answered_within(Duration::from_secs(5)).await,
        "{:?}",
        pair.report()
    );

    // A replica by itself may be read, and only read.
    let alone = lead_storage::open(&server::with(&pair.second.uri(), "mode=ro"))
        .await
        .unwrap();
    assert_eq!(alone.count(Filter::All).await.unwrap(), 39);
    let error = lead_storage::open(&pair.second.uri()).await.unwrap();
    let error = error.commit(WriteBatch::of(town(50))).await.unwrap_err();
    assert_eq!(error.kind(), lead_core::ErrorKind::ReadOnly, "{error:?}");
}

/// Guards the promise of staleness: a replica that stands still is not asked for longer than was said, and by nobody who has written since.
#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_stands_still_is_passed_over() {
    let Some(pair) = Pair::start("1s").await else {
        return;
    };
    let other = lead_storage::open(&pair.first.uri()).await.unwrap();
    other.commit(WriteBatch::of(town(5))).await.unwrap();
    assert!(pair.answered_within(LONG).await);
    pair.replay("pause").await;
    // A mark that the replica has reached, as new as can be.
    let mut stale = 0;
    for round in 6..9 {
        other.commit(WriteBatch::of(town(round))).await.unwrap();
        let written = Instant::now();
        // Meanwhile either may answer; once that is as long ago as was said, what was written is seen.
        while written.elapsed() < Duration::from_millis(1050) {
            let seen = pair.store.count(Filter::All).await.unwrap();
            assert!((5..=u64::from(round)).contains(&seen), "{seen}");
            stale += u32::from(seen == 5);
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        assert_eq!(pair.store.count(Filter::All).await.unwrap(), u64::from(round));
    }
    assert!(
        stale > 0,
        "no read was answered by the replica while it stood still"
    );
    let report = pair.report();
    assert!(report.behind > 0 && report.away == 0, "{report:?}");
    assert_eq!(report.staleness, None, "{report:?}");

    pair.replay("resume").await;
    assert!(pair.answered_within(LONG).await);
    pair.replay("pause").await;
    // Who has written itself does not wait.
    pair.store.commit(WriteBatch::of(town(20))).await.unwrap();
    assert_eq!(pair.store.count(Filter::All).await.unwrap(), 20);
    pair.store
        .erase(vec![
            pair.store.page(LeadQuery::default()).await.unwrap().leads[0].id,
        ])
        .await
        .unwrap();
    assert_eq!(pair.store.count(Filter::All).await.unwrap(), 19);
    pair.replay("resume").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_is_away_is_missed_by_nobody() {
    let Some(mut pair) = Pair::start("1s").await else {
        return;
    };
    pair.store.commit(WriteBatch::of(town(5))).await.unwrap();
    assert!(pair.answered_within(LONG).await);
    pair.second.kill().await;
    // Its sessions may answer for a moment longer, until they notice.
    let killed = Instant::now();
    while pair.report().away < 20 && killed.elapsed() < LONG {
        let begun = Instant::now();
        assert_eq!(pair.store.count(Filter::All).await.unwrap(), 5);
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    }
    let report = pair.report();
    assert!(report.away >= 20, "{report:?}");
    pair.second.restart().await;
    assert!(pair.answered_within(LONG).await, "{:?}", pair.report());
}

/// Guards a primary that goes away: what the replica is known to hold may be read for as long as was said, and no longer.
#[tokio::test(flavor = "multi_thread")]
async fn without_its_primary_a_replica_answers_as_long_as_it_may() {
    let Some(mut pair) = Pair::start("2s").await else {
        return;
    };
    pair.store.commit(WriteBatch::of(town(5))).await.unwrap();
    assert!(pair.answered_within(LONG).await);
    pair.first.kill().await;
    let killed = Instant::now();
    assert_eq!(pair.store.count(Filter::All).await.unwrap(), 5);
    tokio::time::sleep(Duration::from_millis(2100).saturating_sub(killed.elapsed())).await;
    let error = pair.store.count(Filter::All).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.is_retryable()),
        (lead_core::ErrorKind::Network, true),
        "{error:?}"
    );
    pair.first.restart().await;
    assert!(pair.answered_within(LONG).await, "{:?}", pair.report());
}

/// One that is none: not there at all, or the primary itself.
#[tokio::test]
async fn what_is_no_replica_is_not_asked() {
    let uri = fresh!();
    let place = url::Url::parse(&uri).unwrap();
    let itself = format!("{}:{}", place.host_str().unwrap(), place.port().unwrap_or(5432));
    for replica in ["127.0.0.1:1", &itself] {
        let database = opened(&server::with(&uri, &format!("replica={replica}"))).await;
        let store = Store::new(database.clone());
        store.commit(WriteBatch::of(town(4))).await.unwrap();
        assert_eq!(store.count(Filter::All).await.unwrap(), 4);
        let report = database.replica().unwrap();
        assert_eq!((report.answered, report.away), (0, 1), "{report:?}");
    }
    let plain = opened(&uri).await;
    assert!(plain.replica().is_none());
}

/// Each promise of a store holds through a replica, which answers a part of the reads.
#[tokio::test(flavor = "multi_thread")]
async fn every_promise_holds_through_a_replica() {
    let Some((first, second)) = OwnServer::start_pair().await else {
        return;
    };
    let mut databases = Vec::new();
    let mut number = 0;
    lead_core::store_conformance!(each {
        number += 1;
        let parameters = format!("schema=s{number}&idle_timeout=500ms&replica={}", second.address());
        let database = opened(&server::with(&first.uri(), &parameters)).await;
        databases.push(database.clone());
        Store::new(database)
    });
    let reports: Vec<_> = databases.iter().filter_map(PostgresStore::replica).collect();
    assert!(reports.iter().all(|report| report.away == 0), "{reports:?}");
    let answered: u64 = reports.iter().map(|report| report.answered).sum();
    assert!(answered > 0, "{reports:?}");
}

/// Guards the figure of telemetry: who answered is counted there, too.
#[tokio::test]
async fn who_answered_is_a_figure() {
    let uri = server::with(&fresh!(), "replica=127.0.0.1:1");
    let recorder = metrics_util::debugging::DebuggingRecorder::new();
    let figures = recorder.snapshotter();
    // Tasks of this runtime stay on this thread.
    let _here = metrics::set_default_local_recorder(&recorder);
    let store = Store::new(opened(&uri).await);
    store.commit(WriteBatch::of(town(1))).await.unwrap();
    store.count(Filter::All).await.unwrap();
    let told = figures.snapshot().into_vec();
    let figure = told
        .iter()
        .find(|(key, ..)| key.key().name() == lead_core::telemetry::STORE_READS.name);
    let (key, ..) = figure.unwrap();
    let labels: Vec<_> = key
        .key()
        .labels()
        .map(|label| (label.key(), label.value()))
        .collect();
    assert_eq!(labels, [("by", "away")]);
}
