//! Jobs in the same database, so that they commit with the leads they belong to.

mod push;
mod take;

use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use lead_core::Result;
use lead_core::clock::{Clock, Timestamp};
use lead_core::record::TenantId;
use lead_core::seam::{DeadJob, Dispatch, JobId, JobLine, JobQuery, JobState, Lease, NewJob, Phase};
use serde_json::Value;
use sqlx::SqliteConnection;

pub(super) use self::push::push;
use self::take::take;
use super::db::{Db, Reader};
use super::error::failed;
use super::rows::texts;
use crate::model::jobs::{LINES, lines, listed, states};
use crate::model::lease::{
    DEPTH, FAIL, LOG, OPEN, PRUNE, QUEUE, RENEW, REPORT, dead, depth, held, kept, refused, row_and_token,
    row_of, rows_of, until,
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

    /// Runs work that writes.
    async fn write<T: Send + 'static>(
        &self,
        tenant: &TenantId,
        act: impl for<'c> FnOnce(&'c mut SqliteConnection, i64) -> BoxFuture<'c, Result<T>> + Send + 'static,
    ) -> Result<T> {
        self.db.write(QUEUE, tenant, act).await
    }

    /// Whence to read, and the tenant's number; `None` when nothing was ever written for it.
    async fn read(&self, tenant: &TenantId) -> Result<Option<(Reader, i64)>> {
        let mut conn = self.db.reader().await?;
        let tenant = self.db.tenant(&mut conn, tenant).await?;
        Ok(tenant.map(|tenant| (conn, tenant)))
    }

    /// Runs a statement on kinds.
    async fn on_kinds(&self, tenant: &TenantId, sql: &'static str, kinds: &[String]) -> Result<()> {
        let kinds = texts(kinds);
        self.write(tenant, move |conn, tenant| {
            async move {
                let done = sqlx::query(sql).bind(tenant).bind(kinds).execute(conn).await;
                done.map(drop).map_err(failed(QUEUE))
            }
            .boxed()
        })
        .await
    }

    /// Runs a statement on the job of a lease that is still ours.
    async fn on_leased(
        &self,
        tenant: &TenantId,
        lease: &Lease,
        sql: &'static str,
        more: (Option<i64>, Option<String>),
    ) -> Result<()> {
        let ((job, token), now) = (row_and_token(lease), self.clock.now().as_microsecond());
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

/// Gives back which were done.
const COMPLETE: &str = "DELETE FROM jobs WHERE id IN (
        SELECT j.id FROM json_each(?2) AS l JOIN jobs AS j ON j.id = l.value ->> 0 AND j.token = l.value ->> 1
        WHERE j.tenant = ?1 AND j.leased_until > ?3)
    RETURNING id";
const FORGET_LINES: &str =
    "DELETE FROM job_lines WHERE tenant = ?1 AND job IN (SELECT value FROM json_each(?2))";

const CANCEL: &str = "UPDATE jobs SET cancelled = coalesce(leased_until > ?2, FALSE),
        dead = iif(leased_until > ?2, NULL, 'cancelled'),
        leased_until = iif(leased_until > ?2, leased_until, NULL)
    WHERE tenant = ?1 AND dead IS NULL AND id IN (SELECT value FROM json_each(?3))";

const JOBS: &str = listed!(
    "p.key = j.pool",
    "(($3 = '[]' AND ($7 OR substr(j.kind, 1, 7) <> 'outbox:')) OR j.kind IN (SELECT value FROM json_each($3)))"
);

const PAUSE: &str = "INSERT INTO job_pauses (tenant, kind) SELECT DISTINCT ?1, value FROM json_each(?2) WHERE TRUE ON CONFLICT DO NOTHING";
const RESUME: &str = "DELETE FROM job_pauses WHERE tenant = ?1 AND kind IN (SELECT value FROM json_each(?2))";
const PAUSED: &str = "SELECT kind FROM job_pauses WHERE tenant = ?1 ORDER BY kind";

const DEAD: &str = "SELECT id, kind, key, payload, attempts, dead FROM jobs
    WHERE tenant = ?1 AND dead IS NOT NULL AND id > ?2
      AND (?3 = '[]' OR kind IN (SELECT value FROM json_each(?3)))
    ORDER BY id LIMIT ?4";

const REVIVE: &str =
    "UPDATE jobs SET dead = NULL, due = NULL, attempts = 0, said = NULL, turn = ?3 - priority * 600000000
    WHERE id IN (
        SELECT max(id) FROM jobs AS old
        WHERE tenant = ?1 AND dead IS NOT NULL AND id IN (SELECT value FROM json_each(?2))
          AND NOT EXISTS (
              SELECT 1 FROM jobs AS live
              WHERE live.tenant = ?1 AND live.kind = old.kind AND live.key = old.key AND live.dead IS NULL
          )
        GROUP BY kind, key
    )";

/// Does jobs inside a transaction; the numbers of those whose leases were ours. Their logs go with them.
pub(super) async fn finish(
    conn: &mut SqliteConnection,
    tenant: i64,
    leases: &[Lease],
    now: Timestamp,
) -> Result<Vec<i64>> {
    let complete = sqlx::query_scalar(COMPLETE).bind(tenant);
    let complete = complete.bind(serde_json::json!(rows_of(leases)).to_string());
    let complete = complete.bind(now.as_microsecond()).fetch_all(&mut *conn).await;
    let done: Vec<i64> = complete.map_err(failed(QUEUE))?;
    let forget = sqlx::query(FORGET_LINES).bind(tenant);
    let forget = forget
        .bind(Value::from(done.clone()).to_string())
        .execute(conn)
        .await;
    forget.map_err(failed(QUEUE))?;
    Ok(done)
}

impl Dispatch for SqliteQueue {
    async fn push(&self, tenant: &TenantId, jobs: Vec<NewJob>) -> Result<usize> {
        let now = self.clock.now();
        self.write(tenant, move |conn, tenant| push(conn, tenant, jobs, now).boxed())
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
        self.write(tenant, move |conn, tenant| {
            async move { take(conn, tenant, &kinds, max, times).await }.boxed()
        })
        .await
    }

    async fn renew(&self, tenant: &TenantId, mut lease: Lease, ttl: Duration) -> Result<Lease> {
        let until = until(&self.clock, ttl)?;
        let ((job, token), now) = (row_and_token(&lease), self.clock.now().as_microsecond());
        let told = self.write(tenant, move |conn, tenant| {
            async move {
                let renew = sqlx::query_scalar(RENEW).bind(tenant).bind(job).bind(token);
                let renew = renew.bind(now).bind(until.as_microsecond());
                renew.fetch_optional(conn).await.map_err(failed(QUEUE))
            }
            .boxed()
        });
        let cancelled: Option<bool> = told.await?;
        held(lease.job, cancelled.iter().count() as u64)?;
        (lease.until, lease.cancelled) = (until, cancelled.unwrap_or(false));
        Ok(lease)
    }

    async fn complete(&self, tenant: &TenantId, lease: Lease) -> Result<()> {
        let job = lease.job;
        let refused = self.complete_all(tenant, vec![lease]).await?;
        held(job, u64::from(refused.is_empty()))
    }

    async fn complete_all(&self, tenant: &TenantId, leases: Vec<Lease>) -> Result<Vec<JobId>> {
        if leases.is_empty() {
            return Ok(Vec::new());
        }
        let (held, now) = (leases.clone(), self.clock.now());
        let done = self.write(tenant, move |conn, tenant| {
            async move { finish(conn, tenant, &held, now).await }.boxed()
        });
        Ok(refused(&leases, &done.await?))
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

    async fn report(&self, tenant: &TenantId, lease: Lease, progress: Value) -> Result<()> {
        self.on_leased(tenant, &lease, REPORT, (None, Some(progress.to_string())))
            .await
    }

    async fn log(&self, tenant: &TenantId, lease: Lease, line: String) -> Result<()> {
        let now = self.clock.now();
        let line = JobLine::new(now, lease.attempt, &line).text;
        let ((job, token), now) = (row_and_token(&lease), now.as_microsecond());
        let written = self.write(tenant, move |conn, tenant| {
            async move {
                let log = sqlx::query(LOG).bind(tenant).bind(job).bind(token).bind(now);
                let log = log.bind(line).execute(&mut *conn).await.map_err(failed(QUEUE))?;
                let prune = sqlx::query(PRUNE).bind(tenant).bind(job).bind(kept());
                prune.execute(conn).await.map_err(failed(QUEUE))?;
                Ok(log.rows_affected())
            }
            .boxed()
        });
        held(lease.job, written.await?)
    }

    async fn lines(&self, tenant: &TenantId, job: JobId) -> Result<Vec<JobLine>> {
        let Some((mut conn, tenant)) = self.read(tenant).await? else {
            return Ok(Vec::new());
        };
        let rows = sqlx::query_as(LINES).bind(tenant).bind(row_of(job));
        lines(rows.fetch_all(&mut *conn).await.map_err(failed(QUEUE))?)
    }

    async fn cancel(&self, tenant: &TenantId, jobs: Vec<JobId>) -> Result<usize> {
        let rows: Vec<i64> = jobs.into_iter().map(row_of).collect();
        let (rows, now) = (Value::from(rows).to_string(), self.clock.now().as_microsecond());
        let changed = self.write(tenant, move |conn, tenant| {
            async move {
                let cancel = sqlx::query(CANCEL).bind(tenant).bind(now).bind(rows);
                let done = cancel.execute(conn).await;
                done.map(|done| done.rows_affected()).map_err(failed(QUEUE))
            }
            .boxed()
        });
        Ok(usize::try_from(changed.await?).unwrap_or(0))
    }

    async fn pause(&self, tenant: &TenantId, kinds: Vec<String>) -> Result<()> {
        self.on_kinds(tenant, PAUSE, &kinds).await
    }

    async fn resume(&self, tenant: &TenantId, kinds: Vec<String>) -> Result<()> {
        self.on_kinds(tenant, RESUME, &kinds).await
    }

    async fn paused(&self, tenant: &TenantId) -> Result<Vec<String>> {
        let Some((mut conn, tenant)) = self.read(tenant).await? else {
            return Ok(Vec::new());
        };
        let kinds = sqlx::query_scalar(PAUSED).bind(tenant);
        kinds.fetch_all(&mut *conn).await.map_err(failed(QUEUE))
    }

    async fn jobs(&self, tenant: &TenantId, query: JobQuery) -> Result<Vec<JobState>> {
        let Some((mut conn, tenant)) = self.read(tenant).await? else {
            return Ok(Vec::new());
        };
        let rows = sqlx::query_as(JOBS)
            .bind(tenant)
            .bind(self.clock.now().as_microsecond())
            .bind(texts(&query.kinds))
            .bind(row_of(query.after))
            .bind(i64::try_from(query.limit).unwrap_or(i64::MAX))
            .bind(query.phase.map(Phase::as_str))
            .bind(query.own);
        states(rows.fetch_all(&mut *conn).await.map_err(failed(QUEUE))?)
    }

    async fn depth(&self, tenant: &TenantId) -> Result<(usize, usize, usize)> {
        let Some((mut conn, tenant)) = self.read(tenant).await? else {
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
        let Some((mut conn, tenant)) = self.read(tenant).await? else {
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
        let Some((mut conn, tenant)) = self.read(tenant).await? else {
            return Ok(Vec::new());
        };
        let jobs = sqlx::query_as(DEAD)
            .bind(tenant)
            .bind(row_of(after))
            .bind(texts(&kinds))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&mut *conn)
            .await
            .map_err(failed(QUEUE))?;
        dead(jobs)
    }

    async fn revive(&self, tenant: &TenantId, jobs: Vec<JobId>) -> Result<usize> {
        let rows: Vec<i64> = jobs.into_iter().map(row_of).collect();
        let (rows, now) = (Value::from(rows).to_string(), self.clock.now().as_microsecond());
        self.db
            .write(QUEUE, tenant, move |conn, tenant| {
                async move {
                    let revive = sqlx::query(REVIVE).bind(tenant).bind(rows).bind(now);
                    let done = revive.execute(conn).await;
                    let revived = done.map_err(failed(QUEUE))?.rows_affected();
                    Ok(usize::try_from(revived).unwrap_or(0))
                }
                .boxed()
            })
            .await
    }
}
