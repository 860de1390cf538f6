//! Jobs and leases, as every engine's queue keeps them.

use std::collections::HashSet;
use std::time::Duration;

use lead_core::clock::{Clock, Timestamp};
use lead_core::seam::{DeadJob, JobId, JobLine, Lease, NewJob};
use lead_core::{Error, ErrorKind, Result};

use super::read::damaged;

pub(crate) const QUEUE: &str = "queue";

/// Statements on the job of a lease that is still ours; `$1` to `$4` are tenant, job, token and now, `$5` a time and `$6` a text
/// that may be none.
pub(crate) const FAIL: &str = "UPDATE jobs SET leased_until = NULL, due = $5, said = $6, cancelled = FALSE,
        dead = CASE WHEN cancelled THEN 'cancelled' WHEN $5 IS NULL OR attempts >= max_attempts THEN $6 END
    WHERE tenant = $1 AND id = $2 AND token = $3 AND leased_until > $4";
pub(crate) const REPORT: &str = "UPDATE jobs SET progress = $6
    WHERE tenant = $1 AND id = $2 AND token = $3 AND leased_until > $4 AND $5 IS NULL";

/// As those, with the line alone.
pub(crate) const LOG: &str = "INSERT INTO job_lines (tenant, job, at, attempt, line)
    SELECT tenant, id, $4, attempts, $5 FROM jobs
    WHERE tenant = $1 AND id = $2 AND token = $3 AND leased_until > $4";

/// As those, with the time alone; gives back whether it was cancelled.
pub(crate) const RENEW: &str = "UPDATE jobs SET leased_until = $5
    WHERE tenant = $1 AND id = $2 AND token = $3 AND leased_until > $4 RETURNING cancelled";

/// How many lines of a job are kept.
pub(crate) fn kept() -> i64 {
    i64::try_from(JobLine::KEPT).unwrap_or(i64::MAX)
}

/// Drops all lines of a job but the last; `$1` to `$3` are tenant, job and how many are kept.
pub(crate) const PRUNE: &str = "DELETE FROM job_lines WHERE tenant = $1 AND job = $2 AND number <= (
        SELECT number FROM job_lines WHERE tenant = $1 AND job = $2 ORDER BY number DESC LIMIT 1 OFFSET $3)";

/// How many wait, run and are dead; `$1` and `$2` are tenant and now. Work of the library is not counted.
pub(crate) const DEPTH: &str =
    "SELECT count(*) FILTER (WHERE dead IS NULL AND (leased_until IS NULL OR leased_until <= $2)),
            count(*) FILTER (WHERE dead IS NULL AND leased_until > $2),
            count(*) FILTER (WHERE dead IS NOT NULL)
     FROM jobs WHERE tenant = $1 AND substr(kind, 1, 7) <> 'outbox:'";

/// How many of one kind are not done; `$1` and `$2` are tenant and kind.
pub(crate) const OPEN: &str = "SELECT count(*) FROM jobs WHERE tenant = $1 AND kind = $2 AND dead IS NULL";

/// When a lease that begins now ends.
pub(crate) fn until(clock: &Clock, ttl: Duration) -> Result<Timestamp> {
    let until = clock.now().checked_add(ttl);
    until.map_err(|cause| Error::invalid(QUEUE, "the lease is too long").because(cause))
}

/// The number of a job as it is stored.
pub(crate) fn row_of(job: JobId) -> i64 {
    i64::try_from(job.0).unwrap_or(-1)
}

/// What a statement on a leased job came to, by how many jobs it changed.
pub(crate) fn held(job: JobId, changed: u64) -> Result<()> {
    if changed > 0 {
        return Ok(());
    }
    Err(Error::new(ErrorKind::StaleLease, QUEUE, "the lease is no longer ours").with("job", job))
}

/// A job that was just leased, as it is stored: id, token, kind, version, key, payload, attempts, the most of them, turn, progress.
pub(crate) type Leased = (
    i64,
    i64,
    String,
    i64,
    String,
    String,
    i64,
    i64,
    i64,
    Option<String>,
);

/// The leases of these jobs, in their turn: `RETURNING` has no order of its own.
pub(crate) fn leases(mut jobs: Vec<Leased>, until: Timestamp) -> Result<Vec<Lease>> {
    jobs.sort_by_key(|(id, .., turn, _)| (*turn, *id));
    let lease = |(id, token, kind, version, key, payload, attempts, most, _, progress): Leased| {
        let payload = serde_json::from_str(&payload).map_err(damaged(QUEUE))?;
        let new = NewJob::new(kind, key, payload)
            .version(small(version))
            .max_attempts(small(most));
        let lease = Lease::new(job_of(id), unsigned(token), &new, small(attempts), until);
        Ok(lease.progress(read_progress(progress)?))
    };
    jobs.into_iter().map(lease).collect()
}

/// What a worker reported.
pub(super) fn read_progress(progress: Option<String>) -> Result<Option<serde_json::Value>> {
    let read = progress.map(|progress| serde_json::from_str(&progress));
    read.transpose().map_err(damaged(QUEUE))
}

pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

pub(super) fn small(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

/// A job by its number as it is stored.
pub(crate) fn job_of(row: i64) -> JobId {
    JobId(unsigned(row))
}

/// The number and the token of a lease, as they are stored.
pub(crate) fn row_and_token(lease: &Lease) -> (i64, i64) {
    (row_of(lease.job), i64::try_from(lease.token).unwrap_or(-1))
}

/// Those of several.
pub(crate) fn rows_of(leases: &[Lease]) -> Vec<(i64, i64)> {
    leases.iter().map(row_and_token).collect()
}

/// The jobs of leases that were not among those that were done.
pub(crate) fn refused(leases: &[Lease], done: &[i64]) -> Vec<JobId> {
    let mut done: HashSet<JobId> = done.iter().copied().map(job_of).collect();
    // A job that was done once is refused to who comes with it again.
    let refused = leases.iter().filter(|lease| !done.remove(&lease.job));
    refused.map(|lease| lease.job).collect()
}

/// A dead job as it is stored: id, kind, key, payload, attempts, reason.
pub(crate) type Dead = (i64, String, String, String, i64, String);

/// The dead jobs of these rows.
pub(crate) fn dead(jobs: Vec<Dead>) -> Result<Vec<DeadJob>> {
    let job = |(id, kind, key, payload, attempts, reason): Dead| {
        let payload = serde_json::from_str(&payload).map_err(damaged(QUEUE))?;
        let new = NewJob::new(kind, key, payload);
        Ok(DeadJob::new(job_of(id), new, small(attempts), reason))
    };
    jobs.into_iter().map(job).collect()
}

/// The numbers of [`DEPTH`].
pub(crate) fn depth((waiting, running, dead): (i64, i64, i64)) -> (usize, usize, usize) {
    let size = |count: i64| usize::try_from(count).unwrap_or(0);
    (size(waiting), size(running), size(dead))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Guards the statements, which spell the prefix out.
    #[test]
    fn the_prefix_of_our_own_kinds_is_the_one_in_the_statements() {
        assert_eq!(NewJob::OUTBOX, "outbox:");
        assert_eq!(NewJob::OUTBOX.len(), 7);
        assert!(DEPTH.contains("substr(kind, 1, 7) <> 'outbox:'"));
    }

    /// Guards the statements that revive, which spell the step of priority out.
    #[test]
    fn a_step_of_priority_is_the_one_in_the_statements() {
        assert_eq!(NewJob::AGING.as_micros(), 600_000_000);
    }

    /// Guards the statements, which spell the words out.
    #[test]
    fn the_reason_of_the_cancelled_is_the_one_in_the_statements() {
        assert!(FAIL.contains(&format!("'{}'", DeadJob::CANCELLED)));
    }
}
