//! Jobs in the same database, so that they commit with the leads they belong to.

mod push;
mod take;

use std::time::Duration;

use futures::FutureExt;
use lead_core::Result;
use lead_core::clock::{Clock, Timestamp};
use lead_core::record::TenantId;
use lead_core::seam::{DeadJob, Dispatch, JobId, JobLine, JobQuery, JobState, Lease, NewJob, Phase};
use serde_json::Value;

pub(super) use self::push::push;
use self::take::take;
use super::db::{Db, Tx};
use super::error::failed;
use super::rows::{clean, columns, name_id};
use crate::model::jobs::{LINES, lines, listed, states};
use crate::model::lease::{
    DEPTH, FAIL, LOG, OPEN, PRUNE, QUEUE, RENEW, REPORT, dead, depth, held, kept, refused, row_and_token,
    row_of, rows_of, until,
};

/// A queue of jobs in a PostgreSQL database; times are kept to the microsecond.
#[derive(Clone, Debug)]
pub struct PostgresQueue {
    db: Db,
    clock: Clock,
}

impl PostgresQueue {
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
        let ((job, token), now) = (row_and_token(lease), self.clock.now().as_microsecond());
        let changed = self.db.write(QUEUE, tenant, move |tx| {
            let more = more.clone();
            async move {
                let statement = sqlx::query(sql).bind(tx.tenant).bind(job).bind(token).bind(now);
                let done = statement.bind(more.0).bind(more.1).execute(tx.conn()).await;
                done.map(|done| done.rows_affected()).map_err(failed(QUEUE))
            }
            .boxed()
        });
        held(lease.job, changed.await?)
    }
}

/// Gives back which were done. Their logs go with them.
const COMPLETE: &str = "WITH done AS (
        DELETE FROM jobs USING unnest($2::bigint[], $3::bigint[]) AS l (id, token)
        WHERE jobs.tenant = $1 AND jobs.id = l.id AND jobs.token = l.token AND jobs.leased_until > $4
        RETURNING jobs.id
    ), gone AS (DELETE FROM job_lines USING done WHERE job_lines.tenant = $1 AND job_lines.job = done.id)
    SELECT id FROM done";

const CANCEL: &str = "UPDATE jobs SET cancelled = coalesce(leased_until > $2, FALSE),
        dead = CASE WHEN leased_until > $2 THEN NULL ELSE 'cancelled' END,
        leased_until = CASE WHEN leased_until > $2 THEN leased_until END
    WHERE tenant = $1 AND dead IS NULL AND id = ANY ($3)";

const JOBS: &str = listed!(
    "p.id = j.pool",
    "((cardinality($3::text[]) = 0 AND ($7 OR substr(j.kind, 1, 7) <> 'outbox:')) OR j.kind = ANY ($3))"
);

const PAUSE: &str = "INSERT INTO job_pauses (tenant, id, kind)
    SELECT DISTINCT $1::integer, * FROM unnest($2::uuid[], $3::text[]) ON CONFLICT DO NOTHING";
const RESUME: &str = "DELETE FROM job_pauses WHERE tenant = $1 AND id = ANY ($2)";
const PAUSED: &str = "SELECT kind FROM job_pauses WHERE tenant = $1 ORDER BY kind";

const DEAD: &str = "SELECT id, kind, key, payload, attempts, dead FROM jobs
    WHERE tenant = $1 AND dead IS NOT NULL AND id > $2 AND (cardinality($3::text[]) = 0 OR kind = ANY ($3))
    ORDER BY id LIMIT $4";

/// Of several dead jobs that are the same the newest; none beside one that lives.
const REVIVE: &str = "WITH chosen AS MATERIALIZED (
        SELECT DISTINCT ON (same) id FROM jobs AS old
        WHERE tenant = $1 AND dead IS NOT NULL AND id = ANY ($2)
          AND NOT EXISTS (SELECT 1 FROM jobs AS live WHERE live.tenant = $1 AND live.same = old.same AND live.dead IS NULL)
        ORDER BY same, id DESC
    )
    UPDATE jobs SET dead = NULL, due = NULL, attempts = 0, said = NULL, turn = $3 - priority::bigint * 600000000
    FROM chosen WHERE jobs.tenant = $1 AND jobs.id = chosen.id AND jobs.dead IS NOT NULL";

/// Does jobs inside a transaction; the numbers of those whose leases were ours.
pub(super) async fn finish(tx: &mut Tx, leases: &[Lease], now: Timestamp) -> Result<Vec<i64>> {
    let (ids, tokens): (Vec<i64>, Vec<i64>) = rows_of(leases).into_iter().unzip();
    let complete = sqlx::query_scalar(COMPLETE).bind(tx.tenant).bind(ids);
    let complete = complete.bind(tokens).bind(now.as_microsecond());
    complete.fetch_all(tx.conn()).await.map_err(failed(QUEUE))
}

impl Dispatch for PostgresQueue {
    async fn push(&self, tenant: &TenantId, jobs: Vec<NewJob>) -> Result<usize> {
        let now = self.clock.now();
        self.db
            .write(QUEUE, tenant, move |tx| push(tx, jobs.clone(), now).boxed())
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
            .write(QUEUE, tenant, move |tx| {
                let kinds = kinds.clone();
                async move { take(tx, &kinds, max, times).await }.boxed()
            })
            .await
    }

    async fn renew(&self, tenant: &TenantId, mut lease: Lease, ttl: Duration) -> Result<Lease> {
        let until = until(&self.clock, ttl)?;
        let ((job, token), now) = (row_and_token(&lease), self.clock.now().as_microsecond());
        let told = self.db.write(QUEUE, tenant, move |tx| {
            async move {
                let renew = sqlx::query_scalar(RENEW).bind(tx.tenant).bind(job).bind(token);
                let renew = renew.bind(now).bind(until.as_microsecond());
                renew.fetch_optional(tx.conn()).await.map_err(failed(QUEUE))
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
        let done = self.db.write(QUEUE, tenant, move |tx| {
            let held = held.clone();
            async move { finish(tx, &held, now).await }.boxed()
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
        self.on_leased(tenant, &lease, FAIL, (due, Some(clean(&reason))))
            .await
    }

    async fn report(&self, tenant: &TenantId, lease: Lease, progress: Value) -> Result<()> {
        let progress = Some(clean(&progress.to_string()));
        self.on_leased(tenant, &lease, REPORT, (None, progress)).await
    }

    async fn log(&self, tenant: &TenantId, lease: Lease, line: String) -> Result<()> {
        let now = self.clock.now();
        let line = clean(&JobLine::new(now, lease.attempt, &line).text);
        let ((job, token), now) = (row_and_token(&lease), now.as_microsecond());
        let written = self.db.write(QUEUE, tenant, move |tx| {
            let line = line.clone();
            async move {
                let log = sqlx::query(LOG).bind(tx.tenant).bind(job).bind(token).bind(now);
                let log = log.bind(line).execute(tx.conn()).await.map_err(failed(QUEUE))?;
                let prune = sqlx::query(PRUNE).bind(tx.tenant).bind(job).bind(kept());
                prune.execute(tx.conn()).await.map_err(failed(QUEUE))?;
                Ok(log.rows_affected())
            }
            .boxed()
        });
        held(lease.job, written.await?)
    }

    async fn lines(&self, tenant: &TenantId, job: JobId) -> Result<Vec<JobLine>> {
        let rows = self.db.read(QUEUE, tenant, move |tx| {
            async move {
                let rows = sqlx::query_as(LINES).bind(tx.tenant).bind(row_of(job));
                rows.fetch_all(tx.conn()).await.map_err(failed(QUEUE))
            }
            .boxed()
        });
        lines(rows.await?.unwrap_or_default())
    }

    async fn cancel(&self, tenant: &TenantId, jobs: Vec<JobId>) -> Result<usize> {
        let rows: Vec<i64> = jobs.into_iter().map(row_of).collect();
        let now = self.clock.now().as_microsecond();
        let changed = self.db.write(QUEUE, tenant, move |tx| {
            let rows = rows.clone();
            async move {
                let cancel = sqlx::query(CANCEL).bind(tx.tenant).bind(now).bind(rows);
                let done = cancel.execute(tx.conn()).await;
                done.map(|done| done.rows_affected()).map_err(failed(QUEUE))
            }
            .boxed()
        });
        Ok(usize::try_from(changed.await?).unwrap_or(0))
    }

    async fn pause(&self, tenant: &TenantId, kinds: Vec<String>) -> Result<()> {
        self.db
            .write(QUEUE, tenant, move |tx| {
                columns!(&kinds, |kind| ids = name_id(kind), names = clean(kind));
                async move {
                    let pause = sqlx::query(PAUSE).bind(tx.tenant).bind(ids).bind(names);
                    pause.execute(tx.conn()).await.map(drop).map_err(failed(QUEUE))
                }
                .boxed()
            })
            .await
    }

    async fn resume(&self, tenant: &TenantId, kinds: Vec<String>) -> Result<()> {
        self.db
            .write(QUEUE, tenant, move |tx| {
                columns!(&kinds, |kind| ids = name_id(kind));
                async move {
                    let resume = sqlx::query(RESUME).bind(tx.tenant).bind(ids);
                    resume.execute(tx.conn()).await.map(drop).map_err(failed(QUEUE))
                }
                .boxed()
            })
            .await
    }

    async fn paused(&self, tenant: &TenantId) -> Result<Vec<String>> {
        let kinds = self.db.read(QUEUE, tenant, move |tx| {
            async move {
                let kinds = sqlx::query_scalar(PAUSED).bind(tx.tenant);
                kinds.fetch_all(tx.conn()).await.map_err(failed(QUEUE))
            }
            .boxed()
        });
        Ok(kinds.await?.unwrap_or_default())
    }

    async fn jobs(&self, tenant: &TenantId, query: JobQuery) -> Result<Vec<JobState>> {
        let kinds: Vec<String> = query.kinds.iter().map(|kind| clean(kind)).collect();
        let (after, limit) = (
            row_of(query.after),
            i64::try_from(query.limit).unwrap_or(i64::MAX),
        );
        let (phase, now) = (query.phase.map(Phase::as_str), self.clock.now().as_microsecond());
        let rows = self.db.read(QUEUE, tenant, move |tx| {
            let kinds = kinds.clone();
            async move {
                let rows = sqlx::query_as(JOBS).bind(tx.tenant).bind(now).bind(kinds);
                let rows = rows.bind(after).bind(limit).bind(phase).bind(query.own);
                rows.fetch_all(tx.conn()).await.map_err(failed(QUEUE))
            }
            .boxed()
        });
        states(rows.await?.unwrap_or_default())
    }

    async fn depth(&self, tenant: &TenantId) -> Result<(usize, usize, usize)> {
        let now = self.clock.now().as_microsecond();
        let counts = self.db.read(QUEUE, tenant, move |tx| {
            async move {
                let counts = sqlx::query_as(DEPTH).bind(tx.tenant).bind(now);
                counts.fetch_one(tx.conn()).await.map_err(failed(QUEUE))
            }
            .boxed()
        });
        counts.await.map(|counts| depth(counts.unwrap_or_default()))
    }

    async fn open_jobs(&self, tenant: &TenantId, kind: String) -> Result<usize> {
        let kind = clean(&kind);
        let count = self.db.read(QUEUE, tenant, move |tx| {
            let kind = kind.clone();
            async move {
                let count = sqlx::query_scalar(OPEN).bind(tx.tenant).bind(kind);
                count.fetch_one(tx.conn()).await.map_err(failed(QUEUE))
            }
            .boxed()
        });
        let count: i64 = count.await?.unwrap_or_default();
        Ok(usize::try_from(count).unwrap_or(0))
    }

    async fn dead(
        &self,
        tenant: &TenantId,
        kinds: Vec<String>,
        after: JobId,
        limit: usize,
    ) -> Result<Vec<DeadJob>> {
        let kinds: Vec<String> = kinds.iter().map(|kind| clean(kind)).collect();
        let jobs = self.db.read(QUEUE, tenant, move |tx| {
            let kinds = kinds.clone();
            async move {
                let jobs = sqlx::query_as(DEAD)
                    .bind(tx.tenant)
                    .bind(row_of(after))
                    .bind(kinds);
                let jobs = jobs.bind(i64::try_from(limit).unwrap_or(i64::MAX));
                jobs.fetch_all(tx.conn()).await.map_err(failed(QUEUE))
            }
            .boxed()
        });
        dead(jobs.await?.unwrap_or_default())
    }

    async fn revive(&self, tenant: &TenantId, jobs: Vec<JobId>) -> Result<usize> {
        let rows: Vec<i64> = jobs.into_iter().map(row_of).collect();
        let now = self.clock.now().as_microsecond();
        self.db
            .write(QUEUE, tenant, move |tx| {
                let rows = rows.clone();
                async move {
                    let revive = sqlx::query(REVIVE).bind(tx.tenant).bind(rows).bind(now);
                    let done = revive.execute(tx.conn()).await.map_err(failed(QUEUE))?;
                    Ok(usize::try_from(done.rows_affected()).unwrap_or(0))
                }
                .boxed()
            })
            .await
    }
}
