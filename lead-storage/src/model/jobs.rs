//! Jobs as those see them who look, in every engine.

use std::time::Duration;

use lead_core::clock::Timestamp;
use lead_core::seam::{Group, JobLine, JobState, NewJob};
use lead_core::{Error, ErrorKind, Result};

use super::lease::{QUEUE, job_of, read_progress, small, unsigned};
use super::read::damaged;

/// Jobs as they stand; `$1` to `$7` are tenant, now, the kinds, behind which job, how many, the phase, if one is wanted, and
/// whether the library's own are, too. The engines say how a group is joined and how kinds are asked for.
macro_rules! listed {
    ($join:literal, $kinds:literal) => {
        concat!(
            "SELECT * FROM (
                SELECT j.id, j.kind, CAST(j.version AS bigint), j.key, j.payload, CAST(j.priority AS bigint), j.due, j.max_attempts,
                    j.attempts, CASE WHEN j.dead IS NULL AND j.leased_until > $2 THEN j.leased_until END,
                    coalesce(j.dead, j.said), j.progress,
                    CASE WHEN j.dead IS NOT NULL THEN 'dead'
                        WHEN j.leased_until > $2 AND j.cancelled THEN 'cancelling'
                        WHEN j.leased_until > $2 THEN 'running'
                        WHEN j.due > $2 THEN 'delayed'
                        ELSE 'waiting' END AS phase,
                    p.key AS pool, CAST(p.at_once AS bigint), p.spacing
                FROM jobs AS j LEFT JOIN job_pools AS p ON p.tenant = j.tenant AND ",
            $join,
            " WHERE j.tenant = $1 AND j.id > $4 AND ",
            $kinds,
            ") AS listed WHERE $6 IS NULL OR phase = $6 ORDER BY id LIMIT $5"
        )
    };
}
pub(crate) use listed;

/// A job as [`listed`] gives it.
pub(crate) type Listed = (
    i64,
    String,
    i64,
    String,
    String,
    i64,
    Option<i64>,
    i64,
    i64,
    Option<i64>,
    Option<String>,
    Option<String>,
    String,
    Option<String>,
    Option<i64>,
    Option<i64>,
);

/// The jobs of these rows.
pub(crate) fn states(rows: Vec<Listed>) -> Result<Vec<JobState>> {
    rows.into_iter().map(state).collect()
}

fn state(row: Listed) -> Result<JobState> {
    let (
        id,
        kind,
        version,
        key,
        payload,
        priority,
        due,
        most,
        attempts,
        until,
        reason,
        progress,
        phase,
        pool,
        at_once,
        spacing,
    ) = row;
    let payload = serde_json::from_str(&payload).map_err(damaged(QUEUE))?;
    let mut new = NewJob::new(kind, key, payload).version(small(version));
    new.priority = i32::try_from(priority).unwrap_or_default();
    new.not_before = due.map(moment).transpose()?;
    new.max_attempts = small(most);
    new.group = pool.map(|key| {
        let spacing = Duration::from_micros(unsigned(spacing.unwrap_or(0)));
        Group::new(key, small(at_once.unwrap_or(1))).spacing(spacing)
    });
    let mut state = JobState::new(job_of(id), new);
    state.phase = phase.parse()?;
    state.attempts = small(attempts);
    state.until = until.map(moment).transpose()?;
    state.reason = reason;
    state.progress = read_progress(progress)?;
    Ok(state)
}

fn moment(microsecond: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(microsecond)
        .map_err(|cause| Error::new(ErrorKind::Corrupt, QUEUE, "a stored time cannot be read").because(cause))
}

/// A job's log; `$1` and `$2` are tenant and job.
pub(crate) const LINES: &str =
    "SELECT at, attempt, line FROM job_lines WHERE tenant = $1 AND job = $2 ORDER BY number";

/// The lines of these rows.
pub(crate) fn lines(rows: Vec<(i64, i64, String)>) -> Result<Vec<JobLine>> {
    let line = |(at, attempt, text): (i64, i64, String)| Ok(JobLine::new(moment(at)?, small(attempt), &text));
    rows.into_iter().map(line).collect()
}

/// A group as it is stored: how many at once, and microseconds between two.
pub(crate) fn group_row(group: &Group) -> (i64, i64) {
    let spacing = i64::try_from(group.spacing.as_micros()).unwrap_or(i64::MAX);
    (i64::from(group.at_once.max(1)), spacing)
}
