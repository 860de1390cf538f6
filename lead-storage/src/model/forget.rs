//! Erasure and suppression of what is stored.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::filter::search_words;
use lead_core::record::{Lead, LeadId, Observation, Subject, Suppression};
use lead_core::seam::{AuditNote, Erased, Receipt};

use super::commit::{Commits, insert_sightings};
use super::derive::{self, OldLead, Sighting, Sightings};
use super::keys::{key_text, subject_key};

/// What erasing and suppressing ask of an engine, inside one transaction and for one tenant. No list it is handed is empty.
pub(crate) trait Forgets: Commits {
    /// The cluster of a lead, by the id of any of its records.
    fn cluster_of(&mut self, id: LeadId) -> impl Future<Output = Result<Option<i64>>> + Send;

    /// The records of a cluster.
    fn records_of(&mut self, cluster: i64) -> impl Future<Output = Result<Vec<i64>>> + Send;

    /// Takes words off the list of words that stand in no lead any more.
    fn unlist_words(&mut self, words: Vec<String>) -> impl Future<Output = Result<()>> + Send;

    /// Erases a cluster with everything it is made of; how many sightings it had.
    fn erase_cluster(&mut self, cluster: i64) -> impl Future<Output = Result<usize>> + Send;

    /// Adds to the suppression list, or changes what stands there; by subject, each once.
    fn list(&mut self, entries: BTreeMap<String, Suppression>) -> impl Future<Output = Result<()>> + Send;

    /// Takes subjects off the list.
    fn unlist(&mut self, subjects: Vec<String>) -> impl Future<Output = Result<()>> + Send;

    /// The records found by any of these keys.
    fn found_by(&mut self, keys: &[String]) -> impl Future<Output = Result<Vec<i64>>> + Send;

    /// Drops links of these records that say one of these keys.
    fn forget_reasons(&mut self, records: &[i64], keys: &[String])
    -> impl Future<Output = Result<()>> + Send;

    /// Drops what is left of records that nothing is known of any more: why they were tied to others, and, when that goes
    /// for the whole cluster, the records themselves. A record of a cluster that stands is kept: the cluster may have its
    /// number.
    fn forget_unseen(&mut self, clusters: &BTreeSet<i64>) -> impl Future<Output = Result<()>> + Send;

    /// Every sighting of these records, with its cluster and record, in order of id.
    fn history(
        &mut self,
        records: &[i64],
    ) -> impl Future<Output = Result<Vec<(i64, i64, Observation)>>> + Send;

    /// Drops sightings and keys of these records.
    fn forget_sightings(&mut self, records: &BTreeSet<i64>) -> impl Future<Output = Result<()>> + Send;
}

/// Erases leads with everything they were made of, and notes that it was done.
pub(crate) async fn erase(engine: &mut impl Forgets, ids: Vec<LeadId>, now: Timestamp) -> Result<Erased> {
    let mut erased = Erased::default();
    let mut notes = Vec::new();
    let mut words = BTreeSet::new();
    for id in ids {
        if let Some(cluster) = engine.cluster_of(id).await? {
            let observations = erase_cluster(engine, cluster, &mut words).await?;
            erased = Erased::new(erased.leads + 1, erased.observations + observations);
            notes.push(AuditNote::new("store", "lead.erased", id, now));
        }
    }
    forget_words(engine, words).await?;
    if !notes.is_empty() {
        engine.note(notes).await?;
    }
    Ok(erased)
}

/// Erases a cluster with everything it is made of; how many sightings it had. Its words are added to those that may have to go.
pub(super) async fn erase_cluster(
    engine: &mut impl Forgets,
    cluster: i64,
    words: &mut BTreeSet<String>,
) -> Result<usize> {
    let records = engine.records_of(cluster).await?;
    for (_, _, observation) in engine.history(&records).await? {
        words.extend(words_of(&observation));
    }
    engine.erase_cluster(cluster).await
}

/// Every word that a lead has had from this sighting.
fn words_of(observation: &Observation) -> Vec<String> {
    let lead = Lead::derive(std::slice::from_ref(observation));
    lead.as_ref().map(search_words).unwrap_or_default()
}

/// A name must not outlive its lead in the list of words.
pub(super) async fn forget_words(engine: &mut impl Forgets, words: BTreeSet<String>) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    engine.unlist_words(words.into_iter().collect()).await
}

/// Adds to the suppression list and takes what it names out of what is stored.
pub(crate) async fn suppress(engine: &mut impl Forgets, entries: Vec<Suppression>) -> Result<()> {
    let keys: BTreeSet<String> = entries.iter().map(|entry| subject_key(&entry.subject)).collect();
    let keys: Vec<String> = keys.into_iter().collect();
    // The last of two entries about one subject counts, and one statement must not touch a row twice.
    let entries: BTreeMap<String, Suppression> = entries
        .into_iter()
        .map(|entry| (key_text(&entry.subject), entry))
        .collect();
    let suppressed: BTreeSet<Subject> = entries.values().map(|entry| entry.subject.clone()).collect();
    if entries.is_empty() {
        return Ok(());
    }
    engine.list(entries).await?;
    let records = engine.found_by(&keys).await?;
    if records.is_empty() {
        return Ok(());
    }
    engine.forget_reasons(&records, &keys).await?;
    let mut words = BTreeSet::new();
    let touched = strip(engine, records, &suppressed, &mut words).await?;
    if touched.is_empty() {
        return Ok(());
    }
    let mut stood: BTreeMap<i64, Vec<OldLead>> = BTreeMap::new();
    for lead in derive::old_leads(engine, touched.clone()).await? {
        stood.entry(lead.cluster).or_default().push(lead);
    }
    let sightings = derive::sightings(engine, touched.clone()).await?;
    derive::derive(engine, &touched, sightings, stood, &mut Receipt::default()).await?;
    forget_words(engine, words).await?;
    engine.forget_unseen(&touched).await
}

/// Takes subjects off the list.
pub(crate) async fn unsuppress(engine: &mut impl Forgets, subjects: &[Subject]) -> Result<()> {
    engine.unlist(subjects.iter().map(key_text).collect()).await
}

/// The list as it is shown: in order of subject.
pub(crate) fn in_order(mut list: Vec<Suppression>) -> Vec<Suppression> {
    list.sort_by(|a, b| a.subject.cmp(&b.subject));
    list
}

/// Rewrites the sightings of these records without what is suppressed; the clusters that changed, and the words that stood in them.
async fn strip(
    engine: &mut impl Forgets,
    records: Vec<i64>,
    suppressed: &BTreeSet<Subject>,
    words: &mut BTreeSet<String>,
) -> Result<BTreeSet<i64>> {
    let mut touched = BTreeSet::new();
    // Some hundred at a time: what a large site suppressed may hold need not be in memory at once.
    for some in records.chunks(256) {
        let mut kept = Sightings::new();
        let mut changed = BTreeSet::new();
        for (cluster, record, mut observation) in engine.history(some).await? {
            let hash = observation.content_hash;
            let stood = words_of(&observation);
            let left = observation.suppress(suppressed);
            if !left || observation.content_hash != hash {
                words.extend(stood);
                changed.insert(record);
                touched.insert(cluster);
            }
            if left {
                keep(&mut kept, cluster, record, observation);
            }
        }
        rewrite(engine, &changed, &kept).await?;
    }
    Ok(touched)
}

/// Two contents that became the same are one from now on.
fn keep(kept: &mut Sightings, cluster: i64, record: i64, observation: Observation) {
    let contents = kept.entry(cluster).or_default().entry(record).or_default();
    let (seen_at, last_seen) = (observation.seen_at, observation.last_seen);
    let sighting = contents
        .entry(observation.id)
        .or_insert_with(|| Sighting::new(observation));
    sighting.seen_at = sighting.seen_at.min(seen_at);
    sighting.last_seen = sighting.last_seen.max(last_seen);
}

async fn rewrite(engine: &mut impl Forgets, changed: &BTreeSet<i64>, kept: &Sightings) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    engine.forget_sightings(changed).await?;
    let records = kept
        .values()
        .flatten()
        .filter(|(record, _)| changed.contains(record));
    let sightings =
        records.flat_map(|(record, contents)| contents.values().map(|sighting| (*record, sighting)));
    insert_sightings(engine, sightings.collect()).await
}
