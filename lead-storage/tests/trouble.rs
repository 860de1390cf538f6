//! Databases that are old, new, strange, locked or read-only; callers who go away; writers who meet.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test code fails by panicking"
)]

use std::path::Path;
use std::time::Duration;

use lead_core::record::filter::Filter;
use lead_core::record::{LeadId, Link, MatchKey, RunId, TenantId};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting, someone, town};
use lead_core::seam::{CheckpointDelta, LeadQuery, NewJob, Queue, Store, WriteBatch};
use lead_core::{ErrorKind, ErrorStatus};
use lead_storage::sqlite::{SqliteConfig, SqliteStore};
use sqlx::{Connection, SqliteConnection};

async fn raw(path: &Path, sql: &'static str) -> SqliteConnection {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true);
    let mut conn = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
    conn
}

fn uri(path: &Path, parameters: &str) -> String {
    format!("sqlite://{}{parameters}", path.display())
}

async fn refused(uri: &str) -> lead_core::Error {
    lead_storage::open(uri).await.unwrap_err()
}

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.db");
    let run = RunId::start(minute(0));
    let database = SqliteStore::open(SqliteConfig::file(&path)).await.unwrap();
    let (store, queue) = (Store::new(database.clone()), Queue::new(database.queue()));
    let batch = WriteBatch::of(town(30)).checkpoint(CheckpointDelta::new(run).put("at", 30));
    store
        .commit(batch.jobs(vec![NewJob::new("crawl", "a", 1.into())]))
        .await
        .unwrap();
    let before = store.page(LeadQuery::default()).await.unwrap();
    database.close().await;
    assert_eq!(
        store.count(Filter::All).await.unwrap_err().kind(),
        ErrorKind::Storage
    );
    assert!(queue.depth().await.is_err() && store.commit(WriteBatch::of(town(1))).await.is_err());
    assert!(
        !folder.path().join("leads.db-wal").exists(),
        "the log was folded in"
    );

    let database = SqliteStore::open(SqliteConfig::file(&path)).await.unwrap();
    assert_eq!(Queue::new(database.queue()).depth().await.unwrap(), (1, 0, 0));
    let store = Store::new(database);
    assert_eq!(store.page(LeadQuery::default()).await.unwrap(), before);
    assert_eq!(store.checkpoint(run).await.unwrap().unwrap()["at"], 30);
    let receipt = store.commit(WriteBatch::of(town(30))).await.unwrap();
    assert_eq!((receipt.inserted, receipt.seen_again), (0, 30));
}

#[tokio::test]
async fn store_queue_and_state_of_one_file_are_one_database() {
    let folder = tempfile::tempdir().unwrap();
    let uri = uri(&folder.path().join("leads.db"), "");
    let (store, queue, state) = (
        lead_storage::open(&uri).await.unwrap(),
        lead_storage::open_queue(&uri).await.unwrap(),
        lead_storage::open_state(&uri).await.unwrap(),
    );
    let job = NewJob::new("crawl", "a", 1.into());
    store.commit(WriteBatch::default().jobs(vec![job])).await.unwrap();
    assert_eq!(queue.depth().await.unwrap(), (1, 0, 0));
    state.put("k".into(), "v".into(), None).await.unwrap();
    let again = lead_storage::open_state(&uri).await.unwrap();
    assert_eq!(again.get("k".into()).await.unwrap().unwrap().value, "v");
    let memory = lead_storage::open_queue("memory://").await.unwrap();
    assert_eq!(memory.depth().await.unwrap(), (0, 0, 0));
    let memory = lead_storage::open_state("memory://").await.unwrap();
    assert!(memory.get("k".into()).await.unwrap().is_none());
    assert!(lead_storage::open_state("redis://x").await.is_err());
}

#[tokio::test]
async fn databases_of_others_and_of_the_future_are_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newer.db");
    drop(lead_storage::open(&uri(&path, "")).await.unwrap());
    raw(&path, "PRAGMA user_version = 99")
        .await
        .close()
        .await
        .unwrap();
    let error = refused(&uri(&path, "")).await;
    assert_eq!(error.kind(), ErrorKind::Corrupt);
    assert!(
        error.to_string().contains("newer version") && error.to_string().contains("99"),
        "{error}"
    );

    let path = folder.path().join("other.db");
    raw(&path, "CREATE TABLE songs (title TEXT)")
        .await
        .close()
        .await
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = refused(&uri(&path, "?mode=ro")).await;
    assert_eq!(error.kind(), ErrorKind::Corrupt);
    assert!(error.to_string().contains("another application"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(refused(&uri(&path, "")).await.kind(), ErrorKind::Corrupt);

    let path = folder.path().join("text.db");
    std::fs::write(
        &path,
        "no database at all, but long enough to be looked at. ".repeat(40),
    )
    .unwrap();
    let error = refused(&uri(&path, "")).await;
    assert_eq!(error.kind(), ErrorKind::Corrupt, "{error}");
    assert!(error.to_string().contains("text.db"));
}

#[tokio::test]
async fn uris_that_lead_nowhere_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no/such/leads.db");
    for parameters in ["", "?mode=ro", "?mode=rw"] {
        assert_eq!(
            refused(&uri(&missing, parameters)).await.kind(),
            ErrorKind::Io,
            "{parameters}"
        );
    }
    assert_eq!(
        refused(&uri(folder.path(), "")).await.kind(),
        ErrorKind::Io,
        "a folder"
    );
    for uri in ["leads.db", "", "mysql://user:secret@x", ":", "sqlite://"] {
        let error = refused(uri).await;
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(
            error.to_string().contains("sqlite://") && !error.to_string().contains("secret"),
            "{error}"
        );
    }
    assert!(
        !lead_storage::open("memory://")
            .await
            .unwrap()
            .capability()
            .durable
    );
}

#[tokio::test]
async fn a_read_only_database_reads_and_refuses_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.db");
    let database = SqliteStore::open(SqliteConfig::file(&path)).await.unwrap();
    Store::new(database.clone())
        .commit(WriteBatch::of(town(5)))
        .await
        .unwrap();
    for closed in [false, true] {
        if closed {
            database.close().await;
        }
        let store = lead_storage::open(&uri(&path, "?mode=ro")).await.unwrap();
        assert_eq!(store.count(Filter::All).await.unwrap(), 5);
        for tenant in ["main", "new"] {
            let store = store.tenant(TenantId::new(tenant).unwrap());
            let error = store.commit(WriteBatch::of(town(6))).await.unwrap_err();
            assert_eq!(
                (error.kind(), error.status()),
                (ErrorKind::ReadOnly, ErrorStatus::Permanent)
            );
        }
        assert_eq!(store.count(Filter::All).await.unwrap(), 5);
    }
    // An empty file cannot be brought to a version without writing.
    let empty = folder.path().join("empty.db");
    std::fs::write(&empty, "").unwrap();
    assert_eq!(
        refused(&uri(&empty, "?mode=ro")).await.kind(),
        ErrorKind::ReadOnly
    );
}

#[tokio::test]
async fn a_locked_database_is_a_temporary_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.db");
    let store = lead_storage::open(&uri(&path, "?busy_timeout=50ms"))
        .await
        .unwrap();
    store.commit(WriteBatch::of(town(3))).await.unwrap();
    let mut other = raw(&path, "BEGIN IMMEDIATE").await;
    let error = store.commit(WriteBatch::of(town(5))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked);
    assert!(error.is_retryable());
    assert_eq!(store.count(Filter::All).await.unwrap(), 3, "readers do not wait");
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    store.commit(WriteBatch::of(town(5))).await.unwrap();
    assert_eq!(store.count(Filter::All).await.unwrap(), 5);
    drop(store);
    // Held for itself alone, it cannot even be opened.
    other.close().await.unwrap();
    let path = folder.path().join("alone.db");
    drop(lead_storage::open(&uri(&path, "")).await.unwrap());
    tokio::time::sleep(Duration::from_millis(50)).await;
    let alone = raw(
        &path,
        "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE other (one); DROP TABLE other; COMMIT",
    )
    .await;
    let error = refused(&uri(&path, "?busy_timeout=50ms")).await;
    assert_eq!(error.kind(), ErrorKind::Locked, "{error}");
    alone.close().await.unwrap();
    assert!(lead_storage::open(&uri(&path, "")).await.is_ok());
}

/// Guards the claim of cancel-safety: whenever a caller goes away, a batch is stored whole or not at all, and the next
/// commit finds no transaction left open.
#[tokio::test]
async fn a_caller_who_goes_away_leaves_whole_batches() {
    let folder = tempfile::tempdir().unwrap();
    let store = lead_storage::open(&uri(&folder.path().join("leads.db"), ""))
        .await
        .unwrap();
    for round in 0..40_u32 {
        let batch = (0..10).map(|index| {
            let key = format!("{round}/{index}");
            sighting(&key, minute(0), findings(&key, None, None, Some("Lyon")))
        });
        let commit = store.commit(WriteBatch::of(batch.collect()));
        let _ = tokio::time::timeout(Duration::from_micros(u64::from(round) * 60), commit).await;
    }
    store.commit(WriteBatch::of(town(1))).await.unwrap();
    let count = store.count(Filter::All).await.unwrap();
    assert_eq!(count % 10, 1, "{count}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_and_readers_meet_without_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.db");
    // Opened at once, as by several processes that start together.
    let opened = futures::future::join_all((0..4).map(|_| {
        let uri = uri(&path, "?busy_timeout=20s");
        tokio::spawn(async move { lead_storage::open(&uri).await.unwrap() })
    }));
    let stores: Vec<Store> = opened.await.into_iter().map(Result::unwrap).collect();
    let writers = (0..8).map(|writer| {
        let store = stores[writer % 4].clone();
        tokio::spawn(async move {
            for round in 0..12 {
                let seen = (0..5).map(|index| someone(&format!("{writer}/{round}/{index}")));
                // Everybody's records are tied to the same one, so all meet in one cluster.
                let mine = record(&format!("{writer}/{round}/0"));
                let link = Link::new(record("0/0/0"), mine, MatchKey::Site("acme.test".into()));
                store
                    .commit(WriteBatch::of(seen.collect()).links(vec![link]))
                    .await
                    .unwrap();
            }
        })
    });
    let readers = (0..4).map(|reader| {
        let store = stores[reader].clone();
        tokio::spawn(async move {
            for _ in 0..40 {
                let page = store.page(LeadQuery::default().limit(20)).await.unwrap();
                for lead in page.leads.iter().take(3) {
                    let seen = store.observations(lead.id).await.unwrap();
                    assert!(seen.len() >= lead.sources.len());
                }
                store.count("has:phone lyon".parse().unwrap()).await.unwrap();
            }
        })
    });
    let tasks: Vec<_> = writers.chain(readers).collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(stores[0].count(Filter::All).await.unwrap(), 8 * 12 * 4 + 1);
    let one = stores[1]
        .get(LeadId::from(record("7/11/0")))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(one.sources.len(), 8 * 12);
}

/// Guards against erased data that can still be read from the file.
#[tokio::test]
async fn erased_and_suppressed_bytes_are_gone_from_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.db");
    let database = SqliteStore::open(SqliteConfig::file(&path)).await.unwrap();
    let store = Store::new(database.clone());
    store.commit(WriteBatch::of(town(200))).await.unwrap();
    let secret = |key: &str, at| {
        let all = findings(
            "Zanzibar Confidential",
            Some("+33499999999"),
            Some("zz@zanzibar.test"),
            Some("Quimper"),
        );
        sighting(key, minute(at), all)
    };
    store
        .commit(WriteBatch::of(vec![secret("zanzibar/1", 0)]))
        .await
        .unwrap();
    store
        .commit(WriteBatch::of(vec![secret("zanzibar/1", 5)]))
        .await
        .unwrap();
    store.commit(WriteBatch::of(town(200))).await.unwrap();
    let found = |needle: &str| {
        let names = ["leads.db", "leads.db-wal"].map(|name| folder.path().join(name));
        let files = names.into_iter().filter_map(|path| std::fs::read(path).ok());
        files.into_iter().any(|bytes| {
            bytes
                .windows(needle.len())
                .any(|part| part.eq_ignore_ascii_case(needle.as_bytes()))
        })
    };
    assert!(found("zanzibar") && found("+33499999999"));
    store
        .erase(vec![LeadId::from(record("zanzibar/1"))])
        .await
        .unwrap();
    for needle in ["zanzibar", "+33499999999", "quimper"] {
        assert!(!found(needle), "{needle}");
    }
    store
        .commit(WriteBatch::of(vec![secret("other", 0)]))
        .await
        .unwrap();
    let entry =
        |subject: &str| lead_core::record::Suppression::new(subject.parse().unwrap(), "objection", minute(0));
    store
        .suppress(vec![entry("email:zz@zanzibar.test")])
        .await
        .unwrap();
    store
        .unsuppress(vec!["email:zz@zanzibar.test".parse().unwrap()])
        .await
        .unwrap();
    database.compact().await.unwrap();
    assert!(!found("zz@zanzibar.test") && found("+33499999999"));
    assert_eq!(store.count(Filter::All).await.unwrap(), 201);
}
