//! What is known of a file that was not finished: what was asked for, and how far it came.

use lead_core::record::ContentHash;
use lead_core::seam::{Cursor, Store};
use lead_core::{Error, Result};
use serde::{Deserialize, Serialize};

use super::forgotten::Memory;
use super::{EXPORT, Export, Exported};

/// How far a file is written: up to the end of a page, after which there were others.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Note {
    pub(super) terms: Terms,
    pub(super) memory: Memory,
    pub(super) next: Cursor,
    pub(super) leads: u64,
    pub(super) suppressed: u64,
    pub(super) bytes: u64,
}

impl Note {
    /// What an export that goes on has written by then.
    pub(super) fn exported(&self) -> Exported {
        Exported {
            leads: self.leads,
            suppressed: self.suppressed,
            bytes: self.bytes,
            resumed: self.leads,
            anew: None,
        }
    }
}

/// What was asked for. Two halves of a file must agree in all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Terms {
    /// Another version may write a lead in other bytes.
    version: String,
    store: ContentHash,
    tenant: String,
    form: String,
    columns: Vec<String>,
    filter: String,
    sort: String,
}

impl Terms {
    pub(super) fn of(export: &Export, origin: ContentHash, store: &Store) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            store: origin,
            tenant: store.tenant_id().to_string(),
            form: format!("{:?}", export.format),
            columns: export.columns.clone(),
            filter: export.filter.to_string(),
            sort: format!("{:?}", export.sort),
        }
    }

    /// Whether the same version wrote both.
    pub(super) fn same_version(&self, other: &Self) -> bool {
        self.version == other.version
    }

    /// Refuses to go on with what was begun otherwise.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput), which says what differs.
    pub(super) fn agree(&self, begun: &Self) -> Result<()> {
        let pairs = [
            ("the store", self.store == begun.store),
            ("the tenant", self.tenant == begun.tenant),
            ("the form", self.form == begun.form),
            ("the columns", self.columns == begun.columns),
            ("the filter", self.filter == begun.filter),
            ("the order", self.sort == begun.sort),
        ];
        let differ: Vec<_> = pairs
            .iter()
            .filter(|(_, same)| !same)
            .map(|(what, _)| *what)
            .collect();
        if differ.is_empty() {
            return Ok(());
        }
        let says = "this file was begun otherwise: ask for the same, or export without going on";
        Err(Error::invalid(EXPORT, says).with("differs", differ.join(", ")))
    }
}
