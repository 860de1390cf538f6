//! The store: [`Persist`] over one database.

use futures::FutureExt;
use lead_core::Result;
use lead_core::clock::Clock;
use lead_core::record::filter::Filter;
use lead_core::record::{
    Lead, LeadId, Link, MatchKey, Observation, RecordId, RunId, Subject, Suppression, TenantId,
};
use lead_core::seam::{
    AuditEntry, Call, Capability, Checkpoint, Cursor, Erased, Estimate, Hid, Hiding, JsonPage, LeadPage,
    LeadQuery, LeadVersion, Persist, Receipt, Tallied, Tally, Versioned, WriteBatch,
};

use super::config::SqliteConfig;
use super::db::Db;
use super::db::Tx;
use super::limit::SqliteLimiter;
use super::queue::SqliteQueue;
use super::state::SqliteState;
use super::{audit, forget, links, page, runs, tally, version};
use crate::model::{self, commit};

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
    /// [`ErrorKind::Corrupt`](lead_core::ErrorKind::Corrupt) when the file is no database, one of another application, or one of a newer version;
    /// [`ErrorKind::Locked`](lead_core::ErrorKind::Locked) (temporary), [`ErrorKind::ReadOnly`](lead_core::ErrorKind::ReadOnly), [`ErrorKind::StorageFull`](lead_core::ErrorKind::StorageFull), [`ErrorKind::Io`](lead_core::ErrorKind::Io).
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

    /// A limiter in the same database.
    pub fn limiter(&self) -> SqliteLimiter {
        SqliteLimiter::new(self.db.clone(), self.clock.clone())
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
    async fn close(&self) {
        self.db.close().await;
    }

    fn capability(&self) -> Capability {
        let floor = Capability::floor().with_jobs();
        if self.durable { floor.durable() } else { floor }
    }

    async fn commit(&self, tenant: &TenantId, batch: WriteBatch) -> Result<Receipt> {
        let (now, calls) = (self.clock.now(), Call::any(tenant).jobs(&batch.jobs));
        let committed = self.db.write("store.commit", tenant, move |conn, tenant| {
            async move { commit::commit(&mut Tx { conn, tenant }, batch, now).await }.boxed()
        });
        let receipt = committed.await?;
        self.db.bell().ring(&calls);
        Ok(receipt)
    }

    async fn get(&self, tenant: &TenantId, id: LeadId) -> Result<Option<Lead>> {
        read!(self, tenant, |conn, tenant| page::get(&mut conn, tenant, id))
    }

    async fn observations(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Observation>> {
        read!(self, tenant, |conn, tenant| page::observations(
            &mut conn, tenant, id
        ))
    }

    async fn links(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Link>> {
        read!(self, tenant, |conn, tenant| links::of_lead(&mut conn, tenant, id))
    }

    async fn matching(&self, tenant: &TenantId, keys: Vec<MatchKey>) -> Result<Vec<(MatchKey, RecordId)>> {
        read!(self, tenant, |conn, tenant| page::matching(
            &mut conn, tenant, keys
        ))
    }

    async fn page(&self, tenant: &TenantId, query: LeadQuery) -> Result<LeadPage> {
        let after = model::page::checked(&query)?;
        read!(self, tenant, |conn, tenant| page::page(
            &mut conn, tenant, &query, after
        ))
    }

    async fn page_json(&self, tenant: &TenantId, query: LeadQuery) -> Result<JsonPage> {
        let after = model::page::checked(&query)?;
        read!(self, tenant, |conn, tenant| page::page_json(
            &mut conn, tenant, &query, after
        ))
    }

    async fn count(&self, tenant: &TenantId, filter: Filter) -> Result<u64> {
        read!(self, tenant, |conn, tenant| page::count(
            &mut conn, tenant, &filter
        ))
    }

    async fn estimate(&self, tenant: &TenantId, filter: Filter) -> Result<Estimate> {
        Persist::count(self, tenant, filter).await.map(Estimate::exact)
    }

    async fn marks(&self, tenant: &TenantId, query: LeadQuery, every: usize) -> Result<Vec<Cursor>> {
        model::page::checked_step(every)?;
        let after = model::page::checked(&query)?;
        read!(self, tenant, |conn, tenant| page::marks(
            &mut conn, tenant, &query, after, every
        ))
    }

    async fn tally(&self, tenant: &TenantId, tally: Tally) -> Result<Tallied> {
        tally.check()?;
        let told: Result<Option<Tallied>> = read!(self, tenant, |conn, tenant| tally::tally(
            &mut conn, tenant, &tally
        ));
        Ok(told?.unwrap_or_else(|| tally.count([])))
    }

    async fn erase(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Erased> {
        let now = self.clock.now();
        let erased = self
            .db
            .write("store.erase", tenant, move |conn, tenant| {
                async move { model::forget::erase(&mut Tx { conn, tenant }, ids, now).await }.boxed()
            })
            .await?;
        self.fold_log().await;
        Ok(erased)
    }

    async fn withdraw(&self, tenant: &TenantId, asked: Vec<(LeadId, LeadVersion)>) -> Result<Vec<LeadId>> {
        let now = self.clock.now();
        let taken = self
            .db
            .write("store.withdraw", tenant, move |conn, tenant| {
                async move { model::withdraw::withdraw(&mut Tx { conn, tenant }, asked, now).await }.boxed()
            })
            .await?;
        self.fold_log().await;
        Ok(taken)
    }

    async fn set_hidden(&self, tenant: &TenantId, wanted: Hiding) -> Result<Vec<Hid>> {
        let now = self.clock.now();
        self.db
            .write("store.set_hidden", tenant, move |conn, tenant| {
                async move { model::hide::set_hidden(&mut Tx { conn, tenant }, wanted, now).await }.boxed()
            })
            .await
    }

    async fn versioned(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Vec<Option<Versioned>>> {
        let count = ids.len();
        let found: Result<Option<_>> = read!(self, tenant, |conn, tenant| version::of_leads(
            &mut conn, tenant, ids
        ));
        Ok(found?.unwrap_or_else(|| vec![None; count]))
    }

    async fn suppress(&self, tenant: &TenantId, entries: Vec<Suppression>) -> Result<()> {
        self.db
            .write("store.suppress", tenant, |conn, tenant| {
                async move { model::forget::suppress(&mut Tx { conn, tenant }, entries).await }.boxed()
            })
            .await?;
        self.fold_log().await;
        Ok(())
    }

    async fn unsuppress(&self, tenant: &TenantId, subjects: Vec<Subject>) -> Result<()> {
        self.db
            .write("store.unsuppress", tenant, |conn, tenant| {
                async move { model::forget::unsuppress(&mut Tx { conn, tenant }, &subjects).await }.boxed()
            })
            .await
    }

    async fn suppressions(&self, tenant: &TenantId) -> Result<Vec<Suppression>> {
        read!(self, tenant, |conn, tenant| forget::suppressions(
            &mut conn, tenant
        ))
    }

    async fn checkpoint(&self, tenant: &TenantId, run: RunId) -> Result<Option<Checkpoint>> {
        read!(self, tenant, |conn, tenant| runs::checkpoint(
            &mut conn, tenant, run
        ))
    }

    async fn runs(&self, tenant: &TenantId) -> Result<Vec<RunId>> {
        read!(self, tenant, |conn, tenant| runs::all(&mut conn, tenant))
    }

    async fn audit(&self, tenant: &TenantId, after: u64, limit: usize) -> Result<Vec<AuditEntry>> {
        read!(self, tenant, |conn, tenant| audit::read(
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
