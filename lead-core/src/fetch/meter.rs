//! What a run costs.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::seam::{Fetch, Fetcher, Layer, Request, Response};
use crate::{Error, ErrorKind, Result};

/// Counts what is fetched, by whomever: sources, visits, pictures. What a fetch that failed had cost is not known; it counts
/// as one request unless it was refused before. With a budget it refuses what goes beyond it; retries and redirects of the
/// last requests still may.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meter {
    counts: Arc<Counts>,
    budget: Option<u64>,
}

#[derive(Debug, Default)]
struct Counts {
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Meter {
    /// One that lets so many requests pass.
    pub(crate) fn with_budget(requests: Option<u64>) -> Self {
        Self {
            counts: Arc::default(),
            budget: requests,
        }
    }

    /// Requests made, retries and redirects included; robots.txt files are not.
    pub(crate) fn requests(&self) -> u64 {
        self.counts.requests.load(Ordering::Relaxed)
    }

    /// Bytes of bodies received.
    pub(crate) fn bytes(&self) -> u64 {
        self.counts.bytes.load(Ordering::Relaxed)
    }

    /// Whether the budget is spent.
    pub(crate) fn is_spent(&self) -> bool {
        self.budget.is_some_and(|budget| self.requests() >= budget)
    }

    /// Takes a request out of the budget.
    fn take(&self) -> Result<()> {
        let before = self.counts.requests.fetch_add(1, Ordering::Relaxed);
        if self.budget.is_some_and(|budget| before >= budget) {
            self.counts.requests.fetch_sub(1, Ordering::Relaxed);
            return Err(Error::new(
                ErrorKind::Cancelled,
                SPENT,
                "the budget of requests is spent",
            ));
        }
        Ok(())
    }

    /// Puts what a request cost in the place of the one that was taken for it.
    fn note(&self, result: &Result<Response>) {
        let (requests, bytes) = match result {
            Ok(response) => {
                let asked = u64::from(response.attempts) + response.hops.len() as u64;
                let received = if response.from_cache {
                    0
                } else {
                    response.body.len() as u64
                };
                (asked, received)
            }
            Err(error) => (u64::from(!is_refusal(error.kind())), 0),
        };
        if requests == 0 {
            self.counts.requests.fetch_sub(1, Ordering::Relaxed);
        } else {
            self.counts.requests.fetch_add(requests - 1, Ordering::Relaxed);
        }
        self.counts.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// The operation of the error that a budget gives.
const SPENT: &str = "budget";

/// Whether a request was not made because the budget is spent: nothing failed, and another run may make it.
pub(crate) fn is_spent(error: &Error) -> bool {
    error.kind() == ErrorKind::Cancelled && error.operation() == SPENT
}

/// Whether nothing was sent.
fn is_refusal(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::GuardRefused | ErrorKind::RobotsDenied | ErrorKind::InvalidInput
    )
}

impl Layer for Meter {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Metered {
            meter: self.clone(),
            inner,
        })
    }
}

#[derive(Debug)]
struct Metered {
    meter: Meter,
    inner: Fetcher,
}

impl Fetch for Metered {
    async fn fetch(&self, request: Request) -> Result<Response> {
        self.meter.take()?;
        let result = self.inner.fetch(request).await;
        self.meter.note(&result);
        result
    }
}
