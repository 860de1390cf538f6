//! The suppression list of one store as that of another.

use std::collections::BTreeMap;

use lead_core::Result;
use lead_core::record::{Subject, Suppression};
use lead_core::seam::Store;

/// What is on one list and not, or otherwise, on the other.
#[derive(Debug, Default)]
pub(super) struct Apart {
    add: Vec<Suppression>,
    remove: Vec<Subject>,
}

impl Apart {
    pub(super) async fn of(here: &Store, there: &Store) -> Result<Self> {
        let listed = there.suppressions().await?;
        let mut listed: BTreeMap<Subject, Suppression> = listed
            .into_iter()
            .map(|entry| (entry.subject.clone(), entry))
            .collect();
        let mut apart = Self::default();
        for entry in here.suppressions().await? {
            if listed.remove(&entry.subject).as_ref() != Some(&entry) {
                apart.add.push(entry);
            }
        }
        apart.remove = listed.into_keys().collect();
        Ok(apart)
    }

    /// How many subjects.
    pub(super) fn count(&self) -> u64 {
        (self.add.len() + self.remove.len()) as u64
    }
}

/// Makes the list there that of here.
pub(super) async fn bring(here: &Store, there: &Store) -> Result<u64> {
    let apart = Apart::of(here, there).await?;
    let count = apart.count();
    if !apart.remove.is_empty() {
        there.unsuppress(apart.remove).await?;
    }
    if !apart.add.is_empty() {
        there.suppress(apart.add).await?;
    }
    Ok(count)
}
