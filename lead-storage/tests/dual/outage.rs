//! Mirrors that are away, and come back.

use std::time::{Duration, Instant};

use lead_core::record::filter::Filter;
use lead_core::seam::conformance::sample::{findings, minute, record, sighting, town};
use lead_core::seam::{Store, WriteBatch};
use lead_storage::dual::{Dual, Mirror};
use sqlx::Connection;

use crate::server;
use crate::support::{Flaky, all, assert_same, caught_up, in_memory, quick, sqlite};

#[tokio::test]
async fn a_mirror_that_is_away_holds_up_nobody_and_lacks_nothing_afterwards() {
    let flaky = Flaky::default();
    let mirror = Store::new(flaky.clone());
    let dual = in_memory(Mirror::store(mirror.clone())).await;
    let store = dual.store();
    store.commit(WriteBatch::of(town(5))).await.unwrap();
    caught_up(&dual).await;

    flaky.away(true);
    let begun = Instant::now();
    for round in 6..40 {
        store.commit(WriteBatch::of(town(round))).await.unwrap();
    }
    let gone = all(&store).await[0].id;
    store.erase(vec![gone]).await.unwrap();
    let subject = "email:info@town2.test".parse().unwrap();
    let entry = lead_core::record::Suppression::new(subject, "objection", minute(0));
    store.suppress(vec![entry]).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    let lag = dual.drain(Duration::from_millis(300)).await.unwrap();
    assert!(lag.entries >= 34 && lag.notes == 1, "{lag:?}");
    assert!(lag.failure.unwrap().contains("it is away"));

    flaky.away(false);
    caught_up(&dual).await;
    assert_eq!(dual.lag().await.unwrap().failure, None);
    assert_same(&store, &mirror).await;
    assert_eq!(mirror.get(gone).await.unwrap(), None);
    assert_eq!(mirror.suppressions().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_mirror_that_is_not_there_yet_is_made_when_it_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let later = folder.path().join("later");
    for mirror in [
        format!("sqlite://{}", later.join("there.db").display()),
        format!("csv://{}", later.join("there.csv").display()),
    ] {
        let _ = std::fs::remove_dir_all(&later);
        let here = sqlite(folder.path(), &format!("here-{}.db", mirror.len()));
        let dual = Dual::open(&here, &mirror, quick()).await.unwrap();
        dual.store().commit(WriteBatch::of(town(9))).await.unwrap();
        let lag = dual.drain(Duration::from_millis(400)).await.unwrap();
        assert!(lag.entries == 1 && lag.failure.is_some(), "{lag:?}");
        std::fs::create_dir(&later).unwrap();
        caught_up(&dual).await;
        let main = lead_core::record::TenantId::default();
        let found = dual.check(&main, |_| ()).await.unwrap();
        assert_eq!((found.checked, found.found()), (9, 0));
        dual.store().close().await;
    }
}

/// One lead that the mirror does not take holds up no others.
#[tokio::test]
async fn what_is_refused_waits_alone() {
    let flaky = Flaky::refusing(record("odd"));
    let mirror = Store::new(flaky);
    let dual = in_memory(Mirror::store(mirror.clone())).await;
    let store = dual.store();
    for key in ["one", "odd", "two"] {
        let seen = sighting(key, minute(0), findings(key, None, None, Some("Lyon")));
        store.commit(WriteBatch::of(vec![seen])).await.unwrap();
    }
    let begun = Instant::now();
    while mirror.count(Filter::All).await.unwrap() < 2 {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "the others are held up"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let lag = dual.drain(Duration::from_millis(200)).await.unwrap();
    assert_eq!(lag.entries, 1, "it is kept: {lag:?}");
    assert_eq!(mirror.get(record("odd").into()).await.unwrap(), None);
}

/// Sessions of the mirror's server die again and again while leads are written.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_sessions_die_lacks_nothing_afterwards() {
    let Some(uri) = server::fresh() else { return };
    let name = format!("dual_{}", std::process::id());
    let folder = tempfile::tempdir().unwrap();
    let here = sqlite(folder.path(), "here.db");
    let there = server::with(&uri, &format!("application_name={name}"));
    let dual = Dual::open(&here, &there, quick()).await.unwrap();
    let store = dual.store();
    let mut admin = sqlx::PgConnection::connect(&server::told().unwrap())
        .await
        .unwrap();
    let mut cut = 0;
    for round in 0..30_u32 {
        store.commit(WriteBatch::of(town(round * 4 + 4))).await.unwrap();
        if round % 5 == 4 {
            store.erase(vec![all(&store).await[0].id]).await.unwrap();
        }
        tokio::time::sleep(Duration::from_millis(u64::from(round % 7) * 3)).await;
        let killed: i64 = sqlx::query_scalar(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1",
        )
        .bind(&name)
        .fetch_one(&mut admin)
        .await
        .unwrap();
        cut += killed;
    }
    // A courier that waits before it tries again has no session to be cut meanwhile.
    assert!(cut >= 3, "{cut} sessions were cut");
    caught_up(&dual).await;
    let mirror = lead_storage::open(&uri).await.unwrap();
    assert_same(&store, &mirror).await;
}
