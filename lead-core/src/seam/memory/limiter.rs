//! Limits in memory.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use super::locked;
use crate::clock::{Clock, Timestamp};
use crate::seam::{Decision, Limit, Policy, PolicyState};
use crate::{Error, Result};

/// Limits in memory: one theoretical arrival time a key (GCRA, ITU-T I.371 annex A).
#[derive(Debug)]
pub struct MemoryLimiter {
    clock: Clock,
    arrivals: Mutex<HashMap<String, i128>>,
}

/// Where keys whose quota is whole again are swept out.
const SWEEP_AT: usize = 100_000;

impl Default for MemoryLimiter {
    fn default() -> Self {
        Self::new(Clock::system())
    }
}

impl MemoryLimiter {
    /// Limits that go by `clock`.
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            arrivals: Mutex::default(),
        }
    }

    /// [`Limit::check`] without waiting.
    ///
    /// # Errors
    /// As there.
    pub fn check_now(&self, policies: &[Policy]) -> Result<Decision> {
        if let Some(policy) = policies.iter().find(|policy| policy.cost > policy.burst) {
            let message = "costs more than may be used at once";
            return Err(Error::invalid("limit", message)
                .with("cost", policy.cost)
                .with("burst", policy.burst));
        }
        let now = nanos(self.clock.now());
        let mut arrivals = locked(&self.arrivals);
        if arrivals.len() >= SWEEP_AT {
            arrivals.retain(|_, arrival| *arrival > now);
        }
        // Policies of one key in one check stand for its sum, so each sees what those before it took.
        let mut taken: HashMap<&str, i128> = HashMap::new();
        let mut wait = 0;
        for policy in policies {
            let known = arrivals.get(&policy.key).copied().unwrap_or(now).max(now);
            let arrival = taken.get(policy.key.as_str()).copied().unwrap_or(known)
                + interval(policy) * i128::from(policy.cost);
            wait = wait.max(arrival - now - interval(policy) * i128::from(policy.burst));
            taken.insert(&policy.key, arrival);
        }
        if wait <= 0 {
            arrivals.extend(taken.into_iter().map(|(key, arrival)| (key.to_owned(), arrival)));
        }
        let states = policies
            .iter()
            .map(|policy| state(policy, arrivals.get(&policy.key).copied().unwrap_or(now), now));
        Ok(Decision::new(
            states.collect(),
            (wait > 0).then(|| duration(wait)),
        ))
    }
}

impl Limit for MemoryLimiter {
    async fn check(&self, policies: &[Policy]) -> Result<Decision> {
        self.check_now(policies)
    }
}

fn state(policy: &Policy, arrival: i128, now: i128) -> PolicyState {
    let ahead = (arrival - now).max(0);
    let room = interval(policy) * i128::from(policy.burst) - ahead;
    let remaining = (room / interval(policy)).clamp(0, i128::from(u32::MAX));
    PolicyState::new(u32::try_from(remaining).unwrap_or(u32::MAX), duration(ahead))
}

fn nanos(at: Timestamp) -> i128 {
    at.as_nanosecond()
}

fn interval(policy: &Policy) -> i128 {
    i128::try_from(policy.interval().as_nanos())
        .unwrap_or(i128::MAX)
        .max(1)
}

fn duration(nanos: i128) -> Duration {
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}
