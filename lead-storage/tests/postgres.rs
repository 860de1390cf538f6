//! A server that is shared, full, gone or in the way; tenants behind the second wall; writers who meet.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "test code fails by panicking"
)]

mod server;

use std::time::Duration;

use lead_core::record::filter::Filter;
use lead_core::record::{E164, LeadId, Link, MatchKey, Suppression, TenantId};
use lead_core::seam::conformance::sample::{findings, minute, record, sighting, town};
use lead_core::seam::{AuditNote, LeadQuery, NewJob, Queue, Store, WriteBatch};
use lead_core::{Error, ErrorKind};
use lead_storage::postgres::{PostgresConfig, PostgresStore};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use url::Url;

/// A schema of its own on the server that tests are told of, or the end of the test.
macro_rules! fresh {
    () => {
        match server::fresh() {
            Some(uri) => uri,
            None => return,
        }
    };
}

fn schema_of(uri: &str) -> String {
    uri.split("schema=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap()
        .to_owned()
}

/// The same place for another login.
fn as_role(uri: &str, role: &str) -> String {
    let mut url = Url::parse(uri).unwrap();
    url.set_username(role).unwrap();
    url.into()
}

/// A connection of sqlx's own, which knows nothing of tenants.
async fn raw(uri: &str) -> PgConnection {
    let mut url = Url::parse(uri).unwrap();
    let kept: Vec<_> = url
        .query_pairs()
        .into_owned()
        .filter(|(name, _)| name == "host")
        .collect();
    url.query_pairs_mut().clear().extend_pairs(kept);
    PgConnection::connect(url.as_str()).await.unwrap()
}

async fn run(conn: &mut PgConnection, sql: &str) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(conn)
        .await
        .map(drop)
}

async fn number(conn: &mut PgConnection, sql: &str) -> i64 {
    let query = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
    query.fetch_one(conn).await.unwrap()
}

async fn refused(uri: &str) -> Error {
    lead_storage::open(uri).await.unwrap_err()
}

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

/// Logins of a schema's own: one that makes its tables, and one that only uses them.
struct Logins {
    admin: PgConnection,
    schema: String,
    owner: String,
    user: String,
}

impl Logins {
    async fn make(uri: &str) -> Self {
        let schema = schema_of(uri);
        let (owner, user) = (format!("{schema}_owner"), format!("{schema}_user"));
        let mut admin = raw(uri).await;
        let database: String = sqlx::query_scalar("SELECT current_database()::text")
            .fetch_one(&mut admin)
            .await
            .unwrap();
        let sql = format!(
            "CREATE ROLE {owner} LOGIN; CREATE ROLE {user} LOGIN; GRANT CREATE ON DATABASE \"{database}\" TO {owner}"
        );
        run(&mut admin, &sql).await.unwrap();
        Self {
            admin,
            schema,
            owner,
            user,
        }
    }

    async fn grant(&mut self) {
        let (schema, user) = (&self.schema, &self.user);
        let sql = format!(
            "GRANT USAGE ON SCHEMA {schema} TO {user};
             GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {user};
             GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {user}"
        );
        run(&mut self.admin, &sql).await.unwrap();
    }

    async fn tables(&mut self) -> Vec<String> {
        let tables = "SELECT table_name::text FROM information_schema.tables
                      WHERE table_schema = $1 AND table_name <> 'lead_migrations'";
        let tables = sqlx::query_scalar(tables).bind(&self.schema);
        tables.fetch_all(&mut self.admin).await.unwrap()
    }
}

/// Guards the second wall: whoever forgets the tenant, the tables' owner included, sees nothing and writes nothing.
#[tokio::test]
async fn a_forgotten_tenant_sees_nothing() {
    let uri = fresh!();
    let mut logins = Logins::make(&uri).await;
    let owned = lead_storage::open(&as_role(&uri, &logins.owner)).await.unwrap();
    owned.commit(WriteBatch::of(town(3))).await.unwrap();
    logins.grant().await;
    let used = lead_storage::open(&as_role(&uri, &logins.user)).await.unwrap();
    let other = used.tenant(TenantId::new("other").unwrap());
    other.commit(WriteBatch::of(town(1))).await.unwrap();

    let tables = logins.tables().await;
    assert!(tables.len() >= 16, "{tables:?}");
    let schema = &logins.schema;
    for role in [&logins.owner, &logins.user] {
        let mut conn = raw(&as_role(&uri, role)).await;
        for table in &tables {
            let seen = number(&mut conn, &format!("SELECT count(*) FROM {schema}.{table}")).await;
            assert_eq!(seen, 0, "{role} sees {table}");
        }
        run(&mut conn, "SELECT set_config('lead.tenant', '2', false)")
            .await
            .unwrap();
        let (all, others) = (
            format!("SELECT count(*) FROM {schema}.leads"),
            format!("SELECT count(*) FROM {schema}.leads WHERE tenant = 1"),
        );
        assert_eq!(
            (number(&mut conn, &all).await, number(&mut conn, &others).await),
            (1, 0)
        );
        let smuggled = format!("INSERT INTO {schema}.runs (tenant, run) VALUES (1, gen_random_uuid())");
        let error = run(&mut conn, &smuggled).await.unwrap_err();
        assert_eq!(
            error.as_database_error().unwrap().code().as_deref(),
            Some("42501")
        );
    }
}

/// A login that owns nothing does all that leads need, and one that may only look is told so.
#[tokio::test]
async fn a_login_does_what_it_was_granted() {
    let uri = fresh!();
    let mut logins = Logins::make(&uri).await;
    lead_storage::open(&as_role(&uri, &logins.owner)).await.unwrap();
    logins.grant().await;
    let used = lead_storage::open(&as_role(&uri, &logins.user)).await.unwrap();
    let note = AuditNote::new("test", "noted", "x", minute(0));
    let job = NewJob::new("crawl", "a", 1.into());
    used.commit(WriteBatch::of(town(2)).audit(note).jobs(vec![job]))
        .await
        .unwrap();
    let lead = used.page(LeadQuery::default()).await.unwrap().leads[0].id;
    assert_eq!(used.erase(vec![lead]).await.unwrap().leads, 1);

    let (schema, user) = (&logins.schema, &logins.user);
    let revoke = format!("REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} FROM {user}");
    run(&mut logins.admin, &revoke).await.unwrap();
    let error = used.commit(WriteBatch::of(town(5))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ReadOnly, "{error:?}");
    run(
        &mut logins.admin,
        &format!("ALTER ROLE {user} CONNECTION LIMIT 0"),
    )
    .await
    .unwrap();
    let error = refused(&as_role(&uri, user)).await;
    assert_eq!(
        (error.kind(), error.is_retryable()),
        (ErrorKind::Locked, true),
        "{error:?}"
    );
}

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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_and_readers_meet_without_an_error() {
    let uri = fresh!();
    let mut stores = Vec::new();
    for _ in 0..4 {
        stores.push(lead_storage::open(&uri).await.unwrap());
    }
    let writers = (0..8).map(|writer| {
        let store = stores[writer % 4].clone();
        tokio::spawn(async move {
            for round in 0..12 {
                let seen = (0..5).map(|index| {
                    let key = format!("{writer}/{round}/{index}");
                    sighting(
                        &key,
                        minute(0),
                        findings(&key, Some("+33478000001"), None, Some("Lyon")),
                    )
                });
                // And all see the same record, in turn with one content and another.
                let shared = sighting(
                    "0/0/0",
                    minute(round),
                    findings("0/0/0", None, None, Some("Bron")),
                );
                let mine = record(&format!("{writer}/{round}/0"));
                let link = Link::new(record("0/0/0"), mine, MatchKey::Site("acme.test".into()));
                let note = AuditNote::new("test", "noted", round, minute(round));
                let batch = WriteBatch::of(seen.chain([shared]).collect())
                    .links(vec![link])
                    .audit(note);
                store.commit(batch).await.unwrap();
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
    let numbers: Vec<u64> = stores[2]
        .audit(0, 1000)
        .await
        .unwrap()
        .iter()
        .map(|entry| entry.number)
        .collect();
    assert!(numbers.into_iter().eq(1..=8 * 12), "notes without gaps");
}

/// Guards what is suppressed while it is being written: whichever comes first, it is not there afterwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn suppression_and_commits_do_not_pass_each_other() {
    let uri = fresh!();
    let store = lead_storage::open(&uri).await.unwrap();
    for round in 0..15 {
        let number = format!("+334780000{round:02}");
        let commits = (0..4).map(|writer| {
            let (store, number) = (store.clone(), number.clone());
            tokio::spawn(async move {
                let key = format!("{round}/{writer}");
                let seen = sighting(&key, minute(0), findings(&key, Some(&number), None, None));
                store.commit(WriteBatch::of(vec![seen])).await.unwrap();
            })
        });
        let commits: Vec<_> = commits.collect();
        let entry = Suppression::new(format!("phone:{number}").parse().unwrap(), "objection", minute(0));
        store.suppress(vec![entry]).await.unwrap();
        for commit in commits {
            commit.await.unwrap();
        }
        let key = MatchKey::Phone(E164::new(&number).unwrap());
        assert_eq!(store.matching(vec![key]).await.unwrap(), []);
        assert_eq!(
            store
                .count(format!("phone:{number}").parse().unwrap())
                .await
                .unwrap(),
            0
        );
    }
}

/// Guards the claim of cancel-safety: whenever a caller goes away, a batch is stored whole or not at all.
#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_goes_away_leaves_whole_batches() {
    let uri = fresh!();
    let store = lead_storage::open(&server::with(&uri, "connections=2"))
        .await
        .unwrap();
    for round in 0..40_u32 {
        let batch = (0..10).map(|index| {
            let key = format!("{round}/{index}");
            sighting(&key, minute(0), findings(&key, None, None, Some("Lyon")))
        });
        let commit = store.commit(WriteBatch::of(batch.collect()));
        let _ = tokio::time::timeout(Duration::from_micros(u64::from(round) * 150), commit).await;
    }
    // An erasure waits for every commit that is still under way.
    store.erase(vec![LeadId::from(record("nobody"))]).await.unwrap();
    let count = store.count(Filter::All).await.unwrap();
    assert_eq!(count % 10, 0, "{count}");
}

/// Two workers who ask at once never hold the same job, and all are done.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_share_a_queue() {
    let uri = fresh!();
    let queue: Queue = lead_storage::open_queue(&uri).await.unwrap();
    let job = |number: usize| NewJob::new("crawl", number.to_string(), number.into());
    // The same jobs from everybody, in another order each: pushed once.
    let pushes = (0..4).map(|turn| {
        let (queue, jobs) = (
            queue.clone(),
            (0..200).map(|number| job((number * 7 + turn * 50) % 200)),
        );
        let jobs = jobs.collect();
        tokio::spawn(async move { queue.push(jobs).await.unwrap() })
    });
    let pushed: usize = futures::future::join_all(pushes)
        .await
        .into_iter()
        .map(Result::unwrap)
        .sum();
    assert_eq!(pushed, 200);
    let workers = (0..8).map(|_| {
        let queue = queue.clone();
        tokio::spawn(async move {
            let mut done = Vec::new();
            loop {
                let leases = queue.lease(Vec::new(), 7, Duration::from_mins(1)).await.unwrap();
                if leases.is_empty() && queue.depth().await.unwrap().0 == 0 {
                    return done;
                }
                for lease in leases {
                    done.push(lease.key.clone());
                    queue.complete(lease).await.unwrap();
                }
            }
        })
    });
    let mut done: Vec<String> = futures::future::join_all(workers)
        .await
        .into_iter()
        .flat_map(Result::unwrap)
        .collect();
    done.sort();
    done.dedup();
    assert_eq!((done.len(), queue.depth().await.unwrap()), (200, (0, 0, 0)));
}
