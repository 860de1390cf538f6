//! Limits that several processes share.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "test code fails by panicking"
)]

mod server;

use std::time::Duration;

use lead_core::clock::Clock;
use lead_core::record::TenantId;
use lead_core::seam::conformance::sample::HandClock;
use lead_core::seam::{Limit, Limiter, Policy};
use lead_core::{ErrorKind, Result};
use lead_storage::postgres::{PostgresConfig, PostgresStore};
use lead_storage::sqlite::{SqliteConfig, SqliteStore};

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_hours(1);

async fn postgres(uri: &str) -> PostgresStore {
    PostgresStore::open(PostgresConfig::from_uri(uri).unwrap())
        .await
        .unwrap()
}

/// How many of so many checks at once are let through, those of each limiter in turn.
async fn passed(limiters: &[Limiter], checks: usize, policies: &[Policy]) -> usize {
    let checks = limiters
        .iter()
        .cycle()
        .take(checks)
        .enumerate()
        .map(|(number, limiter)| {
            let mut policies = policies.to_vec();
            if number % 3 == 0 {
                policies.reverse();
            }
            async move { limiter.check(&policies).await.unwrap().is_allowed() }
        });
    let passed = futures::future::join_all(checks).await;
    passed.into_iter().filter(|passed| *passed).count()
}

async fn processes_share(limiters: [Limiter; 2]) {
    let policies = [
        Policy::new("user:1", 30, HOUR),
        Policy::new("host:a", 300, HOUR),
        Policy::new("all", 300, HOUR),
    ];
    assert_eq!(passed(&limiters, 120, &policies).await, 30);
    for limiter in &limiters {
        let left = limiter.check(&[policies[1].clone().cost(0)]).await.unwrap();
        assert_eq!(
            left.states[0].remaining, 270,
            "who was refused was charged nothing"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_share_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("sqlite://{}", folder.path().join("limits.db").display());
    let open = async || lead_storage::open_limiter(&uri).await.unwrap();
    processes_share([open().await, open().await]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_share_a_server() {
    let Some(uri) = server::fresh() else { return };
    let open = async || lead_storage::open_limiter(&uri).await.unwrap();
    processes_share([open().await, open().await]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_share_a_server_with_partitions() {
    let Some(uri) = server::fresh() else { return };
    let uri = server::with(&uri, "partitions=3");
    let open = async || lead_storage::open_limiter(&uri).await.unwrap();
    processes_share([open().await, open().await]).await;
}

/// Without a clock of the caller's the server's counts, and goes on.
#[tokio::test]
async fn the_servers_clock_counts() {
    let Some(uri) = server::fresh() else { return };
    let limiter = lead_storage::open_limiter(&uri).await.unwrap();
    let policy = [Policy::new("k", 5, SECOND).burst(1)];
    assert!(limiter.check(&policy).await.unwrap().is_allowed());
    let refused = limiter.check(&policy).await.unwrap();
    assert!(refused.retry_after.unwrap() <= SECOND / 5);
    tokio::time::sleep(refused.retry_after.unwrap()).await;
    assert!(limiter.check(&policy).await.unwrap().is_allowed());
    assert_eq!(limiter.snapshot(5).await.unwrap().len(), 1);
}

async fn tenants_are_apart<L: Limit>(of: impl Fn(&str) -> L) {
    let policy = [Policy::new("user:1", 1, HOUR)];
    for tenant in ["one", "other"] {
        assert!(of(tenant).check(&policy).await.unwrap().is_allowed(), "{tenant}");
        assert!(!of(tenant).check(&policy).await.unwrap().is_allowed(), "{tenant}");
        assert_eq!(of(tenant).snapshot(9).await.unwrap().len(), 1);
    }
    assert!(of("third").snapshot(9).await.unwrap().is_empty());
}

#[tokio::test]
async fn tenants_are_apart_everywhere() {
    let tenant = |name: &str| TenantId::new(name).unwrap();
    let sqlite = SqliteStore::open(SqliteConfig::memory()).await.unwrap();
    tenants_are_apart(|name| sqlite.limiter().tenant(tenant(name))).await;
    let Some(uri) = server::fresh() else { return };
    let database = postgres(&uri).await;
    tenants_are_apart(|name| database.limiter().tenant(tenant(name))).await;
}

/// Uses 3,000 keys, each of which is whole again soon, then shows how many rows are left.
async fn swept<L: Limit>(limiter: L, hand: &HandClock, rows: impl AsyncFn() -> i64) {
    for number in 0..3000 {
        hand.advance(Duration::from_millis(10));
        let policy = Policy::new(format!("user:{number}"), 1, SECOND);
        assert!(limiter.check(&[policy]).await.unwrap().is_allowed());
    }
    let left = rows().await;
    assert!((100..=1124).contains(&left), "{left}");
}

#[tokio::test]
async fn rows_that_are_whole_again_are_swept_out() {
    use sqlx::Connection;
    let hand = HandClock::default();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("limits.db");
    let database = SqliteStore::open(SqliteConfig::file(path.clone())).await.unwrap();
    swept(database.limiter().with_clock(hand.clock()), &hand, async || {
        let mut conn = sqlx::SqliteConnection::connect(path.to_str().unwrap())
            .await
            .unwrap();
        let count = sqlx::query_scalar("SELECT count(*) FROM limits").fetch_one(&mut conn);
        count.await.unwrap()
    })
    .await;
    let Some(uri) = server::fresh() else { return };
    let database = postgres(&uri).await;
    let schema = uri.split("schema=").nth(1).unwrap().to_owned();
    swept(database.limiter().with_clock(hand.clock()), &hand, async || {
        let mut conn = sqlx::PgConnection::connect(uri.split('?').next().unwrap())
            .await
            .unwrap();
        let count = format!("SELECT count(*) FROM {schema}.limits");
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(&mut conn);
        count.await.unwrap()
    })
    .await;
}

fn kind<T>(outcome: Result<T>) -> Option<ErrorKind> {
    outcome.err().map(|error| error.kind())
}

#[tokio::test]
async fn a_database_that_is_only_read_checks_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("sqlite://{}", folder.path().join("limits.db").display());
    let policy = [Policy::new("k", 1, HOUR)];
    drop(lead_storage::open_limiter(&uri).await.unwrap());
    let limiter = lead_storage::open_limiter(&(uri + "?mode=ro")).await.unwrap();
    assert_eq!(kind(limiter.check(&policy).await), Some(ErrorKind::ReadOnly));
    let Some(uri) = server::fresh() else { return };
    drop(lead_storage::open_limiter(&uri).await.unwrap());
    let limiter = lead_storage::open_limiter(&server::with(&uri, "mode=ro"))
        .await
        .unwrap();
    assert_eq!(kind(limiter.check(&policy).await), Some(ErrorKind::ReadOnly));
}

/// Any sequence of uses is decided as it is in memory.
#[tokio::test]
async fn databases_decide_as_memory_does() {
    let hand = HandClock::default();
    let memory = Limiter::new(lead_core::seam::memory::MemoryLimiter::new(hand.clock()));
    let sqlite = SqliteStore::open(SqliteConfig::memory()).await.unwrap();
    let mut others = vec![Limiter::new(sqlite.limiter().with_clock(hand.clock()))];
    if let Some(uri) = server::fresh() {
        let clock: Clock = hand.clock();
        others.push(Limiter::new(postgres(&uri).await.limiter().with_clock(clock)));
    }
    let mut odd = 7_u64;
    let mut roll = |most: u32| {
        // Knuth's MMIX: the same rolls each time.
        odd = odd
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(odd >> 33).unwrap() % most
    };
    for _ in 0..400 {
        let count = 1 + roll(4);
        let policies: Vec<Policy> = (0..count)
            .map(|_| {
                let (quota, window) = [(7, 3 * SECOND), (3, SECOND), (40, HOUR)][roll(3) as usize];
                let burst = 1 + roll(8);
                Policy::new(format!("k:{}", roll(3)), quota, window)
                    .burst(burst)
                    .cost(roll(burst + 1))
            })
            .collect();
        let decision = memory.check(&policies).await.unwrap();
        for other in &others {
            assert_eq!(
                other.check(&policies).await.unwrap(),
                decision,
                "{other:?} {policies:?}"
            );
        }
        hand.advance(Duration::from_millis(u64::from(roll(600))));
    }
    for other in &others {
        assert_eq!(
            other.snapshot(100).await.unwrap(),
            memory.snapshot(100).await.unwrap()
        );
    }
}
