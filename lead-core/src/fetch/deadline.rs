//! A time limit for a fetch in all.

use std::time::Duration;

use crate::seam::{Fetch, Fetcher, Layer, Request, Response};
use crate::telemetry::FETCH_TIMEOUTS;
use crate::{Error, ErrorKind, Result};

/// Gives up a fetch after so long, waits, redirects and retries included: the shorter of the layer's limit and the
/// request's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeadlineLayer(Option<Duration>);

impl DeadlineLayer {
    /// At most `limit` for a fetch; `None` leaves it to the requests.
    pub const fn new(limit: Option<Duration>) -> Self {
        Self(limit)
    }
}

impl Layer for DeadlineLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Limited { limit: self.0, inner })
    }
}

#[derive(Debug)]
struct Limited {
    limit: Option<Duration>,
    inner: Fetcher,
}

impl Fetch for Limited {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let Some(limit) = self.limit.into_iter().chain(request.deadline).min() else {
            return self.inner.fetch(request).await;
        };
        tokio::time::timeout(limit, self.inner.fetch(request))
            .await
            .unwrap_or_else(|_| {
                FETCH_TIMEOUTS.add(1, &["deadline"]);
                let error = Error::new(ErrorKind::Timeout, "fetch", "the deadline passed");
                Err(error.temporary().with("ms", limit.as_millis()))
            })
    }
}
