//! Runs and how far they have come.

use lead_core::Result;
use lead_core::record::RunId;
use lead_core::seam::{Checkpoint, CheckpointDelta};
use sqlx::{Row, SqliteConnection};

use super::error::failed;
use super::rows::insert;
use crate::model::read::damaged;

const RUNS: &str = "store.checkpoint";

/// Changes a run's checkpoint.
pub(super) async fn change(conn: &mut SqliteConnection, tenant: i64, delta: CheckpointDelta) -> Result<()> {
    let run = delta.run.as_uuid();
    sqlx::query("INSERT INTO runs (tenant, run) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
        .bind(tenant)
        .bind(run)
        .execute(&mut *conn)
        .await
        .map_err(failed(RUNS))?;
    let rows = delta
        .put
        .into_iter()
        .map(|(key, value)| [tenant.into(), run.into(), key.into(), value.to_string().into()]);
    let head = "INSERT INTO checkpoints (tenant, run, key, value) VALUES";
    let tail = "ON CONFLICT DO UPDATE SET value = excluded.value";
    insert(conn, RUNS, head, tail, rows.collect()).await?;
    for key in delta.drop {
        sqlx::query("DELETE FROM checkpoints WHERE tenant = ?1 AND run = ?2 AND key = ?3")
            .bind(tenant)
            .bind(run)
            .bind(key)
            .execute(&mut *conn)
            .await
            .map_err(failed(RUNS))?;
    }
    Ok(())
}

/// How far a run has come; `None` when it is not known.
pub(super) async fn checkpoint(
    conn: &mut SqliteConnection,
    tenant: i64,
    run: RunId,
) -> Result<Option<Checkpoint>> {
    // One statement, so that run and entries are of one moment: a run without entries is one row without a key.
    let sql = "SELECT c.key, c.value FROM runs AS r LEFT JOIN checkpoints AS c ON c.tenant = r.tenant AND c.run = r.run
               WHERE r.tenant = ?1 AND r.run = ?2";
    let rows = sqlx::query(sql)
        .bind(tenant)
        .bind(run.as_uuid())
        .fetch_all(conn)
        .await
        .map_err(failed(RUNS))?;
    if rows.is_empty() {
        return Ok(None);
    }
    let mut checkpoint = Checkpoint::new();
    for row in &rows {
        let text = |at: usize| row.try_get::<Option<String>, _>(at).map_err(failed(RUNS));
        if let (Some(key), Some(value)) = (text(0)?, text(1)?) {
            checkpoint.insert(key, serde_json::from_str(&value).map_err(damaged(RUNS))?);
        }
    }
    Ok(Some(checkpoint))
}

/// Runs with a checkpoint, newest first.
pub(super) async fn all(conn: &mut SqliteConnection, tenant: i64) -> Result<Vec<RunId>> {
    let runs = sqlx::query_scalar("SELECT run FROM runs WHERE tenant = ?1 ORDER BY run DESC").bind(tenant);
    let runs = runs.fetch_all(conn).await.map_err(failed(RUNS))?;
    Ok(runs.into_iter().map(RunId::from_uuid).collect())
}
