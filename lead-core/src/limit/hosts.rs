//! What is remembered of each host.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::breaker::Breaker;
use super::latency::{Latency, Trend};
use super::{PaceConfig, Rate};
use crate::telemetry::PACE_HOSTS;

/// Where hosts that are at rest are first swept out.
const SWEEP_AT: usize = 16_384;

/// A host never gets slower than one request in so many seconds by our own doing.
const SLOWEST: f64 = 60.0;

/// The part of the base rate a success gives back (additive increase); a slow-down halves (multiplicative decrease).
const RECOVERY: f64 = 0.05;

/// One host.
#[derive(Debug)]
pub(super) struct Host {
    /// Requests under way.
    pub(super) slots: Arc<Semaphore>,
    /// Held by the request whose turn is next; fair, so turns come in the order of asking.
    pub(super) turn: tokio::sync::Mutex<()>,
    pace: Mutex<Pace>,
}

/// The pace of one host.
#[derive(Debug)]
pub(super) struct Pace {
    /// Requests a second when nothing is wrong.
    base: f64,
    /// Requests a second now.
    rate: f64,
    /// The least time between requests that robots.txt asks for.
    pub(super) floor: Duration,
    /// When the next request may start.
    next: Instant,
    /// Until when the host asked to be left alone.
    held: Option<Instant>,
    /// Requests a second it may grow to.
    ceiling: f64,
    latency: Latency,
    breaker: Breaker,
    /// When it was last slowed down: answers to requests sent before that tell nothing new.
    slowed: Option<Instant>,
}

impl Host {
    fn new(config: &PaceConfig, key: &str) -> Self {
        let rate = config.hosts.get(key).copied().unwrap_or(config.rate);
        let base = rate.per_second();
        let ceiling = match rate {
            Rate::Auto => config.auto_ceiling.max(base),
            Rate::PerSecond(_) | Rate::Off => base,
        };
        let pace = Pace {
            base,
            rate: base,
            floor: Duration::ZERO,
            next: Instant::now(),
            held: None,
            ceiling,
            latency: Latency::default(),
            breaker: Breaker::default(),
            slowed: None,
        };
        Self {
            slots: Arc::new(Semaphore::new(config.max_per_host.max(1))),
            turn: tokio::sync::Mutex::new(()),
            pace: Mutex::new(pace),
        }
    }

    pub(super) fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pace {
    /// When the next request may start, and how much of that wait the host asked for itself.
    pub(super) fn ready_at(&self, now: Instant) -> (Instant, Duration) {
        let held = self.held.unwrap_or(now).max(now);
        let broken = self.breaker.open_until().unwrap_or(now);
        (self.next.max(held).max(broken), held - now)
    }

    /// A request starts now.
    pub(super) fn start(&mut self, now: Instant) {
        self.next = now + self.interval();
    }

    /// The least time between two requests.
    fn interval(&self) -> Duration {
        if self.rate.is_finite() {
            Duration::from_secs_f64(1.0 / self.rate).max(self.floor)
        } else {
            Duration::ZERO
        }
    }

    /// A request that started at `started` was answered well.
    pub(super) fn success(&mut self, started: Instant, now: Instant) {
        self.breaker.success();
        if self.rate < self.base {
            self.rate = (self.rate + self.base * RECOVERY).min(self.base);
        }
        if self.ceiling <= self.base {
            return;
        }
        match self.latency.note(now - started) {
            // One more a second after a second's worth of them.
            Trend::Flat if self.rate >= self.base => {
                self.rate = (self.rate + 1.0 / self.rate).min(self.ceiling);
            }
            Trend::Flat | Trend::Rising => {}
            Trend::Slow => self.shrink(started, now),
        }
    }

    /// A request that started at `started` failed. Whether the host is left alone for it.
    pub(super) fn failure(&mut self, started: Instant, now: Instant) -> bool {
        if self.ceiling > self.base {
            self.shrink(started, now);
        }
        self.breaker.failure(started, now)
    }

    /// Whether the host failed so often that it is not asked for a long while.
    pub(super) fn is_given_up(&self, now: Instant) -> bool {
        self.breaker.is_given_up(now)
    }

    /// Slower by our own doing, but not below where it began. Answers to requests sent before the last time tell nothing
    /// new.
    fn shrink(&mut self, started: Instant, now: Instant) {
        if self.slowed.is_none_or(|slowed| started > slowed) {
            self.slowed = Some(now);
            self.rate = (self.rate / 2.0).max(self.base.min(self.rate));
        }
    }

    /// A request that started at `started` was told to slow down. Whether that was news.
    pub(super) fn slow_down(
        &mut self,
        started: Instant,
        now: Instant,
        retry_after: Option<Duration>,
    ) -> bool {
        if let Some(until) = retry_after.and_then(|wait| now.checked_add(wait)) {
            self.held = Some(self.held.map_or(until, |held| held.max(until)));
        }
        if self.slowed.is_some_and(|slowed| started <= slowed) {
            return false;
        }
        self.slowed = Some(now);
        if self.rate.is_finite() {
            self.rate = (self.rate / 2.0).max(1.0 / SLOWEST).min(self.ceiling);
            // The slower pace holds from this request on, not from the next.
            self.next = self.next.max(started + self.interval());
        }
        true
    }

    /// Nothing would be lost by forgetting it.
    fn at_rest(&self, now: Instant) -> bool {
        self.rate >= self.base
            && self.next <= now
            && self.held.is_none_or(|held| held <= now)
            && self.breaker.is_closed()
    }
}

/// The hosts asked lately.
#[derive(Debug)]
pub(super) struct Hosts {
    map: HashMap<Box<str>, Arc<Host>>,
    sweep_at: usize,
}

impl Default for Hosts {
    fn default() -> Self {
        Self {
            map: HashMap::new(),
            sweep_at: SWEEP_AT,
        }
    }
}

impl Hosts {
    pub(super) fn get(&mut self, config: &PaceConfig, key: &str) -> Arc<Host> {
        if let Some(host) = self.map.get(key) {
            return Arc::clone(host);
        }
        if self.map.len() >= self.sweep_at {
            self.sweep();
        }
        let host = Arc::new(Host::new(config, key));
        self.map.insert(key.into(), Arc::clone(&host));
        #[expect(clippy::cast_precision_loss, reason = "a number of hosts, far below 2^52")]
        PACE_HOSTS.set(self.map.len() as f64, &[]);
        host
    }

    /// Drops hosts nobody uses and whose pace is the default. What remains is in use or slowed down; the next sweep comes
    /// when that has doubled, so that sweeping stays cheap on average.
    fn sweep(&mut self) {
        let now = Instant::now();
        self.map
            .retain(|_, host| Arc::strong_count(host) > 1 || !host.pace().at_rest(now));
        self.sweep_at = SWEEP_AT.max(self.map.len() * 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn hosts_at_rest_are_forgotten_and_others_are_not() {
        let config = PaceConfig::default();
        let mut hosts = Hosts {
            sweep_at: 100,
            ..Hosts::default()
        };
        let busy = hosts.get(&config, "busy.test");
        hosts
            .get(&config, "held.test")
            .pace()
            .slow_down(Instant::now(), Instant::now(), None);
        for index in 0..SWEEP_AT + 200 {
            hosts.get(&config, &format!("h{index}.test"));
            tokio::time::advance(Duration::from_millis(1)).await;
        }
        assert!(hosts.map.len() <= SWEEP_AT, "{}", hosts.map.len());
        assert!(Arc::ptr_eq(&busy, &hosts.get(&config, "busy.test")));
        assert!(hosts.get(&config, "held.test").pace().rate < 1.0);
    }
}
