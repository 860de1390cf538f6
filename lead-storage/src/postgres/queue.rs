//! Jobs in the same database, so that they commit with the leads they belong to.

use std::time::Duration;

use futures::FutureExt;
use lead_core::Result;
use lead_core::clock::{Clock, Timestamp};
use lead_core::record::TenantId;
use lead_core::seam::{DeadJob, Dispatch, JobId, Lease, NewJob};

use super::db::{Db, Tx};
use super::error::failed;
use super::rows::{clean, columns, name_id};
use crate::model::lease::{
    COMPLETE, DEPTH, FAIL, OPEN, QUEUE, RENEW, dead, depth, held, leases, row_of, until,
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
        let (job, now) = (row_of(lease.job), self.clock.now().as_microsecond());
        let token = i64::try_from(lease.token).unwrap_or(-1);
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

/// Pushes jobs inside a transaction; how many were not there yet. Numbers follow the order they came in; they are written in
/// the order of what makes them the same, so that two who push the same ones do not wait for each other in a ring.
pub(super) async fn push(tx: &mut Tx, jobs: Vec<NewJob>) -> Result<usize> {
    let tenant = tx.tenant;
    columns!(
        jobs,
        |job| sames = name_id(&format!("{}\0{}", job.kind, job.key)),
        kinds = clean(&job.kind),
        keys = clean(&job.key),
        priorities = job.priority,
        dues = job.not_before.map(Timestamp::as_microsecond),
        most = i64::from(job.max_attempts),
        payloads = job.payload.to_string(),
    );
    let sql = "WITH new AS MATERIALIZED (
                   SELECT nextval('job_numbers') AS id, n.*
                   FROM unnest($2::uuid[], $3::text[], $4::text[], $5::integer[], $6::bigint[], $7::bigint[], $8::text[])
                       AS n (same, kind, key, priority, due, max_attempts, payload)
               )
               INSERT INTO jobs (tenant, id, same, kind, key, priority, due, max_attempts, payload)
               SELECT $1, id, same, kind, key, priority, due, max_attempts, payload FROM new ORDER BY same, id
               ON CONFLICT DO NOTHING";
    let insert = sqlx::query(sql).bind(tenant).bind(sames).bind(kinds).bind(keys);
    let insert = insert.bind(priorities).bind(dues).bind(most).bind(payloads);
    let done = insert.execute(tx.conn()).await.map_err(failed(QUEUE))?;
    Ok(usize::try_from(done.rows_affected()).unwrap_or(0))
}

/// Jobs that were leased as often as they may be, and whose last lease ran out, are dead. One that somebody holds waits.
const BURY: &str = "WITH spent AS MATERIALIZED (
        SELECT id FROM jobs
        WHERE tenant = $1 AND dead IS NULL AND attempts >= max_attempts
          AND (due IS NULL OR due <= $2) AND (leased_until IS NULL OR leased_until <= $2)
        FOR UPDATE SKIP LOCKED
    )
    UPDATE jobs SET dead = 'every attempt ended without a word from its worker', leased_until = NULL
    FROM spent WHERE jobs.tenant = $1 AND jobs.id = spent.id";

const LEASE: &str = "WITH turn AS MATERIALIZED (
        SELECT id FROM jobs
        WHERE tenant = $1 AND dead IS NULL AND (due IS NULL OR due <= $2) AND (leased_until IS NULL OR leased_until <= $2)
          AND ((cardinality($4::text[]) = 0 AND substr(kind, 1, 7) <> 'outbox:') OR kind = ANY ($4))
        ORDER BY priority DESC, id LIMIT $5
        FOR UPDATE SKIP LOCKED
    )
    UPDATE jobs SET attempts = attempts + 1, token = token + 1, leased_until = $3
    FROM turn WHERE jobs.tenant = $1 AND jobs.id = turn.id
    RETURNING jobs.id, token, kind, key, payload, attempts, priority::bigint";

async fn lease(
    tx: &mut Tx,
    kinds: &[String],
    max: usize,
    (now, until): (Timestamp, Timestamp),
) -> Result<Vec<Lease>> {
    let tenant = tx.tenant;
    sqlx::query(BURY)
        .bind(tenant)
        .bind(now.as_microsecond())
        .execute(tx.conn())
        .await
        .map_err(failed(QUEUE))?;
    let kinds: Vec<String> = kinds.iter().map(|kind| clean(kind)).collect();
    let jobs = sqlx::query_as(LEASE)
        .bind(tenant)
        .bind(now.as_microsecond())
        .bind(until.as_microsecond())
        .bind(kinds)
        .bind(i64::try_from(max).unwrap_or(i64::MAX))
        .fetch_all(tx.conn())
        .await
        .map_err(failed(QUEUE))?;
    leases(jobs, until)
}

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
    UPDATE jobs SET dead = NULL, due = NULL, attempts = 0
    FROM chosen WHERE jobs.tenant = $1 AND jobs.id = chosen.id AND jobs.dead IS NOT NULL";

impl Dispatch for PostgresQueue {
    async fn push(&self, tenant: &TenantId, jobs: Vec<NewJob>) -> Result<usize> {
        self.db
            .write(QUEUE, tenant, move |tx| push(tx, jobs.clone()).boxed())
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
                async move { lease(tx, &kinds, max, times).await }.boxed()
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
        self.on_leased(tenant, &lease, FAIL, (due, Some(clean(&reason))))
            .await
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
        self.db
            .write(QUEUE, tenant, move |tx| {
                let rows = rows.clone();
                async move {
                    let revive = sqlx::query(REVIVE).bind(tx.tenant).bind(rows);
                    let done = revive.execute(tx.conn()).await.map_err(failed(QUEUE))?;
                    Ok(usize::try_from(done.rows_affected()).unwrap_or(0))
                }
                .boxed()
            })
            .await
    }
}
