//! What erasing and suppressing read and write.

use std::collections::{BTreeMap, BTreeSet};

use lead_core::Result;
use lead_core::record::{LeadId, Observation, Suppression};
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use super::db::Tx;
use super::derive::{self, time};
use super::error::failed;
use super::rows::{insert, numbers, texts};
use crate::model::forget::{Forgets, in_order};
use crate::model::read::observation;
use crate::model::values::WORDS;

const ERASE: &str = "store.erase";
const SUPPRESS: &str = "store.suppress";

impl Forgets for Tx<'_> {
    async fn cluster_of(&mut self, id: LeadId) -> Result<Option<i64>> {
        let sql = "SELECT l.cluster FROM records AS r JOIN leads AS l ON l.cluster = r.cluster
                   WHERE r.tenant = ?1 AND r.record = ?2";
        sqlx::query_scalar(sql)
            .bind(self.tenant)
            .bind(id.as_uuid())
            .fetch_optional(&mut *self.conn)
            .await
            .map_err(failed(ERASE))
    }

    async fn records_of(&mut self, cluster: i64) -> Result<Vec<i64>> {
        sqlx::query_scalar("SELECT id FROM records WHERE cluster = ?1")
            .bind(cluster)
            .fetch_all(&mut *self.conn)
            .await
            .map_err(failed(ERASE))
    }

    async fn unlist_words(&mut self, words: Vec<String>) -> Result<()> {
        let sql = "DELETE FROM words WHERE tenant = ?1 AND word IN (SELECT value FROM json_each(?2)) AND NOT EXISTS (
                       SELECT 1 FROM lead_values AS v WHERE v.tenant IN (?1, -?1) AND v.field = ?3 AND v.value = words.word)";
        let gone = sqlx::query(sql).bind(self.tenant).bind(texts(&words)).bind(WORDS);
        let gone = gone.execute(&mut *self.conn).await;
        gone.map(drop).map_err(failed(ERASE))
    }

    async fn erase_cluster(&mut self, cluster: i64) -> Result<usize> {
        derive::forget(self.conn, vec![cluster]).await?;
        let sightings =
            "DELETE FROM observations WHERE record IN (SELECT id FROM records WHERE cluster = ?1)";
        let observations = on_cluster(self.conn, sightings, cluster).await?;
        for sql in [
            "DELETE FROM record_keys WHERE record IN (SELECT id FROM records WHERE cluster = ?1)",
            "DELETE FROM links WHERE one IN (SELECT id FROM records WHERE cluster = ?1)",
            "DELETE FROM links WHERE other IN (SELECT id FROM records WHERE cluster = ?1)",
            "DELETE FROM records WHERE cluster = ?1",
        ] {
            on_cluster(self.conn, sql, cluster).await?;
        }
        Ok(usize::try_from(observations).unwrap_or(usize::MAX))
    }

    async fn list(&mut self, entries: BTreeMap<String, Suppression>) -> Result<()> {
        let rows = entries.into_iter().map(|(subject, entry)| {
            [
                self.tenant.into(),
                subject.into(),
                entry.reason.into(),
                entry.since.to_string().into(),
            ]
        });
        let rows = rows.collect();
        let head = "INSERT INTO suppressions (tenant, subject, reason, since) VALUES";
        let tail = "ON CONFLICT DO UPDATE SET reason = excluded.reason, since = excluded.since";
        insert(self.conn, SUPPRESS, head, tail, rows).await
    }

    async fn unlist(&mut self, subjects: Vec<String>) -> Result<()> {
        let sql =
            "DELETE FROM suppressions WHERE tenant = ?1 AND subject IN (SELECT value FROM json_each(?2))";
        let gone = sqlx::query(sql).bind(self.tenant).bind(texts(&subjects));
        let gone = gone.execute(&mut *self.conn).await;
        gone.map(drop).map_err(failed(SUPPRESS))
    }

    async fn found_by(&mut self, keys: &[String]) -> Result<Vec<i64>> {
        let sql = "SELECT DISTINCT k.record FROM record_keys AS k
                   WHERE k.tenant = ?1 AND k.key IN (SELECT value FROM json_each(?2))";
        sqlx::query_scalar(sql)
            .bind(self.tenant)
            .bind(texts(keys))
            .fetch_all(&mut *self.conn)
            .await
            .map_err(failed(SUPPRESS))
    }

    async fn forget_reasons(&mut self, records: &[i64], keys: &[String]) -> Result<()> {
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
                .execute(&mut *self.conn)
                .await
                .map_err(failed(SUPPRESS))?;
        }
        Ok(())
    }

    async fn forget_unseen(&mut self, clusters: &BTreeSet<i64>) -> Result<()> {
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
            let gone = sqlx::query(AssertSqlSafe(sql)).bind(&clusters);
            gone.execute(&mut *self.conn).await.map_err(failed(SUPPRESS))?;
        }
        Ok(())
    }

    async fn history(&mut self, records: &[i64]) -> Result<Vec<(i64, i64, Observation)>> {
        let sql = "SELECT r.cluster, r.id, o.body, o.seen_at, o.last_seen
                   FROM records AS r JOIN observations AS o ON o.record = r.id
                   WHERE r.id IN (SELECT value FROM json_each(?1)) ORDER BY o.observation";
        let rows = sqlx::query(sql)
            .bind(numbers(records.iter().copied()))
            .fetch_all(&mut *self.conn)
            .await
            .map_err(failed(SUPPRESS))?;
        let mut history = Vec::with_capacity(rows.len());
        for row in &rows {
            let get = |at: usize| row.try_get::<i64, _>(at).map_err(failed(SUPPRESS));
            let body: &str = row.try_get(2).map_err(failed(SUPPRESS))?;
            history.push((get(0)?, get(1)?, observation(body, time(row, 3)?, time(row, 4)?)?));
        }
        Ok(history)
    }

    async fn forget_sightings(&mut self, records: &BTreeSet<i64>) -> Result<()> {
        let records = numbers(records.iter().copied());
        for sql in [
            "DELETE FROM observations WHERE record IN (SELECT value FROM json_each(?1))",
            "DELETE FROM record_keys WHERE record IN (SELECT value FROM json_each(?1))",
        ] {
            let gone = sqlx::query(sql).bind(&records).execute(&mut *self.conn).await;
            gone.map_err(failed(SUPPRESS))?;
        }
        Ok(())
    }
}

async fn on_cluster(conn: &mut SqliteConnection, sql: &'static str, cluster: i64) -> Result<u64> {
    let done = sqlx::query(sql).bind(cluster).execute(conn).await;
    done.map(|done| done.rows_affected()).map_err(failed(ERASE))
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
    Ok(in_order(list))
}
