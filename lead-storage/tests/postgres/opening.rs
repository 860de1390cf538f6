//! Opening: many at once, and who may do what.

use lead_core::ErrorKind;
use lead_core::record::TenantId;
use lead_core::record::filter::Filter;
use lead_core::seam::conformance::sample::{town, town_by_place_and_slips};
use lead_core::seam::{NewJob, Store, WriteBatch};

use crate::server;
use crate::support::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_who_open_at_once_find_one_database() {
    let uri = fresh!();
    let opening = (0..12).map(|_| {
        let uri = uri.clone();
        tokio::spawn(async move { lead_storage::open(&uri).await.unwrap() })
    });
    let stores: Vec<Store> = futures::future::join_all(opening)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    stores[0].commit(WriteBatch::of(town(5))).await.unwrap();
    for store in &stores {
        assert_eq!(store.count(Filter::All).await.unwrap(), 5);
    }
    let (queue, state) = (
        lead_storage::open_queue(&uri).await.unwrap(),
        lead_storage::open_state(&uri).await.unwrap(),
    );
    let job = NewJob::new("crawl", "a", 1.into());
    stores[1]
        .commit(WriteBatch::default().jobs(vec![job]))
        .await
        .unwrap();
    assert_eq!(queue.depth().await.unwrap(), (1, 0, 0));
    state.put("k".into(), "v".into(), None).await.unwrap();
    let again = lead_storage::open_state(&uri).await.unwrap();
    assert_eq!(again.get("k".into()).await.unwrap().unwrap().value, "v");
    stores[0].close().await;
    assert_eq!(
        stores[0].count(Filter::All).await.unwrap_err().kind(),
        ErrorKind::Storage
    );
}

#[tokio::test]
async fn what_may_be_done_is_kept_to() {
    let uri = fresh!();
    assert_eq!(
        refused(&server::with(&uri, "mode=rw")).await.kind(),
        ErrorKind::NotFound
    );
    assert_eq!(
        refused(&server::with(&uri, "mode=ro")).await.kind(),
        ErrorKind::ReadOnly
    );
    let store = lead_storage::open(&uri).await.unwrap();
    store.commit(WriteBatch::of(town(4))).await.unwrap();
    let reader = lead_storage::open(&server::with(&uri, "mode=ro")).await.unwrap();
    assert_eq!(reader.count(Filter::All).await.unwrap(), 4);
    let error = reader.commit(WriteBatch::of(town(5))).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::ReadOnly, false));
    let schema = schema_of(&uri);
    run(
        &mut raw(&uri).await,
        &format!("INSERT INTO {schema}.lead_migrations VALUES (99)"),
    )
    .await
    .unwrap();
    let error = refused(&uri).await;
    assert_eq!(error.kind(), ErrorKind::Corrupt);
    assert!(
        error.to_string().contains("newer version") && error.to_string().contains("99"),
        "{error}"
    );
}

/// A database of version 1, with leads of two tenants in it, answers after it was brought forward as one that was new.
#[tokio::test]
async fn an_older_database_is_brought_forward_with_what_it_holds() {
    brought_forward(&fresh!()).await;
}

/// The same, and what the newer version adds is split as the rest is.
#[tokio::test]
async fn an_older_database_in_parts_is_brought_forward_too() {
    let uri = server::with(&fresh!(), "partitions=3");
    brought_forward(&uri).await;
    let parts = "SELECT count(*) FROM pg_inherits WHERE inhparent = ($1 || '.lead_points')::regclass";
    let parts: i64 = sqlx::query_scalar(parts)
        .bind(schema_of(&uri))
        .fetch_one(&mut raw(&uri).await)
        .await
        .unwrap();
    assert_eq!(parts, 3);
}

async fn brought_forward(uri: &str) {
    let store = lead_storage::open(uri).await.unwrap();
    let other = TenantId::new("other").unwrap();
    store.commit(WriteBatch::of(town(700))).await.unwrap();
    store
        .tenant(other.clone())
        .commit(WriteBatch::of(town(700)))
        .await
        .unwrap();
    store.close().await;
    let schema = schema_of(uri);
    let older = format!(
        "{}; DROP TABLE {schema}.lead_points; DROP TABLE {schema}.words; ALTER TABLE {schema}.tenants DROP COLUMN seal; \
         DELETE FROM {schema}.lead_migrations WHERE version >= 2",
        before_queue(&schema)
    );
    run(&mut raw(uri).await, &older).await.unwrap();
    let store = lead_storage::open(uri).await.unwrap();
    for (filter, leads) in town_by_place_and_slips() {
        assert_eq!(store.count(filter.clone()).await.unwrap(), leads);
        assert_eq!(store.tenant(other.clone()).count(filter).await.unwrap(), leads);
    }
}
