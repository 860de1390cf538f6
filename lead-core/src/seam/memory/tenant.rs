//! The leads of one tenant, in memory.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::filter::Filter;
use crate::record::{
    Lead, LeadId, Link, MatchKey, Observation, ObservationId, RecordId, RunId, Subject, Suppression,
};
use crate::seam::{AuditNote, Checkpoint, LeadVersion, Receipt, Seal, Versioned};

/// A cluster is named after the smallest of its records, seen or not.
type ClusterId = RecordId;

#[derive(Debug, Default)]
pub(super) struct Leads {
    observations: BTreeMap<RecordId, BTreeMap<ObservationId, Observation>>,
    keys: BTreeMap<MatchKey, BTreeSet<RecordId>>,
    cluster_of: BTreeMap<RecordId, ClusterId>,
    members: BTreeMap<ClusterId, BTreeSet<RecordId>>,
    /// By the lesser of the two records.
    links: BTreeMap<RecordId, BTreeSet<Link>>,
    derived: BTreeMap<ClusterId, Lead>,
    /// Those of them that are hidden.
    hidden: BTreeSet<ClusterId>,
    pub(super) suppressions: BTreeMap<Subject, Suppression>,
    pub(super) checkpoints: BTreeMap<RunId, Checkpoint>,
    pub(super) audit: Vec<AuditNote>,
    /// From the first cursor on.
    pub(super) seal: Option<Seal>,
}

impl Leads {
    pub(super) fn passing<'a>(&'a self, filter: &'a Filter) -> impl Iterator<Item = &'a Lead> {
        let passes =
            |(cluster, lead): &(&ClusterId, &'a Lead)| filter.passes(lead, self.hidden.contains(*cluster));
        self.derived.iter().filter(passes).map(|(_, lead)| lead)
    }

    pub(super) fn lead_of(&self, id: LeadId) -> Option<&Lead> {
        self.derived.get(&self.cluster(RecordId::from_uuid(id.as_uuid())))
    }

    pub(super) fn observations_of(&self, id: LeadId) -> Vec<Observation> {
        self.observed(self.cluster(RecordId::from_uuid(id.as_uuid())))
    }

    pub(super) fn links_of(&self, id: LeadId) -> Vec<Link> {
        let cluster = self.cluster(RecordId::from_uuid(id.as_uuid()));
        let members = self.members.get(&cluster).into_iter().flatten();
        let links = members.filter_map(|record| self.links.get(record));
        links.flatten().cloned().collect()
    }

    /// What a lead would stand at if it were not hidden.
    pub(super) fn shown_version(&self, id: LeadId) -> Option<LeadVersion> {
        self.lead_of(id)
            .map(|_| LeadVersion::of(&self.observations_of(id), &self.links_of(id)))
    }

    pub(super) fn versioned(&self, id: LeadId) -> Option<Versioned> {
        let (lead, shown) = (self.lead_of(id)?.clone(), self.shown_version(id)?);
        Some(Versioned::new(lead, shown, self.is_hidden(id)))
    }

    pub(super) fn is_hidden(&self, id: LeadId) -> bool {
        self.hidden
            .contains(&self.cluster(RecordId::from_uuid(id.as_uuid())))
    }

    pub(super) fn set_hidden(&mut self, id: LeadId, hidden: bool) {
        let cluster = self.cluster(RecordId::from_uuid(id.as_uuid()));
        if hidden {
            self.hidden.insert(cluster);
        } else {
            self.hidden.remove(&cluster);
        }
    }

    pub(super) fn matching(&self, keys: Vec<MatchKey>) -> Vec<(MatchKey, RecordId)> {
        let keys: BTreeSet<MatchKey> = keys.into_iter().collect();
        let records = |key: &MatchKey| {
            self.keys
                .get(key)
                .into_iter()
                .flatten()
                .copied()
                .collect::<Vec<_>>()
        };
        keys.into_iter()
            .flat_map(|key| records(&key).into_iter().map(move |record| (key.clone(), record)))
            .collect()
    }

    pub(super) fn write(&mut self, observations: Vec<Observation>, links: &[Link]) -> Receipt {
        let mut receipt = Receipt::default();
        let suppressed: BTreeSet<Subject> = self.suppressions.keys().cloned().collect();
        let mut touched = BTreeSet::new();
        for mut observation in observations {
            let hash = observation.content_hash;
            let kept = observation.suppress(&suppressed);
            receipt.suppressed += usize::from(!kept || observation.content_hash != hash);
            if kept {
                touched.insert(observation.record);
                self.take(observation, &mut receipt);
            }
        }
        let before = |leads: &Self, record| leads.derived.get(&leads.cluster(record)).cloned();
        let linked = links.iter().flat_map(|link| [link.left, link.right]);
        let old: Vec<Lead> = touched
            .iter()
            .copied()
            .chain(linked.clone())
            .filter_map(|record| before(self, record))
            .collect();
        touched.extend(linked);
        for link in links {
            self.unite(link.left, link.right);
            self.links.entry(link.left).or_default().insert(link.clone());
        }
        self.derive(&touched, old, &mut receipt);
        receipt
    }

    fn take(&mut self, observation: Observation, receipt: &mut Receipt) {
        for key in observation.match_keys() {
            self.keys.entry(key).or_default().insert(observation.record);
        }
        self.join(observation.record);
        let contents = self.observations.entry(observation.record).or_default();
        if let Some(known) = contents.get_mut(&observation.id) {
            known.last_seen = known.last_seen.max(observation.last_seen);
            known.seen_at = known.seen_at.min(observation.seen_at);
            receipt.seen_again += 1;
        } else {
            contents.insert(observation.id, observation);
            receipt.inserted += 1;
        }
    }

    /// The cluster of a record; one nobody has heard of is its own.
    fn cluster(&self, record: RecordId) -> ClusterId {
        self.cluster_of.get(&record).copied().unwrap_or(record)
    }

    fn join(&mut self, record: RecordId) -> ClusterId {
        let cluster = self.cluster(record);
        self.cluster_of.insert(record, cluster);
        self.members.entry(cluster).or_default().insert(record);
        cluster
    }

    fn unite(&mut self, one: RecordId, other: RecordId) {
        let (one, other) = (self.join(one), self.join(other));
        let (into, from) = (one.min(other), one.max(other));
        if into == from {
            return;
        }
        let moved = self.members.remove(&from).unwrap_or_default();
        self.cluster_of.extend(moved.iter().map(|record| (*record, into)));
        self.members.entry(into).or_default().extend(moved);
        self.derived.remove(&from);
        // Whatever is joined to a hidden lead is hidden.
        if self.hidden.remove(&from) {
            self.hidden.insert(into);
        }
    }

    fn observed(&self, cluster: ClusterId) -> Vec<Observation> {
        let members = self.members.get(&cluster).into_iter().flatten();
        let contents = members.filter_map(|record| self.observations.get(record));
        let mut observed: Vec<Observation> =
            contents.flat_map(|contents| contents.values().cloned()).collect();
        observed.sort_by_key(|observation| observation.id);
        observed
    }

    /// Derives the leads of these records anew; `old` are the leads that stood there before.
    fn derive(&mut self, records: &BTreeSet<RecordId>, old: Vec<Lead>, receipt: &mut Receipt) {
        let clusters: BTreeSet<ClusterId> = records.iter().map(|record| self.cluster(*record)).collect();
        let mut stood: BTreeMap<ClusterId, BTreeMap<LeadId, Lead>> = BTreeMap::new();
        for lead in old {
            let cluster = self.cluster(RecordId::from_uuid(lead.id.as_uuid()));
            stood.entry(cluster).or_default().insert(lead.id, lead);
        }
        for cluster in clusters {
            let Some(lead) = Lead::derive(&self.observed(cluster)) else {
                self.derived.remove(&cluster);
                self.hidden.remove(&cluster);
                continue;
            };
            let hidden = self.hidden.contains(&cluster);
            let mut stood = stood.remove(&cluster).unwrap_or_default();
            // The lead stays itself under its id or, when a smaller one took over, as the first of those that stood there.
            let same = stood
                .remove(&lead.id)
                .or_else(|| stood.pop_first().map(|(_, lead)| lead));
            match same {
                Some(same) if same == lead => {}
                _ if hidden => receipt.hidden.push(lead.id),
                None => receipt.created.push(lead.id),
                Some(_) => receipt.updated.push(lead.id),
            }
            receipt.merged.extend(stood.into_keys());
            self.derived.insert(cluster, lead);
        }
    }

    pub(super) fn erase(&mut self, id: LeadId) -> Option<usize> {
        let cluster = self.cluster(RecordId::from_uuid(id.as_uuid()));
        self.derived.remove(&cluster)?;
        self.hidden.remove(&cluster);
        let members = self.members.remove(&cluster).unwrap_or_default();
        let erased = members
            .iter()
            .filter_map(|record| self.observations.remove(record))
            .map(|contents| contents.len())
            .sum();
        self.cluster_of.retain(|record, _| !members.contains(record));
        self.links.retain(|record, _| !members.contains(record));
        self.forget_keys(|record| members.contains(&record));
        Some(erased)
    }

    fn forget_keys(&mut self, gone: impl Fn(RecordId) -> bool) {
        self.keys
            .values_mut()
            .for_each(|records| records.retain(|record| !gone(*record)));
        self.keys.retain(|_, records| !records.is_empty());
    }

    pub(super) fn suppress(&mut self, entries: Vec<Suppression>) {
        self.suppressions
            .extend(entries.into_iter().map(|entry| (entry.subject.clone(), entry)));
        let suppressed: BTreeSet<Subject> = self.suppressions.keys().cloned().collect();
        let says = |link: &Link| link.because.subject();
        self.forget_links(|link| says(link).is_none_or(|subject| !suppressed.contains(&subject)));
        let mut touched = BTreeSet::new();
        for mut observation in std::mem::take(&mut self.observations)
            .into_values()
            .flat_map(BTreeMap::into_values)
        {
            let hash = observation.content_hash;
            let kept = observation.suppress(&suppressed);
            if !kept || observation.content_hash != hash {
                touched.insert(observation.record);
            }
            if kept {
                // Two contents that became the same are one from now on.
                let (seen_at, last_seen) = (observation.seen_at, observation.last_seen);
                let contents = self.observations.entry(observation.record).or_default();
                let known = contents.entry(observation.id).or_insert(observation);
                known.seen_at = known.seen_at.min(seen_at);
                known.last_seen = known.last_seen.max(last_seen);
            }
        }
        self.forget_keys(|record| touched.contains(&record));
        let seen = touched
            .iter()
            .filter_map(|record| self.observations.get(record))
            .flat_map(BTreeMap::values);
        for (key, record) in seen.flat_map(|seen| seen.match_keys().into_iter().map(|key| (key, seen.record)))
        {
            self.keys.entry(key).or_default().insert(record);
        }
        self.derive(&touched, Vec::new(), &mut Receipt::default());
        self.forget_unseen(&touched);
    }

    fn forget_links(&mut self, keep: impl Fn(&Link) -> bool) {
        self.links.values_mut().for_each(|links| links.retain(&keep));
        self.links.retain(|_, links| !links.is_empty());
    }

    /// Forgets the clusters of these records of which nothing is known any more.
    fn forget_unseen(&mut self, records: &BTreeSet<RecordId>) {
        let unseen = |record: &RecordId| self.observations.get(record).is_none_or(BTreeMap::is_empty);
        let clusters = records.iter().map(|record| self.cluster(*record));
        let members = clusters
            .filter_map(|cluster| self.members.get(&cluster))
            .flatten();
        let unseen: BTreeSet<RecordId> = members.copied().filter(unseen).collect();
        self.forget_links(|link| !unseen.contains(&link.left) && !unseen.contains(&link.right));
        for cluster in records
            .iter()
            .map(|record| self.cluster(*record))
            .collect::<BTreeSet<_>>()
        {
            if self.observed(cluster).is_empty() {
                for member in self.members.remove(&cluster).unwrap_or_default() {
                    self.cluster_of.remove(&member);
                }
            }
        }
    }
}
