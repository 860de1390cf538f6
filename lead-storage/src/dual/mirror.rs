//! What is kept in step with a primary: another store, or CSV files.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use lead_core::Result;
use lead_core::record::{RecordId, RunId, TenantId};
use lead_core::seam::{AuditEntry, Store};
use tokio::sync::OnceCell;

use super::csv::{CsvConfig, CsvMirror};
use super::outbox::Place;
use super::{audit, bring, check, list, runs};

/// What is kept in step with a primary: another store, or CSV files.
///
/// It is opened when it is first needed, so that one that is away holds up nobody. Clones share it.
#[derive(Clone, Debug)]
pub struct Mirror(pub(super) Kind);

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Store(Arc<Lazy>),
    Csv(Arc<CsvMirror>),
}

/// A store that is opened when it is first needed.
pub(super) struct Lazy {
    uri: String,
    store: OnceCell<Store>,
}

impl fmt::Debug for Lazy {
    /// Without the URI, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lazy").field(&self.store.get()).finish()
    }
}

impl Mirror {
    /// A store that is open.
    pub fn store(store: Store) -> Self {
        Self(Kind::Store(Arc::new(Lazy {
            uri: String::new(),
            store: OnceCell::new_with(Some(store)),
        })))
    }

    /// CSV files.
    pub fn csv(config: CsvConfig) -> Self {
        Self(Kind::Csv(Arc::new(CsvMirror::new(config))))
    }

    /// What a URI names: `csv://leads.csv` (see [`CsvConfig::from_uri`]), or any store that [`open`](crate::open) takes, which is
    /// opened when it is needed.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a URI that is not understood; never holds the URI.
    pub fn from_uri(uri: &str) -> Result<Self> {
        if uri.starts_with("csv:") {
            return CsvConfig::from_uri(uri).map(Self::csv);
        }
        crate::check_uri(uri)?;
        Ok(Self(Kind::Store(Arc::new(Lazy {
            uri: uri.to_owned(),
            store: OnceCell::new(),
        }))))
    }

    /// Whether it can be reached: a question that costs little.
    pub(super) async fn ready(&self, tenant: &TenantId) -> Result<()> {
        match &self.0 {
            Kind::Store(lazy) => {
                let nobody = RunId::from_uuid(uuid::Uuid::nil());
                lazy.open(tenant).await?.checkpoint(nobody).await.map(drop)
            }
            Kind::Csv(csv) => csv.with(tenant, |_| Ok(())).await,
        }
    }

    /// Makes the leads of these records what they are in the primary.
    pub(super) async fn bring(&self, here: &Store, records: BTreeSet<RecordId>) -> Result<()> {
        match &self.0 {
            Kind::Store(lazy) => bring::bring(here, &lazy.open(here.tenant_id()).await?, records).await,
            Kind::Csv(csv) => csv.bring(here, records).await.map(drop),
        }
    }

    /// Makes a run stand as it does in the primary. Files of leads hold none.
    pub(super) async fn bring_run(&self, here: &Store, run: RunId) -> Result<()> {
        match &self.0 {
            Kind::Store(lazy) => runs::bring(here, &lazy.open(here.tenant_id()).await?, run).await,
            Kind::Csv(_) => Ok(()),
        }
    }

    /// What is to be done before a process carries anything: a suppression list that fell behind is made up for. In files that
    /// would mean to hold every row against the primary, which is left to who asks for it.
    pub(super) async fn meet(&self, here: &Store) -> Result<()> {
        match &self.0 {
            Kind::Store(_) => self.bring_list(here).await,
            Kind::Csv(_) => Ok(()),
        }
    }

    /// Makes the mirror obey the primary's suppression list. In files nothing says which leads a subject stood in, so all are
    /// held against the primary.
    pub(super) async fn bring_list(&self, here: &Store) -> Result<()> {
        match &self.0 {
            Kind::Store(lazy) => {
                let there = lazy.open(here.tenant_id()).await?;
                list::bring(here, &there).await.map(drop)
            }
            Kind::Csv(csv) => {
                check::settle(self, here).await?;
                csv.compact(here.tenant_id()).await
            }
        }
    }

    /// Carries notes of the audit log, and what they say was erased. The new place.
    pub(super) async fn bring_notes(
        &self,
        here: &Store,
        place: Place,
        notes: &[AuditEntry],
    ) -> Result<Place> {
        let (gone, turned) = (audit::gone(notes), audit::turned(notes));
        match &self.0 {
            Kind::Store(lazy) => {
                let there = lazy.open(here.tenant_id()).await?;
                bring::anew(here, &there, gone).await?;
                bring::bring(here, &there, turned).await?;
                audit::copy(&there, place, notes).await
            }
            Kind::Csv(csv) => {
                let brought = csv.bring(here, gone).await?;
                let hidden = csv.bring(here, turned).await?.removed;
                if brought.unknown {
                    // It was erased by the id of one of its records, or it never had a row.
                    check::settle(self, here).await?;
                }
                // What was erased or hidden must not stay in the file until it happens to be written anew.
                if brought.removed || brought.unknown || hidden {
                    csv.compact(here.tenant_id()).await?;
                }
                let last = notes.last().map_or(place.here, |entry| entry.number);
                Ok(Place { here: last, there: 0 })
            }
        }
    }

    /// Cleans up when there is nothing else to do.
    pub(super) async fn tidy(&self, tenant: &TenantId) -> Result<()> {
        match &self.0 {
            Kind::Store(_) => Ok(()),
            Kind::Csv(csv) => csv.compact(tenant).await,
        }
    }

    pub(super) async fn close(&self) {
        match &self.0 {
            Kind::Store(lazy) => {
                if let Some(store) = lazy.store.get() {
                    store.close().await;
                }
            }
            Kind::Csv(csv) => csv.close(),
        }
    }
}

impl Lazy {
    pub(super) async fn open(&self, tenant: &TenantId) -> Result<Store> {
        // Boxed: a mirror may be anything that can be opened.
        let store = self
            .store
            .get_or_try_init(|| Box::pin(crate::open_reading(&self.uri, crate::Reads::Primary)))
            .await?;
        Ok(store.tenant(tenant.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_tells_nobody_its_password() {
        let mirror = Mirror::from_uri("postgres://lead:secret@localhost/leads").unwrap();
        assert!(!format!("{mirror:?}").contains("secret"));
        for uri in [
            "leads.csv",
            "",
            "mysql://lead:secret@localhost/leads",
            "csv://?layout=other",
        ] {
            let error = Mirror::from_uri(uri).unwrap_err();
            assert!(!format!("{error:?}").contains("secret"), "{uri}");
        }
    }
}
