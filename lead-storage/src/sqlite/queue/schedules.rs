//! Jobs that are pushed again and again.

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::seam::{NewSchedule, ScheduleState};
use sqlx::SqliteConnection;

use super::push;
use crate::model::lease::QUEUE;
use crate::model::schedules::{AT_ONCE, Due, Kept, MOVE, NEXT, SET, micro, state, words};
use crate::sqlite::error::failed;

pub(super) const REMOVE: &str =
    "DELETE FROM job_schedules WHERE tenant = ?1 AND name IN (SELECT value FROM json_each(?2))";
pub(super) const PAUSE: &str = "UPDATE job_schedules SET paused = TRUE
    WHERE tenant = ?1 AND NOT paused AND name IN (SELECT value FROM json_each(?2))";

const ONE: &str = "SELECT words, due, last, paused FROM job_schedules WHERE tenant = ?1 AND name = ?2";
const PAUSED: &str = "SELECT words, due, last, paused FROM job_schedules
    WHERE tenant = ?1 AND paused AND name IN (SELECT value FROM json_each(?2))";
const DUE: &str = "SELECT words, due, last, paused FROM job_schedules
    WHERE tenant = ?1 AND NOT paused AND due <= ?2 ORDER BY due LIMIT ?3";

/// Sets a schedule inside a transaction.
pub(super) async fn set(
    conn: &mut SqliteConnection,
    tenant: i64,
    new: NewSchedule,
    now: Timestamp,
) -> Result<ScheduleState> {
    let old = sqlx::query_as(ONE).bind(tenant).bind(&new.name);
    let old: Option<Kept> = old.fetch_optional(&mut *conn).await.map_err(failed(QUEUE))?;
    // One that cannot be read is set anew.
    let old = old.and_then(|old| state(old).ok());
    let state = ScheduleState::new(new, old.as_ref(), now);
    let set = sqlx::query(SET).bind(tenant).bind(&state.new.name);
    let set = set.bind(words(&state.new)?).bind(micro(state.due));
    let set = set.bind(micro(state.last)).bind(state.paused);
    set.execute(conn).await.map_err(failed(QUEUE))?;
    Ok(state)
}

/// Lets schedules push again, inside a transaction.
pub(super) async fn resume(
    conn: &mut SqliteConnection,
    tenant: i64,
    names: String,
    now: Timestamp,
) -> Result<usize> {
    let paused = sqlx::query_as(PAUSED).bind(tenant).bind(names);
    let paused: Vec<Kept> = paused.fetch_all(&mut *conn).await.map_err(failed(QUEUE))?;
    let count = paused.len();
    for kept in paused {
        let state = state(kept)?;
        move_on(
            conn,
            tenant,
            (
                state.new.name.clone(),
                micro(state.resumed(now)),
                micro(state.last),
            ),
        )
        .await?;
    }
    Ok(count)
}

async fn move_on(
    conn: &mut SqliteConnection,
    tenant: i64,
    (name, due, last): (String, Option<i64>, Option<i64>),
) -> Result<()> {
    let on = sqlx::query(MOVE).bind(tenant).bind(name).bind(due).bind(last);
    on.execute(conn).await.map(drop).map_err(failed(QUEUE))
}

/// When the next is due, of those that are due after a time.
pub(super) async fn next(
    conn: &mut SqliteConnection,
    tenant: i64,
    after: Option<Timestamp>,
) -> Result<Option<i64>> {
    let next = sqlx::query_scalar(NEXT).bind(tenant).bind(micro(after));
    next.fetch_one(conn).await.map_err(failed(QUEUE))
}

/// Turns schedules that are due into jobs, inside a transaction: what became of them, how many jobs were pushed, when the next is due.
pub(super) async fn turn(
    conn: &mut SqliteConnection,
    tenant: i64,
    now: Timestamp,
) -> Result<(Due, usize, Option<i64>)> {
    let rows = sqlx::query_as(DUE)
        .bind(tenant)
        .bind(now.as_microsecond())
        .bind(AT_ONCE);
    let rows = rows.fetch_all(&mut *conn).await.map_err(failed(QUEUE))?;
    let mut due = Due::of(rows, now);
    for moved in std::mem::take(&mut due.moved) {
        move_on(conn, tenant, moved).await?;
    }
    let pushed = push(conn, tenant, std::mem::take(&mut due.jobs), now).await?;
    let next = next(conn, tenant, Some(now)).await?;
    Ok((due, pushed, next))
}
