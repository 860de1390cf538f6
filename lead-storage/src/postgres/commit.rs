//! What a commit reads and writes: each kind of row in one statement, its columns bound as arrays.
//!
//! Locks are taken in one order, so that writers who meet wait for each other and do not deadlock: the tenant's (shared), the
//! clusters by number, new records by id, then jobs and last the notes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use lead_core::clock::Timestamp;
use lead_core::record::RecordId;
use lead_core::seam::{AuditNote, CheckpointDelta, Lease, NewJob};
use lead_core::{Error, ErrorKind, Result};
use sqlx::Row;
use uuid::Uuid;

use super::db::Tx;
use super::error::failed;
use super::rows::{columns, name_id};
use super::{audit, queue, runs};
use crate::model::commit::{Commits, NewSighting, Place};

const COMMIT: &str = "store.commit";

/// Somebody moved, erased or wrote what we were about to: the transaction is done again.
fn overtaken(what: &'static str) -> Error {
    Error::new(ErrorKind::Conflict, COMMIT, what).temporary()
}

impl Commits for Tx {
    async fn finish_jobs(&mut self, leases: &[Lease], now: Timestamp) -> Result<Vec<i64>> {
        queue::finish(self, leases, now).await
    }

    async fn push_jobs(&mut self, jobs: Vec<NewJob>, now: Timestamp) -> Result<usize> {
        queue::push(self, jobs, now).await
    }

    async fn change_run(&mut self, delta: CheckpointDelta) -> Result<()> {
        runs::change(self, delta).await
    }

    async fn note(&mut self, notes: Vec<AuditNote>) -> Result<()> {
        audit::append(self, notes).await
    }

    async fn suppresses(&mut self) -> Result<bool> {
        let tenant = self.tenant;
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM suppressions WHERE tenant = $1)")
            .bind(tenant)
            .fetch_one(self.conn())
            .await
            .map_err(failed(COMMIT))
    }

    async fn suppressed(&mut self, asked: Vec<String>) -> Result<Vec<String>> {
        let tenant = self.tenant;
        sqlx::query_scalar("SELECT subject FROM suppressions WHERE tenant = $1 AND subject = ANY ($2)")
            .bind(tenant)
            .bind(asked)
            .fetch_all(self.conn())
            .await
            .map_err(failed(COMMIT))
    }

    async fn places(&mut self, records: &BTreeSet<RecordId>) -> Result<BTreeMap<RecordId, Place>> {
        let mut places = known(self, records).await?;
        let clusters: BTreeSet<i64> = places.values().map(|place| place.cluster).collect();
        if !clusters.is_empty() {
            hold(self, clusters).await?;
        }
        let missing = records.len() - places.len();
        if missing > 0 {
            let sql = "SELECT nextval('record_rows') FROM generate_series(1, $1)";
            let rows: Vec<i64> = sqlx::query_scalar(sql)
                .bind(i64::try_from(missing).unwrap_or(i64::MAX))
                .fetch_all(self.conn())
                .await
                .map_err(failed(COMMIT))?;
            let unknown: Vec<RecordId> = records
                .iter()
                .filter(|record| !places.contains_key(record))
                .copied()
                .collect();
            places.extend(unknown.into_iter().zip(rows).map(|(record, row)| {
                let (cluster, new) = (row, true);
                (record, Place { row, cluster, new })
            }));
        }
        Ok(places)
    }

    async fn sizes(&mut self, clusters: BTreeSet<i64>) -> Result<HashMap<i64, i64>> {
        let tenant = self.tenant;
        let sql =
            "SELECT cluster, count(*) FROM records WHERE tenant = $1 AND cluster = ANY ($2) GROUP BY cluster";
        let sizes: Vec<(i64, i64)> = sqlx::query_as(sql)
            .bind(tenant)
            .bind(Vec::from_iter(clusters))
            .fetch_all(self.conn())
            .await
            .map_err(failed(COMMIT))?;
        Ok(sizes.into_iter().collect())
    }

    async fn write_records(
        &mut self,
        places: &BTreeMap<RecordId, Place>,
        merges: &HashMap<i64, i64>,
    ) -> Result<()> {
        let tenant = self.tenant;
        if !merges.is_empty() {
            columns!(merges, |(from, into)| froms = *from, intos = *into);
            let sql = "UPDATE records AS r SET cluster = m.home FROM unnest($2::bigint[], $3::bigint[]) AS m (was, home)
                       WHERE r.tenant = $1 AND r.cluster = m.was";
            let moved = sqlx::query(sql).bind(tenant).bind(froms).bind(intos);
            moved.execute(self.conn()).await.map_err(failed(COMMIT))?;
        }
        let new = places.iter().filter(|(_, place)| place.new);
        columns!(
            new,
            |(record, place)| ids = place.row,
            records = record.as_uuid(),
            clusters = place.cluster
        );
        if ids.is_empty() {
            return Ok(());
        }
        let wanted = ids.len();
        // In order of record, as everybody does: two who write the same ones do not wait for each other in a ring.
        let sql = "INSERT INTO records (tenant, id, record, cluster)
                   SELECT $1, n.id, n.record, n.cluster
                   FROM unnest($2::bigint[], $3::uuid[], $4::bigint[]) AS n (id, record, cluster) ORDER BY n.record
                   ON CONFLICT DO NOTHING";
        let insert = sqlx::query(sql)
            .bind(tenant)
            .bind(ids)
            .bind(records)
            .bind(clusters);
        let done = insert.execute(self.conn()).await.map_err(failed(COMMIT))?;
        if usize::try_from(done.rows_affected()).ok() == Some(wanted) {
            Ok(())
        } else {
            Err(overtaken("somebody wrote the same new records at the same time"))
        }
    }

    async fn write_links(&mut self, links: Vec<(i64, i64, String)>) -> Result<()> {
        let tenant = self.tenant;
        columns!(
            links,
            |(one, other, because)| ones = one,
            others = other,
            keys = name_id(&because),
            reasons = because
        );
        let sql = "INSERT INTO links (tenant, one, other, key, because)
                   SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::uuid[], $5::text[]) ON CONFLICT DO NOTHING";
        let insert = sqlx::query(sql)
            .bind(tenant)
            .bind(ones)
            .bind(others)
            .bind(keys)
            .bind(reasons);
        let done = insert.execute(self.conn()).await;
        done.map(drop).map_err(failed(COMMIT))
    }

    async fn move_times(&mut self, times: Vec<(i64, Timestamp, Timestamp)>) -> Result<()> {
        let tenant = self.tenant;
        columns!(
            times,
            |(row, first, last)| rows = row,
            firsts = first.to_string(),
            lasts = last.to_string()
        );
        let sql = "UPDATE observations AS o SET seen_at = m.first, last_seen = m.last
                   FROM unnest($2::bigint[], $3::text[], $4::text[]) AS m (id, first, last)
                   WHERE o.tenant = $1 AND o.id = m.id";
        let update = sqlx::query(sql).bind(tenant).bind(rows).bind(firsts).bind(lasts);
        let done = update.execute(self.conn()).await;
        done.map(drop).map_err(failed(COMMIT))
    }

    async fn insert_sightings(&mut self, new: Vec<NewSighting>) -> Result<()> {
        let tenant = self.tenant;
        columns!(
            new,
            |sighting| records = sighting.record,
            ids = sighting.id.as_uuid(),
            sources = sighting.source,
            firsts = sighting.seen_at.to_string(),
            lasts = sighting.last_seen.to_string(),
            bodies = sighting.body,
        );
        let sql = "INSERT INTO observations (tenant, record, observation, source, seen_at, last_seen, body)
                   SELECT $1, * FROM unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])";
        let insert = sqlx::query(sql)
            .bind(tenant)
            .bind(records)
            .bind(ids)
            .bind(sources);
        let insert = insert.bind(firsts).bind(lasts).bind(bodies);
        let done = insert.execute(self.conn()).await;
        done.map(drop).map_err(failed(COMMIT))
    }

    async fn insert_keys(&mut self, keys: Vec<(i64, String, bool)>) -> Result<()> {
        let tenant = self.tenant;
        columns!(
            keys,
            |(record, key, matches)| records = record,
            names = name_id(&key),
            matching = matches
        );
        let sql = "INSERT INTO record_keys AS k (tenant, record, key, matching)
                   SELECT $1, * FROM unnest($2::bigint[], $3::uuid[], $4::boolean[])
                   ON CONFLICT (tenant, record, key) DO UPDATE SET matching = true WHERE excluded.matching > k.matching";
        let insert = sqlx::query(sql)
            .bind(tenant)
            .bind(records)
            .bind(names)
            .bind(matching);
        let done = insert.execute(self.conn()).await;
        done.map(drop).map_err(failed(COMMIT))
    }
}

/// The records that are known, as they stand now.
async fn known(tx: &mut Tx, records: &BTreeSet<RecordId>) -> Result<BTreeMap<RecordId, Place>> {
    let tenant = tx.tenant;
    let ids: Vec<Uuid> = records.iter().map(|record| record.as_uuid()).collect();
    let rows = sqlx::query("SELECT record, id, cluster FROM records WHERE tenant = $1 AND record = ANY ($2)")
        .bind(tenant)
        .bind(ids)
        .fetch_all(tx.conn())
        .await
        .map_err(failed(COMMIT))?;
    let mut places = BTreeMap::new();
    for row in rows {
        let get = |at: usize| row.try_get::<i64, _>(at).map_err(failed(COMMIT));
        let record = row.try_get(0).map(RecordId::from_uuid).map_err(failed(COMMIT))?;
        let (row, cluster, new) = (get(1)?, get(2)?, false);
        places.insert(record, Place { row, cluster, new });
    }
    Ok(places)
}

/// Holds clusters until the end of the transaction: nobody else derives their leads or moves them meanwhile. Who waited and
/// finds that one has gone into another meanwhile begins anew.
async fn hold(tx: &mut Tx, clusters: BTreeSet<i64>) -> Result<()> {
    let tenant = tx.tenant;
    let wanted = clusters.len();
    let sql = "SELECT id FROM records WHERE tenant = $1 AND id = ANY ($2) AND cluster = id ORDER BY id FOR NO KEY UPDATE";
    let held = sqlx::query(sql).bind(tenant).bind(Vec::from_iter(clusters));
    let held = held.fetch_all(tx.conn()).await.map_err(failed(COMMIT))?;
    if held.len() == wanted {
        Ok(())
    } else {
        Err(overtaken("somebody joined the same leads at the same time"))
    }
}
