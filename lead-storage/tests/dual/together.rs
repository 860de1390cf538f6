//! What is written to the one stands in the other.

use std::time::{Duration, Instant};

use lead_core::ErrorKind;
use lead_core::record::filter::Filter;
use lead_core::record::{Link, MatchKey, RunId, TenantId};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting, town};
use lead_core::seam::{AuditNote, CheckpointDelta, NewJob, Queue, State, Store, WriteBatch};
use lead_storage::Parts;
use lead_storage::dual::{Dual, DualConfig, Mirror};

use crate::server;
use crate::support::{all, assert_same, caught_up, in_memory, quick, sqlite};

/// Sightings, later contents, merges, runs, notes and another tenant's.
async fn write_some(store: &Store) {
    let run = RunId::start(minute(0));
    let delta = CheckpointDelta::new(run).put("a", 1).put("b", "2");
    let batch = WriteBatch::of(town(30)).checkpoint(delta);
    store
        .commit(batch.audit(AuditNote::new("test", "run.started", run, minute(0))))
        .await
        .unwrap();
    let later = |key: &str, number| sighting(key, minute(90), findings("Acme", Some(number), None, None));
    let link = Link::new(
        record("town/3"),
        record("town/4"),
        MatchKey::Site("acme.test".into()),
    );
    let batch = WriteBatch::of(vec![
        later("town/1", "+33478000901"),
        later("town/2", "+33478000902"),
    ]);
    let delta = CheckpointDelta::new(run).put("a", 3).drop("b");
    store
        .commit(batch.links(vec![link]).checkpoint(delta))
        .await
        .unwrap();
    // The same note twice is two notes.
    for _ in 0..2 {
        let note = AuditNote::new("test", "noted", "x", minute(1));
        store.commit(WriteBatch::default().audit(note)).await.unwrap();
    }
    let other = store.tenant(TenantId::new("other").unwrap());
    other.commit(WriteBatch::of(town(4))).await.unwrap();
}

/// The mirror holds what its primary does, and is a store that can take its place.
async fn stands_in_both(here: &str, there: &str) {
    let dual = Dual::open(here, there, quick()).await.unwrap();
    let store = dual.store();
    write_some(&store).await;
    caught_up(&dual).await;
    let main = TenantId::default();
    let found = dual
        .check(&main, |difference| panic!("{difference:?}"))
        .await
        .unwrap();
    assert!(
        found.agrees() && found.found() == 0 && found.checked == 29,
        "{found:?}"
    );
    let (runs, list) = (store.runs().await.unwrap(), store.suppressions().await.unwrap());
    let checkpoint = store.checkpoint(runs[0]).await.unwrap();
    let notes = store.audit(0, 100).await.unwrap();
    store.close().await;

    let (here, there) = (
        lead_storage::open(here).await.unwrap(),
        lead_storage::open(there).await.unwrap(),
    );
    assert_same(&here, &there).await;
    assert_eq!(there.runs().await.unwrap(), runs);
    assert_eq!(there.checkpoint(runs[0]).await.unwrap(), checkpoint);
    assert_eq!(there.audit(0, 100).await.unwrap(), notes);
    assert_eq!(there.suppressions().await.unwrap(), list);
    let other = TenantId::new("other").unwrap();
    assert_eq!(there.tenant(other).count(Filter::All).await.unwrap(), 4);
    // Links are there too: the mirror merges on as the primary would.
    let merged = there.get(record("town/4").into()).await.unwrap().unwrap();
    assert_eq!(merged.sources.len(), 2);
    here.close().await;
    there.close().await;
}

#[tokio::test]
async fn sqlite_in_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    stands_in_both(
        &sqlite(folder.path(), "here.db"),
        &sqlite(folder.path(), "there.db"),
    )
    .await;
}

#[tokio::test]
async fn sqlite_in_postgres_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let Some(server) = server::fresh() else { return };
    stands_in_both(&sqlite(folder.path(), "here.db"), &server).await;
    let Some(server) = server::fresh() else { return };
    stands_in_both(&server, &sqlite(folder.path(), "there.db")).await;
}

#[tokio::test]
async fn what_one_process_leaves_the_next_carries() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (
        sqlite(folder.path(), "here.db"),
        sqlite(folder.path(), "there.db"),
    );
    let dual = Dual::open(&here, &there, quick().at_rest()).await.unwrap();
    write_some(&dual.store()).await;
    let lag = dual.lag().await.unwrap();
    assert_eq!((lag.entries, lag.notes, lag.failure), (3, 3, None));
    dual.store().close().await;
    assert!(!folder.path().join("there.db").exists(), "nothing was carried");
    let dual = Dual::open(&here, &there, quick()).await.unwrap();
    caught_up(&dual).await;
    let mirror = lead_storage::open(&there).await.unwrap();
    assert_same(&dual.store(), &mirror).await;
    let other = TenantId::new("other").unwrap();
    assert_eq!(mirror.tenant(other).count(Filter::All).await.unwrap(), 4);
}

/// Two that write through their own handles, as two processes do, and carry each other's entries.
#[tokio::test(flavor = "multi_thread")]
async fn two_who_write_and_carry_at_once_agree() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (
        sqlite(folder.path(), "here.db"),
        sqlite(folder.path(), "there.db"),
    );
    let one = Dual::open(&here, &there, quick()).await.unwrap();
    let two = Dual::open(&here, &there, quick()).await.unwrap();
    let write = |dual: Dual, from: i64| async move {
        let store = dual.store();
        for round in 0..15 {
            let key = |index: i64| format!("shared/{}", (round * 3 + index + from) % 20);
            let seen = (0..4).map(|index| {
                let number = format!("+3347810{:04}", round * 4 + index + from * 500);
                sighting(
                    &key(index),
                    minute(round),
                    findings("Acme", Some(&number), None, None),
                )
            });
            store.commit(WriteBatch::of(seen.collect())).await.unwrap();
            if round % 4 == from {
                store.erase(vec![record(&key(0)).into()]).await.unwrap();
            }
        }
    };
    let writing = (
        tokio::spawn(write(one.clone(), 0)),
        tokio::spawn(write(two.clone(), 1)),
    );
    writing.0.await.unwrap();
    writing.1.await.unwrap();
    caught_up(&one).await;
    let mirror = lead_storage::open(&there).await.unwrap();
    assert!(!all(&mirror).await.is_empty());
    assert_same(&one.store(), &mirror).await;
}

/// An application that leases any work is not given the mirror's, and its own work is not mirrored.
#[tokio::test]
async fn the_outbox_is_no_work_of_the_applications() {
    let parts = lead_storage::open_parts("memory://").await.unwrap();
    let queue = parts.queue.clone();
    let dual = Dual::new(parts, Mirror::store(Store::memory()), quick().at_rest()).unwrap();
    let job = NewJob::new("crawl", "a", 1.into());
    dual.store()
        .commit(WriteBatch::of(town(3)).jobs(vec![job]))
        .await
        .unwrap();
    let leases = queue.lease(Vec::new(), 9, Duration::from_secs(9)).await.unwrap();
    assert_eq!(leases.len(), 1);
    assert_eq!(
        (leases[0].kind.as_str(), queue.depth().await.unwrap().0),
        ("crawl", 0)
    );
    assert_eq!(dual.lag().await.unwrap().entries, 1);
}

#[tokio::test]
async fn above_the_bound_a_write_waits_and_is_done_all_the_same() {
    let away = "sqlite:///no/such/folder/there.db";
    let parts = lead_storage::open_parts("memory://").await.unwrap();
    let config = quick().bound(3, Duration::from_millis(700));
    let dual = Dual::new(parts, Mirror::from_uri(away).unwrap(), config).unwrap();
    let store = dual.store();
    for round in 0..5_u32 {
        let begun = Instant::now();
        store.commit(WriteBatch::of(town(round + 1))).await.unwrap();
        let waited = begun.elapsed() >= Duration::from_millis(700);
        assert_eq!(waited, round >= 3, "write {round} took {:?}", begun.elapsed());
    }
    assert_eq!(store.count(Filter::All).await.unwrap(), 5);
    let lag = dual.lag().await.unwrap();
    assert_eq!(lag.entries, 5);
    assert!(lag.failure.is_some(), "{lag:?}");
}

#[tokio::test]
async fn what_cannot_be_a_pair_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let here = sqlite(folder.path(), "here.db");
    lead_storage::open(&here).await.unwrap().close().await;
    let again = format!("sqlite://{}/./here.db?mode=rw", folder.path().display());
    for (mirror, config) in [
        (here.as_str(), DualConfig::default()),
        (&again, DualConfig::default()),
        ("leads.csv", DualConfig::default()),
        ("memory://", DualConfig::default().named("A B")),
    ] {
        let error = Dual::open(&here, mirror, config).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{mirror}");
    }
    // A store that takes no jobs cannot keep what its mirror lacks.
    let parts = Parts::new(
        Store::new(crate::support::Flaky::default()),
        Queue::new(lead_core::seam::memory::MemoryQueue::default()),
        State::memory(),
    );
    let error = Dual::new(parts, Mirror::store(Store::memory()), quick()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}

/// Guards a group that is untied in the primary (erased, then seen again apart) while the mirror still has it as one.
#[tokio::test]
async fn what_is_no_longer_one_lead_is_no_longer_one_in_the_mirror() {
    let mirror = Store::memory();
    let dual = in_memory(Mirror::store(mirror.clone())).await;
    let store = dual.store();
    let seen = || {
        ["a", "b"]
            .map(|key| sighting(key, minute(0), findings(key, None, None, Some("Lyon"))))
            .to_vec()
    };
    let link = Link::new(record("a"), record("b"), MatchKey::Site("acme.test".into()));
    store
        .commit(WriteBatch::of(seen()).links(vec![link]))
        .await
        .unwrap();
    caught_up(&dual).await;
    assert_eq!(mirror.count(Filter::All).await.unwrap(), 1);
    store.erase(vec![record("a").into()]).await.unwrap();
    store.commit(WriteBatch::of(seen())).await.unwrap();
    caught_up(&dual).await;
    assert_eq!(mirror.count(Filter::All).await.unwrap(), 2);
    assert_same(&store, &mirror).await;
}

/// Guards a courier that was late: what it read was erased meanwhile and seen again in part, so that the lead itself looks the same.
#[tokio::test]
async fn a_sighting_that_only_the_mirror_has_goes_with_the_next_that_is_brought() {
    let mirror = Store::memory();
    let dual = in_memory(Mirror::store(mirror.clone())).await;
    let seen = |at, number| sighting("a", minute(at), findings("Acme", Some(number), None, None));
    let erased = seen(0, "+33478000002");
    let known = || vec![seen(0, "+33478000001"), seen(1, "+33478000003")];
    let late = [known(), vec![erased]].concat();
    mirror.commit(WriteBatch::of(late)).await.unwrap();
    dual.store().commit(WriteBatch::of(known())).await.unwrap();
    caught_up(&dual).await;
    assert_eq!(all(&mirror).await, all(&dual.store()).await);
    assert_same(&dual.store(), &mirror).await;
}
