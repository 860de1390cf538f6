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
        let mut heaps: BTreeMap<String, Findings<Evidence>> = BTreeMap::new();
        for observation in newest.values() {
            heaps
                .entry(independence(observation))
                .or_default()
                .absorb(observation.evidenced(), Joining::Same);
        }
        let mut findings = Findings::default();
        for heap in heaps.into_values() {
            findings.absorb(heap, Joining::Independent);
        }
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
