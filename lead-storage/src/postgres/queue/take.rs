//! Who is next.

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::seam::Lease;
use uuid::Uuid;

use crate::model::lease::{QUEUE, leases};
use crate::postgres::db::Tx;
use crate::postgres::error::failed;
use crate::postgres::rows::clean;

/// Jobs that were leased as often as they may be, or are not wanted any more, and whose last lease ran out, are dead. One that
/// somebody holds waits. Then groups that may have room are held, so that two do not both take the last place; those that somebody
/// else holds have to wait for the next time.
const TIDY: &str = "WITH spent AS MATERIALIZED (
        SELECT id FROM jobs
        WHERE tenant = $1 AND dead IS NULL AND (attempts >= max_attempts OR cancelled)
          AND (due IS NULL OR due <= $2) AND (leased_until IS NULL OR leased_until <= $2)
        FOR UPDATE SKIP LOCKED
    ), buried AS (
        UPDATE jobs SET leased_until = NULL, cancelled = FALSE,
            dead = CASE WHEN cancelled THEN 'cancelled' ELSE 'every attempt ended without a word from its worker' END
        FROM spent WHERE jobs.tenant = $1 AND jobs.id = spent.id
    )
    SELECT p.id FROM job_pools AS p WHERE p.tenant = $1 AND (p.next IS NULL OR p.next <= $2) ORDER BY p.id LIMIT 1000
    FOR UPDATE SKIP LOCKED";

/// Groups of which no job is left.
const FORGET: &str = "DELETE FROM job_pools AS p WHERE p.tenant = $1 AND p.id = ANY ($2)
    AND NOT EXISTS (SELECT 1 FROM jobs AS j WHERE j.tenant = $1 AND j.pool = p.id AND j.dead IS NULL)";

/// A later statement than the one that held the groups, so it sees what others took before.
const LEASE: &str = "WITH room AS MATERIALIZED (
        SELECT p.id, p.spacing, least(CASE WHEN p.spacing > 0 THEN 1 ELSE p.at_once END, p.at_once - (
            SELECT count(*) FROM jobs AS j
            WHERE j.tenant = $1 AND j.pool = p.id AND j.dead IS NULL AND j.leased_until > $2)) AS free
        FROM job_pools AS p WHERE p.tenant = $1 AND p.id = ANY ($6)
    ), due AS MATERIALIZED (
        SELECT id, turn, pool FROM jobs
        WHERE tenant = $1 AND dead IS NULL AND (due IS NULL OR due <= $2) AND (leased_until IS NULL OR leased_until <= $2)
          AND ((cardinality($4::text[]) = 0 AND substr(kind, 1, 7) <> 'outbox:') OR kind = ANY ($4))
          AND kind <> ALL (ARRAY(SELECT p.kind FROM job_pauses AS p WHERE p.tenant = $1))
          AND (pool IS NULL OR pool IN (SELECT r.id FROM room AS r WHERE r.free > 0))
        ORDER BY turn, id LIMIT $5
        FOR UPDATE SKIP LOCKED
    ), chosen AS MATERIALIZED (
        SELECT d.id, d.pool FROM (
            SELECT due.*, row_number() OVER (PARTITION BY due.pool ORDER BY due.turn, due.id) AS place FROM due) AS d
        LEFT JOIN room AS r ON r.id = d.pool
        WHERE d.pool IS NULL OR d.place <= r.free
    ), begun AS (
        UPDATE job_pools AS p SET next = $2 + p.spacing
        WHERE p.tenant = $1 AND p.spacing > 0 AND p.id IN (SELECT c.pool FROM chosen AS c)
    )
    UPDATE jobs SET attempts = attempts + 1, token = token + 1, leased_until = $3
    FROM chosen WHERE jobs.tenant = $1 AND jobs.id = chosen.id
    RETURNING jobs.id, token, kind, version::bigint, key, payload, attempts, max_attempts, turn, progress";

/// Leases due jobs inside a transaction.
pub(super) async fn take(
    tx: &mut Tx,
    kinds: &[String],
    max: usize,
    (now, until): (Timestamp, Timestamp),
) -> Result<Vec<Lease>> {
    let (tenant, now) = (tx.tenant, now.as_microsecond());
    let tidy = sqlx::query_scalar(TIDY).bind(tenant).bind(now);
    let groups: Vec<Uuid> = tidy.fetch_all(tx.conn()).await.map_err(failed(QUEUE))?;
    if !groups.is_empty() {
        let forget = sqlx::query(FORGET).bind(tenant).bind(&groups);
        forget.execute(tx.conn()).await.map_err(failed(QUEUE))?;
    }
    let kinds: Vec<String> = kinds.iter().map(|kind| clean(kind)).collect();
    let jobs = sqlx::query_as(LEASE)
        .bind(tenant)
        .bind(now)
        .bind(until.as_microsecond())
        .bind(kinds)
        .bind(i64::try_from(max).unwrap_or(i64::MAX))
        .bind(groups)
        .fetch_all(tx.conn())
        .await
        .map_err(failed(QUEUE))?;
    leases(jobs, until)
}
