//! The store: [`Persist`] over one database.

use futures::FutureExt;
use lead_core::Result;
use lead_core::clock::Clock;
use lead_core::record::filter::Filter;
use lead_core::record::{
    Lead, LeadId, Link, MatchKey, Observation, RecordId, RunId, Subject, Suppression, TenantId,
};
use lead_core::seam::{
    AuditEntry, Capability, Checkpoint, Cursor, Erased, Estimate, Hid, Hiding, JsonPage, LeadPage, LeadQuery,
    LeadVersion, Persist, Receipt, Tallied, Tally, Versioned, WriteBatch,
};

use super::config::PostgresConfig;
use super::db::Db;
use super::limit::PostgresLimiter;
use super::queue::PostgresQueue;
use super::replica::ReplicaReport;
use super::state::PostgresState;
use super::{audit, forget, links, page, runs, tally, version};
use crate::model::{self, commit};

/// Leads in a PostgreSQL database. Clones share it.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    db: Db,
    clock: Clock,
}

impl PostgresStore {
    /// Opens a database and brings it to the newest version.
    ///
    /// # Errors
    /// [`ErrorKind::Network`](lead_core::ErrorKind::Network) and [`ErrorKind::Timeout`](lead_core::ErrorKind::Timeout)
    /// (temporary) when the server is not reached, [`ErrorKind::Locked`](lead_core::ErrorKind::Locked) (temporary) when it takes
    /// no more connections, [`ErrorKind::Config`](lead_core::ErrorKind::Config) when it refuses the login,
    /// [`ErrorKind::NotFound`](lead_core::ErrorKind::NotFound) without the database,
    /// [`ErrorKind::ReadOnly`](lead_core::ErrorKind::ReadOnly) when tables are wanted and may not be made,
    /// [`ErrorKind::Corrupt`](lead_core::ErrorKind::Corrupt) when they are of a newer version,
    /// [`ErrorKind::Config`](lead_core::ErrorKind::Config) when they have another number of partitions than the one asked for. Never
    /// holds the login. A replica that is away is no error: the primary answers.
    pub async fn open(config: PostgresConfig) -> Result<Self> {
        Ok(Self {
            db: Db::open(config).await?,
            clock: Clock::system(),
        })
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The queue in the same database: jobs of a commit go to it.
    pub fn queue(&self) -> PostgresQueue {
        PostgresQueue::new(self.db.clone(), self.clock.clone())
    }

    /// A limiter in the same database. It goes by the server's clock, whatever this store goes by: see [`PostgresLimiter::with_clock`].
    pub fn limiter(&self) -> PostgresLimiter {
        PostgresLimiter::new(self.db.clone())
    }

    /// The state in the same database.
    pub fn state(&self) -> PostgresState {
        PostgresState::new(self.db.clone(), self.clock.clone())
    }

    /// Who answered reads since this store was opened, its clones' included; `None` when the configuration names no replica.
    ///
    /// ```no_run
    /// # use lead_storage::postgres::{PostgresConfig, PostgresStore};
    /// # async fn example() -> lead_core::Result<()> {
    /// let uri = "postgres://app@one.test/leads?replica=two.test&max_staleness=5s";
    /// let database = PostgresStore::open(PostgresConfig::from_uri(uri)?).await?;
    /// if let Some(replica) = database.replica() {
    ///     println!("{} reads by the replica, {:?} old at most", replica.answered, replica.staleness);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn replica(&self) -> Option<ReplicaReport> {
        self.db.report()
    }

    /// Closes every connection. Other handles to this store answer with an error afterwards.
    pub async fn close(&self) {
        self.db.close().await;
    }
}

/// Answers a read, or with the default when the tenant never wrote. `read` asks the primary, `look` a replica if it may: what leads
/// are is looked at, what writers and workers go by (keys, lists, runs) is read.
macro_rules! ask {
    ($self:ident.$way:ident, $operation:literal, $tenant:ident, |$tx:ident| $read:expr) => {
        $self
            .db
            .$way($operation, $tenant, move |$tx| $read.boxed())
            .await
            .map(Option::unwrap_or_default)
    };
}

impl Persist for PostgresStore {
    async fn close(&self) {
        self.db.close().await;
    }

    fn capability(&self) -> Capability {
        Capability::floor().with_jobs().durable()
    }

    async fn commit(&self, tenant: &TenantId, batch: WriteBatch) -> Result<Receipt> {
        let now = self.clock.now();
        self.db
            .write("store.commit", tenant, move |tx| {
                let batch = batch.clone();
                async move {
                    tx.share().await?;
                    commit::commit(tx, batch, now).await
                }
                .boxed()
            })
            .await
    }

    async fn get(&self, tenant: &TenantId, id: LeadId) -> Result<Option<Lead>> {
        ask!(self.look, "store.get", tenant, |tx| page::get(tx, id))
    }

    async fn observations(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Observation>> {
        ask!(self.look, "store.observations", tenant, |tx| page::observations(
            tx, id
        ))
    }

    async fn links(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Link>> {
        ask!(self.look, "store.links", tenant, |tx| links::of_lead(tx, id))
    }

    async fn matching(&self, tenant: &TenantId, keys: Vec<MatchKey>) -> Result<Vec<(MatchKey, RecordId)>> {
        ask!(self.read, "store.matching", tenant, |tx| {
            let keys = keys.clone();
            async move { page::matching(tx, &keys).await }
        })
    }

    async fn page(&self, tenant: &TenantId, query: LeadQuery) -> Result<LeadPage> {
        let after = model::page::checked(&query)?;
        ask!(self.look, "store.page", tenant, |tx| {
            let (query, after) = (query.clone(), after.clone());
            async move { page::page(tx, &query, after).await }
        })
    }

    async fn page_json(&self, tenant: &TenantId, query: LeadQuery) -> Result<JsonPage> {
        let after = model::page::checked(&query)?;
        ask!(self.look, "store.page", tenant, |tx| {
            let (query, after) = (query.clone(), after.clone());
            async move { page::page_json(tx, &query, after).await }
        })
    }

    async fn count(&self, tenant: &TenantId, filter: Filter) -> Result<u64> {
        ask!(self.look, "store.count", tenant, |tx| {
            let filter = filter.clone();
            async move { page::count(tx, &filter).await }
        })
    }

    async fn estimate(&self, tenant: &TenantId, filter: Filter) -> Result<Estimate> {
        ask!(self.look, "store.estimate", tenant, |tx| {
            let filter = filter.clone();
            async move { page::estimate(tx, &filter).await }
        })
    }

    async fn marks(&self, tenant: &TenantId, query: LeadQuery, every: usize) -> Result<Vec<Cursor>> {
        model::page::checked_step(every)?;
        let after = model::page::checked(&query)?;
        ask!(self.look, "store.marks", tenant, |tx| {
            let (query, after) = (query.clone(), after.clone());
            async move { page::marks(tx, &query, after, every).await }
        })
    }

    async fn tally(&self, tenant: &TenantId, tally: Tally) -> Result<Tallied> {
        tally.check()?;
        let nothing = tally.count([]);
        let told = self.db.look("store.tally", tenant, move |tx| {
            let tally = tally.clone();
            async move { tally::tally(tx, &tally).await }.boxed()
        });
        told.await.map(|told| told.unwrap_or(nothing))
    }

    async fn erase(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Erased> {
        let now = self.clock.now();
        self.db
            .write("store.erase", tenant, move |tx| {
                let ids = ids.clone();
                async move {
                    tx.alone().await?;
                    model::forget::erase(tx, ids, now).await
                }
                .boxed()
            })
            .await
    }

    async fn withdraw(&self, tenant: &TenantId, asked: Vec<(LeadId, LeadVersion)>) -> Result<Vec<LeadId>> {
        let now = self.clock.now();
        self.db
            .write("store.withdraw", tenant, move |tx| {
                let asked = asked.clone();
                async move {
                    tx.alone().await?;
                    model::withdraw::withdraw(tx, asked, now).await
                }
                .boxed()
            })
            .await
    }

    async fn set_hidden(&self, tenant: &TenantId, wanted: Hiding) -> Result<Vec<Hid>> {
        let now = self.clock.now();
        self.db
            .write("store.set_hidden", tenant, move |tx| {
                let wanted = wanted.clone();
                async move {
                    // Leads must neither change nor be joined to others between the look at them and the act.
                    tx.alone().await?;
                    model::hide::set_hidden(tx, wanted, now).await
                }
                .boxed()
            })
            .await
    }

    async fn versioned(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Vec<Option<Versioned>>> {
        let count = ids.len();
        let found = self.db.read("store.versioned", tenant, move |tx| {
            let ids = ids.clone();
            async move { version::of_leads(tx, ids).await }.boxed()
        });
        found
            .await
            .map(|found| found.unwrap_or_else(|| vec![None; count]))
    }

    async fn suppress(&self, tenant: &TenantId, entries: Vec<Suppression>) -> Result<()> {
        self.db
            .write("store.suppress", tenant, move |tx| {
                let entries = entries.clone();
                async move {
                    tx.alone().await?;
                    model::forget::suppress(tx, entries).await
                }
                .boxed()
            })
            .await
    }

    async fn unsuppress(&self, tenant: &TenantId, subjects: Vec<Subject>) -> Result<()> {
        self.db
            .write("store.unsuppress", tenant, move |tx| {
                let subjects = subjects.clone();
                async move { model::forget::unsuppress(tx, &subjects).await }.boxed()
            })
            .await
    }

    async fn suppressions(&self, tenant: &TenantId) -> Result<Vec<Suppression>> {
        ask!(
            self.read,
            "store.suppressions",
            tenant,
            |tx| forget::suppressions(tx)
        )
    }

    async fn checkpoint(&self, tenant: &TenantId, run: RunId) -> Result<Option<Checkpoint>> {
        ask!(self.read, "store.checkpoint", tenant, |tx| runs::checkpoint(
            tx, run
        ))
    }

    async fn runs(&self, tenant: &TenantId) -> Result<Vec<RunId>> {
        ask!(self.read, "store.runs", tenant, |tx| runs::all(tx))
    }

    async fn audit(&self, tenant: &TenantId, after: u64, limit: usize) -> Result<Vec<AuditEntry>> {
        ask!(self.read, "store.audit", tenant, |tx| audit::read(
            tx, after, limit
        ))
    }
}
