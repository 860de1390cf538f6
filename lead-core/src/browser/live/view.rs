//! Looking.

use std::sync::Arc;

use super::queue::Queue;
use super::{Feed, LiveEvent};

/// Somebody who looks at the pages of a [`Browser`](crate::browser::Browser). As many may as like.
///
/// Who is slow is not waited for: of the frames of a page that wait for them, only the last is shown, and who is very slow misses whole
/// pages, the oldest first.
#[derive(Debug)]
pub struct LiveView(Arc<Queue>);

impl LiveView {
    pub(in crate::browser) fn new(feed: &Arc<Feed>) -> Self {
        Self(feed.look())
    }

    /// What happens next; `None` when the browsers are [closed](crate::browser::Browser::close) or gone. Cancel-safe.
    pub async fn next(&mut self) -> Option<LiveEvent> {
        self.0.next().await
    }
}
