//! Connections that lie idle, and go back to the server when nobody has wanted them for a while: what one process does not need,
//! another may have.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use sqlx::{Connection, PgConnection};
use tokio::time::timeout;

/// The connections of a pool that nobody uses, the one used last on top.
pub(super) struct Idle {
    kept: Arc<Mutex<Kept>>,
    limit: Duration,
}

#[derive(Default)]
struct Kept {
    conns: Vec<(Instant, PgConnection)>,
    /// Whether a task looks after them.
    watched: bool,
}

impl Idle {
    /// Keeps each for `limit` at most.
    pub(super) fn new(limit: Duration) -> Self {
        Self {
            kept: Arc::default(),
            limit,
        }
    }

    pub(super) fn pop(&self) -> Option<PgConnection> {
        locked(&self.kept).conns.pop().map(|(_, conn)| conn)
    }

    pub(super) fn push(&self, conn: PgConnection) {
        let mut kept = locked(&self.kept);
        kept.conns.push((Instant::now(), conn));
        if !kept.watched {
            kept.watched = true;
            tokio::spawn(watch(Arc::downgrade(&self.kept), self.limit));
        }
    }

    /// Closes all there are.
    pub(super) async fn close(&self) {
        let conns = std::mem::take(&mut locked(&self.kept).conns);
        for (_, conn) in conns {
            goodbye(conn).await;
        }
    }
}

fn locked(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives back what has lain too long, until nothing is left.
async fn watch(kept: Weak<Mutex<Kept>>, limit: Duration) {
    loop {
        tokio::time::sleep((limit / 4).max(Duration::from_millis(10))).await;
        let Some(kept) = kept.upgrade() else { return };
        for conn in stale(&kept, limit) {
            goodbye(conn).await;
        }
        let mut kept = locked(&kept);
        if kept.conns.is_empty() {
            kept.watched = false;
            return;
        }
    }
}

/// Takes out those that have lain longer than `limit`; the oldest are the first.
fn stale(kept: &Mutex<Kept>, limit: Duration) -> Vec<PgConnection> {
    let mut kept = locked(kept);
    let fresh = kept.conns.iter().position(|(since, _)| since.elapsed() < limit);
    let gone = fresh.unwrap_or(kept.conns.len());
    kept.conns.drain(..gone).map(|(_, conn)| conn).collect()
}

/// Closes a connection; a server that is gone needs no goodbye.
async fn goodbye(conn: PgConnection) {
    let _ = timeout(Duration::from_secs(1), conn.close()).await;
}
