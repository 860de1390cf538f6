//! Waiting for a host's turn.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use super::PaceConfig;
use super::hosts::{Host, Hosts};
use crate::telemetry::{PACE_BREAKS, PACE_IN_FLIGHT, PACE_SLOWDOWNS, PACE_WAIT_SECONDS};
use crate::{Error, ErrorKind, Result};

/// What a host made of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It answered.
    Success,
    /// It asked to slow down (429, 503), perhaps saying for how long.
    SlowDown(Option<Duration>),
    /// It could not be reached, broke off, took too long or failed (5xx).
    Failure,
    /// Nothing that tells about its pace.
    Unknown,
}

/// Spaces requests to each host, caps those under way, and adapts to what the hosts answer: a slow-down halves a host's
/// rate, each success gives a twentieth of the base rate back, `Retry-After` holds the host until then. A host that fails
/// again and again is left alone for a while, longer each time, and in the end given up for ten minutes.
///
/// Cheaply cloned; clones share everything. Turns are given in the order of asking, host by host.
#[derive(Clone, Debug)]
pub struct Pacer(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    config: PaceConfig,
    in_flight: Arc<Semaphore>,
    hosts: Mutex<Hosts>,
}

impl Pacer {
    /// A pacer of these settings.
    pub fn new(config: PaceConfig) -> Self {
        // A semaphore takes no more than usize::MAX >> 3.
        let in_flight = Arc::new(Semaphore::new(
            config.max_in_flight.clamp(1, Semaphore::MAX_PERMITS),
        ));
        Self(Arc::new(Inner {
            config,
            in_flight,
            hosts: Mutex::default(),
        }))
    }

    /// Waits until a request may be sent to `host`. The turn is kept until the permit is dropped.
    ///
    /// Cancel-safe: whoever stops waiting has taken no turn.
    ///
    /// # Errors
    /// [`ErrorKind::RateLimited`], temporary and with the wait, when the host asked to be left alone for longer than
    /// [`PaceConfig::max_hold`]; [`ErrorKind::Network`] when it is given up.
    pub async fn acquire(&self, host: &str) -> Result<Permit> {
        let asked = Instant::now();
        let host = self.host(host);
        let slot = acquire(&host.slots).await?;
        let turn = host.turn.lock().await;
        let in_flight = loop {
            self.until_ready(&host).await?;
            // Taken last, so that hosts that wait do not keep the others from working.
            let permit = acquire(&self.0.in_flight).await?;
            let now = Instant::now();
            let mut pace = host.pace();
            if pace.ready_at(now).0 <= now {
                pace.start(now);
                break permit;
            }
        };
        drop(turn);
        let started = Instant::now();
        PACE_WAIT_SECONDS.record_time(started - asked, &[]);
        PACE_IN_FLIGHT.shift(1.0, &[]);
        Ok(Permit {
            host,
            started,
            _slot: slot,
            _in_flight: in_flight,
        })
    }

    /// When a request to `host` may start, as far as is known at `now`, which is the answer when it may at once. A host
    /// that [`acquire`](Self::acquire) refuses is ready: the refusal costs no wait.
    pub fn ready_at(&self, host: &str, now: Instant) -> Instant {
        let host = self.host(host);
        let pace = host.pace();
        let (ready, held) = pace.ready_at(now);
        if held > self.0.config.max_hold || pace.is_given_up(now) {
            return now;
        }
        ready
    }

    /// The settings it goes by.
    pub fn config(&self) -> &PaceConfig {
        &self.0.config
    }

    /// Leaves at least `delay` between requests to `host`, as its robots.txt asks.
    pub fn crawl_delay(&self, host: &str, delay: Duration) {
        self.host(host).pace().floor = delay.min(self.0.config.max_crawl_delay);
    }

    /// Leaves at least `spacing` between requests to `host`, whatever its robots.txt asks beside that.
    pub fn space_out(&self, host: &str, spacing: Duration) {
        let host = self.host(host);
        let mut pace = host.pace();
        pace.floor = pace.floor.max(spacing.min(self.0.config.max_crawl_delay));
    }

    /// Sleeps until the host may be asked. The pace may change meanwhile, so it is looked at again afterwards.
    async fn until_ready(&self, host: &Host) -> Result<()> {
        loop {
            let now = Instant::now();
            let (ready, held) = host.pace().ready_at(now);
            if host.pace().is_given_up(now) {
                let message = "the host has failed again and again and is left alone";
                return Err(Error::new(ErrorKind::Network, "pace", message));
            }
            if held > self.0.config.max_hold {
                let message = "the host asked to come back later";
                let error = Error::new(ErrorKind::RateLimited, "pace", message)
                    .temporary()
                    .after(held);
                return Err(error.with("seconds", held.as_secs()));
            }
            if ready <= now {
                return Ok(());
            }
            tokio::time::sleep_until(ready).await;
        }
    }

    fn host(&self, key: &str) -> Arc<Host> {
        let mut hosts = self.0.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.get(&self.0.config, key)
    }
}

impl Default for Pacer {
    fn default() -> Self {
        Self::new(PaceConfig::default())
    }
}

async fn acquire(semaphore: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit> {
    let permit = Arc::clone(semaphore).acquire_owned().await;
    permit.map_err(|closed| Error::new(ErrorKind::Internal, "pace", "a semaphore was closed").because(closed))
}

/// Leave to send one request. Dropping it ends the request.
#[derive(Debug)]
#[must_use]
pub struct Permit {
    host: Arc<Host>,
    started: Instant,
    _slot: OwnedSemaphorePermit,
    _in_flight: OwnedSemaphorePermit,
}

impl Permit {
    /// Says what became of the request, and ends it.
    pub fn report(self, outcome: Outcome) {
        let mut pace = self.host.pace();
        match outcome {
            Outcome::Success => pace.success(self.started, Instant::now()),
            Outcome::Failure => {
                if pace.failure(self.started, Instant::now()) {
                    PACE_BREAKS.add(1, &[]);
                }
            }
            Outcome::SlowDown(retry_after) => {
                if pace.slow_down(self.started, Instant::now(), retry_after) {
                    PACE_SLOWDOWNS.add(1, &[]);
                }
            }
            Outcome::Unknown => {}
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        PACE_IN_FLIGHT.shift(-1.0, &[]);
    }
}
