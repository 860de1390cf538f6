//! How an engine fares, from 0 to 1.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::{Error, ErrorKind};

/// Half of what an engine lost comes back in so many seconds.
const HALF_LIFE: f64 = 1_800.0;
/// An engine that blocks rests so long, twice as long each time it blocks again …
const REST: Duration = Duration::from_mins(10);
/// … up to this.
const LONGEST: Duration = Duration::from_hours(2);
/// An engine that asked to slow down without saying for how long.
const SLOW: Duration = Duration::from_mins(2);

/// The health of an engine. It is kept with the moment it was told, and is better at every later one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Health {
    score: f64,
    /// Milliseconds since 1970.
    at: i64,
    rests_until: Option<i64>,
    /// How often it has blocked since it last answered.
    blocks: u32,
}

impl Default for Health {
    fn default() -> Self {
        Self {
            score: 1.0,
            at: 0,
            rests_until: None,
            blocks: 0,
        }
    }
}

impl Health {
    /// How it is now.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a search")]
    pub(super) fn now(&self, now: Timestamp) -> f64 {
        let seconds = (now.as_millisecond() - self.at).max(0) as f64 / 1e3;
        1.0 - (1.0 - self.score) * 0.5_f64.powf(seconds / HALF_LIFE)
    }

    /// How long it rests from now on; nothing when it may be asked.
    pub(super) fn rest(&self, now: Timestamp) -> Option<Duration> {
        let left = self.rests_until? - now.as_millisecond();
        u64::try_from(left)
            .ok()
            .filter(|left| *left > 0)
            .map(Duration::from_millis)
    }

    /// It gave results.
    pub(super) fn answered(&mut self, now: Timestamp) {
        let score = self.now(now);
        self.set(score + (1.0 - score) / 2.0, now);
        (self.blocks, self.rests_until) = (0, None);
    }

    /// It failed: a wall in place of results rests it, twice as long each time.
    pub(super) fn failed(&mut self, error: &Error, now: Timestamp) {
        let (factor, rest) = match error.kind() {
            ErrorKind::Blocked => {
                self.blocks += 1;
                (
                    0.25,
                    Some(LONGEST.min(REST * 2_u32.saturating_pow(self.blocks - 1))),
                )
            }
            ErrorKind::RateLimited => (0.5, Some(error.retry_after().unwrap_or(SLOW))),
            _ => (0.5, None),
        };
        self.set(self.now(now) * factor, now);
        let until = |rest: Duration| {
            now.as_millisecond()
                .saturating_add(i64::try_from(rest.as_millis()).unwrap_or(i64::MAX))
        };
        self.rests_until = rest.map(until);
    }

    fn set(&mut self, score: f64, now: Timestamp) {
        (self.score, self.at) = (score, now.as_millisecond());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_lower_it_rest_it_longer_each_time_and_time_brings_it_back() {
        let at = |seconds: i64| Timestamp::from_second(1_000_000 + seconds).unwrap();
        let captcha = Error::new(ErrorKind::Blocked, "test", "a captcha");
        let mut health = Health::default();
        assert!((health.now(at(0)) - 1.0).abs() < 1e-9);
        health.failed(&captcha, at(0));
        assert!((health.now(at(0)) - 0.25).abs() < 1e-9);
        assert_eq!(health.rest(at(0)), Some(REST));
        assert_eq!(health.rest(at(600)), None);
        assert!((health.now(at(1_800)) - 0.625).abs() < 1e-9, "half of it is back");
        health.failed(&captcha, at(600));
        assert_eq!(health.rest(at(600)), Some(REST * 2));
        for _ in 0..9 {
            health.failed(&captcha, at(600));
        }
        assert_eq!(health.rest(at(600)), Some(LONGEST));
        health.answered(at(700));
        assert_eq!(health.rest(at(700)), None);
    }
}
