//! One batch, in one transaction.
//!
//! Everything is read in a handful of statements, worked out in memory, and written in a handful more: the cost of a
//! statement's way to the database and back outweighs that of a row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::{Link, Observation, ObservationId, RecordId, Subject};
use lead_core::seam::{AuditNote, CheckpointDelta, Lease, NewJob, Receipt, WriteBatch};

use super::clusters::Groups;
use super::derive::{self, Derives, OldLead, Sighting, Sightings};
use super::keys::{key_text, subject_key};
use super::lease::{held, refused};
use super::read::damaged;

/// Where a record stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) row: i64,
    pub(crate) cluster: i64,
    pub(crate) new: bool,
}

/// A sighting to be written.
#[derive(Debug)]
pub(crate) struct NewSighting {
    pub(crate) record: i64,
    pub(crate) id: ObservationId,
    pub(crate) source: String,
    pub(crate) seen_at: Timestamp,
    pub(crate) last_seen: Timestamp,
    pub(crate) body: String,
}

/// What a commit asks of an engine, inside one transaction and for one tenant.
pub(crate) trait Commits: Derives {
    /// Does jobs whose leases are ours at this time; their numbers.
    fn finish_jobs(
        &mut self,
        leases: &[Lease],
        now: Timestamp,
    ) -> impl Future<Output = Result<Vec<i64>>> + Send;

    /// Pushes jobs at this time; those that live already are passed over.
    fn push_jobs(&mut self, jobs: Vec<NewJob>, now: Timestamp) -> impl Future<Output = Result<usize>> + Send;

    /// Changes a run's checkpoint.
    fn change_run(&mut self, delta: CheckpointDelta) -> impl Future<Output = Result<()>> + Send;

    /// Appends to the audit log.
    fn note(&mut self, notes: Vec<AuditNote>) -> impl Future<Output = Result<()>> + Send;

    /// Whether anything is suppressed at all.
    fn suppresses(&mut self) -> impl Future<Output = Result<bool>> + Send;

    /// Which of these subjects are on the suppression list.
    fn suppressed(&mut self, asked: Vec<String>) -> impl Future<Output = Result<Vec<String>>> + Send;

    /// The rows and clusters of these records, held until the end of the transaction; those nobody has heard of get rows
    /// of their own, each its own cluster.
    fn places(
        &mut self,
        records: &BTreeSet<RecordId>,
    ) -> impl Future<Output = Result<BTreeMap<RecordId, Place>>> + Send;

    /// How many records these clusters have.
    fn sizes(&mut self, clusters: BTreeSet<i64>) -> impl Future<Output = Result<HashMap<i64, i64>>> + Send;

    /// Moves clusters into others, and writes the records that are new.
    fn write_records(
        &mut self,
        places: &BTreeMap<RecordId, Place>,
        merges: &HashMap<i64, i64>,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Writes why records are one cluster: two rows and the key they share.
    fn write_links(&mut self, links: Vec<(i64, i64, String)>) -> impl Future<Output = Result<()>> + Send;

    /// Sets first and last time of sightings.
    fn move_times(
        &mut self,
        times: Vec<(i64, Timestamp, Timestamp)>,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Writes sightings.
    fn insert_sightings(&mut self, new: Vec<NewSighting>) -> impl Future<Output = Result<()>> + Send;

    /// Writes what records are found by: row, key, and whether the key ties records together.
    fn insert_keys(&mut self, keys: Vec<(i64, String, bool)>) -> impl Future<Output = Result<()>> + Send;
}

/// Writes a batch, at this time.
pub(crate) async fn commit(engine: &mut impl Commits, batch: WriteBatch, now: Timestamp) -> Result<Receipt> {
    let receipt = observe(engine, batch.observations, batch.links).await?;
    if let Some(delta) = batch.checkpoint {
        engine.change_run(delta).await?;
    }
    if !batch.done.is_empty() {
        let done = engine.finish_jobs(&batch.done, now).await?;
        if let Some(lost) = refused(&batch.done, &done).first() {
            held(*lost, 0)?;
        }
    }
    if !batch.jobs.is_empty() {
        engine.push_jobs(batch.jobs, now).await?;
    }
    // Last, because its numbers have no gaps: whoever appends waits for the one before.
    if !batch.audit.is_empty() {
        engine.note(batch.audit).await?;
    }
    Ok(receipt)
}

async fn observe(
    engine: &mut impl Commits,
    observations: Vec<Observation>,
    links: Vec<Link>,
) -> Result<Receipt> {
    let mut receipt = Receipt::default();
    let observations = without_suppressed(engine, observations, &mut receipt).await?;
    let seen = observations.iter().map(|observation| observation.record);
    let records: BTreeSet<RecordId> = seen
        .chain(links.iter().flat_map(|link| [link.left, link.right]))
        .collect();
    if records.is_empty() {
        return Ok(receipt);
    }
    let mut places = engine.places(&records).await?;
    // The leads as they stand before anything moves.
    let known = places.values().filter(|place| !place.new);
    let before: BTreeSet<i64> = known.map(|place| place.cluster).collect();
    let old = derive::old_leads(engine, before).await?;
    let merges = unite(engine, &mut places, &links).await?;
    engine.write_records(&places, &merges).await?;
    write_links(engine, &places, links).await?;

    let touched: BTreeSet<i64> = places.values().map(|place| place.cluster).collect();
    // What is new has no history.
    let fresh: BTreeSet<i64> = places
        .values()
        .filter(|place| place.new)
        .map(|place| place.row)
        .collect();
    let mut sightings = derive::sightings(engine, touched.difference(&fresh).copied().collect()).await?;
    let mut written = Written::default();
    for observation in observations {
        if let Some(place) = places.get(&observation.record) {
            take(&mut sightings, &mut written, *place, observation, &mut receipt);
        }
    }
    written.write(engine, &sightings).await?;
    let mut stood: BTreeMap<i64, Vec<OldLead>> = BTreeMap::new();
    for lead in old {
        let home = merges.get(&lead.cluster).copied().unwrap_or(lead.cluster);
        stood.entry(home).or_default().push(lead);
    }
    derive::derive(engine, &touched, sightings, stood, &mut receipt).await?;
    Ok(receipt)
}

/// Drops what must not be contacted; asks only for subjects the batch holds, so the length of the list does not matter.
async fn without_suppressed(
    engine: &mut impl Commits,
    observations: Vec<Observation>,
    receipt: &mut Receipt,
) -> Result<Vec<Observation>> {
    if observations.is_empty() || !engine.suppresses().await? {
        return Ok(observations);
    }
    let asked: BTreeSet<Subject> = observations.iter().flat_map(Observation::subjects).collect();
    let found = engine.suppressed(asked.iter().map(key_text).collect()).await?;
    let suppressed: BTreeSet<Subject> = found.iter().map(|text| text.parse()).collect::<Result<_>>()?;
    Ok(observations
        .into_iter()
        .filter_map(|mut observation| {
            let hash = observation.content_hash;
            let kept = observation.suppress(&suppressed);
            receipt.suppressed += usize::from(!kept || observation.content_hash != hash);
            kept.then_some(observation)
        })
        .collect())
}

/// Joins the clusters that links tie together; says which cluster went into which.
async fn unite(
    engine: &mut impl Commits,
    places: &mut BTreeMap<RecordId, Place>,
    links: &[Link],
) -> Result<HashMap<i64, i64>> {
    let groups = Groups::of(places, links);
    let tied = groups.clusters();
    if tied.is_empty() {
        return Ok(HashMap::new());
    }
    let merges = groups.merges(&engine.sizes(tied).await?);
    for place in places.values_mut() {
        place.cluster = merges.get(&place.cluster).copied().unwrap_or(place.cluster);
    }
    Ok(merges)
}

async fn write_links(
    engine: &mut impl Commits,
    places: &BTreeMap<RecordId, Place>,
    links: Vec<Link>,
) -> Result<()> {
    let row = |link: Link| {
        let (left, right) = (places.get(&link.left)?, places.get(&link.right)?);
        Some((left.row, right.row, key_text(&link.because)))
    };
    // A statement must not meet a row twice.
    let rows: BTreeSet<(i64, i64, String)> = links.into_iter().filter_map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    engine.write_links(rows.into_iter().collect()).await
}

/// Which sightings a batch changed: their cluster, record's row and id.
#[derive(Debug, Default)]
struct Written {
    new: Vec<(i64, i64, ObservationId)>,
    again: BTreeSet<(i64, i64, ObservationId)>,
}

fn take(
    sightings: &mut Sightings,
    written: &mut Written,
    place: Place,
    observation: Observation,
    receipt: &mut Receipt,
) {
    let contents = sightings
        .entry(place.cluster)
        .or_default()
        .entry(place.row)
        .or_default();
    let mark = (place.cluster, place.row, observation.id);
    if let Some(known) = contents.get_mut(&observation.id) {
        let times = (
            known.seen_at.min(observation.seen_at),
            known.last_seen.max(observation.last_seen),
        );
        if times != (known.seen_at, known.last_seen) {
            (known.seen_at, known.last_seen) = times;
            written.again.insert(mark);
        }
        receipt.seen_again += 1;
    } else {
        contents.insert(observation.id, Sighting::new(observation));
        written.new.push(mark);
        receipt.inserted += 1;
    }
}

impl Written {
    async fn write(self, engine: &mut impl Commits, sightings: &Sightings) -> Result<()> {
        let find = |(cluster, row, id): &(i64, i64, ObservationId)| sightings.get(cluster)?.get(row)?.get(id);
        let moved = self.again.iter().filter_map(find);
        let times: Vec<_> = moved
            .filter_map(|sighting| Some((sighting.row?, sighting.seen_at, sighting.last_seen)))
            .collect();
        if !times.is_empty() {
            engine.move_times(times).await?;
        }
        let new = self.new.iter().filter_map(|mark| Some((mark.1, find(mark)?)));
        insert_sightings(engine, new.collect()).await
    }
}

/// Writes new sightings and the keys of their records.
pub(crate) async fn insert_sightings(engine: &mut impl Commits, new: Vec<(i64, &Sighting)>) -> Result<()> {
    let mut rows = Vec::with_capacity(new.len());
    let mut keys: BTreeMap<(i64, String), bool> = BTreeMap::new();
    for (record, sighting) in new {
        let Some(observation) = &sighting.body else {
            continue;
        };
        rows.push(NewSighting {
            record,
            id: observation.id,
            source: observation.source.to_string(),
            seen_at: sighting.seen_at,
            last_seen: sighting.last_seen,
            body: serde_json::to_string(observation).map_err(damaged("store.commit"))?,
        });
        for subject in observation.subjects() {
            keys.entry((record, subject_key(&subject))).or_default();
        }
        for key in observation.match_keys() {
            keys.insert((record, key_text(&key)), true);
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    engine.insert_sightings(rows).await?;
    let keys = keys
        .into_iter()
        .map(|((record, key), matching)| (record, key, matching));
    engine.insert_keys(keys.collect()).await
}
