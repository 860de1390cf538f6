//! A mirror in CSV files: a row a lead.

mod file;
mod table;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use futures::{StreamExt, TryStreamExt};
use lead_core::record::{Lead, LeadId, RecordId, TenantId};
use lead_core::seam::{Store, Versioned};
use lead_core::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};

use super::DUAL;
use crate::export::{CsvRows, Layout};
use crate::model::uri::decoded;
use table::Table;

/// Questions asked of the primary at once.
const AT_ONCE: usize = 8;
/// Leads written together.
const TOGETHER: usize = 256;

/// Where a mirror in CSV lies, and which columns it has.
///
/// ```
/// # use lead_storage::dual::CsvConfig;
/// let config = CsvConfig::from_uri("csv://leads.csv?layout=legacy")?;
/// assert_eq!(config.path, std::path::Path::new("leads.csv"));
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CsvConfig {
    /// The file of the tenant `main`; that of tenant `acme` is called `leads.acme.csv` and lies beside it.
    pub path: PathBuf,
    /// v3.9's 43 columns, followed by `lead_id`, instead of every value a lead has.
    pub legacy: bool,
}

impl Default for CsvConfig {
    fn default() -> Self {
        Self::file("leads.csv")
    }
}

impl CsvConfig {
    /// A file with every value.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            legacy: false,
        }
    }

    /// With v3.9's columns.
    pub fn legacy(mut self) -> Self {
        self.legacy = true;
        self
    }

    /// `csv://leads.csv`, `csv:///var/lib/leads.csv`, `csv://leads.csv?layout=legacy`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a URI that is not understood.
    pub fn from_uri(uri: &str) -> Result<Self> {
        let refuse = || {
            let message = "a CSV mirror is csv://leads.csv or csv:///absolute/leads.csv, with ?layout=full or ?layout=legacy";
            Error::invalid(DUAL, message)
        };
        let rest = uri.strip_prefix("csv://").or_else(|| uri.strip_prefix("csv:"));
        let rest = rest.ok_or_else(refuse)?;
        let (path, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        let path = decoded(DUAL, path)?;
        let mut config = Self::file(path);
        match parameters {
            "" | "layout=full" => {}
            "layout=legacy" => config.legacy = true,
            _ => return Err(refuse()),
        }
        if config.path.file_name().is_none() {
            return Err(refuse());
        }
        Ok(config)
    }

    fn rows(&self) -> CsvRows {
        CsvRows::new(if self.legacy { Layout::Legacy } else { Layout::Full })
    }

    /// The file of a tenant.
    fn of(&self, tenant: &TenantId) -> PathBuf {
        if *tenant == TenantId::default() {
            return self.path.clone();
        }
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let ending = self.path.extension().map(|ending| ending.to_string_lossy());
        let name = match ending {
            Some(ending) => format!("{stem}.{tenant}.{ending}"),
            None => format!("{stem}.{tenant}"),
        };
        self.path.with_file_name(name)
    }
}

/// The files, opened as they are needed.
#[derive(Debug)]
pub(super) struct CsvMirror {
    config: CsvConfig,
    rows: CsvRows,
    tables: Mutex<HashMap<TenantId, Arc<Mutex<Table>>>>,
}

/// What came of bringing records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Brought {
    /// CsvRows were taken out.
    pub(super) removed: bool,
    /// A record that is not in the primary has no row of its own: it may have been known by another's.
    pub(super) unknown: bool,
}

impl CsvMirror {
    pub(super) fn new(config: CsvConfig) -> Self {
        let rows = config.rows();
        Self {
            config,
            rows,
            tables: Mutex::default(),
        }
    }

    /// Does something with the file of a tenant, where that may block.
    pub(super) async fn with<T: Send + 'static>(
        &self,
        tenant: &TenantId,
        act: impl FnOnce(&mut Table) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let known = self.lock().get(tenant).cloned();
        let (path, rows) = (self.config.of(tenant), self.rows.clone());
        let work = tokio::task::spawn_blocking(move || {
            let table = match known {
                Some(table) => table,
                None => Arc::new(Mutex::new(Table::open(&path, rows)?)),
            };
            let done = act(&mut table.lock().unwrap_or_else(PoisonError::into_inner));
            done.map(|done| (table, done))
        });
        let (table, done) = work.await.map_err(|cause| {
            Error::new(ErrorKind::Internal, DUAL, "writing the mirror broke off").because(cause)
        })??;
        self.lock().insert(tenant.clone(), table);
        Ok(done)
    }

    /// Makes the rows of these records what their leads are.
    pub(super) async fn bring(&self, here: &Store, records: BTreeSet<RecordId>) -> Result<Brought> {
        let mut all = Brought::default();
        let records: Vec<RecordId> = records.into_iter().collect();
        for some in records.chunks(TOGETHER) {
            let asked = futures::stream::iter(some.to_vec()).map(|record| async move {
                let lead = here.versioned(vec![record.into()]).await?;
                Ok::<_, Error>((record, lead.into_iter().flatten().next()))
            });
            let found: Vec<(RecordId, Option<Versioned>)> = asked.buffered(AT_ONCE).try_collect().await?;
            let rows = self.rows.clone();
            let brought = self
                .with(here.tenant_id(), move |table| write(table, &rows, found))
                .await?;
            all.removed |= brought.removed;
            all.unknown |= brought.unknown;
        }
        Ok(all)
    }

    /// The row of a lead.
    pub(super) fn row(&self, lead: &Lead) -> Result<Vec<u8>> {
        self.rows.row(lead)
    }

    /// Takes what was replaced or removed out of the files for good.
    pub(super) async fn compact(&self, tenant: &TenantId) -> Result<()> {
        self.with(tenant, Table::compact).await
    }

    /// Lets go of the files.
    pub(super) fn close(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<TenantId, Arc<Mutex<Table>>>> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write(table: &mut Table, rows: &CsvRows, found: Vec<(RecordId, Option<Versioned>)>) -> Result<Brought> {
    let mut brought = Brought::default();
    for (record, lead) in found {
        let asked = LeadId::from(record);
        let Some(Versioned { lead, hidden, .. }) = lead else {
            let removed = table.remove(asked)?;
            brought.removed |= removed;
            brought.unknown |= !removed;
            continue;
        };
        if hidden {
            // A file shows leads to whoever opens it, so a hidden one is not in it.
            brought.removed |= table.remove(lead.id)?;
        } else {
            table.put(lead.id, &rows.row(&lead)?)?;
        }
        // Leads that went into this one.
        let members = lead.sources.iter().map(|source| LeadId::from(source.record));
        for member in members.chain([asked]).filter(|member| *member != lead.id) {
            table.remove(member)?;
        }
    }
    table.sync()?;
    Ok(brought)
}

/// What an error of a file is to us.
fn failed(path: &Path) -> impl Fn(std::io::Error) -> Error + use<> {
    let name = path.display().to_string();
    move |cause| {
        let kind = ErrorKind::of_io(&cause);
        let message = match kind {
            ErrorKind::StorageFull => "no room is left for the mirror",
            ErrorKind::ReadOnly => "the mirror's folder may only be read",
            ErrorKind::NotFound => "the mirror's folder is not there",
            _ => "the mirror's file cannot be read or written",
        };
        Error::new(kind, DUAL, message).with("file", &name).because(cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_has_a_file_beside_the_first() {
        let config = CsvConfig::from_uri("csv:///data/leads.csv").unwrap();
        assert!(!config.legacy);
        let acme = TenantId::new("acme").unwrap();
        assert_eq!(config.of(&TenantId::default()), Path::new("/data/leads.csv"));
        assert_eq!(config.of(&acme), Path::new("/data/leads.acme.csv"));
        assert_eq!(CsvConfig::file("leads").of(&acme), Path::new("leads.acme"));
        for uri in [
            "csv://",
            "csv:///",
            "csv://a.csv?layout=crm",
            "leads.csv",
            "csv://%ff.csv",
        ] {
            assert_eq!(
                CsvConfig::from_uri(uri).unwrap_err().kind(),
                ErrorKind::InvalidInput,
                "{uri}"
            );
        }
        assert_eq!(
            CsvConfig::from_uri("csv:50%25.csv").unwrap().path,
            Path::new("50%.csv")
        );
    }
}
