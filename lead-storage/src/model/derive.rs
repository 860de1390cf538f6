//! From the sightings of clusters to their leads.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::filter::folded;
use lead_core::record::{Lead, LeadId, Observation, ObservationId};
use lead_core::seam::{PageKey, Receipt, SortField, SortValue};

use super::read::{self, damaged, observation};
use super::values::{Indexed, indexed};

const DERIVE: &str = "store.derive";

/// A sighting: its times, and its body when it is at hand.
#[derive(Debug)]
pub(crate) struct Sighting {
    pub(crate) row: Option<i64>,
    pub(crate) seen_at: Timestamp,
    pub(crate) last_seen: Timestamp,
    pub(crate) body: Option<Observation>,
}

impl Sighting {
    /// One that is not stored yet.
    pub(crate) fn new(observation: Observation) -> Self {
        let (seen_at, last_seen) = (observation.seen_at, observation.last_seen);
        Self {
            row: None,
            seen_at,
            last_seen,
            body: Some(observation),
        }
    }
}

/// Sightings by cluster, row of the record, and id.
pub(crate) type Sightings = BTreeMap<i64, BTreeMap<i64, BTreeMap<ObservationId, Sighting>>>;

/// A lead that stood before.
#[derive(Debug)]
pub(crate) struct OldLead {
    pub(crate) cluster: i64,
    pub(crate) id: LeadId,
    pub(crate) body: String,
    pub(crate) hidden: bool,
}

/// A stored sighting without its body.
#[derive(Debug)]
pub(crate) struct KnownSighting {
    pub(crate) cluster: i64,
    pub(crate) record: i64,
    pub(crate) id: ObservationId,
    pub(crate) row: i64,
    pub(crate) seen_at: Timestamp,
    pub(crate) last_seen: Timestamp,
}

/// A lead as it is stored: with what leads are sorted by.
#[derive(Debug)]
pub(crate) struct LeadRow {
    pub(crate) cluster: i64,
    pub(crate) id: LeadId,
    pub(crate) name: String,
    /// Microseconds since 1970, as the next.
    pub(crate) first_seen: i64,
    pub(crate) last_seen: i64,
    /// −1 without a number or mailbox.
    pub(crate) confidence: f64,
    pub(crate) body: String,
}

/// What is written into leads and into what filters know of them, in this order.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Clusters whose lead goes, with its values.
    pub(crate) gone: Vec<i64>,
    /// What is written of leads that are not hidden.
    pub(crate) shown: Fresh,
    /// What is written of those that are.
    pub(crate) hidden: Fresh,
}

/// What is written of leads that are all hidden, or all not, in this order.
#[derive(Debug, Default)]
pub(crate) struct Fresh {
    /// Values that leads lost.
    pub(crate) dropped: Vec<(i64, Indexed)>,
    /// Leads that are new or another.
    pub(crate) leads: Vec<LeadRow>,
    /// Values that leads have gained.
    pub(crate) added: Vec<(i64, Indexed)>,
}

/// What deriving asks of an engine, inside one transaction and for one tenant. No list it is handed is empty.
pub(crate) trait Derives: Send {
    /// The leads of these clusters as they are stored.
    fn old_leads(&mut self, clusters: BTreeSet<i64>) -> impl Future<Output = Result<Vec<OldLead>>> + Send;

    /// Every sighting of these clusters, bodies left out: a long history costs two times each, not its contents.
    fn sightings(
        &mut self,
        clusters: BTreeSet<i64>,
    ) -> impl Future<Output = Result<Vec<KnownSighting>>> + Send;

    /// The bodies of sightings, by their rows.
    fn bodies(&mut self, rows: Vec<i64>) -> impl Future<Output = Result<BTreeMap<i64, String>>> + Send;

    /// Makes the leads of these clusters hidden where they are not, and the other way round, with their values.
    fn turn(&mut self, clusters: Vec<i64>) -> impl Future<Output = Result<()>> + Send;

    /// Writes leads and their values.
    fn write_leads(&mut self, changes: Changes) -> impl Future<Output = Result<()>> + Send;
}

pub(crate) async fn old_leads(engine: &mut impl Derives, clusters: BTreeSet<i64>) -> Result<Vec<OldLead>> {
    if clusters.is_empty() {
        return Ok(Vec::new());
    }
    engine.old_leads(clusters).await
}

pub(crate) async fn sightings(engine: &mut impl Derives, clusters: BTreeSet<i64>) -> Result<Sightings> {
    let mut sightings = Sightings::new();
    if clusters.is_empty() {
        return Ok(sightings);
    }
    for seen in engine.sightings(clusters).await? {
        let sighting = Sighting {
            row: Some(seen.row),
            seen_at: seen.seen_at,
            last_seen: seen.last_seen,
            body: None,
        };
        let records = sightings.entry(seen.cluster).or_default();
        records.entry(seen.record).or_default().insert(seen.id, sighting);
    }
    Ok(sightings)
}

/// Derives the leads of `clusters` anew and writes what changed; `stood` are those that stood there before, by the cluster
/// they went into. Counts into the receipt as the store in memory does.
pub(crate) async fn derive(
    engine: &mut impl Derives,
    clusters: &BTreeSet<i64>,
    sightings: Sightings,
    mut stood: BTreeMap<i64, Vec<OldLead>>,
    receipt: &mut Receipt,
) -> Result<()> {
    let mut derived = lead_of_each(engine, sightings).await?;
    let (mut changes, mut turned) = (Changes::default(), Vec::new());
    for cluster in clusters {
        let mut old = stood.remove(cluster).unwrap_or_default();
        old.sort_by_key(|lead| lead.id);
        let Some(lead) = derived.remove(cluster) else {
            changes.gone.extend(old.iter().map(|lead| lead.cluster));
            continue;
        };
        let body = serde_json::to_string(&lead).map_err(damaged(DERIVE))?;
        // The row stays with the cluster; the lead stays itself under its id or, when a smaller one took over, as the
        // first of those that stood there.
        let here = old.iter().find(|old| old.cluster == *cluster);
        // Whatever is joined to a hidden lead is hidden.
        let hidden = old.iter().any(|old| old.hidden);
        if here.is_some_and(|here| here.hidden != hidden) {
            turned.push(*cluster);
        }
        let here = here.map(|old| old.body.clone());
        let same = old.iter().position(|old| old.id == lead.id).unwrap_or(0);
        match old.get(same).map(|old| old.body == body) {
            Some(true) => {}
            _ if hidden => receipt.hidden.push(lead.id),
            None => receipt.created.push(lead.id),
            Some(false) => receipt.updated.push(lead.id),
        }
        receipt.merged.extend(
            old.iter()
                .enumerate()
                .filter(|(at, _)| *at != same)
                .map(|(_, old)| old.id),
        );
        changes
            .gone
            .extend(old.iter().map(|old| old.cluster).filter(|old| old != cluster));
        changes.put(*cluster, &lead, body, here, hidden)?;
    }
    if !turned.is_empty() {
        engine.turn(turned).await?;
    }
    engine.write_leads(changes).await
}

/// The lead of each cluster that was seen.
async fn lead_of_each(engine: &mut impl Derives, sightings: Sightings) -> Result<BTreeMap<i64, Lead>> {
    // Of each record only the newest speaks, so only its body is read; `Lead::derive` would pass over the others.
    let mut newest: Vec<(i64, Sighting)> = Vec::new();
    let mut first_seen: BTreeMap<i64, Timestamp> = BTreeMap::new();
    for (cluster, records) in sightings {
        for contents in records.into_values() {
            let earliest = contents.values().map(|sighting| sighting.seen_at).min();
            let speaks = contents
                .into_iter()
                .max_by_key(|(id, sighting)| (sighting.last_seen, sighting.seen_at, *id));
            newest.extend(speaks.map(|(_, sighting)| (cluster, sighting)));
            if let Some(earliest) = earliest {
                first_seen
                    .entry(cluster)
                    .and_modify(|at| *at = earliest.min(*at))
                    .or_insert(earliest);
            }
        }
    }
    let mut bodies = missing(engine, &newest).await?;
    let mut heaps: BTreeMap<i64, Vec<Observation>> = BTreeMap::new();
    for (cluster, sighting) in newest {
        let found = match (sighting.body, sighting.row.and_then(|row| bodies.remove(&row))) {
            (Some(mut body), _) => {
                (body.seen_at, body.last_seen) = (sighting.seen_at, sighting.last_seen);
                body
            }
            (None, Some(body)) => observation(&body, sighting.seen_at, sighting.last_seen)?,
            (None, None) => continue,
        };
        heaps.entry(cluster).or_default().push(found);
    }
    let derived = heaps.into_iter().filter_map(|(cluster, heap)| {
        let mut lead = Lead::derive(&heap)?;
        lead.first_seen = first_seen.get(&cluster).copied().unwrap_or(lead.first_seen);
        Some((cluster, lead))
    });
    Ok(derived.collect())
}

/// The bodies that are not at hand.
async fn missing(engine: &mut impl Derives, newest: &[(i64, Sighting)]) -> Result<BTreeMap<i64, String>> {
    let missing = newest.iter().filter(|(_, sighting)| sighting.body.is_none());
    let rows: Vec<i64> = missing.filter_map(|(_, sighting)| sighting.row).collect();
    if rows.is_empty() {
        return Ok(BTreeMap::new());
    }
    engine.bodies(rows).await
}

impl Changes {
    /// Writes `lead` where `here` stood, or nothing when nothing changed.
    fn put(
        &mut self,
        cluster: i64,
        lead: &Lead,
        body: String,
        here: Option<String>,
        hidden: bool,
    ) -> Result<()> {
        if here.as_ref() == Some(&body) {
            return Ok(());
        }
        let now = indexed(lead);
        let before = match here {
            Some(here) => indexed(&read::lead(DERIVE, &here)?),
            None => BTreeSet::new(),
        };
        let gone = before.difference(&now).map(|value| (cluster, value.clone()));
        let fresh = if hidden { &mut self.hidden } else { &mut self.shown };
        fresh.dropped.extend(gone);
        let new = now.difference(&before).map(|value| (cluster, value.clone()));
        fresh.added.extend(new);
        let confidence = match PageKey::of(lead, SortField::Confidence).value {
            SortValue::Number(number) => number,
            _ => -1.0,
        };
        fresh.leads.push(LeadRow {
            cluster,
            id: lead.id,
            name: folded(lead.name.as_deref().unwrap_or_default()),
            first_seen: lead.first_seen.as_microsecond(),
            last_seen: lead.last_seen.as_microsecond(),
            confidence,
            body,
        });
        Ok(())
    }
}
