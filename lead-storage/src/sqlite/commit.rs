//! What a commit reads and writes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::RecordId;
use lead_core::seam::{AuditNote, CheckpointDelta, Lease, NewJob};
use sqlx::Row;

use super::db::Tx;
use super::error::failed;
use super::rows::{hex_ids, insert, numbers, texts};
use super::{audit, queue, runs};
use crate::model::commit::{Commits, NewSighting, Place};
use crate::model::read::damaged;

const COMMIT: &str = "store.commit";

impl Commits for Tx<'_> {
    async fn finish_jobs(&mut self, leases: &[Lease], now: Timestamp) -> Result<Vec<i64>> {
        queue::finish(self.conn, self.tenant, leases, now).await
    }

    async fn push_jobs(&mut self, jobs: Vec<NewJob>, now: Timestamp) -> Result<usize> {
        queue::push(self.conn, self.tenant, jobs, now).await
    }

    async fn change_run(&mut self, delta: CheckpointDelta) -> Result<()> {
        runs::change(self.conn, self.tenant, delta).await
    }

    async fn note(&mut self, notes: Vec<AuditNote>) -> Result<()> {
        audit::append(self.conn, self.tenant, notes).await
    }

    async fn suppresses(&mut self) -> Result<bool> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM suppressions WHERE tenant = ?1)")
            .bind(self.tenant)
            .fetch_one(&mut *self.conn)
            .await
            .map_err(failed(COMMIT))
    }

    async fn suppressed(&mut self, asked: Vec<String>) -> Result<Vec<String>> {
        let sql = "SELECT subject FROM suppressions WHERE tenant = ?1 AND subject IN (SELECT value FROM json_each(?2))";
        sqlx::query_scalar(sql)
            .bind(self.tenant)
            .bind(texts(&asked))
            .fetch_all(&mut *self.conn)
            .await
            .map_err(failed(COMMIT))
    }

    async fn places(&mut self, records: &BTreeSet<RecordId>) -> Result<BTreeMap<RecordId, Place>> {
        let sql = "SELECT record, id, cluster FROM records WHERE tenant = ?1 AND record IN (SELECT unhex(value) FROM json_each(?2))";
        let known = sqlx::query(sql)
            .bind(self.tenant)
            .bind(hex_ids(records.iter().map(|record| record.as_uuid())))
            .fetch_all(&mut *self.conn)
            .await
            .map_err(failed(COMMIT))?;
        let mut places = BTreeMap::new();
        for row in known {
            let record = row.try_get(0).map(RecordId::from_uuid).map_err(failed(COMMIT))?;
            let (row, cluster) = (
                row.try_get(1).map_err(failed(COMMIT))?,
                row.try_get(2).map_err(failed(COMMIT))?,
            );
            let new = false;
            places.insert(record, Place { row, cluster, new });
        }
        if places.len() < records.len() {
            let mut last: i64 = sqlx::query_scalar("SELECT coalesce(max(id), 0) FROM records")
                .fetch_one(&mut *self.conn)
                .await
                .map_err(failed(COMMIT))?;
            for record in records {
                places.entry(*record).or_insert_with(|| {
                    last += 1;
                    let (row, cluster, new) = (last, last, true);
                    Place { row, cluster, new }
                });
            }
        }
        Ok(places)
    }

    async fn sizes(&mut self, clusters: BTreeSet<i64>) -> Result<HashMap<i64, i64>> {
        let sql = "SELECT cluster, count(*) FROM records WHERE cluster IN (SELECT value FROM json_each(?1)) GROUP BY cluster";
        let sizes: Vec<(i64, i64)> = sqlx::query_as(sql)
            .bind(numbers(clusters))
            .fetch_all(&mut *self.conn)
            .await
            .map_err(failed(COMMIT))?;
        Ok(sizes.into_iter().collect())
    }

    async fn write_records(
        &mut self,
        places: &BTreeMap<RecordId, Place>,
        merges: &HashMap<i64, i64>,
    ) -> Result<()> {
        for (from, into) in merges {
            let moved = sqlx::query("UPDATE records SET cluster = ?1 WHERE cluster = ?2")
                .bind(into)
                .bind(from);
            moved.execute(&mut *self.conn).await.map_err(failed(COMMIT))?;
        }
        let new = places.iter().filter(|(_, place)| place.new);
        let rows = new.map(|(record, place)| {
            [
                place.row.into(),
                self.tenant.into(),
                record.as_uuid().into(),
                place.cluster.into(),
            ]
        });
        let rows = rows.collect();
        let head = "INSERT INTO records (id, tenant, record, cluster) VALUES";
        insert(self.conn, COMMIT, head, "", rows).await
    }

    async fn write_links(&mut self, links: Vec<(i64, i64, String)>) -> Result<()> {
        let rows = links
            .into_iter()
            .map(|(one, other, because)| [one.into(), other.into(), because.into()]);
        let head = "INSERT INTO links (one, other, because) VALUES";
        insert(self.conn, COMMIT, head, "ON CONFLICT DO NOTHING", rows.collect()).await
    }

    async fn move_times(&mut self, times: Vec<(i64, Timestamp, Timestamp)>) -> Result<()> {
        let sql = "UPDATE observations SET seen_at = j.value ->> 1, last_seen = j.value ->> 2
                   FROM json_each(?1) AS j WHERE observations.id = j.value ->> 0";
        let text =
            |(row, first, last): (i64, Timestamp, Timestamp)| (row, first.to_string(), last.to_string());
        let times: Vec<_> = times.into_iter().map(text).collect();
        let times = serde_json::to_string(&times).map_err(damaged(COMMIT))?;
        let done = sqlx::query(sql).bind(times).execute(&mut *self.conn).await;
        done.map(drop).map_err(failed(COMMIT))
    }

    async fn insert_sightings(&mut self, new: Vec<NewSighting>) -> Result<()> {
        let rows = new.into_iter().map(|sighting| {
            [
                sighting.record.into(),
                sighting.id.as_uuid().into(),
                sighting.source.into(),
                sighting.seen_at.to_string().into(),
                sighting.last_seen.to_string().into(),
                sighting.body.into(),
            ]
        });
        let head = "INSERT INTO observations (record, observation, source, seen_at, last_seen, body) VALUES";
        insert(self.conn, COMMIT, head, "", rows.collect()).await
    }

    async fn insert_keys(&mut self, keys: Vec<(i64, String, bool)>) -> Result<()> {
        let rows = keys.into_iter().map(|(record, key, matching)| {
            let matching = i64::from(matching);
            [record.into(), key.into(), self.tenant.into(), matching.into()]
        });
        let rows = rows.collect();
        let head = "INSERT INTO record_keys (record, key, tenant, matching) VALUES";
        let tail = "ON CONFLICT DO UPDATE SET matching = 1 WHERE excluded.matching > matching";
        insert(self.conn, COMMIT, head, tail, rows).await
    }
}
