//! How far a mirror is behind.

use serde::Serialize;

/// How far a mirror is behind its primary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Lag {
    /// Entries of the outbox that were not carried yet; one stands for a commit, or for 500 records of a large one.
    pub entries: usize,
    /// Notes of the audit log that were not looked at yet (erasures are among them); 1,000 a tenant are counted at most.
    pub notes: usize,
    /// Why the last try to reach the mirror failed; `None` when it did not, and where nothing is carried.
    pub failure: Option<String>,
}

impl Lag {
    /// Whether the mirror has everything.
    pub fn is_none(&self) -> bool {
        self.entries == 0 && self.notes == 0
    }
}
