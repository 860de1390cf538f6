//! Leads taken out, if they still are what was read.

use std::collections::BTreeSet;

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::{LeadId, Link, RecordId};
use lead_core::seam::{AuditNote, LeadVersion};
use uuid::Uuid;

use super::derive;
use super::forget::{Forgets, erase_cluster, forget_words};
use super::version;

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
    let leads = derive::old_leads(engine, clusters.clone()).await?;
    let hidden = leads.iter().filter(|lead| lead.hidden);
    let hidden: BTreeSet<i64> = hidden.map(|lead| lead.cluster).collect();
    let shown = version::shown(engine, clusters).await?;
    let (mut taken, mut gone, mut words) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for (id, version, cluster) in known {
        let stands = shown.get(&cluster);
        let stands = stands.map(|shown| shown.hidden(hidden.contains(&cluster)));
        if stands == Some(version) && gone.insert(cluster) {
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

/// A stored link.
pub(crate) fn link(one: Uuid, other: Uuid, because: &str) -> Result<Link> {
    let (one, other) = (RecordId::from_uuid(one), RecordId::from_uuid(other));
    Ok(Link::new(one, other, because.parse()?))
}
