//! New jobs.

use std::collections::BTreeMap;

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::seam::{Group, NewJob};
use uuid::Uuid;

use crate::model::jobs::group_row;
use crate::model::lease::QUEUE;
use crate::postgres::db::Tx;
use crate::postgres::error::failed;
use crate::postgres::rows::{clean, columns, name_id};

/// Pushes jobs inside a transaction; how many were not there yet. Numbers follow the order they came in; they are written in
/// the order of what makes them the same, so that two who push the same ones do not wait for each other in a ring.
pub(in crate::postgres) async fn push(tx: &mut Tx, jobs: Vec<NewJob>, now: Timestamp) -> Result<usize> {
    let tenant = tx.tenant;
    know(tx, &jobs).await?;
    columns!(
        jobs,
        |job| sames = name_id(&format!("{}\0{}", job.kind, job.key)),
        kinds = clean(&job.kind),
        versions = i32::try_from(job.version).unwrap_or(i32::MAX),
        keys = clean(&job.key),
        priorities = job.priority,
        turns = job.turn(now),
        dues = job.not_before.map(Timestamp::as_microsecond),
        most = i64::from(job.max_attempts),
        pools = job.group.as_ref().map(|group| name_id(&group.key)),
        payloads = job.payload.to_string(),
    );
    let sql = "WITH new AS MATERIALIZED (
                   SELECT nextval('job_numbers') AS id, n.*
                   FROM unnest($2::uuid[], $3::text[], $4::integer[], $5::text[], $6::integer[], $7::bigint[], $8::bigint[],
                           $9::bigint[], $10::uuid[], $11::text[])
                       AS n (same, kind, version, key, priority, turn, due, max_attempts, pool, payload)
               )
               INSERT INTO jobs (tenant, id, same, kind, version, key, priority, turn, due, max_attempts, pool, payload)
               SELECT $1, id, same, kind, version, key, priority, turn, due, max_attempts, pool, payload FROM new ORDER BY same, id
               ON CONFLICT DO NOTHING";
    let insert = sqlx::query(sql)
        .bind(tenant)
        .bind(sames)
        .bind(kinds)
        .bind(versions);
    let insert = insert
        .bind(keys)
        .bind(priorities)
        .bind(turns)
        .bind(dues)
        .bind(most);
    let done = insert.bind(pools).bind(payloads).execute(tx.conn()).await;
    let done = done.map_err(failed(QUEUE))?;
    Ok(usize::try_from(done.rows_affected()).unwrap_or(0))
}

/// Writes down what the last job of each group says of it, in the order of ids, as everybody does.
async fn know(tx: &mut Tx, jobs: &[NewJob]) -> Result<()> {
    let groups = jobs.iter().filter_map(|job| job.group.as_ref());
    let groups: BTreeMap<Uuid, &Group> = groups.map(|group| (name_id(&group.key), group)).collect();
    if groups.is_empty() {
        return Ok(());
    }
    columns!(
        groups,
        |(id, group)| ids = id,
        keys = clean(&group.key),
        at_onces = i32::try_from(group_row(group).0).unwrap_or(i32::MAX),
        spacings = group_row(group).1,
    );
    let sql = "INSERT INTO job_pools AS p (tenant, id, key, at_once, spacing)
               SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::integer[], $5::bigint[])
               ON CONFLICT (tenant, id) DO UPDATE SET at_once = excluded.at_once, spacing = excluded.spacing
               WHERE (p.at_once, p.spacing) <> (excluded.at_once, excluded.spacing)";
    let insert = sqlx::query(sql).bind(tx.tenant).bind(ids).bind(keys);
    let done = insert.bind(at_onces).bind(spacings).execute(tx.conn()).await;
    done.map(drop).map_err(failed(QUEUE))
}
