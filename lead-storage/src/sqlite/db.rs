//! One connection that writes, several that read.

use std::collections::HashMap;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::{Duration, Instant};

use futures::FutureExt as _;
use futures::future::BoxFuture;
use lead_core::record::TenantId;
use lead_core::seam::Bell;
use lead_core::{Error, ErrorKind, Result};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{ConnectOptions, Connection, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard};

use super::config::SqliteConfig;
use super::error::failed;
use super::migrate::migrate;
use crate::model::task::on_its_own;
use crate::model::uri::Access;

/// An open database; clones share it.
#[derive(Clone)]
pub(super) struct Db(Arc<Inner>);

/// The connection that writes; `None` once the store was closed.
type Writer = OwnedMappedMutexGuard<Option<SqliteConnection>, SqliteConnection>;

struct Inner {
    writer: Arc<Mutex<Option<SqliteConnection>>>,
    /// `None` in memory: there only the writer's connection sees the data.
    readers: Option<SqlitePool>,
    tenants: Lock<HashMap<TenantId, i64>>,
    bell: Bell,
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Db")
    }
}

/// A transaction of one tenant, as the model sees it.
pub(super) struct Tx<'c> {
    pub(super) conn: &'c mut SqliteConnection,
    pub(super) tenant: i64,
}

/// A connection to read from.
pub(super) enum Reader {
    Pooled(PoolConnection<Sqlite>),
    Writer(Writer),
}

impl std::ops::Deref for Reader {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Pooled(conn) => conn,
            Self::Writer(conn) => conn,
        }
    }
}

impl std::ops::DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Pooled(conn) => conn,
            Self::Writer(conn) => conn,
        }
    }
}

impl Db {
    pub(super) async fn open(config: SqliteConfig) -> Result<Self> {
        let config = config.checked()?;
        let (writer, frozen) = connect(&config).await?;
        let readers = config.path.is_some().then(|| {
            SqlitePoolOptions::new()
                .max_connections(config.readers)
                .acquire_timeout(config.busy_timeout.max(Duration::from_secs(30)))
                // A local file needs no ping before each use.
                .test_before_acquire(false)
                .connect_lazy_with(config.options(true).immutable(frozen))
        });
        Ok(Self(Arc::new(Inner {
            writer: Arc::new(Mutex::new(Some(writer))),
            readers,
            tenants: Lock::default(),
            bell: Bell::default(),
        })))
    }

    /// Who is told of jobs that are pushed through this or its clones; what others do with the file is not heard.
    pub(super) fn bell(&self) -> &Bell {
        &self.0.bell
    }

    /// A connection to read from; what it reads is what was committed before.
    pub(super) async fn reader(&self) -> Result<Reader> {
        match &self.0.readers {
            Some(pool) => pool
                .acquire()
                .await
                .map(Reader::Pooled)
                .map_err(failed("store.read")),
            None => self.writer().await.map(Reader::Writer),
        }
    }

    /// Runs `act`, with the tenant's number, in a transaction of its own, which commits if it succeeds and leaves nothing
    /// behind if not.
    ///
    /// Once begun it runs to its end on a task of its own, so a caller who goes away leaves no transaction open.
    pub(super) async fn write<T, F>(&self, operation: &'static str, tenant: &TenantId, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection, i64) -> BoxFuture<'c, Result<T>> + Send + 'static,
    {
        let mut writer = self.writer().await?;
        let (db, tenant) = (self.clone(), tenant.clone());
        on_its_own(operation, async move {
            // Not sqlx's transaction: it counts how deep it is, and is never out of one that a full disk has rolled back already.
            say(&mut writer, operation, "BEGIN IMMEDIATE").await?;
            let act = AssertUnwindSafe(within(&mut writer, &db, &tenant, act)).catch_unwind();
            let broken = |_| {
                Err(Error::new(
                    ErrorKind::Internal,
                    operation,
                    "the transaction was broken off",
                ))
            };
            let mut outcome = act.await.unwrap_or_else(broken);
            if outcome.is_ok()
                && let Err(error) = say(&mut writer, operation, "COMMIT").await
            {
                outcome = Err(error);
            }
            if outcome.is_err() {
                // After a full disk there may be nothing left to undo.
                let _ = say(&mut writer, operation, "ROLLBACK").await;
            }
            outcome
        })
        .await
    }

    /// Runs statements that cannot stand in a transaction, on the connection that writes.
    pub(super) async fn maintain(&self, operation: &'static str, sql: &'static str) -> Result<()> {
        let mut writer = self.writer().await?;
        on_its_own(operation, async move { say(&mut writer, operation, sql).await }).await
    }

    /// The number of a tenant; `None` when nothing was ever written for it.
    pub(super) async fn tenant(&self, conn: &mut SqliteConnection, tenant: &TenantId) -> Result<Option<i64>> {
        let known = |inner: &Inner| {
            let tenants = inner.tenants.lock().unwrap_or_else(PoisonError::into_inner);
            tenants.get(tenant).copied()
        };
        if let Some(id) = known(&self.0) {
            return Ok(Some(id));
        }
        // Only what is committed is remembered: a reader sees nothing else, and a writer asks before it adds.
        let id = tenant_row(conn, tenant).await?;
        if let Some(id) = id {
            let mut tenants = self.0.tenants.lock().unwrap_or_else(PoisonError::into_inner);
            tenants.insert(tenant.clone(), id);
        }
        Ok(id)
    }

    /// Closes every connection; what is still held elsewhere answers with an error afterwards.
    pub(super) async fn close(&self) {
        if let Some(pool) = &self.0.readers {
            pool.close().await;
        }
        if let Some(writer) = self.0.writer.lock().await.take() {
            // The last one out folds the write-ahead log into the file; if that fails the log stays beside it, whole.
            let _ = writer.close().await;
        }
    }

    async fn writer(&self) -> Result<Writer> {
        let guard = Arc::clone(&self.0.writer).lock_owned().await;
        OwnedMutexGuard::try_map(guard, Option::as_mut)
            .map_err(|_| Error::new(ErrorKind::Storage, "store", "the store was closed"))
    }
}

async fn say(conn: &mut SqliteConnection, operation: &'static str, sql: &'static str) -> Result<()> {
    let done = sqlx::raw_sql(sql).execute(conn).await;
    done.map(drop).map_err(failed(operation))
}

async fn within<T, F>(conn: &mut SqliteConnection, db: &Db, tenant: &TenantId, act: F) -> Result<T>
where
    F: for<'c> FnOnce(&'c mut SqliteConnection, i64) -> BoxFuture<'c, Result<T>>,
{
    let tenant = match db.tenant(conn, tenant).await? {
        Some(id) => id,
        None => sqlx::query_scalar("INSERT INTO tenants (name) VALUES (?1) RETURNING id")
            .bind(tenant.as_str())
            .fetch_one(&mut *conn)
            .await
            .map_err(failed("store.tenant"))?,
    };
    act(conn, tenant).await
}

async fn tenant_row(conn: &mut SqliteConnection, tenant: &TenantId) -> Result<Option<i64>> {
    sqlx::query_scalar("SELECT id FROM tenants WHERE name = ?1")
        .bind(tenant.as_str())
        .fetch_optional(conn)
        .await
        .map_err(failed("store.tenant"))
}

/// Opens the connection that writes. Two who open a new file at once may meet while its journal is set up: SQLite then
/// says "busy" without waiting, so we wait here.
async fn connect(config: &SqliteConfig) -> Result<(SqliteConnection, bool)> {
    let begun = Instant::now();
    loop {
        match attempt(config).await {
            Err(error) if error.kind() == ErrorKind::Locked && begun.elapsed() < config.busy_timeout => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            outcome => return outcome,
        }
    }
}

/// The connection, and whether the file is taken for one that nobody changes.
async fn attempt(config: &SqliteConfig) -> Result<(SqliteConnection, bool)> {
    let may_write = config.access != Access::Read;
    let opened = open_checked(config, may_write, false).await;
    match opened {
        // A database in write-ahead mode in a folder that may not be written to has no place for its shared index.
        Err(error) if !may_write && matches!(error.kind(), ErrorKind::Io | ErrorKind::ReadOnly) => {
            open_checked(config, may_write, true)
                .await
                .map(|conn| (conn, true))
                .map_err(|_| error)
        }
        // The same where writing was wanted: SQLite only says that a file beside it cannot be made.
        Err(error) if error.kind() == ErrorKind::Io && is_read_only(config).await => {
            Err(Error::new(ErrorKind::ReadOnly, "store.open", "the database may only be read").because(error))
        }
        opened => opened.map(|conn| (conn, false)),
    }
}

/// Whether the file is there and cannot be opened for writing.
async fn is_read_only(config: &SqliteConfig) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    let Some(path) = &config.path else { return false };
    let opened = tokio::fs::OpenOptions::new().append(true).open(path).await;
    opened.is_err_and(|cause| matches!(cause.kind(), PermissionDenied | ReadOnlyFilesystem))
}

async fn open_checked(config: &SqliteConfig, may_write: bool, frozen: bool) -> Result<SqliteConnection> {
    let options = config.options(false).immutable(frozen);
    let mut conn = options.connect().await.map_err(failed("store.open"))?;
    migrate(&mut conn, may_write).await?;
    Ok(conn)
}
