//! Who is next.

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::seam::Lease;
use sqlx::SqliteConnection;

use crate::model::lease::{Leased, QUEUE, leases};
use crate::sqlite::error::failed;
use crate::sqlite::rows::texts;

/// Jobs that were leased as often as they may be, or are not wanted any more, and whose last lease ran out, are dead.
const BURY: &str = "UPDATE jobs SET leased_until = NULL, cancelled = FALSE,
        dead = CASE WHEN cancelled THEN 'cancelled' ELSE 'every attempt ended without a word from its worker' END
    WHERE tenant = ?1 AND dead IS NULL AND (attempts >= max_attempts OR cancelled)
      AND (due IS NULL OR due <= ?2) AND (leased_until IS NULL OR leased_until <= ?2)";

/// Groups of which no job is left.
const FORGET: &str = "DELETE FROM job_pools WHERE tenant = ?1 AND (next IS NULL OR next <= ?2)
    AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.tenant = ?1 AND pool = job_pools.key AND dead IS NULL)";

const LEASE: &str = "WITH room AS MATERIALIZED (
        SELECT p.key, min(iif(p.spacing > 0, 1, p.at_once), p.at_once - (
            SELECT count(*) FROM jobs AS j
            WHERE j.tenant = ?1 AND j.pool = p.key AND j.dead IS NULL AND j.leased_until > ?2)) AS free
        FROM job_pools AS p WHERE p.tenant = ?1 AND (p.next IS NULL OR p.next <= ?2)
    ), due AS MATERIALIZED (
        SELECT id, turn, pool FROM jobs
        WHERE tenant = ?1 AND dead IS NULL AND (due IS NULL OR due <= ?2) AND (leased_until IS NULL OR leased_until <= ?2)
          AND ((?4 = '[]' AND substr(kind, 1, 7) <> 'outbox:') OR kind IN (SELECT value FROM json_each(?4)))
          AND kind NOT IN (SELECT p.kind FROM job_pauses AS p WHERE p.tenant = ?1)
          AND (pool IS NULL OR pool IN (SELECT key FROM room WHERE free > 0))
        ORDER BY turn, id LIMIT ?5
    )
    UPDATE jobs SET attempts = attempts + 1, token = token + 1, leased_until = ?3
    WHERE id IN (
        SELECT d.id FROM (
            SELECT due.*, row_number() OVER (PARTITION BY due.pool ORDER BY due.turn, due.id) AS place FROM due) AS d
        LEFT JOIN room ON room.key = d.pool
        WHERE d.pool IS NULL OR d.place <= room.free
    )
    RETURNING id, token, kind, version, key, payload, attempts, max_attempts, turn, progress";

/// Groups of which one has just begun.
const BEGUN: &str = "UPDATE job_pools SET next = ?2 + spacing
    WHERE tenant = ?1 AND spacing > 0
      AND key IN (SELECT pool FROM jobs WHERE tenant = ?1 AND id IN (SELECT value FROM json_each(?3)))";

/// Leases due jobs inside a transaction.
pub(super) async fn take(
    conn: &mut SqliteConnection,
    tenant: i64,
    kinds: &[String],
    max: usize,
    (now, until): (Timestamp, Timestamp),
) -> Result<Vec<Lease>> {
    let now = now.as_microsecond();
    for tidy in [BURY, FORGET] {
        let tidy = sqlx::query(tidy).bind(tenant).bind(now);
        tidy.execute(&mut *conn).await.map_err(failed(QUEUE))?;
    }
    let jobs: Vec<Leased> = sqlx::query_as(LEASE)
        .bind(tenant)
        .bind(now)
        .bind(until.as_microsecond())
        .bind(texts(kinds))
        .bind(i64::try_from(max).unwrap_or(i64::MAX))
        .fetch_all(&mut *conn)
        .await
        .map_err(failed(QUEUE))?;
    if !jobs.is_empty() {
        let ids: Vec<i64> = jobs.iter().map(|job| job.0).collect();
        let begun = sqlx::query(BEGUN).bind(tenant).bind(now);
        let begun = begun
            .bind(serde_json::Value::from(ids).to_string())
            .execute(conn)
            .await;
        begun.map_err(failed(QUEUE))?;
    }
    leases(jobs, until)
}
