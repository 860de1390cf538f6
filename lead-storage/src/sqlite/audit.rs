//! The audit log.

use lead_core::Result;
use lead_core::seam::{AuditEntry, AuditNote};
use sqlx::SqliteConnection;

use super::error::failed;
use super::rows::insert;
use crate::model::audit::{AUDIT, entries};

/// Appends to the log.
pub(super) async fn append(conn: &mut SqliteConnection, tenant: i64, notes: Vec<AuditNote>) -> Result<()> {
    if notes.is_empty() {
        return Ok(());
    }
    let last = "SELECT coalesce(max(number), 0) FROM audit WHERE tenant = ?1";
    let last: i64 = sqlx::query_scalar(last)
        .bind(tenant)
        .fetch_one(&mut *conn)
        .await
        .map_err(failed(AUDIT))?;
    let rows = (last + 1..).zip(notes).map(|(number, note)| {
        [
            tenant.into(),
            number.into(),
            note.actor.into(),
            note.action.into(),
            note.subject.into(),
            note.at.to_string().into(),
        ]
    });
    let head = "INSERT INTO audit (tenant, number, actor, action, subject, at) VALUES";
    insert(conn, AUDIT, head, "", rows.collect()).await
}

/// Notes after the one of this number, oldest first.
pub(super) async fn read(
    conn: &mut SqliteConnection,
    tenant: i64,
    after: u64,
    limit: usize,
) -> Result<Vec<AuditEntry>> {
    let sql = "SELECT number, actor, action, subject, at FROM audit
               WHERE tenant = ?1 AND number > ?2 ORDER BY number LIMIT ?3";
    let rows = sqlx::query_as(sql)
        .bind(tenant)
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await
        .map_err(failed(AUDIT))?;
    entries(rows)
}
