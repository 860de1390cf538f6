//! What erasing and suppressing read and write.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::record::{LeadId, Observation, Suppression};
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::db::Tx;
use super::derive::{self, time};
use super::error::failed;
use super::rows::{clean, columns, name_id};
use crate::model::forget::{Forgets, in_order};
use crate::model::read::observation;
use crate::model::values::WORDS;

const ERASE: &str = "store.erase";
const SUPPRESS: &str = "store.suppress";

impl Forgets for Tx {
    async fn cluster_of(&mut self, id: LeadId) -> Result<Option<i64>> {
        let tenant = self.tenant;
        let sql = "SELECT l.cluster FROM records AS r JOIN leads AS l ON l.tenant IN ($1, -$1) AND l.cluster = r.cluster
                   WHERE r.tenant = $1 AND r.record = $2";
        sqlx::query_scalar(sql)
            .bind(tenant)
            .bind(id.as_uuid())
            .fetch_optional(self.conn())
            .await
            .map_err(failed(ERASE))
    }

    async fn records_of(&mut self, cluster: i64) -> Result<Vec<i64>> {
        let tenant = self.tenant;
        sqlx::query_scalar("SELECT id FROM records WHERE tenant = $1 AND cluster = $2")
            .bind(tenant)
            .bind(cluster)
            .fetch_all(self.conn())
            .await
            .map_err(failed(ERASE))
    }

    async fn unlist_words(&mut self, words: Vec<String>) -> Result<()> {
        let tenant = self.tenant;
        let sql = "DELETE FROM words AS w WHERE w.tenant = $1 AND w.word = ANY ($2) AND NOT EXISTS (
                       SELECT 1 FROM lead_values AS v WHERE v.tenant IN ($1, -$1) AND v.field = $3 AND v.value = w.word)";
        let gone = sqlx::query(sql).bind(tenant).bind(words).bind(WORDS);
        gone.execute(self.conn()).await.map(drop).map_err(failed(ERASE))
    }

    async fn erase_cluster(&mut self, cluster: i64) -> Result<usize> {
        derive::forget(self, vec![cluster]).await?;
        let records = self.records_of(cluster).await?;
        let sightings = "DELETE FROM observations WHERE tenant = $1 AND record = ANY ($2)";
        let observations = on_rows(self, sightings, &records).await?;
        for sql in [
            "DELETE FROM record_keys WHERE tenant = $1 AND record = ANY ($2)",
            "DELETE FROM links WHERE tenant = $1 AND one = ANY ($2)",
            "DELETE FROM links WHERE tenant = $1 AND other = ANY ($2)",
            "DELETE FROM records WHERE tenant = $1 AND id = ANY ($2)",
        ] {
            on_rows(self, sql, &records).await?;
        }
        Ok(usize::try_from(observations).unwrap_or(usize::MAX))
    }

    async fn list(&mut self, entries: BTreeMap<String, Suppression>) -> Result<()> {
        let tenant = self.tenant;
        columns!(
            entries,
            |(subject, entry)| subjects = subject,
            reasons = clean(&entry.reason),
            sinces = entry.since.to_string()
        );
        let sql = "INSERT INTO suppressions (tenant, subject, reason, since)
                   SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[])
                   ON CONFLICT (tenant, subject) DO UPDATE SET reason = excluded.reason, since = excluded.since";
        let insert = sqlx::query(sql)
            .bind(tenant)
            .bind(subjects)
            .bind(reasons)
            .bind(sinces);
        let done = insert.execute(self.conn()).await;
        done.map(drop).map_err(failed(SUPPRESS))
    }

    async fn unlist(&mut self, subjects: Vec<String>) -> Result<()> {
        let tenant = self.tenant;
        let gone = sqlx::query("DELETE FROM suppressions WHERE tenant = $1 AND subject = ANY ($2)")
            .bind(tenant)
            .bind(subjects);
        let gone = gone.execute(self.conn()).await;
        gone.map(drop).map_err(failed(SUPPRESS))
    }

    async fn found_by(&mut self, keys: &[String]) -> Result<Vec<i64>> {
        let tenant = self.tenant;
        sqlx::query_scalar("SELECT DISTINCT record FROM record_keys WHERE tenant = $1 AND key = ANY ($2)")
            .bind(tenant)
            .bind(names(keys))
            .fetch_all(self.conn())
            .await
            .map_err(failed(SUPPRESS))
    }

    async fn forget_reasons(&mut self, records: &[i64], keys: &[String]) -> Result<()> {
        let (tenant, keys) = (self.tenant, names(keys));
        for sql in [
            "DELETE FROM links WHERE tenant = $1 AND one = ANY ($2) AND key = ANY ($3)",
            "DELETE FROM links WHERE tenant = $1 AND other = ANY ($2) AND key = ANY ($3)",
        ] {
            let gone = sqlx::query(sql).bind(tenant).bind(records).bind(&keys);
            gone.execute(self.conn()).await.map_err(failed(SUPPRESS))?;
        }
        Ok(())
    }

    async fn forget_unseen(&mut self, clusters: &BTreeSet<i64>) -> Result<()> {
        let tenant = self.tenant;
        let clusters: Vec<i64> = clusters.iter().copied().collect();
        let unseen = "SELECT r.id FROM records AS r WHERE r.tenant = $1 AND r.cluster = ANY ($2)
                      AND NOT EXISTS (SELECT 1 FROM observations AS o WHERE o.tenant = $1 AND o.record = r.id)";
        let unseen: Vec<i64> = sqlx::query_scalar(unseen)
            .bind(tenant)
            .bind(&clusters)
            .fetch_all(self.conn())
            .await
            .map_err(failed(SUPPRESS))?;
        let links = "DELETE FROM links WHERE tenant = $1 AND one = ANY ($2)";
        on_rows(self, links, &unseen).await?;
        let records = "DELETE FROM records AS gone WHERE gone.tenant = $1 AND gone.cluster = ANY ($2) AND NOT EXISTS (
                           SELECT 1 FROM records AS r JOIN observations AS o ON o.tenant = $1 AND o.record = r.id
                           WHERE r.tenant = $1 AND r.cluster = gone.cluster)";
        on_rows(self, records, &clusters).await.map(drop)
    }

    async fn history(&mut self, records: &[i64]) -> Result<Vec<(i64, i64, Observation)>> {
        let tenant = self.tenant;
        let sql = "SELECT r.cluster, r.id, o.body, o.seen_at, o.last_seen
                   FROM records AS r JOIN observations AS o ON o.tenant = r.tenant AND o.record = r.id
                   WHERE r.tenant = $1 AND r.id = ANY ($2) ORDER BY o.observation";
        let rows = sqlx::query(sql)
            .bind(tenant)
            .bind(records)
            .fetch_all(self.conn())
            .await
            .map_err(failed(SUPPRESS))?;
        let sighting = |row: &PgRow| {
            let get = |at: usize| row.try_get::<i64, _>(at).map_err(failed(SUPPRESS));
            let body: &str = row.try_get(2).map_err(failed(SUPPRESS))?;
            Ok((get(0)?, get(1)?, observation(body, time(row, 3)?, time(row, 4)?)?))
        };
        rows.iter().map(sighting).collect()
    }

    async fn forget_sightings(&mut self, records: &BTreeSet<i64>) -> Result<()> {
        let records: Vec<i64> = records.iter().copied().collect();
        for sql in [
            "DELETE FROM observations WHERE tenant = $1 AND record = ANY ($2)",
            "DELETE FROM record_keys WHERE tenant = $1 AND record = ANY ($2)",
        ] {
            on_rows(self, sql, &records).await?;
        }
        Ok(())
    }
}

fn names(keys: &[String]) -> Vec<Uuid> {
    keys.iter().map(|key| name_id(key)).collect()
}

/// Runs a statement on rows of these numbers; how many it changed.
async fn on_rows(tx: &mut Tx, sql: &'static str, rows: &[i64]) -> Result<u64> {
    let tenant = tx.tenant;
    let done = sqlx::query(sql).bind(tenant).bind(rows).execute(tx.conn()).await;
    done.map(|done| done.rows_affected()).map_err(failed(ERASE))
}

/// The list, in order of subject.
pub(super) async fn suppressions(tx: &mut Tx) -> Result<Vec<Suppression>> {
    let tenant = tx.tenant;
    let rows = sqlx::query("SELECT subject, reason, since FROM suppressions WHERE tenant = $1").bind(tenant);
    let rows = rows.fetch_all(tx.conn()).await.map_err(failed(SUPPRESS))?;
    let entry = |row: &PgRow| {
        let text = |at: usize| row.try_get::<&str, _>(at).map_err(failed(SUPPRESS));
        Ok(Suppression::new(text(0)?.parse()?, text(1)?, time(row, 2)?))
    };
    rows.iter().map(entry).collect::<Result<_>>().map(in_order)
}
