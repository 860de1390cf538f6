//! The bounds.

use std::time::Duration;

/// Bounds of a request.
///
/// ```
/// use std::time::Duration;
/// use lead_core::service::{Bounds, BoundsLayer};
///
/// let layer = BoundsLayer::new(Bounds::new().body(64 * 1024).answer_within(Duration::from_secs(5)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bounds {
    /// Bytes of a body, 1 MiB unless told otherwise.
    pub body: u64,
    /// Time in which a body must have come whole, counted from the head; 30 s unless told otherwise.
    pub read_within: Duration,
    /// Time in which an answer must begin, reading included; a minute unless told otherwise.
    pub answer_within: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            body: 1024 * 1024,
            read_within: Duration::from_secs(30),
            answer_within: Duration::from_mins(1),
        }
    }
}

impl Bounds {
    /// The bounds that hold unless told otherwise.
    pub fn new() -> Self {
        Self::default()
    }

    /// So many bytes of a body.
    pub fn body(mut self, bytes: u64) -> Self {
        self.body = bytes;
        self
    }

    /// A body must have come whole within this time.
    pub fn read_within(mut self, time: Duration) -> Self {
        self.read_within = time;
        self
    }

    /// An answer must begin within this time.
    pub fn answer_within(mut self, time: Duration) -> Self {
        self.answer_within = time;
        self
    }
}
