//! What needs the inside of the store to be tested.

use lead_core::ErrorKind;
use lead_core::record::filter::Filter;
use lead_core::record::{Link, MatchKey, RecordId, Subject, Suppression};
use lead_core::seam::conformance::sample::{findings, minute, sighting, town, town_by_place_and_slips};
use lead_core::seam::{Hid, Hiding, LeadQuery, NewJob, Queue, Store, WriteBatch};

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
            let mut tx = super::db::Tx { conn, tenant };
            let now = lead_core::clock::Clock::system().now();
            crate::model::commit::commit(&mut tx, WriteBatch::of(town(4)), now).await?;
            panic!("on purpose");
        })
    });
    assert_eq!(broken.await.unwrap_err().kind(), ErrorKind::Internal);
    let store = Store::new(database);
    assert_eq!(store.count(Filter::All).await.unwrap(), 0);
    store.commit(WriteBatch::of(town(2))).await.unwrap();
    assert_eq!(store.count(Filter::All).await.unwrap(), 2);
}

/// What must not be contacted leaves no trace: not in why records were tied, not as records nothing is known of.
#[tokio::test]
async fn suppression_leaves_nothing_behind() {
    let database = SqliteStore::open(SqliteConfig::memory()).await.unwrap();
    let store = Store::new(database.clone());
    let number = |text: &str| lead_core::record::E164::new(text).unwrap();
    let seen = |key: &str, phone: &str| sighting(key, minute(1), findings(key, Some(phone), None, None));
    let mut hidden = seen("hidden", "+33478000001");
    hidden.url = Some(lead_core::record::SafeUrl::parse("https://www.hidden.test/").unwrap());
    let all = [
        hidden,
        seen("twin", "+33478000001"),
        seen("other", "+33478000002"),
        seen("third", "+33478000002"),
    ];
    let ids: Vec<RecordId> = all.iter().map(|seen| seen.record).collect();
    let mut batch = WriteBatch::of(all.to_vec());
    batch.links = vec![
        Link::new(ids[0], ids[1], MatchKey::Phone(number("+33478000001"))),
        Link::new(ids[2], ids[3], MatchKey::Phone(number("+33478000002"))),
    ];
    store.commit(batch).await.unwrap();
    let counts = async || {
        let mut conn = database.db.reader().await.unwrap();
        let mut counts = Vec::new();
        for sql in [
            "SELECT count(*) FROM records",
            "SELECT count(*) FROM links",
            "SELECT count(*) FROM links WHERE because = 'phone:+33478000002'",
        ] {
            counts.push(
                sqlx::query_scalar::<_, i64>(sql)
                    .fetch_one(&mut *conn)
                    .await
                    .unwrap(),
            );
        }
        counts
    };
    assert_eq!(counts().await, [4, 2, 1]);
    let suppress = async |subject| {
        let entry = Suppression::new(subject, "asked", minute(2));
        store.suppress(vec![entry]).await.unwrap();
    };
    suppress(Subject::Domain("hidden.test".to_owned())).await;
    assert_eq!(
        counts().await,
        [4, 1, 1],
        "the twin stands, and is tied to nobody"
    );
    suppress(Subject::Phone(number("+33478000002"))).await;
    assert_eq!(counts().await, [4, 0, 0], "no link says the number any more");
    let (all, more) = (
        store
            .page(lead_core::seam::LeadQuery::new(Filter::All))
            .await
            .unwrap(),
        3,
    );
    assert!(all.leads.len() <= more);
    store
        .erase(all.leads.iter().map(|lead| lead.id).collect())
        .await
        .unwrap();
    assert_eq!(counts().await, [0, 0, 0]);
}

/// A database of version 1, with leads in it, answers after it was brought forward as one that was new.
#[tokio::test]
async fn an_older_database_is_brought_forward_with_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let file = SqliteConfig::file(folder.path().join("leads.db"));
    let database = SqliteStore::open(file.clone()).await.unwrap();
    let store = Store::new(database.clone());
    store.commit(WriteBatch::of(town(700))).await.unwrap();
    database.db.maintain("test", BEFORE_QUEUE).await.unwrap();
    let older =
        "DROP TRIGGER tenants_hidden; DELETE FROM tenants WHERE id < 0; ALTER TABLE tenants DROP COLUMN seal;
                 DROP TABLE lead_points; DROP TABLE words; PRAGMA user_version = 1";
    database.db.maintain("test", older).await.unwrap();
    store.close().await;
    let store = Store::new(SqliteStore::open(file).await.unwrap());
    for (filter, leads) in town_by_place_and_slips() {
        assert_eq!(store.count(filter).await.unwrap(), leads);
    }
}

/// Takes away what versions 4 to 6 added.
const BEFORE_QUEUE: &str = "DROP TABLE limits; DROP TABLE job_schedules; DROP TABLE job_pools; DROP TABLE job_pauses; DROP TABLE job_lines;
    DROP INDEX jobs_by_turn; DROP INDEX jobs_spent; DROP INDEX jobs_by_pool;
    ALTER TABLE jobs DROP COLUMN version; ALTER TABLE jobs DROP COLUMN turn; ALTER TABLE jobs DROP COLUMN pool;
    ALTER TABLE jobs DROP COLUMN cancelled; ALTER TABLE jobs DROP COLUMN said; ALTER TABLE jobs DROP COLUMN progress;
    CREATE INDEX jobs_by_turn ON jobs (tenant, priority DESC, id) WHERE dead IS NULL";

/// Jobs of version 3 are taken after it was brought forward, the urgent ones first.
#[tokio::test]
async fn an_older_queue_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = SqliteConfig::file(folder.path().join("leads.db"));
    let database = SqliteStore::open(file.clone()).await.unwrap();
    let job = |key: &str, priority| NewJob::new("crawl", key, serde_json::json!({})).priority(priority);
    let jobs = vec![job("a", 0), job("b", 3), job("c", 0)];
    Queue::new(database.queue()).push(jobs).await.unwrap();
    database.db.maintain("test", BEFORE_QUEUE).await.unwrap();
    database
        .db
        .maintain("test", "PRAGMA user_version = 3")
        .await
        .unwrap();
    Store::new(database).close().await;
    let queue = Queue::new(SqliteStore::open(file).await.unwrap().queue());
    queue.push(vec![job("d", 9)]).await.unwrap();
    let minute = std::time::Duration::from_mins(1);
    let leases = queue.lease(Vec::new(), 9, minute).await.unwrap();
    let keys: Vec<_> = leases.iter().map(|lease| lease.key.as_str()).collect();
    assert_eq!(keys, ["b", "a", "c", "d"]);
}

/// A database of version 2, with leads of two tenants in it, hides leads of each after it was brought forward.
#[tokio::test]
async fn an_older_database_hides_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let file = SqliteConfig::file(folder.path().join("leads.db"));
    let database = SqliteStore::open(file.clone()).await.unwrap();
    let tenants = ["main", "acme"].map(|name| lead_core::record::TenantId::new(name).unwrap());
    let store = Store::new(database.clone());
    for tenant in &tenants {
        let batch = WriteBatch::of(town(9));
        store.tenant(tenant.clone()).commit(batch).await.unwrap();
    }
    database.db.maintain("test", BEFORE_QUEUE).await.unwrap();
    let older = "DROP TRIGGER tenants_hidden; DELETE FROM tenants WHERE id < 0; ALTER TABLE tenants DROP COLUMN seal; PRAGMA user_version = 2";
    database.db.maintain("test", older).await.unwrap();
    store.close().await;
    let store = Store::new(SqliteStore::open(file.clone()).await.unwrap());
    let newest = lead_core::record::TenantId::new("newest").unwrap();
    store
        .tenant(newest.clone())
        .commit(WriteBatch::of(town(9)))
        .await
        .unwrap();
    let (all, hidden) = (Filter::All, Filter::parse("is:hidden").unwrap());
    for tenant in tenants.into_iter().chain([newest]) {
        let store = store.tenant(tenant);
        let page = store.page(LeadQuery::new(Filter::All).limit(4)).await.unwrap();
        let hiding = Hiding::hide("anna").leads(page.leads.iter().map(|lead| lead.id));
        assert_eq!(store.set_hidden(hiding).await.unwrap(), [Hid::Done; 4]);
        assert_eq!(store.count(all.clone()).await.unwrap(), 5);
        assert_eq!(store.count(hidden.clone()).await.unwrap(), 4);
    }
    store.close().await;
    let reader = Store::new(SqliteStore::open(file).await.unwrap());
    assert_eq!(reader.count(hidden).await.unwrap(), 4, "after a restart, too");
}

/// A name that was erased, or that nobody may be contacted by, stands in no list of words either, whichever content it was in.
#[tokio::test]
async fn erased_words_are_listed_nowhere() {
    let database = SqliteStore::open(SqliteConfig::memory()).await.unwrap();
    let store = Store::new(database.clone());
    let named = |name, at| {
        sighting(
            "one",
            minute(at),
            findings(name, Some("+33478000001"), None, None),
        )
    };
    store
        .commit(WriteBatch::of(vec![named("Grangerie Vieille", 0)]))
        .await
        .unwrap();
    let lead = store
        .commit(WriteBatch::of(vec![named("Vergerie Neuve", 1)]))
        .await
        .unwrap()
        .updated;
    let other = sighting("two", minute(0), findings("Grangerie Haute", None, None, None));
    store.commit(WriteBatch::of(vec![other])).await.unwrap();
    store.erase(lead).await.unwrap();
    let tenant = lead_core::record::TenantId::default();
    let words = database.db.write("test", &tenant, |conn, _| {
        Box::pin(async move {
            let words: Vec<String> = sqlx::query_scalar("SELECT word FROM words ORDER BY word")
                .fetch_all(conn)
                .await
                .unwrap();
            Ok(words)
        })
    });
    assert_eq!(words.await.unwrap(), ["grangerie", "haute"]);
}
