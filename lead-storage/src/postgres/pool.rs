//! Connections: a few at most, each used by one transaction at a time.
//!
//! sqlx's own pool would do but for three things: it waits for a server that refuses until time is up and then has forgotten
//! why, a `begin` that is dropped leaves its transaction open (launchbadge/sqlx#4385), and giving back a dead connection may
//! hang (#4349). Here a connection goes back only when its transaction ended well.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lead_core::{Error, ErrorKind, Result};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::error::failed;

pub(super) struct Pool {
    server: PgConnectOptions,
    wait: Duration,
    idle: Mutex<Vec<PgConnection>>,
    places: Arc<Semaphore>,
}

/// A connection inside a transaction. Dropped, it is closed, and the server rolls back.
pub(super) struct Begun {
    pub(super) conn: PgConnection,
    place: OwnedSemaphorePermit,
}

impl Pool {
    pub(super) fn new(server: PgConnectOptions, connections: u32, wait: Duration) -> Self {
        Self {
            server,
            wait,
            idle: Mutex::default(),
            places: Arc::new(Semaphore::new(usize::try_from(connections).unwrap_or(1))),
        }
    }

    /// A connection on which `begin` was run.
    pub(super) async fn begin(&self, operation: &'static str, begin: &str) -> Result<Begun> {
        let place = timeout(self.wait, Arc::clone(&self.places).acquire_owned()).await;
        let place = place
            .map_err(|_| Error::new(ErrorKind::Locked, operation, "every connection is busy").temporary())?
            .map_err(|_| Error::new(ErrorKind::Storage, operation, "the store was closed"))?;
        // One that lay idle may have died meanwhile: nothing was done on it yet, so the next is tried.
        while let Some(mut conn) = self.rested() {
            match timeout(self.wait, run(&mut conn, operation, begin)).await {
                Ok(Ok(())) => return Ok(Begun { conn, place }),
                Ok(Err(error)) if error.kind() != ErrorKind::Network => return Err(error),
                _ => {}
            }
        }
        let fresh = async {
            let mut conn = self.connect(operation).await?;
            run(&mut conn, operation, begin).await.map(|()| conn)
        };
        let conn = timeout(self.wait, fresh).await.map_err(|_| {
            Error::new(
                ErrorKind::Timeout,
                operation,
                "the database server does not answer",
            )
            .temporary()
        })??;
        Ok(Begun { conn, place })
    }

    /// A connection of its own, which does not go back.
    pub(super) async fn connect(&self, operation: &'static str) -> Result<PgConnection> {
        self.server.connect().await.map_err(failed(operation))
    }

    /// Ends a transaction; only then the connection is used again.
    pub(super) async fn end(&self, operation: &'static str, begun: Begun, word: &'static str) -> Result<()> {
        let Begun { mut conn, place } = begun;
        run(&mut conn, operation, word).await?;
        // A store that was closed meanwhile keeps nothing.
        if !self.places.is_closed() {
            self.idle().push(conn);
        }
        drop(place);
        Ok(())
    }

    /// Closes what is idle; what is in use closes when it is done.
    pub(super) async fn close(&self) {
        self.places.close();
        let idle = std::mem::take(&mut *self.idle());
        for conn in idle {
            // A server that is gone needs no goodbye.
            let _ = timeout(Duration::from_secs(1), conn.close()).await;
        }
    }

    fn rested(&self) -> Option<PgConnection> {
        self.idle().pop()
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<PgConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs statements of our own that have no parameters.
pub(super) async fn run(conn: &mut PgConnection, operation: &'static str, sql: &str) -> Result<()> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(conn).await;
    done.map(drop).map_err(failed(operation))
}
