//! Limits in the same database, shared by every machine that opens it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use data_encoding::HEXLOWER;
use futures::FutureExt;
use lead_core::clock::Clock;
use lead_core::record::TenantId;
use lead_core::seam::{Decision, Limit, Policy, Standing};
use lead_core::{Error, ErrorKind, Result};

use super::db::{Db, Tx};
use super::error::failed;
use super::rows::{clean, name_id};
use crate::model::limit::{Asked, LIMIT, Row, SWEEP_EVERY, now, standing};

/// Limits in a PostgreSQL database: one round trip a check. They go by the server's clock, so that machines need not agree on the
/// time; after a crash of the server all that was used is back.
#[derive(Clone, Debug)]
pub struct PostgresLimiter {
    db: Db,
    clock: Option<Clock>,
    tenant: TenantId,
    checks: Arc<AtomicU64>,
}

/// Now, where no clock says it.
const NOW: &str = "coalesce($2, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 1000)";

impl PostgresLimiter {
    pub(super) fn new(db: Db) -> Self {
        Self {
            db,
            clock: None,
            tenant: TenantId::default(),
            checks: Arc::default(),
        }
    }

    /// Goes by `clock`, not by the server's.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Counts what this tenant uses, apart from all others.
    pub fn tenant(mut self, tenant: TenantId) -> Self {
        self.tenant = tenant;
        self
    }

    fn now(&self) -> Option<i64> {
        self.clock.as_ref().map(now)
    }

    /// Drops rows that are whole again; what others hold, they drop.
    async fn sweep(&self) -> Result<()> {
        let now = self.now();
        self.db
            .write(LIMIT, &self.tenant, move |tx| sweep(tx, now).boxed())
            .await
    }
}

async fn sweep(tx: &mut Tx, now: Option<i64>) -> Result<()> {
    let sql = format!(
        "DELETE FROM limits WHERE tenant = $1 AND id IN (
             SELECT id FROM limits WHERE tenant = $1 AND arrival <= {NOW} FOR UPDATE SKIP LOCKED)"
    );
    let gone = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tx.tenant).bind(now);
    gone.execute(tx.conn()).await.map(drop).map_err(failed(LIMIT))
}

async fn show(tx: &mut Tx, now: Option<i64>, top: i64) -> Result<Vec<Standing>> {
    let sql = format!(
        "SELECT l.key, l.quota, l.span, l.burst, l.arrival - n.now FROM limits AS l CROSS JOIN (SELECT {NOW} AS now) AS n
         WHERE l.tenant = $1 AND l.arrival > n.now
         ORDER BY least(1, (l.arrival - n.now) / (greatest(l.span / l.quota, 1)::float8 * l.burst)) DESC, l.key, l.quota, l.span
         LIMIT $3"
    );
    let rows = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(tx.tenant)
        .bind(now)
        .bind(top);
    let rows = rows.fetch_all(tx.conn()).await.map_err(failed(LIMIT))?;
    Ok(rows.into_iter().filter_map(standing).collect())
}

/// The call for these rows. It is one text without parameters, so that it begins and ends its transaction in the same round trip;
/// all that comes from outside in it are numbers and hexadecimal digits.
fn call(tenant: i32, now: Option<i64>, rows: &[Row]) -> String {
    let numbers = |number: fn(&Row) -> i64| list(rows, |row| number(row).to_string());
    format!(
        "SELECT check_limits({tenant}, {}, '{{{}}}'::uuid[], '{{{}}}'::text[], '{{{}}}', '{{{}}}', '{{{}}}', '{{{}}}', '{{{}}}', '{{{}}}')",
        now.map_or("NULL".to_owned(), |now| now.to_string()),
        list(rows, |row| id(row).to_string()),
        list(rows, |row| format!(
            "\"{}\"",
            HEXLOWER.encode(clean(&row.key).as_bytes())
        )),
        numbers(|row| row.quota),
        numbers(|row| row.window),
        numbers(|row| row.burst),
        numbers(|row| row.tolerance),
        numbers(|row| row.charge),
        numbers(|row| row.room),
    )
}

fn list(rows: &[Row], text: impl Fn(&Row) -> String) -> String {
    rows.iter().map(text).collect::<Vec<_>>().join(",")
}

fn id(row: &Row) -> uuid::Uuid {
    name_id(&format!("{}\0{}\0{}", row.quota, row.window, row.key))
}

/// How far ahead each row was.
fn read(answer: Option<&str>, rows: usize) -> Result<Vec<i64>> {
    let read: Option<Vec<i64>> =
        answer.map(|text| text.split(',').map_while(|one| one.parse().ok()).collect());
    let damaged = || {
        Error::new(
            ErrorKind::Corrupt,
            LIMIT,
            "the database answered a check with something else",
        )
    };
    read.filter(|read| read.len() == rows).ok_or_else(damaged)
}

impl Limit for PostgresLimiter {
    async fn check(&self, policies: &[Policy]) -> Result<Decision> {
        let asked = Asked::of(policies)?;
        if asked.rows.is_empty() {
            return Ok(asked.decide(&[]));
        }
        let (rows, now) = (asked.rows.clone(), self.now());
        let call = move |tenant| call(tenant, now, &rows);
        let answer = self.db.call(LIMIT, &self.tenant, call).await?;
        let before = read(answer.as_deref(), asked.rows.len())?;
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.sweep().await?;
        }
        Ok(asked.decide(&before))
    }

    async fn snapshot(&self, top: usize) -> Result<Vec<Standing>> {
        let (now, top) = (self.now(), i64::try_from(top).unwrap_or(i64::MAX));
        let shown = self
            .db
            .read(LIMIT, &self.tenant, move |tx| show(tx, now, top).boxed());
        shown.await.map(Option::unwrap_or_default)
    }
}
