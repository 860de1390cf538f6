//! The store: [`Persist`] over one database.

use futures::FutureExt;
use lead_core::clock::Clock;
use lead_core::record::filter::Filter;
use lead_core::record::{
    Lead, LeadId, MatchKey, Observation, RecordId, RunId, Subject, Suppression, TenantId,
};
use lead_core::seam::{
    AuditEntry, AuditNote, Capability, Checkpoint, Erased, LeadPage, LeadQuery, Persist, Receipt, WriteBatch,
};
use lead_core::{Error, ErrorKind, Result};
use sqlx::{Row, SqliteConnection};

use super::config::SqliteConfig;
use super::db::Db;
use super::derive::time;
use super::error::{damaged, failed};
use super::queue::SqliteQueue;
use super::state::SqliteState;
use super::{commit, forget, page};

/// Leads in an SQLite database. Clones share it.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    pub(super) db: Db,
    clock: Clock,
    durable: bool,
}

impl SqliteStore {
    /// Opens a database and brings it to the newest version.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the file is no database, one of another application, or one of a newer version;
    /// [`ErrorKind::Locked`] (temporary), [`ErrorKind::ReadOnly`], [`ErrorKind::StorageFull`], [`ErrorKind::Io`].
    pub async fn open(config: SqliteConfig) -> Result<Self> {
        let durable = config.path.is_some();
        let name = config.path.as_ref().map(|path| path.display().to_string());
        let opened = Db::open(config).await;
        let db = opened.map_err(|error| match name {
            Some(name) => error.with("file", name),
            None => error,
        })?;
        Ok(Self {
            db,
            clock: Clock::system(),
            durable,
        })
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The queue in the same database: jobs of a commit go to it.
    pub fn queue(&self) -> SqliteQueue {
        SqliteQueue::new(self.db.clone(), self.clock.clone())
    }

    /// The state in the same database.
    pub fn state(&self) -> SqliteState {
        SqliteState::new(self.db.clone(), self.clock.clone())
    }

    /// Rewrites the whole file without free room, so that nothing erased is left in it or beside it. Takes as long as
    /// copying the file, and as much room.
    ///
    /// # Errors
    /// As [`Persist::commit`].
    pub async fn compact(&self) -> Result<()> {
        self.db
            .maintain("store.compact", "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
            .await
    }

    /// Closes every connection and folds the write-ahead log into the file. Other handles to this store answer with an
    /// error afterwards. A store that is dropped instead loses nothing; its log stays beside the file until the next open.
    pub async fn close(&self) {
        self.db.close().await;
    }
}

/// Answers a read: with what `$read` says for the tenant's number, or with the default when the tenant never wrote.
macro_rules! read {
    ($self:ident, $tenant:ident, |$conn:ident, $id:ident| $read:expr) => {{
        let mut $conn = $self.db.reader().await?;
        match $self.db.tenant(&mut $conn, $tenant).await? {
            Some($id) => $read.await,
            None => Ok(Default::default()),
        }
    }};
}

impl Persist for SqliteStore {
    fn capability(&self) -> Capability {
        let floor = Capability::floor().with_jobs();
        if self.durable { floor.durable() } else { floor }
    }

    async fn commit(&self, tenant: &TenantId, batch: WriteBatch) -> Result<Receipt> {
        self.db
            .write("store.commit", tenant, |conn, tenant| {
                commit::commit(conn, tenant, batch).boxed()
            })
            .await
    }

    async fn get(&self, tenant: &TenantId, id: LeadId) -> Result<Option<Lead>> {
        read!(self, tenant, |conn, tenant| page::get(&mut conn, tenant, id))
    }

    async fn observations(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Observation>> {
        read!(self, tenant, |conn, tenant| page::observations(
            &mut conn, tenant, id
        ))
    }

    async fn matching(&self, tenant: &TenantId, keys: Vec<MatchKey>) -> Result<Vec<(MatchKey, RecordId)>> {
        read!(self, tenant, |conn, tenant| page::matching(
            &mut conn, tenant, keys
        ))
    }

    async fn page(&self, tenant: &TenantId, query: LeadQuery) -> Result<LeadPage> {
        let after = page::checked(&query)?;
        read!(self, tenant, |conn, tenant| page::page(
            &mut conn, tenant, &query, after
        ))
    }

    async fn count(&self, tenant: &TenantId, filter: Filter) -> Result<u64> {
        read!(self, tenant, |conn, tenant| page::count(
            &mut conn, tenant, &filter
        ))
    }

    async fn erase(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Erased> {
        let now = self.clock.now();
        let erased = self
            .db
            .write("store.erase", tenant, move |conn, tenant| {
                forget::erase(conn, tenant, ids, now).boxed()
            })
            .await?;
        self.fold_log().await;
        Ok(erased)
    }

    async fn suppress(&self, tenant: &TenantId, entries: Vec<Suppression>) -> Result<()> {
        self.db
            .write("store.suppress", tenant, |conn, tenant| {
                forget::suppress(conn, tenant, entries).boxed()
            })
            .await?;
        self.fold_log().await;
        Ok(())
    }

    async fn unsuppress(&self, tenant: &TenantId, subjects: Vec<Subject>) -> Result<()> {
        self.db
            .write("store.unsuppress", tenant, |conn, tenant| {
                async move { forget::unsuppress(conn, tenant, &subjects).await }.boxed()
            })
            .await
    }

    async fn suppressions(&self, tenant: &TenantId) -> Result<Vec<Suppression>> {
        read!(self, tenant, |conn, tenant| forget::suppressions(
            &mut conn, tenant
        ))
    }

    async fn checkpoint(&self, tenant: &TenantId, run: RunId) -> Result<Option<Checkpoint>> {
        read!(self, tenant, |conn, tenant| checkpoint(&mut conn, tenant, run))
    }

    async fn runs(&self, tenant: &TenantId) -> Result<Vec<RunId>> {
        read!(self, tenant, |conn, tenant| runs(&mut conn, tenant))
    }

    async fn audit(&self, tenant: &TenantId, after: u64, limit: usize) -> Result<Vec<AuditEntry>> {
        read!(self, tenant, |conn, tenant| audit(
            &mut conn, tenant, after, limit
        ))
    }
}

impl SqliteStore {
    /// Folds the write-ahead log into the file, which also overwrites what was erased there. When a reader holds an old
    /// page it is done at the next checkpoint instead.
    async fn fold_log(&self) {
        let _ = self
            .db
            .maintain("store.checkpoint", "PRAGMA wal_checkpoint(TRUNCATE)")
            .await;
    }
}

async fn checkpoint(conn: &mut SqliteConnection, tenant: i64, run: RunId) -> Result<Option<Checkpoint>> {
    const READ: &str = "store.checkpoint";
    // One statement, so that run and entries are of one moment: a run without entries is one row without a key.
    let sql = "SELECT c.key, c.value FROM runs AS r LEFT JOIN checkpoints AS c ON c.tenant = r.tenant AND c.run = r.run
               WHERE r.tenant = ?1 AND r.run = ?2";
    let rows = sqlx::query(sql)
        .bind(tenant)
        .bind(run.as_uuid())
        .fetch_all(conn)
        .await
        .map_err(failed(READ))?;
    if rows.is_empty() {
        return Ok(None);
    }
    let mut checkpoint = Checkpoint::new();
    for row in &rows {
        let text = |at: usize| row.try_get::<Option<String>, _>(at).map_err(failed(READ));
        if let (Some(key), Some(value)) = (text(0)?, text(1)?) {
            checkpoint.insert(key, serde_json::from_str(&value).map_err(damaged(READ))?);
        }
    }
    Ok(Some(checkpoint))
}

async fn runs(conn: &mut SqliteConnection, tenant: i64) -> Result<Vec<RunId>> {
    let runs = sqlx::query_scalar("SELECT run FROM runs WHERE tenant = ?1 ORDER BY run DESC").bind(tenant);
    let runs = runs.fetch_all(conn).await.map_err(failed("store.runs"))?;
    Ok(runs.into_iter().map(RunId::from_uuid).collect())
}

async fn audit(
    conn: &mut SqliteConnection,
    tenant: i64,
    after: u64,
    limit: usize,
) -> Result<Vec<AuditEntry>> {
    const READ: &str = "store.audit";
    let sql = "SELECT number, actor, action, subject, at FROM audit
               WHERE tenant = ?1 AND number > ?2 ORDER BY number LIMIT ?3";
    let rows = sqlx::query(sql)
        .bind(tenant)
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await
        .map_err(failed(READ))?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in &rows {
        let text = |at: usize| row.try_get::<&str, _>(at).map_err(failed(READ));
        let number: i64 = row.try_get(0).map_err(failed(READ))?;
        let number = u64::try_from(number)
            .map_err(|cause| Error::new(ErrorKind::Corrupt, READ, "a note has no number").because(cause))?;
        entries.push(AuditEntry::new(
            number,
            AuditNote::new(text(1)?, text(2)?, text(3)?, time(row, 4)?),
        ));
    }
    Ok(entries)
}
