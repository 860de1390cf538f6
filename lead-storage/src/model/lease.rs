//! Jobs and leases, as every engine's queue keeps them.

use std::cmp::Reverse;
use std::time::Duration;

use lead_core::clock::{Clock, Timestamp};
use lead_core::seam::{DeadJob, JobId, Lease, NewJob};
use lead_core::{Error, ErrorKind, Result};

use super::read::damaged;

pub(crate) const QUEUE: &str = "queue";

/// Statements on the job of a lease that is still ours; `$1` to `$4` are tenant, job, token and now, `$5` a time and `$6` a text
/// that may be none.
pub(crate) const RENEW: &str = "UPDATE jobs SET leased_until = $5
    WHERE tenant = $1 AND id = $2 AND token = $3 AND leased_until > $4 AND $6 IS NULL";
pub(crate) const COMPLETE: &str = "DELETE FROM jobs
    WHERE tenant = $1 AND id = $2 AND token = $3 AND leased_until > $4 AND $5 IS NULL AND $6 IS NULL";
pub(crate) const FAIL: &str = "UPDATE jobs SET leased_until = NULL, due = $5,
        dead = CASE WHEN $5 IS NULL OR attempts >= max_attempts THEN $6 END
    WHERE tenant = $1 AND id = $2 AND token = $3 AND leased_until > $4";

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

/// A job that was just leased, as it is stored: id, token, kind, key, payload, attempts, priority.
pub(crate) type Leased = (i64, i64, String, String, String, i64, i64);

/// The leases of these jobs, the highest priority and then the oldest first: `RETURNING` has no order of its own.
pub(crate) fn leases(mut jobs: Vec<Leased>, until: Timestamp) -> Result<Vec<Lease>> {
    jobs.sort_by_key(|(id, .., priority)| (Reverse(*priority), *id));
    let unsigned = |number: i64| u64::try_from(number).unwrap_or(0);
    let lease = |(id, token, kind, key, payload, attempts, _): Leased| {
        let payload = serde_json::from_str(&payload).map_err(damaged(QUEUE))?;
        let new = NewJob::new(kind, key, payload);
        let attempt = u32::try_from(attempts).unwrap_or(u32::MAX);
        Ok(Lease::new(
            JobId(unsigned(id)),
            unsigned(token),
            &new,
            attempt,
            until,
        ))
    };
    jobs.into_iter().map(lease).collect()
}

/// A dead job as it is stored: id, kind, key, payload, attempts, reason.
pub(crate) type Dead = (i64, String, String, String, i64, String);

/// The dead jobs of these rows.
pub(crate) fn dead(jobs: Vec<Dead>) -> Result<Vec<DeadJob>> {
    let job = |(id, kind, key, payload, attempts, reason): Dead| {
        let payload = serde_json::from_str(&payload).map_err(damaged(QUEUE))?;
        let attempts = u32::try_from(attempts).unwrap_or(u32::MAX);
        let id = JobId(u64::try_from(id).unwrap_or(0));
        Ok(DeadJob::new(
            id,
            NewJob::new(kind, key, payload),
            attempts,
            reason,
        ))
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
}
