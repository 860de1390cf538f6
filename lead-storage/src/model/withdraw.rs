//! Leads taken out, if they still are what was read.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::{LeadId, Link, RecordId};
use lead_core::seam::{AuditNote, LeadVersion};
use uuid::Uuid;

use super::derive::{self, Sightings};
use super::forget::{Forgets, erase_cluster, forget_words};

/// What withdrawing asks of an engine beside what erasing does, inside one transaction and for one tenant. No list it is handed is
/// empty.
pub(crate) trait Withdraws: Forgets {
    /// Why the records of these clusters are one, each link with its cluster.
    fn links_of(&mut self, clusters: BTreeSet<i64>) -> impl Future<Output = Result<Vec<(i64, Link)>>> + Send;
}

/// Takes out the leads whose version is the one they stand at; those taken, in the order asked.
pub(crate) async fn withdraw(
    engine: &mut impl Withdraws,
    asked: Vec<(LeadId, LeadVersion)>,
    now: Timestamp,
) -> Result<Vec<LeadId>> {
    let mut known = Vec::with_capacity(asked.len());
    for (id, version) in asked {
        if let Some(cluster) = engine.cluster_of(id).await? {
            known.push((id, version, cluster));
        }
    }
    let clusters: BTreeSet<i64> = known.iter().map(|(_, _, cluster)| *cluster).collect();
    if clusters.is_empty() {
        return Ok(Vec::new());
    }
    let mut links: BTreeMap<i64, Vec<Link>> = BTreeMap::new();
    for (cluster, link) in engine.links_of(clusters.clone()).await? {
        links.entry(cluster).or_default().push(link);
    }
    let sightings = derive::sightings(engine, clusters).await?;
    let (mut taken, mut gone, mut words) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for (id, version, cluster) in known {
        let links = links.get(&cluster).map(Vec::as_slice).unwrap_or_default();
        if stands(&sightings, cluster, links) == version && gone.insert(cluster) {
            erase_cluster(engine, cluster, &mut words).await?;
            taken.push(id);
        }
    }
    forget_words(engine, words).await?;
    if !taken.is_empty() {
        let note = |id: &LeadId| AuditNote::new("store", "lead.withdrawn", id, now);
        engine.note(taken.iter().map(note).collect()).await?;
    }
    Ok(taken)
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

/// A stored link.
pub(crate) fn link(one: Uuid, other: Uuid, because: &str) -> Result<Link> {
    let (one, other) = (RecordId::from_uuid(one), RecordId::from_uuid(other));
    Ok(Link::new(one, other, because.parse()?))
}
