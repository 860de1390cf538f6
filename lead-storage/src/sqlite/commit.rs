//! One batch, in one transaction.
//!
//! Everything is read in a handful of statements, worked out in memory, and written in a handful more: the cost of a
//! statement's way to SQLite and back outweighs that of a row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use lead_core::Result;
use lead_core::record::{Link, Observation, ObservationId, RecordId, Subject};
use lead_core::seam::{Receipt, WriteBatch};
use sqlx::{Row, SqliteConnection};

use super::derive::{self, OldLead, Sighting};
use super::error::{damaged, failed};
use super::rows::{Cell, hex_ids, insert, key_text, numbers};
use super::{audit, queue, runs};

const COMMIT: &str = "store.commit";

/// Writes a batch for the tenant of this number.
pub(super) async fn commit(conn: &mut SqliteConnection, tenant: i64, batch: WriteBatch) -> Result<Receipt> {
    queue::push(conn, tenant, batch.jobs).await?;
    if let Some(delta) = batch.checkpoint {
        runs::change(conn, tenant, delta).await?;
    }
    audit::append(conn, tenant, batch.audit).await?;
    observe(conn, tenant, batch.observations, batch.links).await
}

/// Where a record stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    row: i64,
    cluster: i64,
    new: bool,
}

async fn observe(
    conn: &mut SqliteConnection,
    tenant: i64,
    observations: Vec<Observation>,
    links: Vec<Link>,
) -> Result<Receipt> {
    let mut receipt = Receipt::default();
    let observations = without_suppressed(conn, tenant, observations, &mut receipt).await?;
    let seen = observations.iter().map(|observation| observation.record);
    let records: BTreeSet<RecordId> = seen
        .chain(links.iter().flat_map(|link| [link.left, link.right]))
        .collect();
    if records.is_empty() {
        return Ok(receipt);
    }
    let mut places = places(conn, tenant, &records).await?;
    // The leads as they stand before anything moves.
    let before: BTreeSet<i64> = places
        .values()
        .filter(|place| !place.new)
        .map(|place| place.cluster)
        .collect();
    let old = derive::old_leads(conn, &before).await?;
    let merges = unite(conn, &mut places, &links).await?;
    let home = |cluster: i64| merges.get(&cluster).copied().unwrap_or(cluster);
    write_records(conn, tenant, &places, &merges).await?;
    write_links(conn, &places, links).await?;

    let touched: BTreeSet<i64> = places.values().map(|place| place.cluster).collect();
    let mut sightings = derive::sightings(conn, &touched).await?;
    let mut written = Written::default();
    for observation in observations {
        if let Some(place) = places.get(&observation.record) {
            take(&mut sightings, &mut written, *place, observation, &mut receipt);
        }
    }
    written.write(conn, tenant, &sightings).await?;
    let mut stood: BTreeMap<i64, Vec<OldLead>> = BTreeMap::new();
    for lead in old {
        stood.entry(home(lead.cluster)).or_default().push(lead);
    }
    derive::derive(conn, tenant, &touched, sightings, stood, &mut receipt).await?;
    Ok(receipt)
}

/// Drops what must not be contacted; asks only for subjects the batch holds, so the length of the list does not matter.
async fn without_suppressed(
    conn: &mut SqliteConnection,
    tenant: i64,
    observations: Vec<Observation>,
    receipt: &mut Receipt,
) -> Result<Vec<Observation>> {
    let some = "SELECT EXISTS (SELECT 1 FROM suppressions WHERE tenant = ?1)";
    let some: bool = sqlx::query_scalar(some)
        .bind(tenant)
        .fetch_one(&mut *conn)
        .await
        .map_err(failed(COMMIT))?;
    if !some {
        return Ok(observations);
    }
    let asked: BTreeSet<Subject> = observations.iter().flat_map(Observation::subjects).collect();
    let asked: Vec<String> = asked.iter().map(key_text).collect();
    let sql =
        "SELECT subject FROM suppressions WHERE tenant = ?1 AND subject IN (SELECT value FROM json_each(?2))";
    let found = sqlx::query_scalar::<_, String>(sql)
        .bind(tenant)
        .bind(super::rows::texts(&asked))
        .fetch_all(conn)
        .await
        .map_err(failed(COMMIT))?;
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

/// The rows and clusters of these records; those nobody has heard of get the next free rows, each its own cluster.
async fn places(
    conn: &mut SqliteConnection,
    tenant: i64,
    records: &BTreeSet<RecordId>,
) -> Result<BTreeMap<RecordId, Place>> {
    let sql = "SELECT record, id, cluster FROM records WHERE tenant = ?1 AND record IN (SELECT unhex(value) FROM json_each(?2))";
    let known = sqlx::query(sql)
        .bind(tenant)
        .bind(hex_ids(records.iter().map(|record| record.as_uuid())))
        .fetch_all(&mut *conn)
        .await
        .map_err(failed(COMMIT))?;
    let mut places = BTreeMap::new();
    for row in known {
        let record = row.try_get(0).map(RecordId::from_uuid).map_err(failed(COMMIT))?;
        let (row, cluster) = (
            row.try_get(1).map_err(failed(COMMIT))?,
            row.try_get(2).map_err(failed(COMMIT))?,
        );
        places.insert(
            record,
            Place {
                row,
                cluster,
                new: false,
            },
        );
    }
    if places.len() < records.len() {
        let last = "SELECT coalesce(max(id), 0) FROM records";
        let mut last: i64 = sqlx::query_scalar(last)
            .fetch_one(conn)
            .await
            .map_err(failed(COMMIT))?;
        for record in records {
            places.entry(*record).or_insert_with(|| {
                last += 1;
                Place {
                    row: last,
                    cluster: last,
                    new: true,
                }
            });
        }
    }
    Ok(places)
}

/// Joins the clusters that links tie together; says which cluster went into which. The largest of a group stays, so a
/// record is moved at most log₂ n times in its life.
async fn unite(
    conn: &mut SqliteConnection,
    places: &mut BTreeMap<RecordId, Place>,
    links: &[Link],
) -> Result<HashMap<i64, i64>> {
    let mut parents: HashMap<i64, i64> = HashMap::new();
    for link in links {
        if let (Some(left), Some(right)) = (places.get(&link.left), places.get(&link.right)) {
            let (one, other) = (
                root(&mut parents, left.cluster),
                root(&mut parents, right.cluster),
            );
            if one != other {
                parents.insert(other, one);
            }
        }
    }
    let all: BTreeSet<i64> = parents
        .iter()
        .flat_map(|(child, parent)| [*child, *parent])
        .collect();
    if all.is_empty() {
        return Ok(HashMap::new());
    }
    let sizes = "SELECT cluster, count(*) FROM records WHERE cluster IN (SELECT value FROM json_each(?1)) GROUP BY cluster";
    let sizes: HashMap<i64, i64> = sqlx::query_as(sizes)
        .bind(numbers(all.iter().copied()))
        .fetch_all(conn)
        .await
        .map_err(failed(COMMIT))?
        .into_iter()
        .collect();
    let mut groups: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for cluster in all {
        groups
            .entry(root(&mut parents, cluster))
            .or_default()
            .push(cluster);
    }
    let mut merges = HashMap::new();
    for group in groups.into_values() {
        let size = |cluster: &i64| {
            (
                sizes.get(cluster).copied().unwrap_or(0),
                std::cmp::Reverse(*cluster),
            )
        };
        if let Some(stays) = group.iter().copied().max_by_key(size) {
            merges.extend(
                group
                    .into_iter()
                    .filter(|cluster| *cluster != stays)
                    .map(|cluster| (cluster, stays)),
            );
        }
    }
    for place in places.values_mut() {
        place.cluster = merges.get(&place.cluster).copied().unwrap_or(place.cluster);
    }
    Ok(merges)
}

/// The root of a cluster's tree, halving the way to it.
fn root(parents: &mut HashMap<i64, i64>, mut cluster: i64) -> i64 {
    while let Some(parent) = parents.get(&cluster).copied() {
        if let Some(grandparent) = parents.get(&parent).copied() {
            parents.insert(cluster, grandparent);
        }
        cluster = parent;
    }
    cluster
}

async fn write_records(
    conn: &mut SqliteConnection,
    tenant: i64,
    places: &BTreeMap<RecordId, Place>,
    merges: &HashMap<i64, i64>,
) -> Result<()> {
    for (from, into) in merges {
        let moved = sqlx::query("UPDATE records SET cluster = ?1 WHERE cluster = ?2")
            .bind(into)
            .bind(from);
        moved.execute(&mut *conn).await.map_err(failed(COMMIT))?;
    }
    let rows = places
        .iter()
        .filter(|(_, place)| place.new)
        .map(|(record, place)| {
            [
                place.row.into(),
                tenant.into(),
                record.as_uuid().into(),
                place.cluster.into(),
            ]
        });
    let head = "INSERT INTO records (id, tenant, record, cluster) VALUES";
    insert(conn, COMMIT, head, "", rows.collect()).await
}

async fn write_links(
    conn: &mut SqliteConnection,
    places: &BTreeMap<RecordId, Place>,
    links: Vec<Link>,
) -> Result<()> {
    let row = |link: Link| {
        let (left, right) = (places.get(&link.left)?, places.get(&link.right)?);
        Some([
            left.row.into(),
            right.row.into(),
            Cell::Text(link.because.to_string()),
        ])
    };
    let head = "INSERT INTO links (one, other, because) VALUES";
    insert(
        conn,
        COMMIT,
        head,
        "ON CONFLICT DO NOTHING",
        links.into_iter().filter_map(row).collect(),
    )
    .await
}

/// Which sightings a batch changed: their cluster, record's row and id.
#[derive(Debug, Default)]
struct Written {
    new: Vec<(i64, i64, ObservationId)>,
    again: BTreeSet<(i64, i64, ObservationId)>,
}

fn take(
    sightings: &mut derive::Sightings,
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
    async fn write(
        self,
        conn: &mut SqliteConnection,
        tenant: i64,
        sightings: &derive::Sightings,
    ) -> Result<()> {
        let find = |(cluster, row, id): &(i64, i64, ObservationId)| sightings.get(cluster)?.get(row)?.get(id);
        let mut times = Vec::new();
        for mark in &self.again {
            if let Some((sighting, Some(id))) = find(mark).map(|sighting| (sighting, sighting.row)) {
                times.push((id, sighting.seen_at.to_string(), sighting.last_seen.to_string()));
            }
        }
        if !times.is_empty() {
            let sql = "UPDATE observations SET seen_at = j.value ->> 1, last_seen = j.value ->> 2
                       FROM json_each(?1) AS j WHERE observations.id = j.value ->> 0";
            let times = serde_json::to_string(&times).map_err(damaged(COMMIT))?;
            sqlx::query(sql)
                .bind(times)
                .execute(&mut *conn)
                .await
                .map_err(failed(COMMIT))?;
        }
        let new: Vec<(i64, &Sighting)> = self
            .new
            .iter()
            .filter_map(|mark| Some((mark.1, find(mark)?)))
            .collect();
        insert_sightings(conn, tenant, new).await
    }
}

/// Writes new sightings and the keys of their records.
pub(super) async fn insert_sightings(
    conn: &mut SqliteConnection,
    tenant: i64,
    new: Vec<(i64, &Sighting)>,
) -> Result<()> {
    let mut rows = Vec::with_capacity(new.len());
    let mut keys: BTreeMap<(i64, String), bool> = BTreeMap::new();
    for (record, sighting) in new {
        let Some(observation) = &sighting.body else {
            continue;
        };
        rows.push([
            record.into(),
            observation.id.as_uuid().into(),
            observation.source.as_str().into(),
            sighting.seen_at.to_string().into(),
            sighting.last_seen.to_string().into(),
            serde_json::to_string(observation)
                .map_err(damaged(COMMIT))?
                .into(),
        ]);
        for subject in observation.subjects() {
            keys.entry((record, subject_key(&subject))).or_default();
        }
        for key in observation.match_keys() {
            keys.insert((record, key_text(&key)), true);
        }
    }
    let head = "INSERT INTO observations (record, observation, source, seen_at, last_seen, body) VALUES";
    insert(conn, COMMIT, head, "", rows).await?;
    let keys = keys.into_iter().map(|((record, key), matching)| {
        [
            record.into(),
            key.into(),
            tenant.into(),
            i64::from(matching).into(),
        ]
    });
    let head = "INSERT INTO record_keys (record, key, tenant, matching) VALUES";
    let tail = "ON CONFLICT DO UPDATE SET matching = 1 WHERE excluded.matching > matching";
    insert(conn, COMMIT, head, tail, keys.collect()).await
}

/// A subject in the form of `record_keys`: a domain is a site.
pub(super) fn subject_key(subject: &Subject) -> String {
    match subject {
        Subject::Domain(site) => key_text(&format!("site:{site}")),
        other => key_text(other),
    }
}
