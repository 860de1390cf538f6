//! New jobs.

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::seam::{Group, NewJob};
use sqlx::SqliteConnection;

use crate::model::jobs::group_row;
use crate::model::lease::QUEUE;
use crate::sqlite::error::failed;

/// Pushes jobs inside a transaction; how many were not there yet.
pub(in crate::sqlite) async fn push(
    conn: &mut SqliteConnection,
    tenant: i64,
    jobs: Vec<NewJob>,
    now: Timestamp,
) -> Result<usize> {
    let mut pushed = 0;
    for job in jobs {
        if let Some(group) = &job.group {
            know(conn, tenant, group).await?;
        }
        let sql =
            "INSERT INTO jobs (tenant, kind, version, key, priority, turn, due, max_attempts, pool, payload)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING";
        let turn = job.turn(now);
        let done = sqlx::query(sql)
            .bind(tenant)
            .bind(job.kind)
            .bind(job.version)
            .bind(job.key)
            .bind(job.priority)
            .bind(turn)
            .bind(job.not_before.map(Timestamp::as_microsecond))
            .bind(i64::from(job.max_attempts))
            .bind(job.group.map(|group| group.key))
            .bind(job.payload.to_string())
            .execute(&mut *conn)
            .await
            .map_err(failed(QUEUE))?;
        pushed += usize::try_from(done.rows_affected()).unwrap_or(0);
    }
    Ok(pushed)
}

/// Writes down what a job says of its group.
async fn know(conn: &mut SqliteConnection, tenant: i64, group: &Group) -> Result<()> {
    let sql = "INSERT INTO job_pools (tenant, key, at_once, spacing) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT DO UPDATE SET at_once = excluded.at_once, spacing = excluded.spacing";
    let (at_once, spacing) = group_row(group);
    let insert = sqlx::query(sql).bind(tenant).bind(&group.key);
    let done = insert.bind(at_once).bind(spacing).execute(conn).await;
    done.map(drop).map_err(failed(QUEUE))
}
