//! The store that answers from a primary and keeps a mirror in step.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use lead_core::record::filter::Filter;
use lead_core::record::{
    Lead, LeadId, Link, MatchKey, Observation, RecordId, RunId, Subject, Suppression, TenantId,
};
use lead_core::seam::{
    AuditEntry, Capability, Checkpoint, Cursor, Erased, Estimate, Hid, Hiding, JsonPage, LeadPage, LeadQuery,
    LeadVersion, Persist, Receipt, Store, Tallied, Tally, Versioned, WriteBatch,
};
use lead_core::{Error, ErrorKind, Result};
use tokio::sync::{Notify, RwLock};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::DUAL;
use super::check::{self, Difference, Divergence, Repair};
use super::config::DualConfig;
use super::courier::carry;
use super::entry::Entry;
use super::lag::Lag;
use super::mirror::Mirror;
use super::outbox::Outbox;
use crate::Parts;

/// Notes of the audit log that are counted at most.
const NOTES: usize = 1_000;
/// How long to wait between two looks at what is left.
const LOOK: Duration = Duration::from_millis(20);

/// A store that answers from a primary and keeps a mirror in step. Clones share it.
///
/// Needs a tokio runtime that goes on running: a task of its own carries what was written. It ends with the last clone; what it has not
/// carried by then is carried by the next that is opened over the same primary.
#[derive(Clone, Debug)]
pub struct Dual {
    inner: Arc<Inner>,
    courier: Arc<Option<Courier>>,
}

#[derive(Debug)]
struct Courier(JoinHandle<()>);

impl Drop for Courier {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) primary: Store,
    pub(super) mirror: Mirror,
    pub(super) outbox: Outbox,
    pub(super) config: DualConfig,
    /// Held by who changes the suppression list, from the entry about it to the change itself.
    pub(super) gate: RwLock<()>,
    /// Something was written.
    pub(super) news: Notify,
    /// Something was carried.
    carried: Notify,
    /// About how many entries wait: counted by the courier, and added to by writes.
    waiting: AtomicUsize,
    failure: Mutex<Option<String>>,
    /// Tenants whose suppression list was held against the mirror's since this process began.
    met: Mutex<BTreeSet<TenantId>>,
}

/// A change of the suppression list.
enum Change {
    Add(Vec<Suppression>),
    Remove(Vec<Subject>),
}

impl Dual {
    /// Opens the store `primary` names, and keeps what `mirror` names in step: [`open`](crate::open) says what a primary may be,
    /// [`Mirror::from_uri`] what a mirror. The mirror is opened when it is needed, and may be away.
    ///
    /// # Errors
    /// As [`open`](crate::open) and [`Mirror::from_uri`]; [`ErrorKind::InvalidInput`] for settings out of bounds, and when both name
    /// the same.
    pub async fn open(primary: &str, mirror: &str, config: DualConfig) -> Result<Self> {
        if crate::named_alike(primary, mirror) {
            let message = "a store cannot be its own mirror";
            return Err(Error::invalid(DUAL, message));
        }
        let mirror = Mirror::from_uri(mirror)?;
        Self::new(
            crate::open_parts_reading(primary, crate::Reads::Primary).await?,
            mirror,
            config,
        )
    }

    /// Keeps `mirror` in step with a primary whose queue and state are of the same database.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] for a primary that takes no jobs, [`ErrorKind::InvalidInput`] for settings out of bounds,
    /// [`ErrorKind::Config`] outside a tokio runtime.
    pub fn new(primary: Parts, mirror: Mirror, config: DualConfig) -> Result<Self> {
        let config = config.checked()?;
        if !primary.store.capability().jobs {
            let message = "a primary must take jobs together with leads, and this store does not";
            return Err(Error::new(ErrorKind::Unsupported, DUAL, message));
        }
        let inner = Arc::new(Inner {
            outbox: Outbox::new(primary.queue, primary.state, &config),
            primary: primary.store,
            mirror,
            config,
            gate: RwLock::default(),
            news: Notify::new(),
            carried: Notify::new(),
            waiting: AtomicUsize::new(0),
            failure: Mutex::default(),
            met: Mutex::default(),
        });
        let courier = if inner.config.carries {
            let runtime = tokio::runtime::Handle::try_current().map_err(|cause| {
                Error::new(ErrorKind::Config, DUAL, "a tokio runtime is wanted").because(cause)
            })?;
            Some(Courier(runtime.spawn(carry(Arc::clone(&inner)))))
        } else {
            None
        };
        Ok(Self {
            inner,
            courier: Arc::new(courier),
        })
    }

    /// The handle to write to and read from.
    pub fn store(&self) -> Store {
        Store::new(self.clone())
    }

    /// The same handle, with the queue and the state of the primary.
    pub fn parts(&self) -> Parts {
        let (queue, state) = self.inner.outbox.beside();
        Parts::new(self.store(), queue, state)
    }

    /// How far the mirror is behind, over all tenants.
    ///
    /// # Errors
    /// Only when the primary cannot be read.
    pub async fn lag(&self) -> Result<Lag> {
        let mut lag = Lag::default();
        for tenant in self.inner.outbox.tenants().await? {
            lag.entries += self.inner.outbox.waiting(&tenant).await?;
            let place = self.inner.outbox.place(&tenant).await?;
            let here = self.inner.primary.tenant(tenant);
            lag.notes += here.audit(place.here, NOTES).await?.len();
        }
        lag.failure.clone_from(&locked(&self.inner.failure));
        Ok(lag)
    }

    /// Waits until the mirror has everything, `deadline` at most; how far it is behind then. Cancel-safe: carrying goes on.
    ///
    /// # Errors
    /// Only when the primary cannot be read.
    pub async fn drain(&self, deadline: Duration) -> Result<Lag> {
        let begun = Instant::now();
        loop {
            let lag = self.lag().await?;
            let left = deadline.saturating_sub(begun.elapsed());
            if lag.is_none() {
                self.tidy().await;
                return Ok(lag);
            }
            if left.is_zero() || self.courier.is_none() {
                return Ok(lag);
            }
            self.inner.news.notify_one();
            let _ = timeout(LOOK.min(left), self.inner.carried.notified()).await;
        }
    }

    /// Where the mirror differs from the primary, for one tenant; `told` hears of each lead. Nothing is changed. Memory does not
    /// grow with the stores, but for some fifty bytes a lead of a mirror in CSV. What was not carried yet differs: [`Dual::drain`] first.
    ///
    /// # Errors
    /// When the primary or the mirror cannot be read.
    pub async fn check(&self, tenant: &TenantId, told: impl FnMut(Difference) + Send) -> Result<Divergence> {
        self.repair(tenant, Repair::Nothing, told).await
    }

    /// The same, and makes the mirror agree as far as `repair` says. This also fills a mirror that is new.
    ///
    /// Cancel-safe: what was mended by then is mended.
    ///
    /// # Errors
    /// When the primary cannot be read, or the mirror not written.
    pub async fn repair(
        &self,
        tenant: &TenantId,
        repair: Repair,
        told: impl FnMut(Difference) + Send,
    ) -> Result<Divergence> {
        let here = self.inner.primary.tenant(tenant.clone());
        if repair != Repair::Nothing {
            // From now on its audit log is carried, too.
            self.inner.outbox.know(tenant).await?;
        }
        check::check(&self.inner.mirror, &here, repair, told).await
    }

    async fn tidy(&self) {
        let tenants = self.inner.outbox.tenants().await.unwrap_or_default();
        for tenant in tenants {
            // What cannot be tidied up now is at the next chance.
            let _ = self.inner.mirror.tidy(&tenant).await;
        }
    }

    fn primary(&self) -> &Store {
        &self.inner.primary
    }
}

impl Inner {
    /// Waits for room in the outbox, so long at most as was told.
    async fn room(&self) {
        let begun = Instant::now();
        while self.config.carries && self.waiting.load(Ordering::Relaxed) >= self.config.bound {
            let left = self.config.hold.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return;
            }
            self.news.notify_one();
            let _ = timeout(LOOK.min(left), self.carried.notified()).await;
        }
    }

    fn written(&self, entries: usize) {
        self.waiting.fetch_add(entries, Ordering::Relaxed);
        self.news.notify_one();
    }

    pub(super) fn set_waiting(&self, entries: usize) {
        self.waiting.store(entries, Ordering::Relaxed);
    }

    /// How the last round went.
    pub(super) fn note(&self, failure: Option<&Error>) {
        *locked(&self.failure) = failure.map(ToString::to_string);
        self.carried.notify_waiters();
    }

    pub(super) fn is_new(&self, tenant: &TenantId) -> bool {
        !locked(&self.met).contains(tenant)
    }

    pub(super) fn is_met(&self, tenant: &TenantId) {
        locked(&self.met).insert(tenant.clone());
    }

    /// Changes the suppression list, with an entry about it before and after: the first holds when this process is killed in
    /// between, the second when another process was so quick to carry the first that nothing had changed yet.
    ///
    /// Once begun it runs to its end on a task of its own: a caller who goes away would open the gate too early.
    async fn change_list(self: &Arc<Self>, tenant: &TenantId, change: Change) -> Result<()> {
        let (inner, tenant) = (Arc::clone(self), tenant.clone());
        let task = tokio::spawn(async move {
            inner.outbox.know(&tenant).await?;
            let shut = inner.gate.write().await;
            inner.outbox.push(&tenant, Entry::list()).await?;
            let here = inner.primary.tenant(tenant.clone());
            let changed = match change {
                Change::Add(entries) => here.suppress(entries).await,
                Change::Remove(subjects) => here.unsuppress(subjects).await,
            };
            drop(shut);
            if changed.is_ok() {
                // The first is there still, unless another process took it.
                let _ = inner.outbox.push(&tenant, Entry::list()).await;
            }
            inner.written(2);
            changed
        });
        task.await.map_err(|cause| {
            Error::new(
                ErrorKind::Internal,
                DUAL,
                "changing the suppression list broke off",
            )
            .because(cause)
        })?
    }

    /// Leads by their own names: the log says what was erased by the ids it was erased by, and a file knows leads alone.
    async fn named(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Vec<LeadId>> {
        let here = self.primary.tenant(tenant.clone());
        let mut named = Vec::with_capacity(ids.len());
        for id in ids {
            let lead = here.get(id).await?;
            named.push(lead.map_or(id, |lead| lead.id));
        }
        Ok(named)
    }
}

impl Persist for Dual {
    fn capability(&self) -> Capability {
        self.primary().capability()
    }

    /// Waits until the mirror has everything, as long as was told at most; then lets go of both.
    async fn close(&self) {
        // What is left is carried by who opens the store next.
        let _ = self.drain(self.inner.config.patience).await;
        if let Some(courier) = self.courier.as_ref() {
            courier.0.abort();
        }
        self.inner.mirror.close().await;
        self.primary().close().await;
    }

    async fn commit(&self, tenant: &TenantId, mut batch: WriteBatch) -> Result<Receipt> {
        self.inner.outbox.know(tenant).await?;
        self.inner.room().await;
        let jobs = self.inner.outbox.jobs(Entry::of(&batch))?;
        let entries = jobs.len();
        batch.jobs.extend(jobs);
        let receipt = Persist::commit(self.primary(), tenant, batch).await?;
        self.inner.written(entries);
        Ok(receipt)
    }

    async fn get(&self, tenant: &TenantId, id: LeadId) -> Result<Option<Lead>> {
        Persist::get(self.primary(), tenant, id).await
    }

    async fn observations(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Observation>> {
        Persist::observations(self.primary(), tenant, id).await
    }

    async fn matching(&self, tenant: &TenantId, keys: Vec<MatchKey>) -> Result<Vec<(MatchKey, RecordId)>> {
        Persist::matching(self.primary(), tenant, keys).await
    }

    async fn page(&self, tenant: &TenantId, query: LeadQuery) -> Result<LeadPage> {
        Persist::page(self.primary(), tenant, query).await
    }

    async fn page_json(&self, tenant: &TenantId, query: LeadQuery) -> Result<JsonPage> {
        Persist::page_json(self.primary(), tenant, query).await
    }

    async fn count(&self, tenant: &TenantId, filter: Filter) -> Result<u64> {
        Persist::count(self.primary(), tenant, filter).await
    }

    async fn estimate(&self, tenant: &TenantId, filter: Filter) -> Result<Estimate> {
        Persist::estimate(self.primary(), tenant, filter).await
    }

    async fn marks(&self, tenant: &TenantId, query: LeadQuery, every: usize) -> Result<Vec<Cursor>> {
        Persist::marks(self.primary(), tenant, query, every).await
    }

    async fn tally(&self, tenant: &TenantId, tally: Tally) -> Result<Tallied> {
        Persist::tally(self.primary(), tenant, tally).await
    }

    async fn links(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Link>> {
        Persist::links(self.primary(), tenant, id).await
    }

    async fn withdraw(&self, tenant: &TenantId, asked: Vec<(LeadId, LeadVersion)>) -> Result<Vec<LeadId>> {
        self.inner.outbox.know(tenant).await?;
        // As with an erasure, the primary's note tells the mirror.
        let taken = Persist::withdraw(self.primary(), tenant, asked).await?;
        self.inner.written(0);
        Ok(taken)
    }

    async fn erase(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Erased> {
        self.inner.outbox.know(tenant).await?;
        let ids = self.inner.named(tenant, ids).await?;
        // The note that the primary writes in the same transaction is what the mirror is told by.
        let erased = Persist::erase(self.primary(), tenant, ids).await?;
        self.inner.written(0);
        Ok(erased)
    }

    async fn set_hidden(&self, tenant: &TenantId, wanted: Hiding) -> Result<Vec<Hid>> {
        self.inner.outbox.know(tenant).await?;
        // As with an erasure, the primary's notes tell the mirror.
        let came = Persist::set_hidden(self.primary(), tenant, wanted).await?;
        self.inner.written(0);
        Ok(came)
    }

    async fn versioned(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Vec<Option<Versioned>>> {
        Persist::versioned(self.primary(), tenant, ids).await
    }

    async fn suppress(&self, tenant: &TenantId, entries: Vec<Suppression>) -> Result<()> {
        self.inner.change_list(tenant, Change::Add(entries)).await
    }

    async fn unsuppress(&self, tenant: &TenantId, subjects: Vec<Subject>) -> Result<()> {
        self.inner.change_list(tenant, Change::Remove(subjects)).await
    }

    async fn suppressions(&self, tenant: &TenantId) -> Result<Vec<Suppression>> {
        Persist::suppressions(self.primary(), tenant).await
    }

    async fn checkpoint(&self, tenant: &TenantId, run: RunId) -> Result<Option<Checkpoint>> {
        Persist::checkpoint(self.primary(), tenant, run).await
    }

    async fn runs(&self, tenant: &TenantId) -> Result<Vec<RunId>> {
        Persist::runs(self.primary(), tenant).await
    }

    async fn audit(&self, tenant: &TenantId, after: u64, limit: usize) -> Result<Vec<AuditEntry>> {
        Persist::audit(self.primary(), tenant, after, limit).await
    }
}

fn locked<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
