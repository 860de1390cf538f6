//! A transport without a network: it answers as a test says, after as long as a test says.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};
use lead_core::Result;
use lead_core::clock::{Clock, Timestamp};
use lead_core::record::SafeUrl;
use lead_core::seam::{Fetch, Purpose, Request, Response};
use tokio::time::Instant;

/// What one attempt meets: so long it takes, and this comes of it.
pub(crate) type Act = (Duration, Result<Response>);

type Script = dyn Fn(&Request, usize) -> Act + Send + Sync;

#[derive(Clone)]
pub(crate) struct Fake {
    script: Arc<Script>,
    log: Arc<Mutex<Vec<(Instant, Request)>>>,
}

impl Fake {
    /// Answers each request by `script`, which is told how many were made before.
    pub(crate) fn new(script: impl Fn(&Request, usize) -> Act + Send + Sync + 'static) -> Self {
        Self {
            script: Arc::new(script),
            log: Arc::default(),
        }
    }

    /// The requests so far, robots.txt left out, with when they were made.
    pub(crate) fn log(&self) -> Vec<(Instant, Request)> {
        let log = self.log.lock().unwrap().clone();
        log.into_iter()
            .filter(|(_, request)| request.purpose != Purpose::Robots)
            .collect()
    }

    /// Every URL asked for.
    pub(crate) fn urls(&self) -> Vec<String> {
        self.log
            .lock()
            .unwrap()
            .iter()
            .map(|(_, request)| request.url.to_string())
            .collect()
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fake")
    }
}

impl Fetch for Fake {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let before = self.log().len();
        self.log.lock().unwrap().push((Instant::now(), request.clone()));
        let (time, result) = (self.script)(&request, before);
        tokio::time::sleep(time).await;
        result
    }
}

pub(crate) fn url(text: &str) -> SafeUrl {
    SafeUrl::parse(text).unwrap()
}

/// An answer at once, at the fixed time of [`clock`].
pub(crate) fn answer(request: &Request, status: u16, headers: &[(&'static str, &str)], body: &str) -> Act {
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
        .collect();
    let status = StatusCode::from_u16(status).unwrap();
    let body = Bytes::from(body.to_owned());
    (
        Duration::ZERO,
        Ok(Response::new(request.url.clone(), status, headers, body, now())),
    )
}

pub(crate) fn now() -> Timestamp {
    "2026-01-31T09:30:00Z".parse().unwrap()
}

/// A clock that starts at [`now`] and goes with the runtime's paused time.
pub(crate) fn clock() -> Clock {
    let start = Instant::now();
    Clock::from_fn(move || now() + start.elapsed())
}
