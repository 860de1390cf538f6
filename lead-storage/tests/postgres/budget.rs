//! A server that takes a few connections only, shared by several who open it.

use std::time::{Duration, Instant};

use lead_core::ErrorKind;
use lead_core::record::filter::Filter;
use lead_core::seam::conformance::sample::town;
use lead_core::seam::{Store, WriteBatch};

use crate::server;
use crate::support::*;

/// A login that may hold so many connections at once, and the URI of a schema for it.
async fn limited(uri: &str, connections: u32) -> String {
    let role = format!("{}_few", schema_of(uri));
    let mut admin = raw(uri).await;
    let schema = schema_of(uri);
    let sql = format!(
        "CREATE ROLE {role} LOGIN CONNECTION LIMIT {connections}; CREATE SCHEMA {schema} AUTHORIZATION {role}"
    );
    run(&mut admin, &sql).await.unwrap();
    as_role(uri, &role)
}

async fn counts(store: &Store, at_once: usize) -> Vec<lead_core::Result<u64>> {
    futures::future::join_all((0..at_once).map(|_| store.count(Filter::All))).await
}

/// Who wants more than the server gives makes do with what there is, and waits for its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_makes_do_with_what_the_server_gives() {
    let uri = limited(&fresh!(), 2).await;
    let store = lead_storage::open(&server::with(&uri, "connections=8"))
        .await
        .unwrap();
    store.commit(WriteBatch::of(town(3))).await.unwrap();
    for answer in counts(&store, 40).await {
        assert_eq!(answer.unwrap(), 3);
    }
}

/// What one store does not use goes back to the server, and another has it; as long as it is not given back the other waits, but no longer
/// than it was told.
#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_uses_is_given_back() {
    let uri = limited(&fresh!(), 1).await;
    let first = lead_storage::open(&server::with(&uri, "connections=1&idle_timeout=1s"))
        .await
        .unwrap();
    first.commit(WriteBatch::of(town(3))).await.unwrap();
    let begun = Instant::now();
    let error = refused(&server::with(&uri, "connect_timeout=300ms")).await;
    assert_eq!(
        (error.kind(), error.is_retryable()),
        (ErrorKind::Locked, true),
        "{error:?}"
    );
    let waited = begun.elapsed();
    assert!(
        waited > Duration::from_millis(200) && waited < Duration::from_secs(2),
        "{waited:?}"
    );
    let second = lead_storage::open(&server::with(&uri, "connect_timeout=10s"))
        .await
        .unwrap();
    assert_eq!(second.count(Filter::All).await.unwrap(), 3);
    second.close().await;
    assert_eq!(first.count(Filter::All).await.unwrap(), 3);
}
