//! Trying again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::Method;

use super::{RetryConfig, retry_after};
use crate::clock::Clock;
use crate::seam::{Fetch, Fetcher, Layer, Purpose, Request, Response};
use crate::telemetry::FETCH_RETRIES;
use crate::{Error, Result};

/// Retries what may pass: temporary errors, 429, 500, 502, 503 and 504.
///
/// Waits are exponential with full jitter, a random time between nothing and a bound that doubles (Brooker, "Exponential
/// Backoff And Jitter", AWS Architecture Blog, 2015). A `Retry-After` is waited for as it says, up to a cap. Retries the
/// server did not ask for are paid from a budget that successes fill up again, so that a network that is down is not asked
/// four times as often (the token bucket of the AWS SDKs' standard retry mode).
///
/// A POST is retried only when the server said it did nothing (429, 503), or when it asks an API for data.
///
/// After the last attempt a response is handed back as it is, whatever its status; an error becomes persistent.
#[derive(Clone, Debug)]
pub struct RetryLayer {
    config: RetryConfig,
    clock: Clock,
    budget: Arc<Budget>,
}

impl RetryLayer {
    /// Retries by `config`.
    pub fn new(config: RetryConfig) -> Self {
        Self {
            config,
            clock: Clock::system(),
            budget: Arc::default(),
        }
    }

    /// Reads dates in `Retry-After` against `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The wait before the next attempt, or `None` when there shall be none.
    fn wait(&self, request: &Request, result: &Result<Response>, attempt: u32) -> Option<Duration> {
        if attempt >= self.config.max_attempts {
            return None;
        }
        let (asked, reason) = match result {
            Ok(response) => (
                retry_after::of(response, self.clock.now()),
                reason(request, response)?,
            ),
            Err(error) if error.is_retryable() && (is_read(request)) => {
                (error.retry_after(), error.kind().code())
            }
            Err(_) => return None,
        };
        let jitter = |bound: Duration| bound.mul_f64(fastrand::f64());
        let wait = match asked {
            Some(asked) if asked > self.config.max_retry_after => return None,
            // A little later than asked, so that all who were sent away do not come back at once.
            Some(asked) => asked + jitter(self.config.base),
            None if self.budget.pay() => {
                let doubled = self.config.base.saturating_mul(2_u32.saturating_pow(attempt - 1));
                jitter(doubled.min(self.config.cap))
            }
            None => return None,
        };
        FETCH_RETRIES.add(1, &[reason]);
        Some(wait)
    }
}

/// Whether asking twice does no harm (RFC 9110 §9.2.2).
fn is_read(request: &Request) -> bool {
    request.method.is_idempotent() || (request.method == Method::POST && request.purpose == Purpose::Api)
}

/// Why `response` is no answer yet, if it is none.
fn reason(request: &Request, response: &Response) -> Option<&'static str> {
    match response.status.as_u16() {
        429 => Some("rate_limited"),
        503 => Some("server_error"),
        500 | 502 | 504 if is_read(request) => Some("server_error"),
        _ => None,
    }
}

impl Layer for RetryLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Retrying {
            layer: self.clone(),
            inner,
        })
    }
}

#[derive(Debug)]
struct Retrying {
    layer: RetryLayer,
    inner: Fetcher,
}

impl Fetch for Retrying {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let mut attempt = 1;
        loop {
            let result = self.inner.fetch(request.clone()).await;
            let Some(wait) = self.layer.wait(&request, &result, attempt) else {
                if result
                    .as_ref()
                    .is_ok_and(|response| !response.status.is_server_error())
                {
                    self.layer.budget.refill(attempt);
                }
                return finish(result, attempt);
            };
            tokio::time::sleep(wait).await;
            attempt += 1;
        }
    }
}

fn finish(result: Result<Response>, attempt: u32) -> Result<Response> {
    match result {
        Ok(mut response) => {
            response.attempts = attempt;
            Ok(response)
        }
        Err(error) if attempt > 1 => Err(Error::persistent(error).with("attempts", attempt)),
        Err(error) => Err(error.persistent()),
    }
}

/// Retries the server did not ask for.
#[derive(Debug)]
struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;
    const COST: u32 = 5;

    fn pay(&self) -> bool {
        let paid = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            left.checked_sub(Self::COST)
        });
        paid.is_ok()
    }

    /// A success gives back what its own retry cost, a first attempt a little.
    fn refill(&self, attempt: u32) {
        let gift = if attempt > 1 { Self::COST } else { 1 };
        let add = |left: u32| (left < Self::FULL).then(|| (left + gift).min(Self::FULL));
        // `Err` says that it is full.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }
}
