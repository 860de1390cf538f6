//! Servers that are gone, cut connections, locks of others.

use std::time::Duration;

use lead_core::ErrorKind;
use lead_core::record::filter::Filter;
use lead_core::seam::conformance::sample::{findings, minute, sighting, town};
use lead_core::seam::{Store, WriteBatch};
use lead_storage::postgres::{PostgresConfig, PostgresStore};
use url::Url;

use crate::server;
use crate::support::*;

#[tokio::test]
async fn servers_that_are_not_reached_say_why_and_tell_nobody_the_password() {
    for (uri, kind) in [
        ("postgres://app:secret@127.0.0.1:1/leads", ErrorKind::Network),
        (
            "postgres://app:secret@no-such-host.invalid/leads",
            ErrorKind::Network,
        ),
        (
            "postgres:///leads?host=/no/such/folder&user=app&password=secret",
            ErrorKind::Network,
        ),
    ] {
        let error = refused(uri).await;
        assert_eq!(error.kind(), kind, "{error:?}");
        assert!(error.is_retryable(), "{error:?}");
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
    let Some(uri) = server::told() else { return };
    let mut url = Url::parse(&uri).unwrap();
    url.set_path("no_such_database");
    let error = refused(url.as_str()).await;
    assert_eq!(
        (error.kind(), error.is_retryable()),
        (ErrorKind::NotFound, false),
        "{error:?}"
    );
    let error = refused(&as_role(&uri, "no_such_login")).await;
    assert_eq!(error.kind(), ErrorKind::Config, "{error:?}");
}

/// Guards connections that died while they lay idle: nobody notices, for nothing was done on them yet.
#[tokio::test(flavor = "multi_thread")]
async fn cut_connections_are_replaced() {
    let uri = server::with(&fresh!(), "application_name=cut_test");
    let store = lead_storage::open(&uri).await.unwrap();
    let mut admin = raw(&uri).await;
    let cut =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'cut_test'";
    for round in 1..4 {
        store.commit(WriteBatch::of(town(round * 5))).await.unwrap();
        assert!(number(&mut admin, cut).await > 0);
        assert_eq!(store.count(Filter::All).await.unwrap(), u64::from(round) * 5);
    }
    // Cut at any moment, a batch is there whole or not at all, and the error says that it may be tried again.
    let mut failures = 0;
    for round in 0..30_u32 {
        let batch = (0..10).map(|index| {
            sighting(
                &format!("{round}/{index}"),
                minute(0),
                findings("Acme", None, None, None),
            )
        });
        let commit = tokio::spawn({
            let (store, batch) = (store.clone(), WriteBatch::of(batch.collect()));
            async move { store.commit(batch).await }
        });
        tokio::time::sleep(Duration::from_micros(u64::from(round) * 400)).await;
        number(&mut admin, cut).await;
        if let Err(error) = commit.await.unwrap() {
            assert_eq!(
                (error.kind(), error.is_retryable()),
                (ErrorKind::Network, true),
                "{error:?}"
            );
            failures += 1;
        }
    }
    assert!(failures > 0, "no commit was hit");
    assert_eq!((store.count(Filter::All).await.unwrap() - 15) % 10, 0);
}

#[tokio::test]
async fn who_waits_too_long_is_told_that_somebody_else_writes() {
    let uri = server::with(&fresh!(), "busy_timeout=100ms");
    let store = lead_storage::open(&uri).await.unwrap();
    store.commit(WriteBatch::of(town(3))).await.unwrap();
    let mut other = raw(&uri).await;
    let schema = schema_of(&uri);
    run(
        &mut other,
        &format!("BEGIN; SELECT * FROM {schema}.records FOR UPDATE"),
    )
    .await
    .unwrap();
    let error = store.commit(WriteBatch::of(town(5))).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.is_retryable()),
        (ErrorKind::Locked, true),
        "{error:?}"
    );
    assert_eq!(store.count(Filter::All).await.unwrap(), 3, "readers do not wait");
    run(&mut other, "ROLLBACK").await.unwrap();
    store.commit(WriteBatch::of(town(5))).await.unwrap();
    assert_eq!(store.count(Filter::All).await.unwrap(), 5);

    // All connections of our own in use.
    let uri = server::with(&uri, "connections=1&connect_timeout=200ms");
    let narrow = lead_storage::open(&uri).await.unwrap();
    run(
        &mut other,
        &format!("BEGIN; LOCK {schema}.suppressions IN ACCESS EXCLUSIVE MODE"),
    )
    .await
    .unwrap();
    let waiting = tokio::spawn({
        let config =
            PostgresConfig::from_uri(&uri.replace("busy_timeout=100ms", "busy_timeout=20s")).unwrap();
        async move {
            let store = Store::new(PostgresStore::open(config).await.unwrap());
            futures::future::join(store.suppressions(), store.suppressions()).await
        }
    });
    tokio::time::sleep(Duration::from_millis(600)).await;
    run(&mut other, "ROLLBACK").await.unwrap();
    let (one, two) = waiting.await.unwrap();
    let error = one.and(two).unwrap_err();
    assert_eq!(
        (error.kind(), error.is_retryable()),
        (ErrorKind::Locked, true),
        "{error:?}"
    );
    assert_eq!(narrow.count(Filter::All).await.unwrap(), 5);
}
