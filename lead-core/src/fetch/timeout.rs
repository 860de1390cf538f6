//! A time limit for each attempt.

use std::time::Duration;

use crate::seam::{Fetch, Fetcher, Layer, Request, Response};
use crate::telemetry::FETCH_TIMEOUTS;
use crate::{Error, ErrorKind, Result};

/// Gives up an attempt after so long. Belongs right around the transport: above [`RetryLayer`](super::RetryLayer) it would
/// cut a retry's sleep, above [`PaceLayer`](super::PaceLayer) it would count waiting for a turn.
#[derive(Clone, Copy, Debug)]
pub struct TimeoutLayer(Duration);

impl TimeoutLayer {
    /// At most `limit` for an attempt, its whole body included.
    pub const fn new(limit: Duration) -> Self {
        Self(limit)
    }
}

impl Layer for TimeoutLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Timed { limit: self.0, inner })
    }
}

#[derive(Debug)]
struct Timed {
    limit: Duration,
    inner: Fetcher,
}

impl Fetch for Timed {
    async fn fetch(&self, request: Request) -> Result<Response> {
        tokio::time::timeout(self.limit, self.inner.fetch(request))
            .await
            .unwrap_or_else(|_| {
                FETCH_TIMEOUTS.add(1, &["attempt"]);
                let error = Error::new(ErrorKind::Timeout, "fetch", "the server took too long");
                Err(error.temporary().with("ms", self.limit.as_millis()))
            })
    }
}
