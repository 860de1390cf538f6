//! The audit log.

use lead_core::Result;
use lead_core::seam::{AuditEntry, AuditNote};

use super::db::Tx;
use super::error::failed;
use super::rows::{clean, columns};
use crate::model::audit::{AUDIT, entries};

/// Appends to the log. Its last number is the tenant's, and held until the end of the transaction: so there are no gaps.
pub(super) async fn append(tx: &mut Tx, notes: Vec<AuditNote>) -> Result<()> {
    let tenant = tx.tenant;
    let count = i64::try_from(notes.len()).unwrap_or(i64::MAX);
    let last: i64 = sqlx::query_scalar("UPDATE tenants SET notes = notes + $2 WHERE id = $1 RETURNING notes")
        .bind(tenant)
        .bind(count)
        .fetch_one(tx.conn())
        .await
        .map_err(failed(AUDIT))?;
    columns!(
        (last - count + 1..).zip(notes),
        |(number, note)| numbers = number,
        actors = clean(&note.actor),
        actions = clean(&note.action),
        subjects = clean(&note.subject),
        times = note.at.to_string(),
    );
    let sql = "INSERT INTO audit (tenant, number, actor, action, subject, at)
               SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])";
    let insert = sqlx::query(sql)
        .bind(tenant)
        .bind(numbers)
        .bind(actors)
        .bind(actions);
    let done = insert.bind(subjects).bind(times).execute(tx.conn()).await;
    done.map(drop).map_err(failed(AUDIT))
}

/// Notes after the one of this number, oldest first.
pub(super) async fn read(tx: &mut Tx, after: u64, limit: usize) -> Result<Vec<AuditEntry>> {
    let tenant = tx.tenant;
    let sql = "SELECT number, actor, action, subject, at FROM audit
               WHERE tenant = $1 AND number > $2 ORDER BY number LIMIT $3";
    let rows = sqlx::query_as(sql)
        .bind(tenant)
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(tx.conn())
        .await
        .map_err(failed(AUDIT))?;
    entries(rows)
}
