//! Erasure and suppression of what is stored.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::{LeadId, Observation, Subject, Suppression};
use lead_core::seam::{AuditNote, Erased, Receipt};
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use super::audit;
use super::commit::{insert_sightings, subject_key};
use super::derive::{self, OldLead, Sighting, Sightings, observation, time};
use super::error::failed;
use super::rows::{insert, key_text, numbers, texts};

const ERASE: &str = "store.erase";
const SUPPRESS: &str = "store.suppress";

/// Erases leads with everything they were made of, and notes that it was done.
pub(super) async fn erase(
    conn: &mut SqliteConnection,
    tenant: i64,
    ids: Vec<LeadId>,
    now: Timestamp,
) -> Result<Erased> {
    let mut erased = Erased::default();
    let mut notes = Vec::new();
    for id in ids {
        let sql = "SELECT l.cluster FROM records AS r JOIN leads AS l ON l.cluster = r.cluster
                   WHERE r.tenant = ?1 AND r.record = ?2";
        let cluster: Option<i64> = sqlx::query_scalar(sql)
            .bind(tenant)
            .bind(id.as_uuid())
            .fetch_optional(&mut *conn)
            .await
            .map_err(failed(ERASE))?;
        if let Some(cluster) = cluster {
            let observations = erase_cluster(conn, cluster).await?;
            erased = Erased::new(erased.leads + 1, erased.observations + observations);
            notes.push(AuditNote::new("store", "lead.erased", id, now));
        }
    }
    audit::append(conn, tenant, notes).await?;
    Ok(erased)
}

async fn erase_cluster(conn: &mut SqliteConnection, cluster: i64) -> Result<usize> {
    derive::forget(conn, vec![cluster]).await?;
    let mut observations = 0;
    for (sql, counted) in [
        (
            "DELETE FROM observations WHERE record IN (SELECT id FROM records WHERE cluster = ?1)",
            true,
        ),
        (
            "DELETE FROM record_keys WHERE record IN (SELECT id FROM records WHERE cluster = ?1)",
            false,
        ),
        (
            "DELETE FROM links WHERE one IN (SELECT id FROM records WHERE cluster = ?1)",
            false,
        ),
        (
            "DELETE FROM links WHERE other IN (SELECT id FROM records WHERE cluster = ?1)",
            false,
        ),
        ("DELETE FROM records WHERE cluster = ?1", false),
    ] {
        let done = sqlx::query(sql)
            .bind(cluster)
            .execute(&mut *conn)
            .await
            .map_err(failed(ERASE))?;
        if counted {
            observations = usize::try_from(done.rows_affected()).unwrap_or(usize::MAX);
        }
    }
    Ok(observations)
}

/// Adds to the suppression list and takes what it names out of what is stored.
pub(super) async fn suppress(
    conn: &mut SqliteConnection,
    tenant: i64,
    entries: Vec<Suppression>,
) -> Result<()> {
    let keys: BTreeSet<String> = entries.iter().map(|entry| subject_key(&entry.subject)).collect();
    let keys: Vec<String> = keys.into_iter().collect();
    // The last of two entries about one subject counts, and one statement must not touch a row twice.
    let entries: BTreeMap<String, Suppression> = entries
        .into_iter()
        .map(|entry| (key_text(&entry.subject), entry))
        .collect();
    let suppressed: BTreeSet<Subject> = entries.values().map(|entry| entry.subject.clone()).collect();
    let rows = entries.into_iter().map(|(subject, entry)| {
        [
            tenant.into(),
            subject.into(),
            entry.reason.into(),
            entry.since.to_string().into(),
        ]
    });
    let head = "INSERT INTO suppressions (tenant, subject, reason, since) VALUES";
    let tail = "ON CONFLICT DO UPDATE SET reason = excluded.reason, since = excluded.since";
    insert(conn, SUPPRESS, head, tail, rows.collect()).await?;

    let records = "SELECT DISTINCT k.record FROM record_keys AS k
                   WHERE k.tenant = ?1 AND k.key IN (SELECT value FROM json_each(?2))";
    let records: Vec<i64> = sqlx::query_scalar(records)
        .bind(tenant)
        .bind(texts(&keys))
        .fetch_all(&mut *conn)
        .await
        .map_err(failed(SUPPRESS))?;
    forget_reasons(conn, &records, &keys).await?;
    let touched = strip(conn, tenant, records, &suppressed).await?;
    let mut stood: BTreeMap<i64, Vec<OldLead>> = BTreeMap::new();
    for lead in derive::old_leads(conn, &touched).await? {
        stood.entry(lead.cluster).or_default().push(lead);
    }
    let sightings = derive::sightings(conn, &touched).await?;
    derive::derive(conn, tenant, &touched, sightings, stood, &mut Receipt::default()).await?;
    forget_unseen(conn, &touched).await
}

/// Drops what ties these records by what is suppressed: a link says the number, too.
async fn forget_reasons(conn: &mut SqliteConnection, records: &[i64], keys: &[String]) -> Result<()> {
    let records = numbers(records.iter().copied());
    for sql in [
        "DELETE FROM links WHERE because IN (SELECT value FROM json_each(?1))
         AND one IN (SELECT value FROM json_each(?2))",
        "DELETE FROM links WHERE because IN (SELECT value FROM json_each(?1))
         AND other IN (SELECT value FROM json_each(?2))",
    ] {
        sqlx::query(sql)
            .bind(texts(keys))
            .bind(&records)
            .execute(&mut *conn)
            .await
            .map_err(failed(SUPPRESS))?;
    }
    Ok(())
}

/// Drops what is left of records that nothing is known of any more: why they were tied to others, and, when that goes for
/// the whole cluster, the records themselves. A record of a cluster that stands is kept: the cluster may have its number.
async fn forget_unseen(conn: &mut SqliteConnection, clusters: &BTreeSet<i64>) -> Result<()> {
    let clusters = numbers(clusters.iter().copied());
    let unseen = "SELECT r.id FROM records AS r WHERE r.cluster IN (SELECT value FROM json_each(?1))
                  AND NOT EXISTS (SELECT 1 FROM observations AS o WHERE o.record = r.id)";
    for sql in [
        format!("DELETE FROM links WHERE one IN ({unseen})"),
        format!("DELETE FROM links WHERE other IN ({unseen})"),
        "DELETE FROM records WHERE cluster IN (
             SELECT c.value FROM json_each(?1) AS c WHERE NOT EXISTS (
                 SELECT 1 FROM records AS r JOIN observations AS o ON o.record = r.id WHERE r.cluster = c.value))"
            .to_owned(),
    ] {
        sqlx::query(AssertSqlSafe(sql))
            .bind(&clusters)
            .execute(&mut *conn)
            .await
            .map_err(failed(SUPPRESS))?;
    }
    Ok(())
}

/// Rewrites the sightings of these records without what is suppressed; the clusters that changed.
async fn strip(
    conn: &mut SqliteConnection,
    tenant: i64,
    records: Vec<i64>,
    suppressed: &BTreeSet<Subject>,
) -> Result<BTreeSet<i64>> {
    let mut touched = BTreeSet::new();
    // Some hundred at a time: what a large site suppressed may hold need not be in memory at once.
    for some in records.chunks(256) {
        let sql = "SELECT r.cluster, r.id, o.body, o.seen_at, o.last_seen
                   FROM records AS r JOIN observations AS o ON o.record = r.id
                   WHERE r.id IN (SELECT value FROM json_each(?1)) ORDER BY o.observation";
        let rows = sqlx::query(sql)
            .bind(numbers(some.iter().copied()))
            .fetch_all(&mut *conn)
            .await;
        let mut kept = Sightings::new();
        let mut changed = BTreeSet::new();
        for row in &rows.map_err(failed(SUPPRESS))? {
            let get = |at: usize| row.try_get::<i64, _>(at).map_err(failed(SUPPRESS));
            let (cluster, record) = (get(0)?, get(1)?);
            let body: &str = row.try_get(2).map_err(failed(SUPPRESS))?;
            let mut observation: Observation = observation(body, time(row, 3)?, time(row, 4)?)?;
            let hash = observation.content_hash;
            let left = observation.suppress(suppressed);
            if !left || observation.content_hash != hash {
                changed.insert(record);
                touched.insert(cluster);
            }
            if left {
                keep(&mut kept, cluster, record, observation);
            }
        }
        rewrite(conn, tenant, &changed, &kept).await?;
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

async fn rewrite(
    conn: &mut SqliteConnection,
    tenant: i64,
    changed: &BTreeSet<i64>,
    kept: &Sightings,
) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let ids = numbers(changed.iter().copied());
    for sql in [
        "DELETE FROM observations WHERE record IN (SELECT value FROM json_each(?1))",
        "DELETE FROM record_keys WHERE record IN (SELECT value FROM json_each(?1))",
    ] {
        sqlx::query(sql)
            .bind(&ids)
            .execute(&mut *conn)
            .await
            .map_err(failed(SUPPRESS))?;
    }
    let records = kept
        .values()
        .flatten()
        .filter(|(record, _)| changed.contains(record));
    let sightings =
        records.flat_map(|(record, contents)| contents.values().map(|sighting| (*record, sighting)));
    insert_sightings(conn, tenant, sightings.collect()).await
}

/// Takes subjects off the list.
pub(super) async fn unsuppress(conn: &mut SqliteConnection, tenant: i64, subjects: &[Subject]) -> Result<()> {
    let subjects: Vec<String> = subjects.iter().map(key_text).collect();
    sqlx::query("DELETE FROM suppressions WHERE tenant = ?1 AND subject IN (SELECT value FROM json_each(?2))")
        .bind(tenant)
        .bind(texts(&subjects))
        .execute(conn)
        .await
        .map(drop)
        .map_err(failed(SUPPRESS))
}

/// The list, in order of subject.
pub(super) async fn suppressions(conn: &mut SqliteConnection, tenant: i64) -> Result<Vec<Suppression>> {
    let rows = sqlx::query("SELECT subject, reason, since FROM suppressions WHERE tenant = ?1").bind(tenant);
    let rows = rows.fetch_all(conn).await.map_err(failed(SUPPRESS))?;
    let mut list = Vec::with_capacity(rows.len());
    for row in &rows {
        let text = |at: usize| row.try_get::<&str, _>(at).map_err(failed(SUPPRESS));
        list.push(Suppression::new(text(0)?.parse()?, text(1)?, time(row, 2)?));
    }
    list.sort_by(|a, b| a.subject.cmp(&b.subject));
    Ok(list)
}
