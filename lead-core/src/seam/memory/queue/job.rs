//! A job as it lies in memory.

use std::collections::VecDeque;

use serde_json::Value;

use crate::clock::Timestamp;
use crate::seam::{DeadJob, JobId, JobLine, JobState, Lease, NewJob, Phase};

#[derive(Debug)]
pub(super) struct Job {
    pub(super) new: NewJob,
    /// The least goes first.
    pub(super) turn: i64,
    pub(super) due: Option<Timestamp>,
    pub(super) attempts: u32,
    pub(super) token: u64,
    pub(super) leased_until: Option<Timestamp>,
    pub(super) dead: Option<String>,
    pub(super) cancelled: bool,
    reason: Option<String>,
    progress: Option<Value>,
    lines: VecDeque<JobLine>,
}

impl Job {
    pub(super) fn new(new: NewJob, now: Timestamp) -> Self {
        Self {
            turn: new.turn(now),
            due: new.not_before,
            new,
            attempts: 0,
            token: 0,
            leased_until: None,
            dead: None,
            cancelled: false,
            reason: None,
            progress: None,
            lines: VecDeque::new(),
        }
    }

    pub(super) fn is_spent(&self) -> bool {
        self.attempts >= self.new.max_attempts
    }

    /// Whether it is work of the library itself.
    pub(super) fn is_ours(&self) -> bool {
        self.new.kind.starts_with(NewJob::OUTBOX)
    }

    /// Whether it is of one of these kinds; of none, of any but our own.
    pub(super) fn is_among(&self, kinds: &[String]) -> bool {
        if kinds.is_empty() {
            !self.is_ours()
        } else {
            kinds.contains(&self.new.kind)
        }
    }

    /// Whether it is one of these kind and key.
    pub(super) fn is_same(&self, new: &NewJob) -> bool {
        self.new.kind == new.kind && self.new.key == new.key
    }

    pub(super) fn is_running(&self, now: Timestamp) -> bool {
        self.dead.is_none() && self.leased_until.is_some_and(|until| until > now)
    }

    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.dead.is_none() && !self.is_running(now) && self.due.is_none_or(|due| due <= now)
    }

    pub(super) fn lease(&mut self, id: JobId, until: Timestamp) -> Lease {
        self.attempts += 1;
        self.token += 1;
        self.leased_until = Some(until);
        Lease::new(id, self.token, &self.new, self.attempts, until).progress(self.progress.clone())
    }

    pub(super) fn bury(&mut self, reason: &str) {
        self.dead = Some(reason.to_owned());
        self.leased_until = None;
        self.cancelled = false;
    }

    /// Puts it back until `due`, or buries it.
    pub(super) fn fail(&mut self, reason: String, due: Option<Timestamp>) {
        self.leased_until = None;
        self.due = due;
        if self.cancelled {
            self.bury(DeadJob::CANCELLED);
        } else if due.is_none() || self.is_spent() {
            self.bury(&reason);
        } else {
            self.reason = Some(reason);
        }
    }

    pub(super) fn revive(&mut self, now: Timestamp) {
        self.turn = self.new.turn(now);
        (self.dead, self.due, self.attempts, self.reason) = (None, None, 0, None);
    }

    pub(super) fn report(&mut self, progress: Value) {
        self.progress = Some(progress);
    }

    pub(super) fn write(&mut self, line: &str, now: Timestamp) {
        if self.lines.len() == JobLine::KEPT {
            self.lines.pop_front();
        }
        self.lines.push_back(JobLine::new(now, self.attempts, line));
    }

    pub(super) fn lines(&self) -> Vec<JobLine> {
        self.lines.iter().cloned().collect()
    }

    fn phase(&self, now: Timestamp) -> Phase {
        match () {
            () if self.dead.is_some() => Phase::Dead,
            () if self.is_running(now) && self.cancelled => Phase::Cancelling,
            () if self.is_running(now) => Phase::Running,
            () if self.is_due(now) => Phase::Waiting,
            () => Phase::Delayed,
        }
    }

    pub(super) fn state(&self, id: JobId, now: Timestamp) -> JobState {
        let mut state = JobState::new(id, self.new.clone());
        state.new.not_before = self.due;
        state.phase = self.phase(now);
        state.attempts = self.attempts;
        state.until = self.leased_until.filter(|_| self.is_running(now));
        state.reason = self.dead.clone().or_else(|| self.reason.clone());
        state.progress.clone_from(&self.progress);
        state
    }
}
