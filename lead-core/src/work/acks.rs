//! Jobs that are done and of which the queue is not told yet: it is told of many at once.

use tokio::time::{Duration, Instant};

use crate::Result;
use crate::seam::{Lease, Queue};

/// So many are told at once at the latest.
const MANY: usize = 128;
/// So long after the first at the latest.
const WINDOW: Duration = Duration::from_millis(5);

/// Jobs that are done, and since when the first waits.
#[derive(Debug, Default)]
pub(super) struct Acks {
    leases: Vec<Lease>,
    since: Option<Instant>,
}

impl Acks {
    pub(super) fn add(&mut self, lease: Lease, now: Instant) {
        self.leases.push(lease);
        self.since.get_or_insert(now);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.leases.is_empty()
    }

    /// When the queue is to be told.
    pub(super) fn due(&self) -> Option<Instant> {
        let since = self.since?;
        Some(if self.leases.len() >= MANY {
            since
        } else {
            since + WINDOW
        })
    }

    /// Tells the queue. How many were done, and how many were another worker's by then. When it cannot be told they wait for the next
    /// time: their leases still run.
    pub(super) async fn tell(&mut self, queue: &Queue, now: Instant) -> Result<(usize, usize)> {
        if self.is_empty() {
            return Ok((0, 0));
        }
        match queue.complete_all(self.leases.clone()).await {
            Ok(refused) => {
                let all = self.leases.len();
                (self.since, self.leases) = (None, Vec::new());
                Ok((all - refused.len(), refused.len()))
            }
            Err(error) => {
                self.since = Some(now + Duration::from_secs(1));
                Err(error)
            }
        }
    }

    /// Renews what waits; drops what was lost. How many were.
    pub(super) async fn renew(&mut self, queue: &Queue, ttl: Duration) -> usize {
        let mut lost = 0;
        for lease in std::mem::take(&mut self.leases) {
            match queue.renew(lease.clone(), ttl).await {
                Ok(renewed) => self.leases.push(renewed),
                Err(error) if error.kind() == crate::ErrorKind::StaleLease => lost += 1,
                Err(_) => self.leases.push(lease),
            }
        }
        lost
    }
}
