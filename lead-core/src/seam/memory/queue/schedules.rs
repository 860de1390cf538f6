//! Schedules as they lie in memory.

use std::collections::BTreeMap;

use crate::clock::Timestamp;
use crate::seam::{NewJob, NewSchedule, ScheduleState};

/// The schedules of a tenant, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Schedules(BTreeMap<String, ScheduleState>);

impl Schedules {
    pub(super) fn set(&mut self, new: NewSchedule, now: Timestamp) -> ScheduleState {
        let old = self.0.get(&new.name);
        let state = ScheduleState::new(new, old, now);
        self.0.insert(state.new.name.clone(), state.clone());
        state
    }

    pub(super) fn remove(&mut self, names: &[String]) -> usize {
        names.iter().filter(|name| self.0.remove(*name).is_some()).count()
    }

    /// Pauses or resumes those that are not paused, or are.
    pub(super) fn pause(&mut self, names: &[String], paused: bool, now: Timestamp) -> usize {
        let mut changed = 0;
        for name in names {
            if let Some(state) = self.0.get_mut(name).filter(|state| state.paused != paused) {
                state.paused = paused;
                if !paused {
                    state.due = state.resumed(now);
                }
                changed += 1;
            }
        }
        changed
    }

    pub(super) fn list(&self) -> Vec<ScheduleState> {
        self.0.values().cloned().collect()
    }

    /// The jobs of those that are due, which then are due later.
    pub(super) fn turn(&mut self, now: Timestamp) -> Vec<NewJob> {
        let mut jobs = Vec::new();
        for state in self.0.values_mut().filter(|state| !state.paused) {
            let Some(due) = state.due.filter(|due| *due <= now) else {
                continue;
            };
            let runs = state.new.runs(due, now);
            (state.due, state.last) = (runs.next, runs.last.or(state.last));
            jobs.extend(runs.jobs);
        }
        jobs
    }

    /// When the next is due.
    pub(super) fn next(&self) -> Option<Timestamp> {
        let open = self.0.values().filter(|state| !state.paused);
        open.filter_map(|state| state.due).min()
    }
}
