//! Jobs in the same database, so that they commit with the leads they belong to.

use std::cmp::Reverse;
use std::time::Duration;

use futures::FutureExt;
use lead_core::clock::{Clock, Timestamp};
use lead_core::record::TenantId;
use lead_core::seam::{Dispatch, JobId, Lease, NewJob};
use lead_core::{Error, ErrorKind, Result};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::db::Db;
use super::error::failed;
use crate::model::read::damaged;

const QUEUE: &str = "queue";

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

    fn until(&self, ttl: Duration) -> Result<Timestamp> {
        let until = self.clock.now().checked_add(ttl);
        until.map_err(|cause| Error::invalid(QUEUE, "the lease is too long").because(cause))
    }

    /// Runs a statement on the job of a lease that is still ours; `?1` to `?4` are tenant, job, token and now.
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
        match changed.await? {
            0 => Err(
                Error::new(ErrorKind::StaleLease, QUEUE, "the lease is no longer ours")
                    .with("job", lease.job),
            ),
            _ => Ok(()),
        }
    }
}

fn row_of(job: JobId) -> i64 {
    i64::try_from(job.0).unwrap_or(-1)
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
          AND (?4 = '[]' OR kind IN (SELECT value FROM json_each(?4)))
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
    let rows = sqlx::query(LEASE)
        .bind(tenant)
        .bind(now.as_microsecond())
        .bind(until.as_microsecond())
        .bind(super::rows::texts(kinds))
        .bind(i64::try_from(max).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await
        .map_err(failed(QUEUE))?;
    // RETURNING has no order of its own.
    let mut leases = rows
        .iter()
        .map(|row| read_lease(row, until))
        .collect::<Result<Vec<_>>>()?;
    leases.sort_by_key(|(priority, lease)| (Reverse(*priority), lease.job));
    Ok(leases.into_iter().map(|(_, lease)| lease).collect())
}

fn read_lease(row: &SqliteRow, until: Timestamp) -> Result<(i64, Lease)> {
    let number = |at: usize| row.try_get::<i64, _>(at).map_err(failed(QUEUE));
    let text = |at: usize| row.try_get::<String, _>(at).map_err(failed(QUEUE));
    let payload = serde_json::from_str(&text(4)?).map_err(damaged(QUEUE))?;
    let new = NewJob::new(text(2)?, text(3)?, payload);
    let unsigned = |number: i64| u64::try_from(number).unwrap_or(0);
    let attempt = u32::try_from(number(5)?).unwrap_or(u32::MAX);
    Ok((
        number(6)?,
        Lease::new(
            JobId(unsigned(number(0)?)),
            unsigned(number(1)?),
            &new,
            attempt,
            until,
        ),
    ))
}

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
        let times = (self.clock.now(), self.until(ttl)?);
        self.db
            .write(QUEUE, tenant, move |conn, tenant| {
                async move { lease(conn, tenant, &kinds, max, times).await }.boxed()
            })
            .await
    }

    async fn renew(&self, tenant: &TenantId, mut lease: Lease, ttl: Duration) -> Result<Lease> {
        let until = self.until(ttl)?;
        let sql = "UPDATE jobs SET leased_until = ?5
                   WHERE tenant = ?1 AND id = ?2 AND token = ?3 AND leased_until > ?4 AND ?6 IS NULL";
        self.on_leased(tenant, &lease, sql, (Some(until.as_microsecond()), None))
            .await?;
        lease.until = until;
        Ok(lease)
    }

    async fn complete(&self, tenant: &TenantId, lease: Lease) -> Result<()> {
        let sql = "DELETE FROM jobs
                   WHERE tenant = ?1 AND id = ?2 AND token = ?3 AND leased_until > ?4 AND ?5 IS NULL AND ?6 IS NULL";
        self.on_leased(tenant, &lease, sql, (None, None)).await
    }

    async fn fail(
        &self,
        tenant: &TenantId,
        lease: Lease,
        reason: String,
        delay: Option<Duration>,
    ) -> Result<()> {
        let due = delay.and_then(|delay| self.clock.now().checked_add(delay).ok());
        let sql = "UPDATE jobs SET leased_until = NULL, due = ?5,
                       dead = CASE WHEN ?5 IS NULL OR attempts >= max_attempts THEN ?6 END
                   WHERE tenant = ?1 AND id = ?2 AND token = ?3 AND leased_until > ?4";
        self.on_leased(
            tenant,
            &lease,
            sql,
            (due.map(Timestamp::as_microsecond), Some(reason)),
        )
        .await
    }

    async fn depth(&self, tenant: &TenantId) -> Result<(usize, usize, usize)> {
        let mut conn = self.db.reader().await?;
        let Some(tenant) = self.db.tenant(&mut conn, tenant).await? else {
            return Ok((0, 0, 0));
        };
        let sql =
            "SELECT count(*) FILTER (WHERE dead IS NULL AND (leased_until IS NULL OR leased_until <= ?2)),
                          count(*) FILTER (WHERE dead IS NULL AND leased_until > ?2),
                          count(*) FILTER (WHERE dead IS NOT NULL)
                   FROM jobs WHERE tenant = ?1";
        let depth: (i64, i64, i64) = sqlx::query_as(sql)
            .bind(tenant)
            .bind(self.clock.now().as_microsecond())
            .fetch_one(&mut *conn)
            .await
            .map_err(failed(QUEUE))?;
        let size = |count: i64| usize::try_from(count).unwrap_or(0);
        Ok((size(depth.0), size(depth.1), size(depth.2)))
    }
}
