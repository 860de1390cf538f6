//! Calls to the other side's API, and what its answers mean for all kinds alike.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Method};
use lead_core::Result;
use lead_core::fetch::{FetchConfig, GuardLayer, HttpTransport, TimeoutLayer, parse_retry_after};
use lead_core::record::SafeUrl;
use lead_core::seam::{Fetcher, Purpose, Request, Response};
use serde_json::Value;

use super::Outcome;

/// A fetcher for sinks: guarded against private addresses and timed, as any of the library's. It tries once and follows no redirect:
/// what fails goes back to the queue, which survives a restart and holds up nobody else. It tells no log of the addresses it calls: those of
/// webhooks are secrets often enough.
///
/// # Errors
/// As [`HttpTransport::new`].
pub fn fetcher(config: &FetchConfig) -> Result<Fetcher> {
    let transport = HttpTransport::new(config)?;
    Ok(Fetcher::new(transport)
        .layer(&TimeoutLayer::new(config.timeout))
        .layer(&GuardLayer::new(config.guard.clone())))
}

/// What an answer means, whatever the API.
pub(super) enum Answer {
    /// The call went through; a part of it may not have.
    Taken {
        /// 200 to 299.
        status: u16,
        /// What was said.
        body: Bytes,
    },
    /// The call as it is will never go through.
    Refused {
        /// 400 and the like.
        status: u16,
        /// What was said.
        body: Bytes,
    },
    /// Nothing was done; later it may be.
    Later {
        /// What to tell.
        outcome: Outcome,
    },
    /// The other side does not know who we are (401): the same, with another token.
    Unknown {
        /// What to tell.
        outcome: Outcome,
    },
}

/// A request with a JSON body.
pub(super) fn json(method: Method, url: SafeUrl, body: &Value) -> Request {
    bytes(method, url, body.to_string().into())
}

/// A request whose body is JSON already.
pub(super) fn bytes(method: Method, url: SafeUrl, body: Bytes) -> Request {
    let mut request = Request::get(url).purpose(Purpose::Api);
    request.method = method;
    request.body = body;
    request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
}

/// Sends a request, and sorts what comes back.
pub(super) async fn call(fetcher: &Fetcher, request: Request) -> Answer {
    match fetcher.fetch(request).await {
        Ok(response) => sort(response),
        // Never the error's context: it holds the address, which may be a secret itself.
        Err(error) => Answer::Later {
            outcome: Outcome::Again {
                reason: format!("{}: {}", error.kind(), error.message()),
                after: error.retry_after(),
            },
        },
    }
}

fn sort(response: Response) -> Answer {
    let status = response.status.as_u16();
    let after = asked(&response);
    let body = response.body;
    let later = Outcome::Again {
        reason: format!("status {status}"),
        after,
    };
    match status {
        200..=299 => Answer::Taken { status, body },
        // RFC 9110: what was sent is wrong, gone, too large, of a form that is not taken, or makes no sense there.
        400 | 410 | 413 | 415 | 422 => Answer::Refused { status, body },
        // The rest may pass or be mended: a token renewed, a server up again, a setting put right.
        401 => Answer::Unknown { outcome: later },
        _ => Answer::Later { outcome: later },
    }
}

/// The wait the other side asks for.
fn asked(response: &Response) -> Option<Duration> {
    let said = response.header(&RETRY_AFTER)?;
    parse_retry_after(said, response.fetched_at)
}

/// A header whose name is written in the code.
pub(super) const fn name(name: &'static str) -> HeaderName {
    HeaderName::from_static(name)
}
