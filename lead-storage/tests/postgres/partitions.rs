//! Tables that are split by tenant: as they were made, and a tenant in one part alone.

use std::time::Duration;

use lead_core::ErrorKind;
use lead_core::clock::Clock;
use lead_core::record::TenantId;
use lead_core::record::filter::Filter;
use lead_core::seam::conformance::sample::town;
use lead_core::seam::conformance::{queue, state, store};
use lead_core::seam::{Queue, State, Store, WriteBatch};
use lead_storage::postgres::{PostgresConfig, PostgresStore};
use sqlx::PgConnection;

use crate::server;
use crate::support::*;

#[tokio::test]
async fn a_database_in_parts_stays_as_it_was_made() {
    let uri = fresh!();
    let made = lead_storage::open(&server::with(&uri, "partitions=4"))
        .await
        .unwrap();
    made.commit(WriteBatch::of(town(5))).await.unwrap();
    // Whoever does not say how many finds what there is.
    for parameter in ["mode=rw", "mode=ro", "partitions=4"] {
        let again = lead_storage::open(&server::with(&uri, parameter)).await.unwrap();
        assert_eq!(again.count(Filter::All).await.unwrap(), 5, "{parameter}");
    }
    let error = refused(&server::with(&uri, "partitions=8")).await;
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Config, false));
    let told = format!("{error:?}");
    assert!(told.contains('4') && told.contains('8'), "{told}");

    let whole = fresh!();
    lead_storage::open(&whole).await.unwrap();
    let error = refused(&server::with(&whole, "partitions=4")).await;
    assert_eq!(error.kind(), ErrorKind::Config, "{error:?}");
}

/// Guards the moment in which a database is made: of two who want it in another form, one is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_those_who_want_it_otherwise_one_is_right() {
    let uri = fresh!();
    let opening = (0..8).map(|number| {
        let wanted = [2, 3][number % 2];
        let uri = server::with(&uri, &format!("partitions={wanted}"));
        tokio::spawn(async move { (wanted, lead_storage::open(&uri).await) })
    });
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for opened in futures::future::join_all(opening).await {
        match opened.unwrap() {
            (wanted, Ok(_)) => right.push(wanted),
            (wanted, Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::Config, "{error:?}");
                wrong.push(wanted);
            }
        }
    }
    assert_eq!((right.len(), wrong.len()), (4, 4), "{right:?} {wrong:?}");
    assert!(right.iter().all(|wanted| *wanted == right[0]));
}

/// As many parts as there may be are made on a server as it comes.
#[tokio::test]
async fn as_many_parts_as_may_be_are_made() {
    let Some(server) = server::own::OwnServer::start_with(&["max_connections=100"]).await else {
        return;
    };
    let store = lead_storage::open(&server::with(&server.uri(), "partitions=64"))
        .await
        .unwrap();
    store.commit(WriteBatch::of(town(3))).await.unwrap();
    assert_eq!(store.count(Filter::All).await.unwrap(), 3);
}

/// How many parts were scanned or written in that hold no tenant there is, nor the hidden leads of one; or in all.
async fn touched(conn: &mut PgConnection, schema: &str, only_strange: bool) -> i64 {
    let strange = format!(
        "NOT EXISTS (SELECT 1 FROM {schema}.tenants AS t
                     WHERE satisfies_hash_partition(whole.oid, 31, substring(part.relname from '[0-9]+$')::integer, t.id)
                        OR satisfies_hash_partition(whole.oid, 31, substring(part.relname from '[0-9]+$')::integer, -t.id))"
    );
    let sql = format!(
        "SELECT count(*) FROM pg_inherits AS i
         JOIN pg_class AS whole ON whole.oid = i.inhparent AND whole.relkind = 'p'
         JOIN pg_class AS part ON part.oid = i.inhrelid
         JOIN pg_stat_all_tables AS s ON s.relid = part.oid
         WHERE s.schemaname = '{schema}'
           AND s.seq_scan + coalesce(s.idx_scan, 0) + s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0 AND ({})",
        if only_strange { &strange } else { "TRUE" }
    );
    number(conn, &sql).await
}

/// Waits until a store's sessions are gone: only then all they counted is told.
async fn gone(conn: &mut PgConnection, application: &str) {
    let sessions = format!("SELECT count(*) FROM pg_stat_activity WHERE application_name = '{application}'");
    for _ in 0..200 {
        if number(conn, &sessions).await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(number(conn, &sessions).await, 0, "sessions stay");
}

/// What a tenant does touches the part of each table that holds it and no other: so a cluster that spreads tables by tenant would
/// ask one machine. The server itself counts.
#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_is_in_its_parts_alone() {
    let uri = server::with(&fresh!(), "partitions=31&application_name=one_part");
    let (schema, mut admin) = (schema_of(&uri), raw(&uri).await);
    lead_storage::open(&uri).await.unwrap().close().await;
    gone(&mut admin, "one_part").await;
    // Making the tables counts as well.
    let forget = format!(
        "SELECT pg_stat_reset_single_table_counters(oid) FROM pg_class WHERE relkind IN ('r', 'i') AND relnamespace = '{schema}'::regnamespace"
    );
    run(&mut admin, &forget).await.unwrap();
    assert_eq!(touched(&mut admin, &schema, false).await, 0);

    let database = PostgresStore::open(PostgresConfig::from_uri(&uri).unwrap())
        .await
        .unwrap();
    let leads = Store::new(database.clone());
    let of = |name: &str| leads.tenant(TenantId::new(name).unwrap());
    store::a_commit_is_idempotent(of("a")).await;
    store::links_make_one_lead_whatever_the_order(of("b")).await;
    store::pages_visit_every_lead_once_in_order(of("c")).await;
    store::filters_mean_the_same_everywhere(of("d")).await;
    store::places_and_slips_are_found(of("a1")).await;
    store::erasing_is_final_and_audited(of("a2")).await;
    store::suppression_holds_at_the_door_and_inside(of("a3")).await;
    store::what_was_withdrawn_comes_back_by_a_commit(of("a4")).await;
    let jobs =
        |clock: Clock| Queue::new(database.queue().with_clock(clock)).tenant(TenantId::new("e").unwrap());
    queue::attempts_run_out_also_when_workers_die(jobs).await;
    let notes =
        |clock: Clock| State::new(database.state().with_clock(clock)).tenant(TenantId::new("f").unwrap());
    state::logs_keep_their_order(notes).await;
    leads.close().await;
    gone(&mut admin, "one_part").await;
    assert!(touched(&mut admin, &schema, false).await > 11);
    assert_eq!(touched(&mut admin, &schema, true).await, 0);

    // And the count would tell: a question that names no tenant goes to every part.
    number(
        &mut raw(&uri).await,
        &format!("SELECT count(*) FROM {schema}.leads"),
    )
    .await;
    for _ in 0..100 {
        if touched(&mut admin, &schema, true).await > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(
        touched(&mut admin, &schema, true).await > 0,
        "the server counts nothing"
    );
}
