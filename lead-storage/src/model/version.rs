//! What leads stand at.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::record::{LeadId, Link};
use lead_core::seam::{LeadVersion, Versioned};

use super::derive::{self, OldLead, Sightings};
use super::read;
use super::withdraw::Withdraws;

/// What looking at leads asks of an engine, inside one transaction and for one tenant. No list it is handed is empty.
pub(crate) trait Looks: Withdraws {
    /// The leads of these ids, which may be those of any record, each with the id it was asked by.
    fn leads_of(
        &mut self,
        ids: BTreeSet<LeadId>,
    ) -> impl Future<Output = Result<BTreeMap<LeadId, OldLead>>> + Send;
}

/// The versions that the leads of these clusters would stand at if they were not hidden.
pub(crate) async fn shown(
    engine: &mut impl Withdraws,
    clusters: BTreeSet<i64>,
) -> Result<BTreeMap<i64, LeadVersion>> {
    if clusters.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut links: BTreeMap<i64, Vec<Link>> = BTreeMap::new();
    for (cluster, link) in engine.links_of(clusters.clone()).await? {
        links.entry(cluster).or_default().push(link);
    }
    let sightings = derive::sightings(engine, clusters.clone()).await?;
    let version = |cluster| {
        let links = links.get(&cluster).map(Vec::as_slice).unwrap_or_default();
        (cluster, stands(&sightings, cluster, links))
    };
    Ok(clusters.into_iter().map(version).collect())
}

fn stands(sightings: &Sightings, cluster: i64, links: &[Link]) -> LeadVersion {
    let contents = sightings
        .get(&cluster)
        .into_iter()
        .flat_map(BTreeMap::values)
        .flatten();
    LeadVersion::of_parts(
        contents.map(|(id, seen)| (*id, seen.seen_at, seen.last_seen)),
        links,
    )
}

/// The leads of these ids as they stand, in the order asked.
pub(crate) async fn versioned(engine: &mut impl Looks, ids: Vec<LeadId>) -> Result<Vec<Option<Versioned>>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let leads = engine.leads_of(ids.iter().copied().collect()).await?;
    let versions = shown(engine, leads.values().map(|lead| lead.cluster).collect()).await?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let known = leads.get(&id);
        let known = known.and_then(|lead| Some((lead, *versions.get(&lead.cluster)?)));
        found.push(known.map(|(lead, shown)| at(lead, shown)).transpose()?);
    }
    Ok(found)
}

fn at(old: &OldLead, shown: LeadVersion) -> Result<Versioned> {
    let lead = read::lead("store.versioned", &old.body)?;
    Ok(Versioned::new(lead, shown, old.hidden))
}
