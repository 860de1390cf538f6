//! From a cluster of observations to the lead a user sees.

use std::collections::BTreeMap;

use super::findings::Joining;
use super::{Evidence, Findings, Lead, LeadId, LeadSource, Observation, RecordId};

impl Lead {
    /// Derives the lead of a cluster; `None` when there are no observations.
    ///
    /// The rules:
    /// 1. of each record only the newest observation speaks (older ones are history);
    /// 2. what one site or platform says twice counts once, at its surest; what independent ones say adds up;
    /// 3. lists are ordered by confidence, equals by identity; the first organization is the lead's name;
    /// 4. the lead is named after the smallest record id, so the result does not depend on the order of arrival.
    pub fn derive(observations: &[Observation]) -> Option<Self> {
        let newest = newest_of_each_record(observations);
        let anchor = *newest.keys().next()?;
        let mut heaps: BTreeMap<String, Vec<Findings<Evidence>>> = BTreeMap::new();
        for observation in newest.values() {
            heaps
                .entry(independence(observation))
                .or_default()
                .push(observation.evidenced());
        }
        let heaps = heaps.into_values().map(|heap| joined(heap, Joining::Same));
        let mut findings = joined(heaps.collect(), Joining::Independent);
        findings.sort();
        let seen = observations
            .iter()
            .map(|observation| (observation.seen_at, observation.last_seen));
        let (first_seen, last_seen) = seen.reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))?;
        Some(Self {
            id: LeadId::from(anchor),
            name: findings.organizations.first().map(|found| found.name.clone()),
            findings,
            sources: newest
                .values()
                .map(|observation| LeadSource::of(observation))
                .collect(),
            first_seen,
            last_seen,
        })
    }
}

/// All parts as one. Neighbours are joined, then the results, so a part is looked at log n times: taking in one after the
/// other made the lead of a chain of two thousand branches cost half a second.
fn joined(parts: Vec<Findings<Evidence>>, joining: Joining) -> Findings<Evidence> {
    // Joining also makes one of what a single part says twice.
    let alone = |part| {
        let mut own = Findings::default();
        own.absorb(part, joining);
        own
    };
    let mut parts: Vec<_> = parts.into_iter().map(alone).collect();
    while parts.len() > 1 {
        let mut pairs = Vec::with_capacity(parts.len().div_ceil(2));
        let mut rest = parts.into_iter();
        while let Some(mut left) = rest.next() {
            if let Some(right) = rest.next() {
                left.absorb(right, joining);
            }
            pairs.push(left);
        }
        parts = pairs;
    }
    parts.pop().unwrap_or_default()
}

fn newest_of_each_record(observations: &[Observation]) -> BTreeMap<RecordId, &Observation> {
    let mut newest: BTreeMap<RecordId, &Observation> = BTreeMap::new();
    let age = |observation: &Observation| (observation.last_seen, observation.seen_at, observation.id);
    for observation in observations {
        let slot = newest.entry(observation.record).or_insert(observation);
        if age(observation) > age(slot) {
            *slot = observation;
        }
    }
    newest
}

/// Sightings with the same answer here are not independent: one site, or one platform.
fn independence(observation: &Observation) -> String {
    match &observation.url {
        Some(url) => format!("site:{}", url.site()),
        None => format!("source:{}", observation.source),
    }
}
