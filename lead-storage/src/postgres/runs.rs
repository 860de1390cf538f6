//! Runs and how far they have come.

use lead_core::Result;
use lead_core::record::RunId;
use lead_core::seam::{Checkpoint, CheckpointDelta};
use uuid::Uuid;

use super::db::Tx;
use super::error::failed;
use super::rows::{clean, columns, name_id};
use crate::model::read::damaged;

const RUNS: &str = "store.checkpoint";

/// Changes a run's checkpoint.
pub(super) async fn change(tx: &mut Tx, delta: CheckpointDelta) -> Result<()> {
    let (tenant, run) = (tx.tenant, delta.run.as_uuid());
    sqlx::query("INSERT INTO runs (tenant, run) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(tenant)
        .bind(run)
        .execute(tx.conn())
        .await
        .map_err(failed(RUNS))?;
    if !delta.put.is_empty() {
        columns!(
            delta.put,
            |(key, value)| ids = name_id(&key),
            keys = clean(&key),
            values = value.to_string()
        );
        let sql = "INSERT INTO checkpoints (tenant, run, id, key, value)
                   SELECT $1, $2, * FROM unnest($3::uuid[], $4::text[], $5::text[])
                   ON CONFLICT (tenant, run, id) DO UPDATE SET value = excluded.value";
        let insert = sqlx::query(sql)
            .bind(tenant)
            .bind(run)
            .bind(ids)
            .bind(keys)
            .bind(values);
        insert.execute(tx.conn()).await.map_err(failed(RUNS))?;
    }
    if !delta.drop.is_empty() {
        let ids: Vec<Uuid> = delta.drop.iter().map(|key| name_id(key)).collect();
        let gone = sqlx::query("DELETE FROM checkpoints WHERE tenant = $1 AND run = $2 AND id = ANY ($3)")
            .bind(tenant)
            .bind(run)
            .bind(ids);
        gone.execute(tx.conn()).await.map_err(failed(RUNS))?;
    }
    Ok(())
}

/// How far a run has come; `None` when it is not known.
pub(super) async fn checkpoint(tx: &mut Tx, run: RunId) -> Result<Option<Checkpoint>> {
    let tenant = tx.tenant;
    // One statement, so that run and entries are of one moment: a run without entries is one row without a key.
    let sql = "SELECT c.key, c.value FROM runs AS r
               LEFT JOIN checkpoints AS c ON c.tenant = r.tenant AND c.run = r.run
               WHERE r.tenant = $1 AND r.run = $2";
    let rows: Vec<(Option<String>, Option<String>)> = sqlx::query_as(sql)
        .bind(tenant)
        .bind(run.as_uuid())
        .fetch_all(tx.conn())
        .await
        .map_err(failed(RUNS))?;
    if rows.is_empty() {
        return Ok(None);
    }
    let entries = rows.into_iter().filter_map(|(key, value)| key.zip(value));
    let read =
        |(key, value): (String, String)| Ok((key, serde_json::from_str(&value).map_err(damaged(RUNS))?));
    entries.map(read).collect::<Result<_>>().map(Some)
}

/// Runs with a checkpoint, newest first.
pub(super) async fn all(tx: &mut Tx) -> Result<Vec<RunId>> {
    let tenant = tx.tenant;
    let runs = sqlx::query_scalar("SELECT run FROM runs WHERE tenant = $1 ORDER BY run DESC").bind(tenant);
    let runs = runs.fetch_all(tx.conn()).await.map_err(failed(RUNS))?;
    Ok(runs.into_iter().map(RunId::from_uuid).collect())
}
