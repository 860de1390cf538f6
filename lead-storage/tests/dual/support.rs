//! Stores with mirrors, and mirrors that go away.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use lead_core::record::filter::Filter;
use lead_core::record::{
    Lead, LeadId, Link, MatchKey, Observation, RecordId, RunId, Subject, Suppression, TenantId,
};
use lead_core::seam::memory::MemoryStore;
use lead_core::seam::{
    AuditEntry, Capability, Checkpoint, Cursor, Erased, Estimate, Hid, Hiding, JsonPage, LeadPage, LeadQuery,
    LeadVersion, Persist, Receipt, Store, Tallied, Tally, Versioned, WriteBatch,
};
use lead_core::{Error, ErrorKind, Result};
use lead_storage::dual::{Dual, DualConfig, Mirror};

/// Quick enough for tests.
pub(crate) fn quick() -> DualConfig {
    DualConfig::default()
        .lease(Duration::from_millis(400))
        .poll(Duration::from_millis(50))
}

pub(crate) async fn in_memory(mirror: Mirror) -> Dual {
    let parts = lead_storage::open_parts("memory://").await.unwrap();
    Dual::new(parts, mirror, quick()).unwrap()
}

pub(crate) fn sqlite(folder: &Path, name: &str) -> String {
    format!("sqlite://{}", folder.join(name).display())
}

/// A new folder under the build's folder for test files.
pub(crate) fn scratch() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("dual-{number}"));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// Waits until the mirror has everything.
pub(crate) async fn caught_up(dual: &Dual) {
    let lag = dual.drain(Duration::from_mins(1)).await.unwrap();
    assert!(lag.is_none(), "{lag:?}");
}

/// Every lead of a store.
pub(crate) async fn all(store: &Store) -> Vec<Lead> {
    let query = LeadQuery::default().limit(LeadQuery::MAX_LIMIT);
    store.page(query).await.unwrap().leads
}

/// Every sighting of these leads.
pub(crate) async fn history(store: &Store, leads: &[Lead]) -> Vec<Vec<Observation>> {
    let mut history = Vec::new();
    for lead in leads {
        history.push(store.observations(lead.id).await.unwrap());
    }
    history
}

/// Both hold the same leads, of the same sightings.
pub(crate) async fn assert_same(here: &Store, there: &Store) {
    let leads = all(here).await;
    assert_eq!(all(there).await, leads);
    assert_eq!(history(there, &leads).await, history(here, &leads).await);
}

/// A store that can be made to go away. What it is told while it is away is refused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flaky {
    store: Arc<MemoryStore>,
    away: Arc<AtomicBool>,
    /// Refuses commits that touch this record only.
    refuses: Option<RecordId>,
}

impl Flaky {
    /// One that never takes this record.
    pub(crate) fn refusing(record: RecordId) -> Self {
        Self {
            refuses: Some(record),
            ..Self::default()
        }
    }

    pub(crate) fn away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    fn here(&self) -> Result<&MemoryStore> {
        if self.away.load(Ordering::SeqCst) {
            return Err(Error::new(ErrorKind::Network, "test", "it is away").temporary());
        }
        Ok(&self.store)
    }
}

macro_rules! forward {
    ($($name:ident($($arg:ident: $type:ty),*) -> $output:ty;)+) => {
        $(async fn $name(&self, tenant: &TenantId $(, $arg: $type)*) -> Result<$output> {
            Persist::$name(self.here()?, tenant $(, $arg)*).await
        })+
    };
}

impl Persist for Flaky {
    fn capability(&self) -> Capability {
        Capability::floor()
    }

    async fn commit(&self, tenant: &TenantId, batch: WriteBatch) -> Result<Receipt> {
        let mut records = batch.observations.iter().map(|seen| Some(seen.record));
        if self.refuses.is_some() && records.any(|record| record == self.refuses) {
            return Err(Error::new(ErrorKind::InvalidInput, "test", "not this one"));
        }
        Persist::commit(self.here()?, tenant, batch).await
    }

    forward! {
        get(id: LeadId) -> Option<Lead>;
        observations(id: LeadId) -> Vec<Observation>;
        matching(keys: Vec<MatchKey>) -> Vec<(MatchKey, RecordId)>;
        page(query: LeadQuery) -> LeadPage;
        page_json(query: LeadQuery) -> JsonPage;
        count(filter: Filter) -> u64;
        estimate(filter: Filter) -> Estimate;
        marks(query: LeadQuery, every: usize) -> Vec<Cursor>;
        tally(tally: Tally) -> Tallied;
        links(id: LeadId) -> Vec<Link>;
        withdraw(asked: Vec<(LeadId, LeadVersion)>) -> Vec<LeadId>;
        set_hidden(wanted: Hiding) -> Vec<Hid>;
        versioned(ids: Vec<LeadId>) -> Vec<Option<Versioned>>;
        erase(ids: Vec<LeadId>) -> Erased;
        suppress(entries: Vec<Suppression>) -> ();
        unsuppress(subjects: Vec<Subject>) -> ();
        suppressions() -> Vec<Suppression>;
        checkpoint(run: RunId) -> Option<Checkpoint>;
        runs() -> Vec<RunId>;
        audit(after: u64, limit: usize) -> Vec<AuditEntry>;
    }
}
