//! Jobs that are pushed again and again.

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::seam::{NewSchedule, ScheduleState};

use super::push;
use crate::model::lease::QUEUE;
use crate::model::schedules::{AT_ONCE, Due, Kept, MOVE, NEXT, SET, micro, state, words};
use crate::postgres::db::Tx;
use crate::postgres::error::failed;

pub(super) const REMOVE: &str = "DELETE FROM job_schedules WHERE tenant = $1 AND name = ANY ($2)";
pub(super) const PAUSE: &str =
    "UPDATE job_schedules SET paused = TRUE WHERE tenant = $1 AND NOT paused AND name = ANY ($2)";

const ONE: &str =
    "SELECT words, due, last, paused FROM job_schedules WHERE tenant = $1 AND name = $2 FOR UPDATE";
const PAUSED: &str = "SELECT words, due, last, paused FROM job_schedules
    WHERE tenant = $1 AND paused AND name = ANY ($2) ORDER BY name FOR UPDATE";

/// Those that somebody else is turning are left to him.
const DUE: &str = "SELECT words, due, last, paused FROM job_schedules
    WHERE tenant = $1 AND NOT paused AND due <= $2 ORDER BY due LIMIT $3 FOR UPDATE SKIP LOCKED";

/// Sets a schedule inside a transaction.
pub(super) async fn set(tx: &mut Tx, new: NewSchedule, now: Timestamp) -> Result<ScheduleState> {
    let old = sqlx::query_as(ONE).bind(tx.tenant).bind(&new.name);
    let old: Option<Kept> = old.fetch_optional(tx.conn()).await.map_err(failed(QUEUE))?;
    // One that cannot be read is set anew.
    let old = old.and_then(|old| state(old).ok());
    let state = ScheduleState::new(new, old.as_ref(), now);
    let set = sqlx::query(SET).bind(tx.tenant).bind(&state.new.name);
    let set = set.bind(words(&state.new)?).bind(micro(state.due));
    let set = set.bind(micro(state.last)).bind(state.paused);
    set.execute(tx.conn()).await.map_err(failed(QUEUE))?;
    Ok(state)
}

/// Lets schedules push again, inside a transaction.
pub(super) async fn resume(tx: &mut Tx, names: Vec<String>, now: Timestamp) -> Result<usize> {
    let paused = sqlx::query_as(PAUSED).bind(tx.tenant).bind(names);
    let paused: Vec<Kept> = paused.fetch_all(tx.conn()).await.map_err(failed(QUEUE))?;
    let count = paused.len();
    for kept in paused {
        let state = state(kept)?;
        move_on(
            tx,
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

async fn move_on(tx: &mut Tx, (name, due, last): (String, Option<i64>, Option<i64>)) -> Result<()> {
    let on = sqlx::query(MOVE).bind(tx.tenant).bind(name).bind(due).bind(last);
    on.execute(tx.conn()).await.map(drop).map_err(failed(QUEUE))
}

/// When the next is due, of those that are due after a time.
pub(super) async fn next(tx: &mut Tx, after: Option<Timestamp>) -> Result<Option<i64>> {
    let next = sqlx::query_scalar(NEXT).bind(tx.tenant).bind(micro(after));
    next.fetch_one(tx.conn()).await.map_err(failed(QUEUE))
}

/// Turns schedules that are due into jobs, inside a transaction: what became of them, how many jobs were pushed, when the next is due.
pub(super) async fn turn(tx: &mut Tx, now: Timestamp) -> Result<(Due, usize, Option<i64>)> {
    let rows = sqlx::query_as(DUE)
        .bind(tx.tenant)
        .bind(now.as_microsecond())
        .bind(AT_ONCE);
    let rows = rows.fetch_all(tx.conn()).await.map_err(failed(QUEUE))?;
    let mut due = Due::of(rows, now);
    for moved in std::mem::take(&mut due.moved) {
        move_on(tx, moved).await?;
    }
    let pushed = push(tx, std::mem::take(&mut due.jobs), now).await?;
    let next = next(tx, Some(now)).await?;
    Ok((due, pushed, next))
}
