//! A queue in memory.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::locked;
use crate::clock::{Clock, Timestamp};
use crate::record::TenantId;
use crate::seam::{DeadJob, Dispatch, JobId, Lease, NewJob};
use crate::{Error, ErrorKind, Result};

/// A queue in memory. Clones share their jobs, so a [`MemoryStore`](super::MemoryStore) can push in its commits.
#[derive(Clone, Debug, Default)]
pub struct MemoryQueue {
    clock: Clock,
    jobs: Arc<Mutex<Jobs>>,
}

#[derive(Debug, Default)]
pub(super) struct Jobs {
    last: u64,
    jobs: BTreeMap<(TenantId, JobId), Job>,
}

#[derive(Debug)]
struct Job {
    new: NewJob,
    due: Option<Timestamp>,
    attempts: u32,
    token: u64,
    leased_until: Option<Timestamp>,
    dead: Option<String>,
    done: bool,
}

impl Job {
    fn spent(&self) -> bool {
        self.attempts >= self.new.max_attempts
    }

    /// Whether it is work of the library itself.
    fn is_ours(&self) -> bool {
        self.new.kind.starts_with(NewJob::OUTBOX)
    }

    /// What makes two jobs the same.
    fn name(&self) -> (String, String) {
        (self.new.kind.clone(), self.new.key.clone())
    }

    fn is_due(&self, now: Timestamp) -> bool {
        !self.done
            && self.dead.is_none()
            && self.due.is_none_or(|due| due <= now)
            && self.leased_until.is_none_or(|until| until <= now)
    }
}

impl MemoryQueue {
    /// A queue that goes by `clock`.
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            jobs: Arc::default(),
        }
    }

    pub(super) fn push_now(&self, tenant: &TenantId, jobs: Vec<NewJob>) -> usize {
        let mut queue = locked(&self.jobs);
        let mut pushed = 0;
        for new in jobs {
            let live = queue.jobs.iter().any(|((whose, _), job)| {
                whose == tenant && job.dead.is_none() && job.new.kind == new.kind && job.new.key == new.key
            });
            if !live {
                queue.last += 1;
                let id = JobId(queue.last);
                let job = Job {
                    due: new.not_before,
                    new,
                    attempts: 0,
                    token: 0,
                    leased_until: None,
                    dead: None,
                    done: false,
                };
                queue.jobs.insert((tenant.clone(), id), job);
                pushed += 1;
            }
        }
        pushed
    }

    /// Runs `act` on the job of a lease that is still ours.
    fn with_leased<T>(&self, tenant: &TenantId, lease: &Lease, act: impl FnOnce(&mut Job) -> T) -> Result<T> {
        let now = self.clock.now();
        let mut queue = locked(&self.jobs);
        let job = queue.jobs.get_mut(&(tenant.clone(), lease.job));
        let ours = |job: &&mut Job| {
            !job.done && job.token == lease.token && job.leased_until.is_some_and(|until| until > now)
        };
        job.filter(ours).map(act).ok_or_else(|| {
            Error::new(ErrorKind::StaleLease, "queue", "the lease is no longer ours").with("job", lease.job)
        })
    }
}

impl Dispatch for MemoryQueue {
    async fn push(&self, tenant: &TenantId, jobs: Vec<NewJob>) -> Result<usize> {
        Ok(self.push_now(tenant, jobs))
    }

    async fn lease(
        &self,
        tenant: &TenantId,
        kinds: Vec<String>,
        max: usize,
        ttl: Duration,
    ) -> Result<Vec<Lease>> {
        let now = self.clock.now();
        let until = now
            .checked_add(ttl)
            .map_err(|cause| Error::invalid("queue", "the lease is too long").because(cause))?;
        let mut queue = locked(&self.jobs);
        let wanted = |job: &Job| {
            if kinds.is_empty() {
                !job.is_ours()
            } else {
                kinds.contains(&job.new.kind)
            }
        };
        let due = |job: &Job| job.is_due(now) && wanted(job);
        let mut taken: Vec<_> = queue
            .jobs
            .iter_mut()
            .filter(|((whose, _), job)| whose == tenant && due(job))
            .collect();
        taken.sort_by_key(|((_, id), job)| (Reverse(job.new.priority), *id));
        let mut leases = Vec::new();
        for ((_, id), job) in taken {
            if leases.len() == max {
                break;
            }
            if job.spent() {
                job.dead = Some("every attempt ended without a word from its worker".to_owned());
                continue;
            }
            job.attempts += 1;
            job.token += 1;
            job.leased_until = Some(until);
            leases.push(Lease::new(*id, job.token, &job.new, job.attempts, until));
        }
        Ok(leases)
    }

    async fn renew(&self, tenant: &TenantId, lease: Lease, ttl: Duration) -> Result<Lease> {
        let until = self.clock.now().checked_add(ttl);
        let until = until.map_err(|cause| Error::invalid("queue", "the lease is too long").because(cause))?;
        self.with_leased(tenant, &lease, |job| job.leased_until = Some(until))?;
        Ok(Lease { until, ..lease })
    }

    async fn complete(&self, tenant: &TenantId, lease: Lease) -> Result<()> {
        // Emptied under the same lock that checked the lease; swept out below.
        self.with_leased(tenant, &lease, |job| job.done = true)?;
        locked(&self.jobs).jobs.retain(|_, job| !job.done);
        Ok(())
    }

    async fn fail(
        &self,
        tenant: &TenantId,
        lease: Lease,
        reason: String,
        delay: Option<Duration>,
    ) -> Result<()> {
        let due = delay.and_then(|delay| self.clock.now().checked_add(delay).ok());
        self.with_leased(tenant, &lease, |job| {
            job.leased_until = None;
            job.due = due;
            if due.is_none() || job.spent() {
                job.dead = Some(reason);
            }
        })
    }

    async fn depth(&self, tenant: &TenantId) -> Result<(usize, usize, usize)> {
        let now = self.clock.now();
        let queue = locked(&self.jobs);
        let ours = || {
            queue
                .jobs
                .iter()
                .filter(|((whose, _), job)| whose == tenant && !job.is_ours())
                .map(|(_, job)| job)
        };
        let dead = ours().filter(|job| job.dead.is_some()).count();
        let running = ours()
            .filter(|job| job.leased_until.is_some_and(|until| until > now))
            .count();
        Ok((ours().count() - dead - running, running, dead))
    }

    async fn open_jobs(&self, tenant: &TenantId, kind: String) -> Result<usize> {
        let queue = locked(&self.jobs);
        let open = |((whose, _), job): &(&(TenantId, JobId), &Job)| {
            whose == tenant && job.new.kind == kind && job.dead.is_none()
        };
        Ok(queue.jobs.iter().filter(open).count())
    }

    async fn dead(
        &self,
        tenant: &TenantId,
        kinds: Vec<String>,
        after: JobId,
        limit: usize,
    ) -> Result<Vec<DeadJob>> {
        let queue = locked(&self.jobs);
        let wanted = |kind: &String| kinds.is_empty() || kinds.contains(kind);
        let dead = queue.jobs.iter().filter_map(|((whose, id), job)| {
            let ours = whose == tenant && *id > after && wanted(&job.new.kind);
            let reason = job.dead.as_ref().filter(|_| ours)?;
            Some(DeadJob::new(*id, job.new.clone(), job.attempts, reason))
        });
        Ok(dead.take(limit).collect())
    }

    async fn revive(&self, tenant: &TenantId, mut jobs: Vec<JobId>) -> Result<usize> {
        jobs.sort_unstable_by_key(|id| Reverse(*id));
        let mut queue = locked(&self.jobs);
        let mut revived = 0;
        for id in jobs {
            let place = (tenant.clone(), id);
            let Some(name) = queue.jobs.get(&place).map(Job::name) else {
                continue;
            };
            let live = |((whose, _), job): (&(TenantId, JobId), &Job)| {
                whose == tenant && job.dead.is_none() && job.name() == name
            };
            if queue.jobs.iter().any(live) {
                continue;
            }
            if let Some(job) = queue.jobs.get_mut(&place) {
                (job.dead, job.due, job.attempts) = (None, None, 0);
                revived += 1;
            }
        }
        Ok(revived)
    }
}
