//! A small memory in the same database, shared by every machine that opens it.

use std::time::Duration;

use bytes::Bytes;
use futures::FutureExt;
use lead_core::Result;
use lead_core::clock::{Clock, Timestamp};
use lead_core::record::TenantId;
use lead_core::seam::{Entry, Keep};

use super::db::{Db, Tx};
use super::error::failed;
use super::rows::{clean, name_id};

const STATE: &str = "state";

/// Key-value with time to live, compare-and-set and logs in a PostgreSQL database; times are kept to the microsecond.
#[derive(Clone, Debug)]
pub struct PostgresState {
    db: Db,
    clock: Clock,
}

/// What a key is set to, and until when.
#[derive(Clone, Debug)]
struct Wanted {
    key: String,
    value: Bytes,
    now: i64,
    until: Option<i64>,
}

/// Sets a key whatever stands there. The version is taken while the row is held, so that it grows with each write.
const PUT: &str = "INSERT INTO state_entries AS e (tenant, id, key, version, until, value)
    VALUES ($1, $2, $3, nextval('state_versions'), $4, $5)
    ON CONFLICT (tenant, id) DO UPDATE
        SET version = nextval('state_versions'), until = excluded.until, value = excluded.value
    RETURNING version";

/// The same if nothing stands there that is still to be read at `$6`.
const ADD: &str = "INSERT INTO state_entries AS e (tenant, id, key, version, until, value)
    VALUES ($1, $2, $3, nextval('state_versions'), $4, $5)
    ON CONFLICT (tenant, id) DO UPDATE
        SET version = nextval('state_versions'), until = excluded.until, value = excluded.value
        WHERE e.until <= $6
    RETURNING version";

/// The same if version `$7` stands there and is still to be read at `$6`.
const CHANGE: &str = "UPDATE state_entries
    SET key = $3, version = nextval('state_versions'), until = $4, value = $5
    WHERE tenant = $1 AND id = $2 AND version = $7 AND (until IS NULL OR until > $6)
    RETURNING version";

impl PostgresState {
    pub(super) fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    fn wanted(&self, key: String, value: Bytes, ttl: Option<Duration>) -> Wanted {
        let now = self.clock.now();
        // A time to live past the end of time is none.
        let until = ttl.and_then(|ttl| now.checked_add(ttl).ok());
        let (now, until) = (now.as_microsecond(), until.map(Timestamp::as_microsecond));
        Wanted {
            key,
            value,
            now,
            until,
        }
    }

    async fn set(&self, tenant: &TenantId, wanted: Wanted, expected: Option<u64>) -> Result<Option<u64>> {
        let version = self.db.write(STATE, tenant, move |tx| {
            let wanted = wanted.clone();
            async move {
                sweep(tx, wanted.now).await?;
                let sql = match expected {
                    None => PUT,
                    Some(0) => ADD,
                    Some(_) => CHANGE,
                };
                let query = sqlx::query_scalar::<_, i64>(sql).bind(tx.tenant);
                let query = query.bind(name_id(&wanted.key)).bind(clean(&wanted.key));
                let query = query.bind(wanted.until).bind(wanted.value.to_vec());
                let query = match expected {
                    None => query,
                    Some(0) => query.bind(wanted.now),
                    Some(version) => query.bind(wanted.now).bind(i64::try_from(version).unwrap_or(-1)),
                };
                query.fetch_optional(tx.conn()).await.map_err(failed(STATE))
            }
            .boxed()
        });
        Ok(version.await?.map(|version| u64::try_from(version).unwrap_or(0)))
    }
}

/// Drops what is past its time, so that the table does not grow with what nobody can read; what others hold, they drop.
async fn sweep(tx: &mut Tx, now: i64) -> Result<()> {
    let sql = "DELETE FROM state_entries WHERE tenant = $1 AND id IN (
                   SELECT id FROM state_entries WHERE tenant = $1 AND until <= $2 FOR UPDATE SKIP LOCKED)";
    let gone = sqlx::query(sql)
        .bind(tx.tenant)
        .bind(now)
        .execute(tx.conn())
        .await;
    gone.map(drop).map_err(failed(STATE))
}

impl Keep for PostgresState {
    async fn get(&self, tenant: &TenantId, key: String) -> Result<Option<Entry>> {
        let now = self.clock.now().as_microsecond();
        let entry = self.db.read(STATE, tenant, move |tx| {
            let id = name_id(&key);
            async move {
                let sql = "SELECT version, value FROM state_entries
                           WHERE tenant = $1 AND id = $2 AND (until IS NULL OR until > $3)";
                let entry = sqlx::query_as::<_, (i64, Vec<u8>)>(sql)
                    .bind(tx.tenant)
                    .bind(id)
                    .bind(now);
                entry.fetch_optional(tx.conn()).await.map_err(failed(STATE))
            }
            .boxed()
        });
        Ok(entry.await?.flatten().map(|(version, value)| Entry {
            value: value.into(),
            version: u64::try_from(version).unwrap_or(0),
        }))
    }

    async fn put(&self, tenant: &TenantId, key: String, value: Bytes, ttl: Option<Duration>) -> Result<u64> {
        let version = self.set(tenant, self.wanted(key, value, ttl), None).await;
        version.map(Option::unwrap_or_default)
    }

    async fn compare_and_set(
        &self,
        tenant: &TenantId,
        key: String,
        expected: u64,
        value: Bytes,
        ttl: Option<Duration>,
    ) -> Result<Option<u64>> {
        self.set(tenant, self.wanted(key, value, ttl), Some(expected))
            .await
    }

    async fn remove(&self, tenant: &TenantId, key: String) -> Result<()> {
        let done = self.db.write(STATE, tenant, move |tx| {
            let id = name_id(&key);
            async move {
                let gone = sqlx::query("DELETE FROM state_entries WHERE tenant = $1 AND id = $2");
                let gone = gone.bind(tx.tenant).bind(id).execute(tx.conn()).await;
                gone.map(drop).map_err(failed(STATE))
            }
            .boxed()
        });
        done.await
    }

    async fn append(&self, tenant: &TenantId, log: String, line: Bytes) -> Result<u64> {
        let number = self.db.write(STATE, tenant, move |tx| {
            let (log, line) = (log.clone(), line.to_vec());
            async move {
                // The log's last number is held until the end of the transaction: lines have no gaps.
                let sql = "WITH next AS (
                               INSERT INTO state_logs AS l (tenant, id, log, last) VALUES ($1, $2, $3, 1)
                               ON CONFLICT (tenant, id) DO UPDATE SET last = l.last + 1 RETURNING last
                           )
                           INSERT INTO state_lines (tenant, log, number, line) SELECT $1, $2, last, $4 FROM next
                           RETURNING number";
                let query = sqlx::query_scalar::<_, i64>(sql).bind(tx.tenant);
                let query = query.bind(name_id(&log)).bind(clean(&log)).bind(line);
                query.fetch_one(tx.conn()).await.map_err(failed(STATE))
            }
            .boxed()
        });
        Ok(u64::try_from(number.await?).unwrap_or(0))
    }

    async fn read_log(
        &self,
        tenant: &TenantId,
        log: String,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(u64, Bytes)>> {
        let lines = self.db.read(STATE, tenant, move |tx| {
            let id = name_id(&log);
            async move {
                let sql = "SELECT number, line FROM state_lines
                           WHERE tenant = $1 AND log = $2 AND number > $3 ORDER BY number LIMIT $4";
                let lines = sqlx::query_as::<_, (i64, Vec<u8>)>(sql).bind(tx.tenant).bind(id);
                let lines = lines.bind(i64::try_from(after).unwrap_or(i64::MAX));
                let lines = lines.bind(i64::try_from(limit).unwrap_or(i64::MAX));
                lines.fetch_all(tx.conn()).await.map_err(failed(STATE))
            }
            .boxed()
        });
        let lines = lines.await?.unwrap_or_default().into_iter();
        Ok(lines
            .map(|(number, line)| (u64::try_from(number).unwrap_or(0), line.into()))
            .collect())
    }
}
