//! A lead as an archive keeps it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::{LeadId, Link, MatchKey, Observation, RecordId, Subject};
use lead_core::seam::{LeadVersion, Store};

/// Notes of the audit log read at a time.
const NOTES: usize = 1_000;

/// All a lead is made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) observations: Vec<Observation>,
    pub(super) links: Vec<Link>,
    pub(super) archived_at: Timestamp,
}

impl Entry {
    /// Reads a lead from a store; `None` when it is not there any more.
    pub(super) async fn read(store: &Store, id: LeadId, now: Timestamp) -> Result<Option<Self>> {
        let observations = store.observations(id).await?;
        if observations.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self {
            observations,
            links: store.links(id).await?,
            archived_at: now,
        }))
    }

    /// What it stood at when it was read.
    pub(super) fn version(&self) -> LeadVersion {
        LeadVersion::of(&self.observations, &self.links)
    }

    /// When anything of it was last seen.
    pub(super) fn last_seen(&self) -> Option<Timestamp> {
        self.observations.iter().map(|seen| seen.last_seen).max()
    }

    /// Every record it is made of.
    pub(super) fn records(&self) -> BTreeSet<RecordId> {
        self.observations.iter().map(|seen| seen.record).collect()
    }

    /// Without what must not be kept; `None` when nothing is left.
    fn stripped(mut self, suppressed: &BTreeSet<Subject>) -> Option<Self> {
        if suppressed.is_empty() {
            return Some(self);
        }
        let before = self.records();
        self.observations.retain_mut(|seen| seen.suppress(suppressed));
        let left = self.records();
        self.links.retain(|link| {
            let stays = |record| left.contains(record) || !before.contains(record);
            let said = link.because.subject();
            said.is_none_or(|subject| !suppressed.contains(&subject))
                && stays(&link.left)
                && stays(&link.right)
        });
        (!self.observations.is_empty()).then_some(self)
    }

    /// Ties records that no link joins any more: they were one lead, and what said so may have been suppressed since.
    pub(super) fn tied(mut self) -> Self {
        let mut groups = Groups::default();
        for link in &self.links {
            groups.join(link.left, link.right);
        }
        let mut named: BTreeMap<RecordId, &Observation> = BTreeMap::new();
        for seen in &self.observations {
            named.entry(seen.record).or_insert(seen);
        }
        let Some(anchor) = named.keys().next().copied() else {
            return self;
        };
        let mut ties = Vec::new();
        for (record, seen) in named {
            if groups.join(anchor, record) {
                let key = MatchKey::Platform(seen.source.clone(), seen.natural_key.to_string());
                ties.push(Link::new(anchor, record, key));
            }
        }
        self.links.extend(ties);
        self
    }
}

/// Which records are one so far.
#[derive(Default)]
struct Groups(HashMap<RecordId, RecordId>);

impl Groups {
    fn root(&self, mut record: RecordId) -> RecordId {
        while let Some(parent) = self.0.get(&record).filter(|parent| **parent != record) {
            record = *parent;
        }
        record
    }

    /// Joins two; whether they were apart.
    fn join(&mut self, one: RecordId, other: RecordId) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.0.insert(one.max(other), one.min(other));
        }
        one != other
    }
}

/// Who must not come back: as the store has it.
pub(super) struct Barred {
    suppressed: BTreeSet<Subject>,
    /// When each was erased last, by the id it was asked by.
    erased: HashMap<RecordId, Timestamp>,
}

/// What is left of an entry.
pub(super) enum Left {
    /// All of it, or what is not suppressed.
    Kept(Box<Entry>),
    /// Nothing: it was erased since.
    Erased,
    /// Nothing: all of it is suppressed.
    Suppressed,
}

impl Barred {
    pub(super) async fn of(store: &Store) -> Result<Self> {
        let list = store.suppressions().await?;
        let (mut erased, mut after) = (HashMap::new(), 0);
        loop {
            let notes = store.audit(after, NOTES).await?;
            let Some(last) = notes.last() else { break };
            after = last.number;
            for entry in notes {
                if entry.note.action == "lead.erased"
                    && let Ok(id) = entry.note.subject.parse::<RecordId>()
                {
                    let at = erased.entry(id).or_insert(entry.note.at);
                    *at = entry.note.at.max(*at);
                }
            }
        }
        Ok(Self {
            suppressed: list.into_iter().map(|entry| entry.subject).collect(),
            erased,
        })
    }

    /// What may be kept of an entry. Erased before it was archived means found anew since, which stays.
    pub(super) fn leaves(&self, entry: Entry) -> Left {
        let erased = |record: &RecordId| {
            self.erased
                .get(record)
                .is_some_and(|erased| *erased >= entry.archived_at)
        };
        if entry.records().iter().any(erased) {
            return Left::Erased;
        }
        match entry.stripped(&self.suppressed) {
            Some(entry) => Left::Kept(Box::new(entry)),
            None => Left::Suppressed,
        }
    }
}

#[cfg(test)]
mod tests {
    use lead_core::record::{Findings, NaturalKey, SourceId};

    use super::*;

    fn seen(key: &str) -> Observation {
        let (source, key) = (SourceId::new("directory").unwrap(), NaturalKey::new(key).unwrap());
        Observation::new(source, key, None, Timestamp::UNIX_EPOCH, Findings::default())
    }

    #[test]
    fn what_no_link_joins_any_more_is_tied_and_what_is_joined_is_left() {
        let observations = vec![seen("a"), seen("b"), seen("c"), seen("d")];
        let record = |at: usize| observations[at].record;
        let stranger = seen("stranger").record;
        let because = || MatchKey::Site("acme.test".into());
        // `a` and `b` hang together over a record that was never seen.
        let links = vec![
            Link::new(record(0), stranger, because()),
            Link::new(stranger, record(1), because()),
        ];
        let entry = Entry {
            observations: observations.clone(),
            links: links.clone(),
            archived_at: Timestamp::UNIX_EPOCH,
        };
        let tied = entry.tied();
        assert_eq!(tied.links.len(), 4, "two ties for what hung loose");
        assert_eq!(tied.links[..2], links);
        let again = tied.clone().tied();
        assert_eq!(again, tied);
    }
}
