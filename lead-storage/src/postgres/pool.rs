//! Connections: a few at most, each used by one transaction at a time.
//!
//! sqlx's own pool would do but for three things: it waits for a server that refuses until time is up and then has forgotten
//! why, a `begin` that is dropped leaves its transaction open (launchbadge/sqlx#4385), and giving back a dead connection may
//! hang (#4349). Here a connection goes back only when its transaction ended well.

use std::sync::Arc;
use std::time::{Duration, Instant};

use lead_core::{Error, ErrorKind, Result};
use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection, Row};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::config::PostgresConfig;
use super::error::{failed, not_begun};
use super::idle::Idle;

/// How long to wait before a server that takes no more connections is asked again.
const FULL: Duration = Duration::from_millis(50);

pub(super) struct Pool {
    server: PgConnectOptions,
    wait: Duration,
    idle: Idle,
    places: Arc<Semaphore>,
}

/// A connection inside a transaction. Dropped, it is closed, and the server rolls back.
pub(super) struct Begun {
    pub(super) conn: PgConnection,
    /// The number that the statements which began it told, when they ask for one.
    pub(super) told: Option<i64>,
    place: OwnedSemaphorePermit,
}

impl Pool {
    /// Of connections to `server`, used as `config` says, each waited for so long at most.
    pub(super) fn new(server: PgConnectOptions, config: &PostgresConfig, wait: Duration) -> Self {
        Self {
            server,
            wait,
            idle: Idle::new(config.idle_timeout),
            places: Arc::new(Semaphore::new(usize::try_from(config.connections).unwrap_or(1))),
        }
    }

    /// A connection on which `begin` was run.
    pub(super) async fn begin(&self, operation: &'static str, begin: &str) -> Result<Begun> {
        self.opened(operation, begin).await.map(|(begun, _)| begun)
    }

    /// The same, with the rows that were answered.
    async fn opened(&self, operation: &'static str, begin: &str) -> Result<(Begun, Vec<PgRow>)> {
        let place = timeout(self.wait, Arc::clone(&self.places).acquire_owned()).await;
        let place = place
            .map_err(|_| Error::new(ErrorKind::Locked, operation, "every connection is busy").temporary())?
            .map_err(|_| Error::new(ErrorKind::Storage, operation, "the store was closed"))?;
        let (conn, rows) = match self.rested(operation, begin).await? {
            Some(begun) => begun,
            None => self.fresh(operation, begin).await?,
        };
        let told = number(&rows);
        Ok((Begun { conn, told, place }, rows))
    }

    /// Asks for a number, outside of any transaction.
    pub(super) async fn ask(&self, operation: &'static str, sql: &str) -> Result<Option<i64>> {
        let begun = self.begin(operation, sql).await?;
        let told = begun.told;
        self.give_back(begun);
        Ok(told)
    }

    /// Runs statements that begin and end a transaction of their own, in one round trip; the text they answer with.
    pub(super) async fn call(&self, operation: &'static str, sql: &str) -> Result<Option<String>> {
        let (begun, rows) = self.opened(operation, sql).await?;
        self.give_back(begun);
        Ok(rows.first().and_then(|row| row.try_get(0).ok().flatten()))
    }

    /// One that lay idle. It may have died meanwhile: nothing was done on it yet, so the next is tried.
    async fn rested(
        &self,
        operation: &'static str,
        begin: &str,
    ) -> Result<Option<(PgConnection, Vec<PgRow>)>> {
        while let Some(mut conn) = self.idle.pop() {
            match timeout(self.wait, rows(&mut conn, operation, begin)).await {
                Ok(Ok(rows)) => return Ok(Some((conn, rows))),
                Ok(Err(error)) if error.kind() != ErrorKind::Network => return Err(error),
                _ => {}
            }
        }
        Ok(None)
    }

    /// A new one. Where the server takes no more, it is asked again until the time is up: others give theirs back.
    async fn fresh(&self, operation: &'static str, begin: &str) -> Result<(PgConnection, Vec<PgRow>)> {
        let until = Instant::now() + self.wait;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let opening = async {
                let mut conn = self.connect(operation).await?;
                let rows = rows(&mut conn, operation, begin).await?;
                Ok((conn, rows))
            };
            match timeout(left, opening).await {
                Ok(Err(error)) if is_full(&error) && Instant::now() + FULL < until => {
                    tokio::time::sleep(FULL).await;
                }
                Ok(outcome) => return outcome,
                Err(_) => {
                    let message = "the database server does not answer";
                    return Err(Error::new(ErrorKind::Timeout, operation, message).temporary());
                }
            }
            if let Some(begun) = self.rested(operation, begin).await? {
                return Ok(begun);
            }
        }
    }

    /// A connection of its own, which does not go back.
    pub(super) async fn connect(&self, operation: &'static str) -> Result<PgConnection> {
        self.server.connect().await.map_err(failed(operation))
    }

    /// Ends a transaction; only then the connection is used again. The number that `words` tell, when they ask for one.
    pub(super) async fn end(
        &self,
        operation: &'static str,
        mut begun: Begun,
        words: &'static str,
    ) -> Result<Option<i64>> {
        let told = run(&mut begun.conn, operation, words).await?;
        self.give_back(begun);
        Ok(told)
    }

    fn give_back(&self, begun: Begun) {
        let Begun { conn, place, .. } = begun;
        // A store that was closed meanwhile keeps nothing.
        if !self.places.is_closed() {
            self.idle.push(conn);
        }
        drop(place);
    }

    /// Closes what is idle; what is in use closes when it is done.
    pub(super) async fn close(&self) {
        self.places.close();
        self.idle.close().await;
    }
}

/// Whether the server takes no more connections, of anybody or of this role.
fn is_full(error: &Error) -> bool {
    error.kind() == ErrorKind::Locked
}

/// Runs statements of our own that have no parameters; the first column of the first row they answer, when that is a number.
pub(super) async fn run(conn: &mut PgConnection, operation: &'static str, sql: &str) -> Result<Option<i64>> {
    rows(conn, operation, sql).await.map(|rows| number(&rows))
}

/// The same, with all they answer.
async fn rows(conn: &mut PgConnection, operation: &'static str, sql: &str) -> Result<Vec<PgRow>> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).fetch_all(conn).await;
    done.map_err(not_begun(operation))
}

fn number(rows: &[PgRow]) -> Option<i64> {
    rows.first().and_then(|row| row.try_get(0).ok().flatten())
}
