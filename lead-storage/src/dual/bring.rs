//! Records of one store into another, as they stand.

use std::collections::{BTreeMap, BTreeSet};

use futures::{StreamExt, TryStreamExt};
use lead_core::record::{Lead, LeadId, Link, MatchKey, Observation, RecordId, SourceId};
use lead_core::seam::{Store, WriteBatch};
use lead_core::{Error, ErrorKind, Result};

use super::{DUAL, hidden, list};

/// Records looked at together.
const TOGETHER: usize = 256;
/// Questions asked of a store at once.
const AT_ONCE: usize = 8;

/// Everything that is known of one business.
#[derive(Debug)]
struct Cluster {
    lead: Lead,
    sightings: Vec<Observation>,
}

impl Cluster {
    fn records(&self) -> BTreeSet<RecordId> {
        self.sightings.iter().map(|seen| seen.record).collect()
    }
}

/// Makes the leads of these records there what they are here; those that are not here any more go there, too.
pub(super) async fn bring(here: &Store, there: &Store, records: BTreeSet<RecordId>) -> Result<()> {
    let mut waiting = records;
    while !waiting.is_empty() {
        let mut some = waiting;
        let rest = some.iter().nth(TOGETHER).copied();
        waiting = rest.map(|from| some.split_off(&from)).unwrap_or_default();
        let (clusters, gone) = read(here, some.clone()).await?;
        let mut untied = erase(there, &gone).await?;
        if !clusters.is_empty() {
            let batch = clusters.values().try_fold(WriteBatch::default(), add)?;
            there.commit(batch).await?;
        }
        for cluster in verify(here, there, clusters).await? {
            untied.extend(replace(here, there, cluster).await?);
        }
        hidden::bring(here, there, some).await?;
        waiting.extend(untied);
    }
    Ok(())
}

/// The same for records that were erased here: what is known of them there goes first, and what came in here since is brought.
pub(super) async fn anew(here: &Store, there: &Store, erased: BTreeSet<RecordId>) -> Result<()> {
    let mut records = erase(there, &erased).await?;
    records.extend(erased);
    bring(here, there, records).await
}

/// The clusters of these records, by their leads, and the records nothing is known of.
async fn read(
    here: &Store,
    records: BTreeSet<RecordId>,
) -> Result<(BTreeMap<LeadId, Cluster>, BTreeSet<RecordId>)> {
    let asked = futures::stream::iter(records).map(|record| async move {
        let sightings = here.observations(record.into()).await?;
        Ok::<_, Error>((record, sightings))
    });
    let found: Vec<_> = asked.buffered(AT_ONCE).try_collect().await?;
    let (mut clusters, mut gone) = (BTreeMap::new(), BTreeSet::new());
    for (record, sightings) in found {
        match Lead::derive(&sightings) {
            Some(lead) => drop(clusters.insert(lead.id, Cluster { lead, sightings })),
            None => drop(gone.insert(record)),
        }
    }
    Ok((clusters, gone))
}

fn add(mut batch: WriteBatch, cluster: &Cluster) -> Result<WriteBatch> {
    batch.links.extend(links(cluster)?);
    batch.observations.extend(cluster.sightings.iter().cloned());
    Ok(batch)
}

/// Ties the records of a cluster together: by what they share, else because they are one lead in the primary, which alone knows
/// the reason.
fn links(cluster: &Cluster) -> Result<Vec<Link>> {
    let mut keys: BTreeMap<RecordId, BTreeSet<MatchKey>> = BTreeMap::new();
    for seen in &cluster.sightings {
        keys.entry(seen.record).or_default().extend(seen.match_keys());
    }
    let told = MatchKey::Platform(SourceId::new("mirror")?, cluster.lead.id.to_string());
    let pairs = keys.iter().zip(keys.iter().skip(1));
    Ok(pairs
        .map(|((one, its), (other, others))| {
            let because = its.intersection(others).next().unwrap_or(&told);
            Link::new(*one, *other, because.clone())
        })
        .collect())
}

/// Erases the leads of these records; the other records of them, which may be leads of their own by now.
async fn erase(there: &Store, gone: &BTreeSet<RecordId>) -> Result<BTreeSet<RecordId>> {
    let found = leads(there, gone.iter().map(|record| (*record).into())).await?;
    let mut untied = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for lead in found.into_iter().flatten() {
        let records = lead.sources.iter().map(|source| source.record);
        untied.extend(records.filter(|record| !gone.contains(record)));
        ids.insert(lead.id);
    }
    if !ids.is_empty() {
        there.erase(ids.into_iter().collect()).await?;
    }
    Ok(untied)
}

async fn leads(store: &Store, ids: impl Iterator<Item = LeadId>) -> Result<Vec<Option<Lead>>> {
    let asked: Vec<LeadId> = ids.collect();
    let asked = futures::stream::iter(asked).map(|id| store.get(id));
    asked.buffered(AT_ONCE).try_collect().await
}

/// Looks at what was written: what was erased here meanwhile goes there, what stands there otherwise is given back.
async fn verify(here: &Store, there: &Store, clusters: BTreeMap<LeadId, Cluster>) -> Result<Vec<Cluster>> {
    let left = histories(here, clusters.keys().copied()).await?;
    let written = histories(there, clusters.keys().copied()).await?;
    let mut otherwise = Vec::new();
    for (cluster, (left, written)) in clusters.into_values().zip(left.into_iter().zip(written)) {
        if left.is_empty() {
            // Another process may have carried the erasure before we wrote.
            there.erase(vec![cluster.lead.id]).await?;
        } else if Lead::derive(&written).as_ref() != Some(&cluster.lead) || !all_of(&written, &left) {
            otherwise.push(cluster);
        }
    }
    Ok(otherwise)
}

/// Whether nothing stands there that is not known here: a sighting that was erased and is older than the newest shows in no lead.
fn all_of(there: &[Observation], here: &[Observation]) -> bool {
    let known: BTreeSet<_> = here.iter().map(|seen| seen.id).collect();
    there.iter().all(|seen| known.contains(&seen.id))
}

async fn histories(store: &Store, ids: impl Iterator<Item = LeadId>) -> Result<Vec<Vec<Observation>>> {
    let asked: Vec<LeadId> = ids.collect();
    let asked = futures::stream::iter(asked).map(|id| store.observations(id));
    asked.buffered(AT_ONCE).try_collect().await
}

/// Puts what is known here now in the place of what stands there: records tied together that are not any more, contents nobody
/// knows here, a suppression list that is behind. The records that were tied to it, and are to be brought anew.
async fn replace(here: &Store, there: &Store, cluster: Cluster) -> Result<BTreeSet<RecordId>> {
    list::bring(here, there).await?;
    // Read anew: another process may have brought what came in meanwhile, and an older state must not take its place.
    let (clusters, gone) = read(here, cluster.records()).await?;
    let mut untied = erase(there, &gone).await?;
    for cluster in clusters.into_values() {
        if there.observations(cluster.lead.id).await? != cluster.sightings {
            untied.extend(write_anew(there, &cluster).await?);
        }
    }
    Ok(untied)
}

async fn write_anew(there: &Store, cluster: &Cluster) -> Result<BTreeSet<RecordId>> {
    let own = cluster.records();
    let mut untied = BTreeSet::new();
    for lead in leads(there, own.iter().map(|record| (*record).into()))
        .await?
        .into_iter()
        .flatten()
    {
        untied.extend(lead.sources.iter().map(|source| source.record));
        there.erase(vec![lead.id]).await?;
    }
    untied.retain(|record| !own.contains(record));
    there.commit(add(WriteBatch::default(), cluster)?).await?;
    if there.get(cluster.lead.id).await?.as_ref() == Some(&cluster.lead) {
        return Ok(untied);
    }
    let message = "a lead stands in the mirror otherwise than it was written";
    Err(Error::new(ErrorKind::Conflict, DUAL, message)
        .temporary()
        .with("lead", cluster.lead.id))
}
