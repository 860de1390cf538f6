//! What an entry of the outbox says.

use std::collections::BTreeSet;

use lead_core::record::{RecordId, RunId};
use lead_core::seam::{NewJob, WriteBatch};
use lead_core::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::DUAL;

/// So many records are in one entry at most, so that none takes longer than its lease.
const MOST: usize = 500;

/// What was touched, never what it holds: whoever carries the entry reads that from the primary, as it stands then. So entries
/// may be carried twice and in any order, and none brings back what was erased meanwhile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) records: BTreeSet<RecordId>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) runs: BTreeSet<RunId>,
    /// The suppression list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) list: bool,
}

impl Entry {
    /// What a batch touches.
    pub(super) fn of(batch: &WriteBatch) -> Self {
        let seen = batch.observations.iter().map(|observation| observation.record);
        let linked = batch.links.iter().flat_map(|link| [link.left, link.right]);
        Self {
            records: seen.chain(linked).collect(),
            runs: batch.checkpoint.iter().map(|delta| delta.run).collect(),
            list: false,
        }
    }

    /// The suppression list.
    pub(super) fn list() -> Self {
        Self {
            list: true,
            ..Self::default()
        }
    }

    /// The jobs that stand for it: none when nothing was touched.
    pub(super) fn jobs(mut self, kind: &str) -> Result<Vec<NewJob>> {
        let mut jobs = Vec::new();
        while self.records.len() > MOST {
            let rest = self.records.iter().nth(MOST).copied();
            let rest = rest.map(|from| self.records.split_off(&from)).unwrap_or_default();
            let records = std::mem::replace(&mut self.records, rest);
            jobs.push(job(
                kind,
                &Self {
                    records,
                    ..Self::default()
                },
            )?);
        }
        if self != Self::default() {
            jobs.push(job(kind, &self)?);
        }
        Ok(jobs)
    }

    pub(super) fn add(&mut self, other: Self) {
        self.records.extend(other.records);
        self.runs.extend(other.runs);
        self.list |= other.list;
    }
}

fn job(kind: &str, entry: &Entry) -> Result<NewJob> {
    let payload = serde_json::to_value(entry).map_err(|cause| {
        Error::new(
            ErrorKind::Internal,
            DUAL,
            "an entry of the outbox cannot be written",
        )
        .because(cause)
    })?;
    // A key of its own: while one waits, what was touched after it was read is another.
    let mut job = NewJob::new(kind, Uuid::now_v7().to_string(), payload);
    // Nothing may bury it, and it stands behind the work of the application.
    job.max_attempts = u32::MAX;
    job.priority = i32::MIN;
    Ok(job)
}

#[cfg(test)]
mod tests {
    use lead_core::seam::conformance::sample::{record, town};

    use super::*;

    #[test]
    fn an_entry_names_records_and_holds_nothing_of_them() {
        let batch = WriteBatch::of(town(1_201));
        let jobs = Entry::of(&batch).jobs("outbox:mirror").unwrap();
        assert_eq!(jobs.len(), 3);
        let mut all = Entry::default();
        for job in &jobs {
            let text = job.payload.to_string();
            assert!(!text.contains('@') && !text.contains("+33") && !text.contains("Bakery"));
            let entry: Entry = serde_json::from_value(job.payload.clone()).unwrap();
            assert!((1..=MOST).contains(&entry.records.len()));
            all.add(entry);
        }
        assert_eq!(all.records.len(), 1_201);
        assert!(all.records.contains(&record("town/7")));
        assert!(Entry::default().jobs("outbox:mirror").unwrap().is_empty());
        assert_eq!(Entry::list().jobs("outbox:mirror").unwrap().len(), 1);
    }
}
