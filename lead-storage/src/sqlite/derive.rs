//! From the sightings of clusters to their leads.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::clock::Timestamp;
use lead_core::record::filter::folded;
use lead_core::record::{Lead, LeadId, Observation, ObservationId};
use lead_core::seam::{PageKey, Receipt, SortField, SortValue};
use lead_core::{Error, ErrorKind, Result};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::error::{damaged, failed};
use super::rows::{Cell, bind, insert, numbers};
use super::values::{Indexed, indexed};

const DERIVE: &str = "store.derive";

/// A sighting: its times, and its body when it is at hand.
#[derive(Debug)]
pub(super) struct Sighting {
    pub(super) row: Option<i64>,
    pub(super) seen_at: Timestamp,
    pub(super) last_seen: Timestamp,
    pub(super) body: Option<Observation>,
}

impl Sighting {
    /// One that is not stored yet.
    pub(super) fn new(observation: Observation) -> Self {
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
pub(super) type Sightings = BTreeMap<i64, BTreeMap<i64, BTreeMap<ObservationId, Sighting>>>;

/// A lead that stood before.
#[derive(Debug)]
pub(super) struct OldLead {
    pub(super) cluster: i64,
    id: LeadId,
    body: String,
}

/// The leads of these clusters as they are stored.
pub(super) async fn old_leads(conn: &mut SqliteConnection, clusters: &BTreeSet<i64>) -> Result<Vec<OldLead>> {
    if clusters.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT cluster, id, body FROM leads WHERE cluster IN (SELECT value FROM json_each(?1))";
    let rows = sqlx::query(sql)
        .bind(numbers(clusters.iter().copied()))
        .fetch_all(conn)
        .await;
    let lead = |row: &SqliteRow| {
        let id = LeadId::from_uuid(row.try_get(1)?);
        Ok(OldLead {
            cluster: row.try_get(0)?,
            id,
            body: row.try_get(2)?,
        })
    };
    rows.and_then(|rows| rows.iter().map(lead).collect())
        .map_err(failed(DERIVE))
}

/// Every sighting of these clusters, bodies left out: a long history costs two times each, not its contents.
pub(super) async fn sightings(conn: &mut SqliteConnection, clusters: &BTreeSet<i64>) -> Result<Sightings> {
    let sql = "SELECT r.cluster, r.id, o.observation, o.id, o.seen_at, o.last_seen
               FROM records AS r JOIN observations AS o ON o.record = r.id
               WHERE r.cluster IN (SELECT value FROM json_each(?1))";
    let rows = sqlx::query(sql)
        .bind(numbers(clusters.iter().copied()))
        .fetch_all(conn)
        .await
        .map_err(failed(DERIVE))?;
    let mut sightings = Sightings::new();
    for row in &rows {
        let get = |at: usize| row.try_get::<i64, _>(at).map_err(failed(DERIVE));
        let id = row
            .try_get(2)
            .map(ObservationId::from_uuid)
            .map_err(failed(DERIVE))?;
        let sighting = Sighting {
            row: Some(get(3)?),
            seen_at: time(row, 4)?,
            last_seen: time(row, 5)?,
            body: None,
        };
        sightings
            .entry(get(0)?)
            .or_default()
            .entry(get(1)?)
            .or_default()
            .insert(id, sighting);
    }
    Ok(sightings)
}

/// A stored RFC 3339 time.
pub(super) fn time(row: &SqliteRow, at: usize) -> Result<Timestamp> {
    let text: &str = row.try_get(at).map_err(failed(DERIVE))?;
    text.parse().map_err(|cause| {
        Error::new(ErrorKind::Corrupt, DERIVE, "a stored time cannot be read").because(cause)
    })
}

/// A stored observation with the times that moved since.
pub(super) fn observation(body: &str, seen_at: Timestamp, last_seen: Timestamp) -> Result<Observation> {
    let mut observation: Observation = serde_json::from_str(body).map_err(damaged(DERIVE))?;
    (observation.seen_at, observation.last_seen) = (seen_at, last_seen);
    Ok(observation)
}

/// Derives the leads of `clusters` anew and writes what changed; `stood` are those that stood there before, by the cluster
/// they went into. Counts into the receipt as the store in memory does.
pub(super) async fn derive(
    conn: &mut SqliteConnection,
    tenant: i64,
    clusters: &BTreeSet<i64>,
    sightings: Sightings,
    mut stood: BTreeMap<i64, Vec<OldLead>>,
    receipt: &mut Receipt,
) -> Result<()> {
    let mut derived = lead_of_each(conn, sightings).await?;
    let mut changes = Changes::default();
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
        let here = old
            .iter()
            .position(|old| old.cluster == *cluster)
            .map(|at| old.get(at).map(|old| old.body.clone()));
        let here = here.flatten();
        let same = old.iter().position(|old| old.id == lead.id).unwrap_or(0);
        match old.get(same).map(|old| old.body == body) {
            None => receipt.created.push(lead.id),
            Some(false) => receipt.updated.push(lead.id),
            Some(true) => {}
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
        changes.put(tenant, *cluster, &lead, body, here)?;
    }
    changes.write(conn).await
}

/// The lead of each cluster that was seen.
async fn lead_of_each(conn: &mut SqliteConnection, sightings: Sightings) -> Result<BTreeMap<i64, Lead>> {
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
    let missing = newest
        .iter()
        .filter(|(_, sighting)| sighting.body.is_none())
        .filter_map(|(_, sighting)| sighting.row);
    let mut bodies = bodies(conn, missing.collect()).await?;
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

async fn bodies(conn: &mut SqliteConnection, rows: Vec<i64>) -> Result<BTreeMap<i64, String>> {
    if rows.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = "SELECT id, body FROM observations WHERE id IN (SELECT value FROM json_each(?1))";
    let found: Vec<(i64, String)> = sqlx::query_as(sql)
        .bind(numbers(rows))
        .fetch_all(conn)
        .await
        .map_err(failed(DERIVE))?;
    Ok(found.into_iter().collect())
}

/// What is written into `leads` and `lead_values`.
#[derive(Debug, Default)]
struct Changes {
    gone: Vec<i64>,
    leads: Vec<[Cell; 8]>,
    dropped: Vec<(i64, Indexed)>,
    added: Vec<[Cell; 4]>,
}

impl Changes {
    /// Writes `lead` where `here` stood, or nothing when nothing changed.
    fn put(
        &mut self,
        tenant: i64,
        cluster: i64,
        lead: &Lead,
        body: String,
        here: Option<String>,
    ) -> Result<()> {
        if here.as_ref() == Some(&body) {
            return Ok(());
        }
        let now = indexed(lead);
        let before = match here {
            Some(here) => indexed(&serde_json::from_str(&here).map_err(damaged(DERIVE))?),
            None => BTreeSet::new(),
        };
        self.dropped
            .extend(before.difference(&now).map(|value| (cluster, value.clone())));
        let row = |value: &Indexed| [cluster.into(), value.field().into(), value.cell(), tenant.into()];
        self.added.extend(now.difference(&before).map(row));
        let confidence = match PageKey::of(lead, SortField::Confidence).value {
            SortValue::Number(number) => number,
            _ => -1.0,
        };
        self.leads.push([
            cluster.into(),
            tenant.into(),
            lead.id.as_uuid().into(),
            folded(lead.name.as_deref().unwrap_or_default()).into(),
            lead.first_seen.as_microsecond().into(),
            lead.last_seen.as_microsecond().into(),
            confidence.into(),
            body.into(),
        ]);
        Ok(())
    }

    async fn write(self, conn: &mut SqliteConnection) -> Result<()> {
        forget(conn, self.gone).await?;
        for (cluster, value) in self.dropped {
            let gone = sqlx::query("DELETE FROM lead_values WHERE lead = ?1 AND field = ?2 AND value = ?3");
            bind(gone.bind(cluster).bind(value.field()), value.cell())
                .execute(&mut *conn)
                .await
                .map_err(failed(DERIVE))?;
        }
        let head =
            "INSERT INTO leads (cluster, tenant, id, name, first_seen, last_seen, confidence, body) VALUES";
        let tail = "ON CONFLICT (cluster) DO UPDATE SET id = excluded.id, name = excluded.name,
                    first_seen = excluded.first_seen, last_seen = excluded.last_seen,
                    confidence = excluded.confidence, body = excluded.body";
        insert(conn, DERIVE, head, tail, self.leads).await?;
        insert(
            conn,
            DERIVE,
            "INSERT INTO lead_values (lead, field, value, tenant) VALUES",
            "",
            self.added,
        )
        .await
    }
}

/// Drops the leads of these clusters and what filters know of them.
pub(super) async fn forget(conn: &mut SqliteConnection, clusters: Vec<i64>) -> Result<()> {
    if clusters.is_empty() {
        return Ok(());
    }
    let clusters = numbers(clusters);
    for sql in [
        "DELETE FROM lead_values WHERE lead IN (SELECT value FROM json_each(?1))",
        "DELETE FROM leads WHERE cluster IN (SELECT value FROM json_each(?1))",
    ] {
        sqlx::query(sql)
            .bind(&clusters)
            .execute(&mut *conn)
            .await
            .map_err(failed(DERIVE))?;
    }
    Ok(())
}
