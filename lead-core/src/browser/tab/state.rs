//! What is known of a page while it is visited: kept by the watcher, waited on by the visit.

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tokio::sync::watch;
use tokio::time::Instant;

/// The head of what the server sent as the page.
#[derive(Clone, Debug)]
pub(in crate::browser) struct Head {
    pub(in crate::browser) status: StatusCode,
    pub(in crate::browser) headers: HeaderMap,
    /// The body as it was sent, when it is nothing that a browser renders.
    pub(in crate::browser) raw: Option<Vec<u8>>,
    /// Whether the navigation ends with the head: a redirect, or something that is not rendered.
    pub(in crate::browser) ends: bool,
}

/// What is known.
#[derive(Debug, Default)]
pub(super) struct State {
    /// What the server sent as the page, once it did.
    pub(super) head: Option<Head>,
    /// Whether the page has fired its `load` event.
    pub(super) loaded: bool,
    /// Requests under way.
    pub(super) under_way: usize,
    /// Requests begun so far.
    pub(super) begun: usize,
    /// Where the page itself went, or wanted to go.
    pub(super) onward: Option<String>,
    /// How often it was loaded anew by itself.
    pub(super) reloads: u32,
    /// What was sent is no page, and could not be read.
    pub(super) unread: Option<String>,
    /// Its process crashed.
    pub(super) crashed: bool,
    /// Frames that are processes of their own: session and frame.
    pub(super) frames: Vec<(String, String)>,
}

impl State {
    /// Whether something ended the visit early.
    pub(super) fn is_over(&self) -> bool {
        self.crashed
            || self.unread.is_some()
            || self.onward.is_some()
            || self.head.as_ref().is_some_and(|head| head.ends)
    }

    /// A new document begins.
    pub(super) fn reload(&mut self) {
        self.reloads += 1;
        self.head = None;
        self.loaded = false;
    }
}

/// Waits until `met`, the visit is over, or `end`. Whether it was met.
pub(super) async fn wait(
    state: &mut watch::Receiver<State>,
    end: Instant,
    met: impl Fn(&State) -> bool,
) -> bool {
    let over = state.wait_for(|state| met(state) || state.is_over());
    match tokio::time::timeout_at(end, over).await {
        Ok(Ok(state)) => met(&state),
        Ok(Err(_)) | Err(_) => false,
    }
}

/// What is left until `end`, in whole milliseconds.
pub(super) fn left(end: Instant) -> Duration {
    Duration::from_millis(
        end.saturating_duration_since(Instant::now())
            .as_millis()
            .try_into()
            .unwrap_or(u64::MAX),
    )
}
