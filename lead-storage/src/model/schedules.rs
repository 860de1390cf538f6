//! Schedules, as every engine's queue keeps them.

use lead_core::clock::Timestamp;
use lead_core::seam::{NewJob, NewSchedule, ScheduleState};
use lead_core::{Error, Result};

use super::jobs::moment;
use super::lease::QUEUE;
use super::read::damaged;

/// So many that are due are turned into jobs in one transaction.
pub(crate) const AT_ONCE: i64 = 1000;

/// All schedules; `$1` is the tenant.
pub(crate) const LIST: &str =
    "SELECT words, due, last, paused FROM job_schedules WHERE tenant = $1 ORDER BY name";

/// When the next is due, of those that are due after `$2`, if that is told; `$1` is the tenant.
pub(crate) const NEXT: &str =
    "SELECT min(due) FROM job_schedules WHERE tenant = $1 AND NOT paused AND ($2 IS NULL OR due > $2)";

/// Sets one; `$1` to `$6` are tenant, name, words, when it is due and was last, and whether it is paused.
pub(crate) const SET: &str = "INSERT INTO job_schedules (tenant, name, words, due, last, paused) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant, name) DO UPDATE SET words = excluded.words, due = excluded.due, last = excluded.last, paused = excluded.paused";

/// Moves one on; `$1` to `$4` are tenant, name, when it is due and was last. It is not paused then.
pub(crate) const MOVE: &str =
    "UPDATE job_schedules SET due = $3, last = $4, paused = FALSE WHERE tenant = $1 AND name = $2";

/// A schedule as it is stored: words, when it is due and was last, whether it is paused.
pub(crate) type Kept = (String, Option<i64>, Option<i64>, bool);

/// The schedule of a row.
pub(crate) fn state((words, due, last, paused): Kept) -> Result<ScheduleState> {
    let new: NewSchedule = serde_json::from_str(&words).map_err(damaged(QUEUE))?;
    let [due, last] = [due, last].map(|at| at.map(moment).transpose());
    Ok(ScheduleState::kept(new, due?, last?, paused))
}

/// The words of a schedule, as they are stored.
pub(crate) fn words(new: &NewSchedule) -> Result<String> {
    serde_json::to_string(new)
        .map_err(|cause| Error::invalid(QUEUE, "the schedule cannot be written down").because(cause))
}

/// As a time is stored.
pub(crate) fn micro(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_microsecond)
}

/// What schedules that are due come to.
#[derive(Default)]
pub(crate) struct Due {
    pub(crate) jobs: Vec<NewJob>,
    /// Name, when it is due next, and when it was last.
    pub(crate) moved: Vec<(String, Option<i64>, Option<i64>)>,
    /// Why one could not be read. It keeps none of the others.
    pub(crate) trouble: Option<Error>,
    /// Whether there may be more that are due.
    pub(crate) more: bool,
}

impl Due {
    /// Of these rows, at `now`.
    pub(crate) fn of(rows: Vec<Kept>, now: Timestamp) -> Self {
        let mut all = Self {
            more: i64::try_from(rows.len()).is_ok_and(|rows| rows == AT_ONCE),
            ..Self::default()
        };
        for row in rows {
            match state(row) {
                Ok(state) => all.add(&state, now),
                Err(error) => all.trouble = Some(error),
            }
        }
        all
    }

    fn add(&mut self, state: &ScheduleState, now: Timestamp) {
        let Some(due) = state.due else { return };
        let runs = state.new.runs(due, now);
        let last = runs.last.or(state.last);
        self.moved
            .push((state.new.name.clone(), micro(runs.next), micro(last)));
        self.jobs.extend(runs.jobs);
    }
}

/// When the next is due, after those that were turned at `now`.
pub(crate) fn next(more: bool, now: Timestamp, next: Option<i64>) -> Result<Option<Timestamp>> {
    if more {
        return Ok(Some(now));
    }
    next.map(moment).transpose()
}
