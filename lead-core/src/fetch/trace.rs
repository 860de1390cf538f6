//! What is told of each fetch.

use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use crate::Result;
use crate::record::SafeUrl;
use crate::seam::{Fetch, Fetcher, Layer, Purpose, Request, Response};
use crate::telemetry::{FETCH_SECONDS, FETCHES};

/// Opens a span and moves figures for each fetch. URLs lose their query, which may hold keys and searches.
#[derive(Clone, Copy, Debug, Default)]
pub struct TraceLayer;

impl Layer for TraceLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Traced { inner })
    }
}

#[derive(Debug)]
struct Traced {
    inner: Fetcher,
}

impl Fetch for Traced {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let purpose = name(request.purpose);
        let span = tracing::debug_span!(
            "fetch",
            url = redacted(&request.url),
            purpose,
            status = Empty,
            bytes = Empty,
            attempts = Empty,
            hops = Empty,
            cached = Empty,
            error = Empty,
        );
        let started = Instant::now();
        let result = self.inner.fetch(request).instrument(span.clone()).await;
        FETCH_SECONDS.record_time(started.elapsed(), &[purpose]);
        FETCHES.add(1, &[purpose, outcome(&result)]);
        tell(&span, &result);
        result
    }
}

fn tell(span: &Span, result: &Result<Response>) {
    match result {
        Ok(response) => {
            span.record("status", response.status.as_u16());
            span.record("bytes", response.body.len());
            span.record("attempts", response.attempts);
            span.record("hops", response.hops.len());
            span.record("cached", response.from_cache);
            tracing::debug!(parent: span, "answered");
        }
        Err(error) => {
            span.record("error", error.kind().code());
            tracing::debug!(parent: span, %error, "failed");
        }
    }
}

fn outcome(result: &Result<Response>) -> &'static str {
    match result {
        Ok(response) if response.from_cache => "cached",
        Ok(response) if response.status.is_client_error() => "client_error",
        Ok(response) if response.status.is_server_error() => "server_error",
        Ok(_) => "ok",
        Err(error) => error.kind().code(),
    }
}

fn name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Page => "page",
        Purpose::Api => "api",
        Purpose::Robots => "robots",
    }
}

/// A URL for logs: without query and fragment.
fn redacted(url: &SafeUrl) -> &str {
    url.as_str().split(['?', '#']).next().unwrap_or_default()
}
