//! Each attempt waits for its host's turn.

use http::StatusCode;

use super::retry_after;
use crate::clock::Clock;
use crate::limit::{Outcome, Pacer};
use crate::seam::{Fetch, Fetcher, Layer, Request, Response};
use crate::{ErrorKind, Result};

/// Takes a permit of a [`Pacer`] for each attempt and tells it what the host answered.
#[derive(Clone, Debug)]
pub struct PaceLayer {
    pacer: Pacer,
    clock: Clock,
}

impl PaceLayer {
    /// Goes by `pacer`.
    pub fn new(pacer: Pacer) -> Self {
        Self {
            pacer,
            clock: Clock::system(),
        }
    }

    /// Reads dates in `Retry-After` against `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }
}

/// What is paced of an origin: the host, with its port unless that is the usual one, so that `http` and `https` share a pace.
pub(crate) fn key(origin: &str) -> &str {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let usual = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443"));
    usual.unwrap_or(host)
}

impl Layer for PaceLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Paced {
            layer: self.clone(),
            inner,
        })
    }
}

#[derive(Debug)]
struct Paced {
    layer: PaceLayer,
    inner: Fetcher,
}

impl Fetch for Paced {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let host = key(request.url.origin());
        if let Some(spacing) = request.spacing {
            self.layer.pacer.space_out(host, spacing);
        }
        let permit = self.layer.pacer.acquire(host).await?;
        let result = self.inner.fetch(request).await;
        permit.report(self.outcome(&result));
        result
    }
}

impl Paced {
    fn outcome(&self, result: &Result<Response>) -> Outcome {
        match result {
            Ok(response) => match response.status {
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                    Outcome::SlowDown(retry_after::of(response, self.layer.clock.now()))
                }
                status if status.is_server_error() => Outcome::Failure,
                _ => Outcome::Success,
            },
            Err(error) if error.kind() == ErrorKind::RateLimited => Outcome::SlowDown(error.retry_after()),
            Err(error) if matches!(error.kind(), ErrorKind::Network | ErrorKind::Timeout) => Outcome::Failure,
            Err(_) => Outcome::Unknown,
        }
    }
}
