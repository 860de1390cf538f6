//! Looking.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::{Feed, LiveEvent};

/// Somebody who looks at the pages of a [`Browser`](crate::browser::Browser). As many may as like.
///
/// Who is slow is not waited for: older events are dropped for them, and of those that wait, only the last frame of each page is
/// shown.
#[derive(Debug)]
pub struct LiveView {
    events: broadcast::Receiver<LiveEvent>,
    waiting: VecDeque<LiveEvent>,
}

impl LiveView {
    pub(in crate::browser) fn new(feed: &Arc<Feed>) -> Self {
        let (events, there) = feed.look();
        Self {
            events,
            waiting: there.into(),
        }
    }

    /// What happens next; `None` when the browsers are gone. Cancel-safe.
    pub async fn next(&mut self) -> Option<LiveEvent> {
        while self.waiting.is_empty() {
            match self.events.recv().await {
                Ok(event) => self.waiting.push_back(event),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
            self.catch_up();
        }
        self.waiting.pop_front()
    }

    /// Takes what is there, and drops the frames that newer ones have overtaken.
    fn catch_up(&mut self) {
        while let Ok(event) = self.events.try_recv() {
            if let LiveEvent::Frame(newer) = &event {
                let overtaken =
                    |event: &LiveEvent| matches!(event, LiveEvent::Frame(older) if older.page == newer.page);
                self.waiting.retain(|event| !overtaken(event));
            }
            self.waiting.push_back(event);
        }
    }
}
