//! What a run costs.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::seam::{Fetch, Fetcher, Layer, Request, Response};
use crate::{ErrorKind, Result};

/// Counts what is fetched, by whomever: sources, visits, pictures. What a fetch that failed had cost is not known; it counts
/// as one request unless it was refused before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meter(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Meter {
    /// Requests made, retries and redirects included; robots.txt files are not.
    pub(crate) fn requests(&self) -> u64 {
        self.0.requests.load(Ordering::Relaxed)
    }

    /// Bytes of bodies received.
    pub(crate) fn bytes(&self) -> u64 {
        self.0.bytes.load(Ordering::Relaxed)
    }

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
        self.0.requests.fetch_add(requests, Ordering::Relaxed);
        self.0.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
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
        let result = self.inner.fetch(request).await;
        self.meter.note(&result);
        result
    }
}
