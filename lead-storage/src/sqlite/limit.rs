//! Limits in the same database, shared by every process that opens the file.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::FutureExt;
use lead_core::Result;
use lead_core::clock::Clock;
use lead_core::record::TenantId;
use lead_core::seam::{Decision, Limit, Policy, Standing};
use sqlx::SqliteConnection;

use super::db::Db;
use super::error::failed;
use crate::model::limit::{Asked, LIMIT, Row, SWEEP_EVERY, now, standing};

/// Limits in an SQLite database: one transaction a check, so they are as quick as its commits.
#[derive(Clone, Debug)]
pub struct SqliteLimiter {
    db: Db,
    clock: Clock,
    tenant: TenantId,
    checks: Arc<AtomicU64>,
}

const READ: &str = "SELECT arrival FROM limits WHERE tenant = ?1 AND key = ?2 AND quota = ?3 AND span = ?4";

const WRITE: &str =
    "INSERT INTO limits (tenant, key, quota, span, burst, arrival) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT DO UPDATE SET burst = excluded.burst, arrival = excluded.arrival";

const SWEEP: &str = "DELETE FROM limits WHERE tenant = ?1 AND arrival <= ?2";

/// The share that is used is between 0 and 1; ties go by key.
const SHOW: &str = "SELECT key, quota, span, burst, arrival - ?2 FROM limits
    WHERE tenant = ?1 AND arrival > ?2
    ORDER BY min(1.0, (arrival - ?2) / (CAST(max(span / quota, 1) AS REAL) * burst)) DESC, key, quota, span LIMIT ?3";

impl SqliteLimiter {
    pub(super) fn new(db: Db, clock: Clock) -> Self {
        Self {
            db,
            clock,
            tenant: TenantId::default(),
            checks: Arc::default(),
        }
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Counts what this tenant uses, apart from all others.
    pub fn tenant(mut self, tenant: TenantId) -> Self {
        self.tenant = tenant;
        self
    }
}

async fn ahead(conn: &mut SqliteConnection, tenant: i64, row: &Row, now: i64) -> Result<i64> {
    let arrival = sqlx::query_scalar(READ).bind(tenant).bind(&row.key);
    let arrival = arrival.bind(row.quota).bind(row.window).fetch_optional(conn);
    let arrival: Option<i64> = arrival.await.map_err(failed(LIMIT))?;
    Ok(arrival.map_or(0, |arrival| arrival.saturating_sub(now).clamp(0, row.tolerance)))
}

async fn check(conn: &mut SqliteConnection, tenant: i64, rows: &[Row], now: i64) -> Result<Vec<i64>> {
    let mut before = Vec::with_capacity(rows.len());
    for row in rows {
        before.push(ahead(conn, tenant, row, now).await?);
    }
    let fits = rows.iter().zip(&before).all(|(row, ahead)| *ahead <= row.room);
    let charged = rows.iter().zip(&before).filter(|(row, _)| fits && row.charge > 0);
    for (row, ahead) in charged {
        let write = sqlx::query(WRITE)
            .bind(tenant)
            .bind(&row.key)
            .bind(row.quota)
            .bind(row.window);
        let write = write.bind(row.burst).bind(now.saturating_add(ahead + row.charge));
        write.execute(&mut *conn).await.map_err(failed(LIMIT))?;
    }
    Ok(before)
}

impl Limit for SqliteLimiter {
    async fn check(&self, policies: &[Policy]) -> Result<Decision> {
        let asked = Asked::of(policies)?;
        let (rows, clock) = (asked.rows.clone(), self.clock.clone());
        let sweeps = self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1;
        let before = self.db.write(LIMIT, &self.tenant, move |conn, tenant| {
            async move {
                // Only now, when everybody else is done.
                let now = now(&clock);
                if sweeps {
                    let sweep = sqlx::query(SWEEP).bind(tenant).bind(now).execute(&mut *conn);
                    sweep.await.map_err(failed(LIMIT))?;
                }
                check(conn, tenant, &rows, now).await
            }
            .boxed()
        });
        Ok(asked.decide(&before.await?))
    }

    async fn snapshot(&self, top: usize) -> Result<Vec<Standing>> {
        let mut conn = self.db.reader().await?;
        let Some(tenant) = self.db.tenant(&mut conn, &self.tenant).await? else {
            return Ok(Vec::new());
        };
        let rows = sqlx::query_as(SHOW).bind(tenant).bind(now(&self.clock));
        let rows = rows.bind(i64::try_from(top).unwrap_or(i64::MAX));
        let rows = rows.fetch_all(&mut *conn).await.map_err(failed(LIMIT))?;
        Ok(rows.into_iter().filter_map(standing).collect())
    }
}
