//! What needs the inside of the store to be tested.

use lead_core::ErrorKind;
use lead_core::record::filter::Filter;
use lead_core::seam::conformance::sample::town;
use lead_core::seam::{Store, WriteBatch};

use super::{SqliteConfig, SqliteStore};

/// A full disk refuses the batch, keeps what was there, and takes commits again once there is room.
#[tokio::test]
async fn a_full_disk_keeps_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    for config in [
        SqliteConfig::memory(),
        SqliteConfig::file(folder.path().join("leads.db")),
    ] {
        let database = SqliteStore::open(config).await.unwrap();
        let store = Store::new(database.clone());
        store.commit(WriteBatch::of(town(3))).await.unwrap();
        database
            .db
            .maintain("test", "PRAGMA max_page_count = 80")
            .await
            .unwrap();
        let error = store.commit(WriteBatch::of(town(500))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StorageFull, "{error:?}");
        assert_eq!(store.count(Filter::All).await.unwrap(), 3);
        database
            .db
            .maintain("test", "PRAGMA max_page_count = 1000000")
            .await
            .unwrap();
        store.commit(WriteBatch::of(town(500))).await.unwrap();
        assert_eq!(store.count(Filter::All).await.unwrap(), 500);
    }
}

/// A transaction that panics is rolled back, and the store goes on.
#[tokio::test]
async fn a_panic_inside_leaves_no_transaction_open() {
    let database = SqliteStore::open(SqliteConfig::memory()).await.unwrap();
    let tenant = lead_core::record::TenantId::default();
    let broken = database.db.write::<(), _>("test", &tenant, |conn, tenant| {
        Box::pin(async move {
            super::commit::commit(conn, tenant, WriteBatch::of(town(4))).await?;
            panic!("on purpose");
        })
    });
    assert_eq!(broken.await.unwrap_err().kind(), ErrorKind::Internal);
    let store = Store::new(database);
    assert_eq!(store.count(Filter::All).await.unwrap(), 0);
    store.commit(WriteBatch::of(town(2))).await.unwrap();
    assert_eq!(store.count(Filter::All).await.unwrap(), 2);
}
