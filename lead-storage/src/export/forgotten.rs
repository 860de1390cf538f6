//! Whether anything was forgotten since a file was begun: what stands in it may be of those who are gone.

use lead_core::Result;
use lead_core::record::ContentHash;
use lead_core::seam::{AuditEntry, Store};
use serde::{Deserialize, Serialize};

use super::encode::unwritable;

/// So many notes of the audit log are looked at in one go.
const PORTION: usize = 1000;

/// How a store stood: the end of its audit log, and who was suppressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Memory {
    audit: u64,
    suppressed: ContentHash,
}

impl Memory {
    pub(super) async fn of(store: &Store) -> Result<Self> {
        Ok(Self {
            audit: last(store).await?,
            suppressed: list(store).await?,
        })
    }

    /// Whether leads were erased, withdrawn or suppressed since, or the store is no longer the same.
    pub(super) async fn is_outdated(&self, store: &Store) -> Result<bool> {
        let replaced = self.audit > 0 && store.audit(self.audit - 1, 1).await?.is_empty();
        if replaced || self.suppressed != list(store).await? {
            return Ok(true);
        }
        let mut after = self.audit;
        loop {
            let notes = store.audit(after, PORTION).await?;
            let Some(end) = notes.last() else { return Ok(false) };
            if notes.iter().any(forgets) {
                return Ok(true);
            }
            after = end.number;
        }
    }
}

fn forgets(entry: &AuditEntry) -> bool {
    matches!(
        entry.note.action.as_str(),
        "lead.erased" | "lead.withdrawn" | "retention.deleted"
    )
}

async fn list(store: &Store) -> Result<ContentHash> {
    let list = serde_json::to_vec(&store.suppressions().await?).map_err(unwritable)?;
    Ok(ContentHash::of(&list))
}

/// The number of the last note. They have no gaps, so that it is found by halving, however long the log is.
async fn last(store: &Store) -> Result<u64> {
    let (mut low, mut high) = (0, 1);
    while !store.audit(high - 1, 1).await?.is_empty() {
        low = high;
        high *= 2;
    }
    // There is a note `low`, or none at all, and none `high`.
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if store.audit(middle - 1, 1).await?.is_empty() {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use lead_core::seam::conformance::sample::{minute, town};
    use lead_core::seam::{AuditNote, WriteBatch};

    use super::*;

    #[tokio::test]
    async fn the_end_of_the_log_is_found_whatever_its_length() {
        let store = Store::memory();
        for wanted in 0..20 {
            assert_eq!(last(&store).await.unwrap(), wanted);
            let note = AuditNote::new("test", "noted", wanted, minute(0));
            store.commit(WriteBatch::default().audit(note)).await.unwrap();
        }
    }

    #[tokio::test]
    async fn forgetting_is_noticed_and_all_else_is_none_of_it() {
        let store = Store::memory();
        let receipt = store.commit(WriteBatch::of(town(5))).await.unwrap();
        let memory = Memory::of(&store).await.unwrap();
        let note = AuditNote::new("test", "noted", 1, minute(0));
        store.commit(WriteBatch::of(town(9)).audit(note)).await.unwrap();
        assert!(!memory.is_outdated(&store).await.unwrap());
        store.erase(vec![receipt.created[0]]).await.unwrap();
        assert!(memory.is_outdated(&store).await.unwrap());
        let memory = Memory::of(&store).await.unwrap();
        assert!(!memory.is_outdated(&store).await.unwrap());
        assert!(
            memory.is_outdated(&Store::memory()).await.unwrap(),
            "another store"
        );
    }
}
