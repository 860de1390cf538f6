//! Jobs in the same database, so that they commit with the leads they belong to.

use std::time::Duration;

use futures::FutureExt;
use lead_core::Result;
use lead_core::clock::{Clock, Timestamp};
use lead_core::record::TenantId;
use lead_core::seam::{DeadJob, Dispatch, JobId, Lease, NewJob};
use sqlx::SqliteConnection;

use super::db::Db;
use super::error::failed;
use crate::model::lease::{
    COMPLETE, DEPTH, FAIL, OPEN, QUEUE, RENEW, dead, depth, held, leases, row_of, until,
};

/// A queue of jobs in an SQLite database; times are kept to the microsecond.
#[derive(Clone, Debug)]
pub struct SqliteQueue {
    db: Db,
    clock: Clock,
}

impl SqliteQueue {
    pub(super) fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Runs a statement on the job of a lease that is still ours.
    async fn on_leased(
        &self,
        tenant: &TenantId,
        lease: &Lease,
        sql: &'static str,
        more: (Option<i64>, Option<String>),
    ) -> Result<()> {
        let (job, now) = (row_of(lease.job), self.clock.now().as_microsecond());
        let token = i64::try_from(lease.token).unwrap_or(-1);
        let changed = self.db.write(QUEUE, tenant, move |conn, tenant| {
            async move {
                let statement = sqlx::query(sql).bind(tenant).bind(job).bind(token).bind(now);
                let done = statement.bind(more.0).bind(more.1).execute(conn).await;
                done.map(|done| done.rows_affected()).map_err(failed(QUEUE))
            }
            .boxed()
        });
        held(lease.job, changed.await?)
    }
}

/// Pushes jobs inside a transaction; how many were not there yet.
pub(super) async fn push(conn: &mut SqliteConnection, tenant: i64, jobs: Vec<NewJob>) -> Result<usize> {
    let mut pushed = 0;
    for job in jobs {
        let sql = "INSERT INTO jobs (tenant, kind, key, priority, due, max_attempts, payload)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
        let done = sqlx::query(sql)
            .bind(tenant)
            .bind(job.kind)
            .bind(job.key)
            .bind(job.priority)
            .bind(job.not_before.map(Timestamp::as_microsecond))
            .bind(i64::from(job.max_attempts))
            .bind(job.payload.to_string())
            .execute(&mut *conn)
            .await
            .map_err(failed(QUEUE))?;
        pushed += usize::try_from(done.rows_affected()).unwrap_or(0);
    }
    Ok(pushed)
}

/// Jobs that were leased as often as they may be, and whose last lease ran out, are dead.
const BURY: &str =
    "UPDATE jobs SET dead = 'every attempt ended without a word from its worker', leased_until = NULL
    WHERE tenant = ?1 AND dead IS NULL AND attempts >= max_attempts
      AND (due IS NULL OR due <= ?2) AND (leased_until IS NULL OR leased_until <= ?2)";

const LEASE: &str = "UPDATE jobs SET attempts = attempts + 1, token = token + 1, leased_until = ?3
    WHERE id IN (
        SELECT id FROM jobs
        WHERE tenant = ?1 AND dead IS NULL AND (due IS NULL OR due <= ?2) AND (leased_until IS NULL OR leased_until <= ?2)
          AND ((?4 = '[]' AND substr(kind, 1, 7) <> 'outbox:') OR kind IN (SELECT value FROM json_each(?4)))
        ORDER BY priority DESC, id LIMIT ?5
    )
    RETURNING id, token, kind, key, payload, attempts, priority";

async fn lease(
    conn: &mut SqliteConnection,
    tenant: i64,
    kinds: &[String],
    max: usize,
    (now, until): (Timestamp, Timestamp),
) -> Result<Vec<Lease>> {
    sqlx::query(BURY)
        .bind(tenant)
        .bind(now.as_microsecond())
        .execute(&mut *conn)
        .await
        .map_err(failed(QUEUE))?;
    let jobs = sqlx::query_as(LEASE)
        .bind(tenant)
        .bind(now.as_microsecond())
        .bind(until.as_microsecond())
        .bind(super::rows::texts(kinds))
        .bind(i64::try_from(max).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await
        .map_err(failed(QUEUE))?;
    leases(jobs, until)
}

const DEAD: &str = "SELECT id, kind, key, payload, attempts, dead FROM jobs
    WHERE tenant = ?1 AND dead IS NOT NULL AND id > ?2
      AND (?3 = '[]' OR kind IN (SELECT value FROM json_each(?3)))
    ORDER BY id LIMIT ?4";

const REVIVE: &str = "UPDATE jobs SET dead = NULL, due = NULL, attempts = 0
    WHERE id IN (
        SELECT max(id) FROM jobs AS old
        WHERE tenant = ?1 AND dead IS NOT NULL AND id IN (SELECT value FROM json_each(?2))
          AND NOT EXISTS (
              SELECT 1 FROM jobs AS live
              WHERE live.tenant = ?1 AND live.kind = old.kind AND live.key = old.key AND live.dead IS NULL
          )
        GROUP BY kind, key
    )";

impl Dispatch for SqliteQueue {
    async fn push(&self, tenant: &TenantId, jobs: Vec<NewJob>) -> Result<usize> {
        self.db
            .write(QUEUE, tenant, |conn, tenant| push(conn, tenant, jobs).boxed())
            .await
    }

    async fn lease(
        &self,
        tenant: &TenantId,
        kinds: Vec<String>,
        max: usize,
        ttl: Duration,
    ) -> Result<Vec<Lease>> {
        let times = (self.clock.now(), until(&self.clock, ttl)?);
        self.db
            .write(QUEUE, tenant, move |conn, tenant| {
                async move { lease(conn, tenant, &kinds, max, times).await }.boxed()
            })
            .await
    }

    async fn renew(&self, tenant: &TenantId, mut lease: Lease, ttl: Duration) -> Result<Lease> {
        let until = until(&self.clock, ttl)?;
        self.on_leased(tenant, &lease, RENEW, (Some(until.as_microsecond()), None))
            .await?;
        lease.until = until;
        Ok(lease)
    }

    async fn complete(&self, tenant: &TenantId, lease: Lease) -> Result<()> {
        self.on_leased(tenant, &lease, COMPLETE, (None, None)).await
    }

    async fn fail(
        &self,
        tenant: &TenantId,
        lease: Lease,
        reason: String,
        delay: Option<Duration>,
    ) -> Result<()> {
        let due = delay.and_then(|delay| self.clock.now().checked_add(delay).ok());
        let due = due.map(Timestamp::as_microsecond);
        self.on_leased(tenant, &lease, FAIL, (due, Some(reason))).await
    }

    async fn depth(&self, tenant: &TenantId) -> Result<(usize, usize, usize)> {
        let mut conn = self.db.reader().await?;
        let Some(tenant) = self.db.tenant(&mut conn, tenant).await? else {
            return Ok((0, 0, 0));
        };
        let counts = sqlx::query_as(DEPTH)
            .bind(tenant)
            .bind(self.clock.now().as_microsecond())
            .fetch_one(&mut *conn)
            .await
            .map_err(failed(QUEUE))?;
        Ok(depth(counts))
    }

    async fn open_jobs(&self, tenant: &TenantId, kind: String) -> Result<usize> {
        let mut conn = self.db.reader().await?;
        let Some(tenant) = self.db.tenant(&mut conn, tenant).await? else {
            return Ok(0);
        };
        let count = sqlx::query_scalar(OPEN).bind(tenant).bind(kind);
        let count: i64 = count.fetch_one(&mut *conn).await.map_err(failed(QUEUE))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    async fn dead(
        &self,
        tenant: &TenantId,
        kinds: Vec<String>,
        after: JobId,
        limit: usize,
    ) -> Result<Vec<DeadJob>> {
        let mut conn = self.db.reader().await?;
        let Some(tenant) = self.db.tenant(&mut conn, tenant).await? else {
            return Ok(Vec::new());
        };
        let jobs = sqlx::query_as(DEAD)
            .bind(tenant)
            .bind(row_of(after))
            .bind(super::rows::texts(&kinds))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&mut *conn)
            .await
            .map_err(failed(QUEUE))?;
        dead(jobs)
    }

    async fn revive(&self, tenant: &TenantId, jobs: Vec<JobId>) -> Result<usize> {
        let rows: Vec<i64> = jobs.into_iter().map(row_of).collect();
        let rows = serde_json::Value::from(rows).to_string();
        self.db
            .write(QUEUE, tenant, move |conn, tenant| {
                async move {
                    let done = sqlx::query(REVIVE).bind(tenant).bind(rows).execute(conn).await;
                    let revived = done.map_err(failed(QUEUE))?.rows_affected();
                    Ok(usize::try_from(revived).unwrap_or(0))
                }
                .boxed()
            })
            .await
    }
}
