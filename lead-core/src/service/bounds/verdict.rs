//! What a body did while the service read it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use http::StatusCode;

use crate::service::Problem;

const FINE: u8 = 0;
const TOO_LARGE: u8 = 1;
const TOO_SLOW: u8 = 2;

/// Shared by a body and the layer that waits for the answer: whatever the service made of the error, the layer knows.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict(Arc<AtomicU8>);

impl Verdict {
    pub(super) fn too_large(&self) {
        self.0.store(TOO_LARGE, Ordering::Relaxed);
    }

    pub(super) fn too_slow(&self) {
        self.0.store(TOO_SLOW, Ordering::Relaxed);
    }

    /// The answer, when the body broke a bound.
    pub(super) fn problem(&self) -> Option<Problem> {
        match self.0.load(Ordering::Relaxed) {
            FINE => None,
            TOO_SLOW => Some(
                Problem::new(StatusCode::REQUEST_TIMEOUT)
                    .code("TIMEOUT")
                    .detail("the body came too slowly"),
            ),
            _ => Some(too_large()),
        }
    }
}

/// More than may be sent at once.
pub(super) fn too_large() -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE)
        .code("TOO_LARGE")
        .detail("more than may be sent at once")
}
