//! A queue in memory.

mod groups;
mod job;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use self::groups::Groups;
use self::job::Job;
use super::locked;
use crate::clock::{Clock, Timestamp};
use crate::record::TenantId;
use crate::seam::{DeadJob, Dispatch, JobId, JobLine, JobQuery, JobState, Lease, NewJob};
use crate::{Error, ErrorKind, Result};

/// A queue in memory. Clones share their jobs, so a [`MemoryStore`](super::MemoryStore) can push in its commits.
#[derive(Clone, Debug, Default)]
pub struct MemoryQueue {
    clock: Clock,
    jobs: Arc<Mutex<Jobs>>,
}

#[derive(Debug, Default)]
struct Jobs {
    last: u64,
    tenants: BTreeMap<TenantId, Own>,
}

/// What is one tenant's.
#[derive(Debug, Default)]
struct Own {
    jobs: BTreeMap<JobId, Job>,
    groups: Groups,
    paused: BTreeSet<String>,
}

impl Own {
    fn has_live(&self, new: &NewJob) -> bool {
        self.jobs
            .values()
            .any(|job| job.dead.is_none() && job.is_same(new))
    }

    fn lease(&mut self, kinds: &[String], max: usize, now: Timestamp, until: Timestamp) -> Vec<Lease> {
        self.groups.look(self.jobs.values(), now);
        let (paused, groups) = (&self.paused, &mut self.groups);
        let due = |job: &Job| job.is_due(now) && job.is_among(kinds) && !paused.contains(&job.new.kind);
        let mut turn: Vec<_> = self.jobs.iter_mut().filter(|(_, job)| due(job)).collect();
        turn.sort_by_key(|(id, job)| (job.turn, **id));
        let mut leases = Vec::new();
        for (id, job) in turn {
            if leases.len() == max {
                break;
            }
            if job.cancelled {
                job.bury(DeadJob::CANCELLED);
            } else if job.is_spent() {
                job.bury(DeadJob::SPENT);
            } else if groups.take(job, now) {
                leases.push(job.lease(*id, until));
            }
        }
        leases
    }

    fn leased(&mut self, lease: &Lease, now: Timestamp) -> Option<&mut Job> {
        let job = self.jobs.get_mut(&lease.job)?;
        (job.token == lease.token && job.is_running(now)).then_some(job)
    }

    fn complete(&mut self, lease: &Lease, now: Timestamp) -> bool {
        self.leased(lease, now).is_some() && self.jobs.remove(&lease.job).is_some()
    }

    fn cancel(&mut self, id: JobId, now: Timestamp) -> bool {
        let Some(job) = self.jobs.get_mut(&id).filter(|job| job.dead.is_none()) else {
            return false;
        };
        if job.is_running(now) {
            job.cancelled = true;
        } else {
            job.bury(DeadJob::CANCELLED);
        }
        true
    }

    fn revive(&mut self, id: JobId, now: Timestamp) -> bool {
        let dead = self.jobs.get(&id).filter(|job| job.dead.is_some());
        let Some(new) = dead.map(|job| job.new.clone()) else {
            return false;
        };
        if self.has_live(&new) {
            return false;
        }
        if let Some(job) = self.jobs.get_mut(&id) {
            job.revive(now);
        }
        true
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
        let now = self.clock.now();
        let mut queue = locked(&self.jobs);
        let Jobs { last, tenants } = &mut *queue;
        let own = tenants.entry(tenant.clone()).or_default();
        let mut pushed = 0;
        for new in jobs {
            if own.has_live(&new) {
                continue;
            }
            *last += 1;
            own.groups.know(new.group.as_ref());
            own.jobs.insert(JobId(*last), Job::new(new, now));
            pushed += 1;
        }
        pushed
    }

    /// Does jobs, all or none.
    pub(super) fn finish_now(&self, tenant: &TenantId, leases: &[Lease]) -> Result<()> {
        self.on_own(tenant, |own, now| {
            if let Some(lost) = leases.iter().find(|lease| own.leased(lease, now).is_none()) {
                return Err(stale(lost));
            }
            for lease in leases {
                own.complete(lease, now);
            }
            Ok(())
        })
    }

    fn on_own<T>(&self, tenant: &TenantId, act: impl FnOnce(&mut Own, Timestamp) -> T) -> T {
        let now = self.clock.now();
        let mut queue = locked(&self.jobs);
        act(queue.tenants.entry(tenant.clone()).or_default(), now)
    }

    /// Runs `act` on the job of a lease that is still ours.
    fn with_leased<T>(
        &self,
        tenant: &TenantId,
        lease: &Lease,
        act: impl FnOnce(&mut Job, Timestamp) -> T,
    ) -> Result<T> {
        let acted = self.on_own(tenant, |own, now| own.leased(lease, now).map(|job| act(job, now)));
        acted.ok_or_else(|| stale(lease))
    }

    fn until(&self, ttl: Duration) -> Result<Timestamp> {
        let until = self.clock.now().checked_add(ttl);
        until.map_err(|cause| Error::invalid("queue", "the lease is too long").because(cause))
    }
}

fn stale(lease: &Lease) -> Error {
    Error::new(ErrorKind::StaleLease, "queue", "the lease is no longer ours").with("job", lease.job)
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
        let until = self.until(ttl)?;
        Ok(self.on_own(tenant, |own, now| own.lease(&kinds, max, now, until)))
    }

    async fn renew(&self, tenant: &TenantId, mut lease: Lease, ttl: Duration) -> Result<Lease> {
        lease.until = self.until(ttl)?;
        let until = lease.until;
        lease.cancelled = self.with_leased(tenant, &lease, |job, _| {
            job.leased_until = Some(until);
            job.cancelled
        })?;
        Ok(lease)
    }

    async fn complete(&self, tenant: &TenantId, lease: Lease) -> Result<()> {
        let done = self.on_own(tenant, |own, now| own.complete(&lease, now));
        done.then_some(()).ok_or_else(|| stale(&lease))
    }

    async fn complete_all(&self, tenant: &TenantId, leases: Vec<Lease>) -> Result<Vec<JobId>> {
        Ok(self.on_own(tenant, |own, now| {
            let refused = leases.iter().filter(|lease| !own.complete(lease, now));
            refused.map(|lease| lease.job).collect()
        }))
    }

    async fn fail(
        &self,
        tenant: &TenantId,
        lease: Lease,
        reason: String,
        delay: Option<Duration>,
    ) -> Result<()> {
        self.with_leased(tenant, &lease, |job, now| {
            let due = delay.and_then(|delay| now.checked_add(delay).ok());
            job.fail(reason, due);
        })
    }

    async fn report(&self, tenant: &TenantId, lease: Lease, progress: Value) -> Result<()> {
        self.with_leased(tenant, &lease, |job, _| job.report(progress))
    }

    async fn log(&self, tenant: &TenantId, lease: Lease, line: String) -> Result<()> {
        self.with_leased(tenant, &lease, |job, now| job.write(&line, now))
    }

    async fn lines(&self, tenant: &TenantId, job: JobId) -> Result<Vec<JobLine>> {
        Ok(self.on_own(tenant, |own, _| {
            own.jobs.get(&job).map(Job::lines).unwrap_or_default()
        }))
    }

    async fn cancel(&self, tenant: &TenantId, jobs: Vec<JobId>) -> Result<usize> {
        let jobs: BTreeSet<JobId> = jobs.into_iter().collect();
        Ok(self.on_own(tenant, |own, now| {
            jobs.into_iter().filter(|id| own.cancel(*id, now)).count()
        }))
    }

    async fn pause(&self, tenant: &TenantId, kinds: Vec<String>) -> Result<()> {
        self.on_own(tenant, |own, _| own.paused.extend(kinds));
        Ok(())
    }

    async fn resume(&self, tenant: &TenantId, kinds: Vec<String>) -> Result<()> {
        self.on_own(tenant, |own, _| own.paused.retain(|kind| !kinds.contains(kind)));
        Ok(())
    }

    async fn paused(&self, tenant: &TenantId) -> Result<Vec<String>> {
        Ok(self.on_own(tenant, |own, _| own.paused.iter().cloned().collect()))
    }

    async fn jobs(&self, tenant: &TenantId, query: JobQuery) -> Result<Vec<JobState>> {
        Ok(self.on_own(tenant, |own, now| {
            let wanted_kind = |job: &Job| job.is_among(&query.kinds) || query.own && query.kinds.is_empty();
            let behind = own
                .jobs
                .iter()
                .filter(|(id, job)| **id > query.after && wanted_kind(job));
            let states = behind.map(|(id, job)| job.state(*id, now));
            let wanted = states.filter(|state| query.phase.is_none_or(|phase| phase == state.phase));
            wanted.take(query.limit).collect()
        }))
    }

    async fn depth(&self, tenant: &TenantId) -> Result<(usize, usize, usize)> {
        Ok(self.on_own(tenant, |own, now| {
            let counted = || own.jobs.values().filter(|job| !job.is_ours());
            let dead = counted().filter(|job| job.dead.is_some()).count();
            let running = counted().filter(|job| job.is_running(now)).count();
            (counted().count() - dead - running, running, dead)
        }))
    }

    async fn open_jobs(&self, tenant: &TenantId, kind: String) -> Result<usize> {
        let open = |job: &&Job| job.new.kind == kind && job.dead.is_none();
        Ok(self.on_own(tenant, |own, _| own.jobs.values().filter(open).count()))
    }

    async fn dead(
        &self,
        tenant: &TenantId,
        kinds: Vec<String>,
        after: JobId,
        limit: usize,
    ) -> Result<Vec<DeadJob>> {
        let wanted = |kind: &String| kinds.is_empty() || kinds.contains(kind);
        Ok(self.on_own(tenant, |own, _| {
            let dead = own.jobs.iter().filter_map(|(id, job)| {
                let listed = *id > after && wanted(&job.new.kind);
                let reason = job.dead.as_ref().filter(|_| listed)?;
                Some(DeadJob::new(*id, job.new.clone(), job.attempts, reason))
            });
            dead.take(limit).collect()
        }))
    }

    async fn revive(&self, tenant: &TenantId, mut jobs: Vec<JobId>) -> Result<usize> {
        jobs.sort_unstable_by_key(|id| Reverse(*id));
        Ok(self.on_own(tenant, |own, now| {
            jobs.into_iter().filter(|id| own.revive(*id, now)).count()
        }))
    }
}
