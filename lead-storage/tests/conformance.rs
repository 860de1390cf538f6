//! SQLite keeps every promise of the seams, in a file and in memory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "test code fails by panicking"
)]

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use lead_core::clock::Clock;
use lead_storage::sqlite::{SqliteConfig, SqliteStore};

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

/// One in memory, opened on another thread: the suites of queue and state make theirs in a plain function.
fn opened(clock: Clock) -> SqliteStore {
    let open = || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime
            .block_on(SqliteStore::open(SqliteConfig::memory()))
            .unwrap()
    };
    std::thread::scope(|scope| scope.spawn(open).join().unwrap()).with_clock(clock)
}

mod in_memory {
    lead_core::store_conformance!(lead_storage::open("sqlite://:memory:").await.unwrap());
}

mod in_a_file {
    lead_core::store_conformance!(lead_core::seam::Store::new(super::file().await));
}

mod queue {
    use lead_core::seam::Queue;
    lead_core::queue_conformance!(|clock| Queue::new(super::opened(clock).queue()));
}

mod state {
    use lead_core::seam::State;
    lead_core::state_conformance!(|clock| State::new(super::opened(clock).state()));
}
