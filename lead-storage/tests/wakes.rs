//! Workers that are told of jobs take them at once, though they would look only in a minute.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod server;

use std::time::{Duration, Instant};

use lead_core::record::TenantId;
use lead_core::seam::conformance::sample::town;
use lead_core::seam::{NewJob, Queue, Store, WriteBatch};
use lead_core::work::{Job, Worker, Working};
use lead_storage::Parts;
use serde_json::json;
use sqlx::{Connection as _, PgConnection};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

/// What is told, and then taken, takes no longer: on a machine that does other things, too.
const AT_ONCE: Duration = Duration::from_secs(2);
const MINUTE: Duration = Duration::from_mins(1);

fn job(key: &str) -> NewJob {
    NewJob::new("note", key, json!({}))
}

/// A worker that notes the keys of jobs it is given, and would look for more in so long.
fn noting(queue: &Queue, poll: Duration) -> (Working, mpsc::UnboundedReceiver<String>) {
    let (tell, told) = mpsc::unbounded_channel();
    let note = move |job: Job| {
        let tell = tell.clone();
        async move {
            tell.send(job.lease().key.clone()).unwrap();
            Ok(())
        }
    };
    (
        Worker::new(queue.clone()).poll(poll).on("note", 2, note).start(),
        told,
    )
}

/// Waits for the next job, for so long at most; how long it took.
async fn next(told: &mut mpsc::UnboundedReceiver<String>, key: &str, most: Duration) -> Duration {
    let begun = Instant::now();
    let taken = timeout(most, told.recv()).await;
    let taken = taken.unwrap_or_else(|_| panic!("{key} was not taken in {most:?}"));
    assert_eq!(taken.as_deref(), Some(key));
    begun.elapsed()
}

/// Whatever lets a job be taken, done through `store` and `queue`, wakes a worker of `listens`.
async fn every_way_wakes(listens: &Queue, queue: &Queue, store: &Store) {
    let (working, mut told) = noting(listens, MINUTE);
    // It has looked once, and in PostgreSQL it listens.
    sleep(Duration::from_millis(500)).await;
    let mut took = Vec::new();
    for number in 0..20 {
        let key = number.to_string();
        queue.push(vec![job(&key)]).await.unwrap();
        took.push(next(&mut told, &key, AT_ONCE).await);
    }
    took.sort_unstable();
    // What it takes on an idle machine is told in the documentation; here others may be at work.
    assert!(
        took.first()
            .is_some_and(|least| *least < Duration::from_millis(100)),
        "{took:?}"
    );
    store
        .commit(WriteBatch::of(town(2)).jobs(vec![job("committed")]))
        .await
        .unwrap();
    next(&mut told, "committed", AT_ONCE).await;
    queue.pause(vec!["note".to_owned()]).await.unwrap();
    queue.push(vec![job("paused")]).await.unwrap();
    assert!(timeout(Duration::from_millis(300), told.recv()).await.is_err());
    queue.resume(vec!["note".to_owned()]).await.unwrap();
    next(&mut told, "paused", AT_ONCE).await;
    let other = queue.tenant(TenantId::new("other").unwrap());
    other.push(vec![job("theirs")]).await.unwrap();
    assert!(timeout(Duration::from_millis(300), told.recv()).await.is_err());
    assert_eq!(working.stop().await.unwrap().done, 22);
    eprintln_times(&took);
}

/// The middle and the longest, for who looks.
#[allow(clippy::print_stderr, reason = "figures of a test run")]
fn eprintln_times(took: &[Duration]) {
    eprintln!(
        "woken after {:?} in the middle, {:?} at most",
        took.get(took.len() / 2),
        took.last()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn in_sqlite_whoever_shares_the_store_is_woken() {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("sqlite://{}", folder.path().join("leads.db").display());
    let Parts { queue, store, .. } = lead_storage::open_parts(&uri).await.unwrap();
    every_way_wakes(&queue.clone(), &queue, &store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_sqlite_others_are_found_by_looking() {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("sqlite://{}", folder.path().join("leads.db").display());
    let ours = lead_storage::open_parts(&uri).await.unwrap();
    let theirs = lead_storage::open_parts(&uri).await.unwrap();
    let (working, mut told) = noting(&ours.queue, Duration::from_millis(800));
    sleep(Duration::from_millis(200)).await;
    theirs.queue.push(vec![job("a")]).await.unwrap();
    next(&mut told, "a", AT_ONCE).await;
    working.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn in_postgres_whoever_listens_is_woken() {
    let Some(uri) = server::fresh() else { return };
    let listens = lead_storage::open_parts(&uri).await.unwrap();
    let pushes = lead_storage::open_parts(&uri).await.unwrap();
    every_way_wakes(&listens.queue, &pushes.queue, &pushes.store).await;
}

/// How many connections listen in the database, and how many of them were ended.
async fn end_listening(uri: &str) -> i64 {
    let mut conn = PgConnection::connect(uri.split(['?']).next().unwrap())
        .await
        .unwrap();
    let end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN \"' || $1 || '\"%'";
    let end = sqlx::query_scalar(end).bind(channel(uri));
    end.fetch_one(&mut conn).await.unwrap()
}

/// Where the jobs of this test's schema are called out: it follows from the schema's name.
fn channel(uri: &str) -> String {
    let schema = uri.rsplit_once("schema=").unwrap().1;
    let id = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, format!("lead {schema}").as_bytes());
    format!("lead_jobs_{:08x}", id.as_fields().0)
}

/// Without the connection that hears them, jobs are found by looking; once it is back, they are heard again.
#[tokio::test(flavor = "multi_thread")]
async fn who_hears_no_more_looks_and_hears_again() {
    let Some(uri) = server::fresh() else { return };
    let listens = lead_storage::open_parts(&uri).await.unwrap();
    let pushes = lead_storage::open_parts(&uri).await.unwrap();
    let (working, mut told) = noting(&listens.queue, Duration::from_secs(3));
    sleep(Duration::from_millis(500)).await;
    assert_eq!(end_listening(&uri).await, 1);
    pushes.queue.push(vec![job("unheard")]).await.unwrap();
    // By the next look at the latest; sooner, when the connection is back before.
    next(&mut told, "unheard", Duration::from_secs(3) + AT_ONCE).await;
    working.stop().await.unwrap();
    let (working, mut told) = noting(&listens.queue, MINUTE);
    sleep(Duration::from_secs(1)).await;
    pushes.queue.push(vec![job("heard")]).await.unwrap();
    next(&mut told, "heard", AT_ONCE).await;
    working.stop().await.unwrap();
}

/// One connection listens for all workers of a store, and none when there are no workers any more.
#[tokio::test(flavor = "multi_thread")]
async fn one_connection_listens_for_all() {
    let Some(uri) = server::fresh() else { return };
    let parts = lead_storage::open_parts(&uri).await.unwrap();
    let workers: Vec<_> = (0..4).map(|_| noting(&parts.queue, MINUTE)).collect();
    sleep(Duration::from_secs(1)).await;
    assert_eq!(end_listening(&uri).await, 1);
    for (worker, _) in workers {
        worker.stop().await.unwrap();
    }
    parts.store.close().await;
    sleep(Duration::from_secs(1)).await;
    assert_eq!(end_listening(&uri).await, 0);
}
