//! SQLite, in a file and in memory, and PostgreSQL keep every promise of the seams.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "test code fails by panicking"
)]

mod server;

use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use lead_core::clock::Clock;
use lead_storage::postgres::{PostgresConfig, PostgresStore};
use lead_storage::sqlite::{SqliteConfig, SqliteStore};
use tokio::runtime::Runtime;

/// A database in a new file of its own, under the build's folder for test files.
async fn file() -> SqliteStore {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("conformance-{number}.db"));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    SqliteStore::open(SqliteConfig::file(path)).await.unwrap()
}

/// Waits for `open` on another thread: the suites of queue and state make theirs in a plain function. Connections stay with the
/// runtime they were made in, so that one stays.
fn waited<T: Send>(open: impl Future<Output = T> + Send) -> T {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    std::thread::scope(|scope| scope.spawn(|| RUNTIME.block_on(open)).join().unwrap())
}

fn sqlite(clock: Clock) -> SqliteStore {
    let opened = waited(SqliteStore::open(SqliteConfig::memory()));
    opened.unwrap().with_clock(clock)
}

/// A schema of its own whose tables are split by tenant.
fn in_parts() -> Option<String> {
    server::fresh().map(|uri| server::with(&uri, "partitions=3"))
}

fn postgres(uri: &str, clock: Clock) -> PostgresStore {
    let config = PostgresConfig::from_uri(uri).unwrap();
    waited(PostgresStore::open(config)).unwrap().with_clock(clock)
}

mod sqlite_in_memory {
    lead_core::store_conformance!(lead_storage::open("sqlite://:memory:").await.unwrap());
}

mod sqlite_in_a_file {
    lead_core::store_conformance!(lead_core::seam::Store::new(super::file().await));
}

mod sqlite_queue {
    use lead_core::seam::Queue;
    lead_core::queue_conformance!(|clock| Queue::new(super::sqlite(clock).queue()));
}

mod sqlite_state {
    use lead_core::seam::State;
    lead_core::state_conformance!(|clock| State::new(super::sqlite(clock).state()));
}

mod sqlite_limiter {
    use lead_core::seam::Limiter;
    lead_core::limiter_conformance!(|clock| Limiter::new(super::sqlite(clock).limiter()));
}

mod postgres_limiter {
    use lead_core::seam::Limiter;
    lead_core::limiter_conformance!({
        let Some(uri) = super::server::fresh() else { return };
        move |clock: super::Clock| {
            Limiter::new(super::postgres(&uri, clock.clone()).limiter().with_clock(clock))
        }
    });
}

mod on_postgres {
    lead_core::store_conformance!({
        let Some(uri) = super::server::fresh() else { return };
        lead_storage::open(&uri).await.unwrap()
    });
}

mod postgres_queue {
    use lead_core::seam::Queue;
    lead_core::queue_conformance!({
        let Some(uri) = super::server::fresh() else { return };
        move |clock| Queue::new(super::postgres(&uri, clock).queue())
    });
}

mod postgres_state {
    use lead_core::seam::State;
    lead_core::state_conformance!({
        let Some(uri) = super::server::fresh() else { return };
        move |clock| State::new(super::postgres(&uri, clock).state())
    });
}

mod on_postgres_in_parts {
    lead_core::store_conformance!({
        let Some(uri) = super::in_parts() else { return };
        lead_storage::open(&uri).await.unwrap()
    });
}

mod postgres_queue_in_parts {
    use lead_core::seam::Queue;
    lead_core::queue_conformance!({
        let Some(uri) = super::in_parts() else { return };
        move |clock| Queue::new(super::postgres(&uri, clock).queue())
    });
}

mod postgres_state_in_parts {
    use lead_core::seam::State;
    lead_core::state_conformance!({
        let Some(uri) = super::in_parts() else { return };
        move |clock| State::new(super::postgres(&uri, clock).state())
    });
}
