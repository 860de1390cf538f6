//! A small memory in the same database.

use std::time::Duration;

use bytes::Bytes;
use futures::FutureExt;
use lead_core::Result;
use lead_core::clock::{Clock, Timestamp};
use lead_core::record::TenantId;
use lead_core::seam::{Entry, Keep};
use sqlx::SqliteConnection;

use super::db::Db;
use super::error::failed;

const STATE: &str = "state";

/// Key-value with time to live, compare-and-set and logs in an SQLite database; times are kept to the microsecond.
#[derive(Clone, Debug)]
pub struct SqliteState {
    db: Db,
    clock: Clock,
}

impl SqliteState {
    pub(super) fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Sets a key if its version is `expected`, or whatever it is when that is `None`.
    async fn set(
        &self,
        tenant: &TenantId,
        key: String,
        expected: Option<u64>,
        value: Bytes,
        ttl: Option<Duration>,
    ) -> Result<Option<u64>> {
        let now = self.clock.now();
        // A time to live past the end of time is none.
        let until = ttl
            .and_then(|ttl| now.checked_add(ttl).ok())
            .map(Timestamp::as_microsecond);
        let now = now.as_microsecond();
        let done = self.db.write(STATE, tenant, move |conn, tenant| {
            async move {
                sweep(conn, now).await?;
                if let Some(expected) = expected
                    && read(conn, tenant, &key, now).await?.map_or(0, |entry| entry.version) != expected
                {
                    return Ok(None);
                }
                let version = "UPDATE state_version SET version = version + 1 RETURNING version";
                let version: i64 = sqlx::query_scalar(version).fetch_one(&mut *conn).await.map_err(failed(STATE))?;
                let sql = "INSERT INTO state_entries (tenant, key, version, until, value) VALUES (?1, ?2, ?3, ?4, ?5)
                           ON CONFLICT DO UPDATE
                           SET version = excluded.version, until = excluded.until, value = excluded.value";
                let entry = sqlx::query(sql).bind(tenant).bind(key).bind(version).bind(until).bind(value.to_vec());
                entry.execute(conn).await.map_err(failed(STATE))?;
                Ok(Some(u64::try_from(version).unwrap_or(0)))
            }
            .boxed()
        });
        done.await
    }
}

/// Drops what is past its time, so that the file does not grow with what nobody can read.
async fn sweep(conn: &mut SqliteConnection, now: i64) -> Result<()> {
    let gone = sqlx::query("DELETE FROM state_entries WHERE until <= ?1")
        .bind(now)
        .execute(conn);
    gone.await.map(drop).map_err(failed(STATE))
}

async fn read(conn: &mut SqliteConnection, tenant: i64, key: &str, now: i64) -> Result<Option<Entry>> {
    let sql = "SELECT version, value FROM state_entries
               WHERE tenant = ?1 AND key = ?2 AND (until IS NULL OR until > ?3)";
    let entry: Option<(i64, Vec<u8>)> = sqlx::query_as(sql)
        .bind(tenant)
        .bind(key)
        .bind(now)
        .fetch_optional(conn)
        .await
        .map_err(failed(STATE))?;
    Ok(entry.map(|(version, value)| Entry {
        value: value.into(),
        version: u64::try_from(version).unwrap_or(0),
    }))
}

impl Keep for SqliteState {
    async fn get(&self, tenant: &TenantId, key: String) -> Result<Option<Entry>> {
        let now = self.clock.now().as_microsecond();
        let mut conn = self.db.reader().await?;
        match self.db.tenant(&mut conn, tenant).await? {
            Some(tenant) => read(&mut conn, tenant, &key, now).await,
            None => Ok(None),
        }
    }

    async fn put(&self, tenant: &TenantId, key: String, value: Bytes, ttl: Option<Duration>) -> Result<u64> {
        self.set(tenant, key, None, value, ttl)
            .await
            .map(Option::unwrap_or_default)
    }

    async fn compare_and_set(
        &self,
        tenant: &TenantId,
        key: String,
        expected: u64,
        value: Bytes,
        ttl: Option<Duration>,
    ) -> Result<Option<u64>> {
        self.set(tenant, key, Some(expected), value, ttl).await
    }

    async fn remove(&self, tenant: &TenantId, key: String) -> Result<()> {
        let done = self.db.write(STATE, tenant, move |conn, tenant| {
            async move {
                let gone = sqlx::query("DELETE FROM state_entries WHERE tenant = ?1 AND key = ?2")
                    .bind(tenant)
                    .bind(key);
                gone.execute(conn).await.map(drop).map_err(failed(STATE))
            }
            .boxed()
        });
        done.await
    }

    async fn append(&self, tenant: &TenantId, log: String, line: Bytes) -> Result<u64> {
        let done = self.db.write(STATE, tenant, move |conn, tenant| {
            async move {
                let sql = "INSERT INTO state_lines (tenant, log, number, line)
                           SELECT ?1, ?2, coalesce(max(number), 0) + 1, ?3 FROM state_lines WHERE tenant = ?1 AND log = ?2
                           RETURNING number";
                let number: i64 = sqlx::query_scalar(sql)
                    .bind(tenant)
                    .bind(log)
                    .bind(line.to_vec())
                    .fetch_one(conn)
                    .await
                    .map_err(failed(STATE))?;
                Ok(u64::try_from(number).unwrap_or(0))
            }
            .boxed()
        });
        done.await
    }

    async fn read_log(
        &self,
        tenant: &TenantId,
        log: String,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(u64, Bytes)>> {
        let mut conn = self.db.reader().await?;
        let Some(tenant) = self.db.tenant(&mut conn, tenant).await? else {
            return Ok(Vec::new());
        };
        let sql = "SELECT number, line FROM state_lines WHERE tenant = ?1 AND log = ?2 AND number > ?3 ORDER BY number LIMIT ?4";
        let lines: Vec<(i64, Vec<u8>)> = sqlx::query_as(sql)
            .bind(tenant)
            .bind(log)
            .bind(i64::try_from(after).unwrap_or(i64::MAX))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&mut *conn)
            .await
            .map_err(failed(STATE))?;
        Ok(lines
            .into_iter()
            .map(|(number, line)| (u64::try_from(number).unwrap_or(0), line.into()))
            .collect())
    }
}
