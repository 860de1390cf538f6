//! What jobs of a group share.

use std::collections::BTreeMap;

use super::job::Job;
use crate::clock::Timestamp;
use crate::seam::Group;

/// The groups of a tenant, by key.
#[derive(Debug, Default)]
pub(super) struct Groups(BTreeMap<String, Known>);

#[derive(Debug)]
struct Known {
    group: Group,
    running: u32,
    /// The next begins no sooner.
    next: Option<Timestamp>,
}

impl Groups {
    /// What a job says of its group holds for all of it.
    pub(super) fn know(&mut self, group: Option<&Group>) {
        let Some(group) = group else { return };
        let known = self.0.entry(group.key.clone()).or_insert_with(|| Known {
            group: group.clone(),
            running: 0,
            next: None,
        });
        known.group.clone_from(group);
    }

    /// Counts who runs; forgets groups of which nothing is left.
    pub(super) fn look<'a>(&mut self, jobs: impl Iterator<Item = &'a Job>, now: Timestamp) {
        let mut live: BTreeMap<&str, u32> = BTreeMap::new();
        for job in jobs.filter(|job| job.dead.is_none()) {
            if let Some(group) = &job.new.group {
                *live.entry(&group.key).or_default() += u32::from(job.is_running(now));
            }
        }
        self.0.retain(|key, known| {
            known.running = live.get(key.as_str()).copied().unwrap_or(0);
            live.contains_key(key.as_str()) || known.next.is_some_and(|next| next > now)
        });
    }

    /// Takes a place for the job, when its group has one.
    pub(super) fn take(&mut self, job: &Job, now: Timestamp) -> bool {
        let Some(known) = job
            .new
            .group
            .as_ref()
            .and_then(|group| self.0.get_mut(&group.key))
        else {
            return true;
        };
        if known.running >= known.group.at_once.max(1) || known.next.is_some_and(|next| next > now) {
            return false;
        }
        known.running += 1;
        let spacing = known.group.spacing;
        known.next = (!spacing.is_zero()).then(|| now.checked_add(spacing).unwrap_or(Timestamp::MAX));
        true
    }
}
