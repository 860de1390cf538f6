//! Jobs that are pushed again and again.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{NewJob, Schedule};
use crate::clock::Timestamp;
use crate::{Error, Result};

/// What becomes of runs whose time has passed while no worker looked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Missed {
    /// One run for all of them, named after the last.
    #[default]
    Once,
    /// None; what is found within [`LATE`](Self::LATE) was not missed.
    Skip,
    /// One run for each of the last so many, at least 1 and at most [`MOST`](Self::MOST).
    All(u32),
}

impl Missed {
    /// So late a run still is that was not missed.
    pub const LATE: Duration = Duration::from_mins(1);
    /// So many runs are made up for at most.
    pub const MOST: u32 = 1000;
}

/// A job that is to be pushed again and again.
///
/// ```
/// use lead_core::seam::{Missed, NewJob, NewSchedule, Schedule};
/// let nightly = Schedule::cron("0 3 * * *", "Europe/Vienna")?;
/// let export = NewJob::new("export", "", serde_json::json!({ "to": "crm" })).priority(-1);
/// let schedule = NewSchedule::new("nightly export", nightly, export)?.missed(Missed::Skip);
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewSchedule {
    /// Its name, one of a kind in its tenant.
    pub name: String,
    /// When.
    pub when: Schedule,
    /// What becomes of runs that were missed.
    #[serde(default)]
    pub missed: Missed,
    /// What is pushed. Its key is made anew for each run ([`job_at`](Self::job_at)), and it waits for nothing.
    pub job: NewJob,
}

impl NewSchedule {
    /// A name is no longer, in bytes.
    pub const LONGEST_NAME: usize = 200;

    /// Pushes such a job at these times. What the job's key is does not matter.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the name is empty, too long or has control characters in it, or
    /// when the kind is the library's own ([`NewJob::OUTBOX`]).
    pub fn new(name: impl Into<String>, when: Schedule, mut job: NewJob) -> Result<Self> {
        let name = name.into();
        if name.trim().is_empty() || name.len() > Self::LONGEST_NAME || name.chars().any(char::is_control) {
            let wanted = "a schedule has a name, of 200 bytes at most and without control characters";
            return Err(Error::invalid("schedule", wanted));
        }
        if job.kind.is_empty() || job.kind.starts_with(NewJob::OUTBOX) {
            let wanted = "a schedule pushes jobs of a kind of the application's";
            return Err(Error::invalid("schedule", wanted).with("kind", job.kind.escape_debug()));
        }
        (job.key, job.not_before) = (String::new(), None);
        let missed = Missed::default();
        Ok(Self {
            name,
            when,
            missed,
            job,
        })
    }

    /// What becomes of runs that were missed.
    pub const fn missed(mut self, missed: Missed) -> Self {
        self.missed = missed;
        self
    }

    /// The job of the run that is due then: its key is the schedule's name and that time, so no run is pushed twice.
    pub fn job_at(&self, due: Timestamp) -> NewJob {
        let mut job = self.job.clone();
        job.key = format!("{}@{due}", self.name);
        job
    }

    /// When it is due first, set at `now` in place of `old`: as that was, unless other times were said.
    pub fn first(&self, old: Option<&ScheduleState>, now: Timestamp) -> Option<Timestamp> {
        match old.filter(|old| old.new.when == self.when) {
            Some(old) => old.due,
            None => self.when.next_after(now),
        }
    }

    /// What a schedule that is due at `due` comes to at `now`.
    pub fn runs(&self, due: Timestamp, now: Timestamp) -> Runs {
        let most = match self.missed {
            Missed::Once | Missed::Skip => 1,
            Missed::All(most) => most.clamp(1, Missed::MOST),
        };
        let mut times = self.when.passed(due, now, most as usize);
        if self.missed == Missed::Skip {
            let late = |time: &Timestamp| now.duration_since(*time) > jiff::SignedDuration::from_secs(60);
            times.retain(|time| !late(time));
        }
        Runs {
            last: times.back().copied(),
            jobs: times.into_iter().map(|time| self.job_at(time)).collect(),
            next: self.when.beyond(due, now),
        }
    }
}

/// What a schedule that is due comes to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Runs {
    /// The jobs to push, in their order.
    pub jobs: Vec<NewJob>,
    /// When the last of them was due; `None` when there is none.
    pub last: Option<Timestamp>,
    /// When it is due next; `None`: never again.
    pub next: Option<Timestamp>,
}

/// A schedule as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScheduleState {
    /// What was set.
    #[serde(flatten)]
    pub new: NewSchedule,
    /// When it is due next; `None`: never again.
    pub due: Option<Timestamp>,
    /// When the last run that was pushed was due.
    pub last: Option<Timestamp>,
    /// Whether it is paused: nothing is pushed, and what is due in the meantime is no missed run.
    pub paused: bool,
}

impl ScheduleState {
    /// One that was just set, at `now`, in place of `old`.
    pub fn new(new: NewSchedule, old: Option<&Self>, now: Timestamp) -> Self {
        Self {
            due: new.first(old, now),
            last: old.and_then(|old| old.last),
            paused: old.is_some_and(|old| old.paused),
            new,
        }
    }

    /// As it was kept.
    pub const fn kept(
        new: NewSchedule,
        due: Option<Timestamp>,
        last: Option<Timestamp>,
        paused: bool,
    ) -> Self {
        Self {
            new,
            due,
            last,
            paused,
        }
    }

    /// When it is due first after a pause that ends at `now`.
    pub fn resumed(&self, now: Timestamp) -> Option<Timestamp> {
        let due = self.due?;
        if due > now {
            Some(due)
        } else {
            self.new.when.beyond(due, now)
        }
    }
}

/// What became of schedules that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Turned {
    /// How many jobs were pushed.
    pub pushed: usize,
    /// How long until the next schedule is due; `None` when there is none.
    pub next_in: Option<Duration>,
}

impl Turned {
    /// So many were pushed at `now`, and the next is due then.
    pub fn new(pushed: usize, now: Timestamp, next: Option<Timestamp>) -> Self {
        let wait = |next: Timestamp| next.duration_since(now).try_into().unwrap_or(Duration::ZERO);
        Self {
            pushed,
            next_in: next.map(wait),
        }
    }
}
