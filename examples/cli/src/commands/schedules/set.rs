//! What is pushed again and again, and when.

use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use lead_core::seam::{Group, Missed, NewJob, NewSchedule, Schedule};
use lead_core::{Error, Result};
use serde_json::Value;

use crate::limits::time;

/// A schedule to be set.
#[derive(Args, Debug)]
pub(super) struct Set {
    /// Its name
    #[arg(value_name = "NAME")]
    name: String,
    /// The kind of job that is pushed
    #[arg(long = "job", value_name = "KIND")]
    kind: String,
    /// When, as cron has it: minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly, @monthly, @yearly
    #[arg(
        long,
        value_name = "LINE",
        required_unless_present = "every",
        conflicts_with = "every"
    )]
    cron: Option<String>,
    /// Where the clock hangs that the line speaks of
    #[arg(long, value_name = "ZONE", default_value = "UTC", conflicts_with = "every")]
    zone: String,
    /// Each so-long instead, such as 90s, 15m or 6h
    #[arg(long, value_name = "TIME", value_parser = time)]
    every: Option<Duration>,
    /// What becomes of runs whose time passed while no worker looked: once (one run for all), skip, or a number (one each, for the last so
    /// many)
    #[arg(long, value_name = "WHAT", default_value = "once")]
    missed: MissedArg,
    /// What the worker needs to know, as JSON
    #[arg(long, value_name = "JSON", default_value = "{}")]
    payload: String,
    /// Which form the payload has
    #[arg(long, value_name = "N", default_value_t = 1)]
    form: u32,
    /// Higher goes first
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true)]
    priority: i32,
    /// How often a job is tried
    #[arg(long, value_name = "N", default_value_t = 5)]
    attempts: u32,
    /// Jobs of any kind that share something scarce
    #[arg(long, value_name = "KEY")]
    group: Option<String>,
    /// So many of the group run at once
    #[arg(long, value_name = "N", default_value_t = 1, requires = "group")]
    at_once: u32,
    /// One of the group begins no sooner than so long after the one before
    #[arg(long, value_name = "TIME", value_parser = time, requires = "group")]
    spacing: Option<Duration>,
}

#[derive(Clone, Copy, Debug)]
struct MissedArg(Missed);

impl FromStr for MissedArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = |most: u32| (1..=Missed::MOST).contains(&most).then_some(Missed::All(most));
        let missed = match text {
            "once" => Some(Missed::Once),
            "skip" => Some(Missed::Skip),
            text => text.parse().ok().and_then(all),
        };
        let wanted = || format!("once, skip or a number up to {} is wanted", Missed::MOST);
        missed.map(Self).ok_or_else(wanted)
    }
}

impl Set {
    /// The schedule that was described.
    pub(super) fn schedule(self) -> Result<NewSchedule> {
        let payload: Value = serde_json::from_str(&self.payload)
            .map_err(|cause| Error::invalid("schedules", "the payload is no JSON").because(cause))?;
        let when = match (self.every, &self.cron) {
            (Some(period), _) => Schedule::every(period),
            (None, line) => Schedule::cron(line.as_deref().unwrap_or_default(), &self.zone)?,
        };
        let mut job = NewJob::new(self.kind, "", payload)
            .version(self.form)
            .priority(self.priority)
            .max_attempts(self.attempts);
        if let Some(key) = self.group {
            job = job.group(Group::new(key, self.at_once).spacing(self.spacing.unwrap_or_default()));
        }
        Ok(NewSchedule::new(self.name, when, job)?.missed(self.missed.0))
    }
}
