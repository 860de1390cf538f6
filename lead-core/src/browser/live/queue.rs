//! What waits for one who looks.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::LiveEvent;

/// So many events wait at most: then the page whose turn is longest ago is dropped, whole.
const WAITING: usize = 256;

/// Events for one who looks, who may be slow: of the frames of a page the last alone waits.
#[derive(Debug, Default)]
pub(super) struct Queue {
    inner: Mutex<Inner>,
    wake: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    events: VecDeque<LiveEvent>,
    ended: bool,
}

impl Queue {
    pub(super) fn push(&self, event: LiveEvent) {
        let mut inner = self.inner();
        let events = &mut inner.events;
        if let LiveEvent::Frame(newer) = &event {
            events.retain(|event| !matches!(event, LiveEvent::Frame(older) if older.page == newer.page));
        }
        events.push_back(event);
        if events.len() > WAITING
            && let Some(page) = events.front().map(LiveEvent::page)
        {
            events.retain(|event| event.page() != page);
        }
        drop(inner);
        self.wake.notify_one();
    }

    /// Nothing comes any more.
    pub(super) fn end(&self) {
        self.inner().ended = true;
        self.wake.notify_one();
    }

    /// What is next; `None` at the end. Cancel-safe. For one at a time.
    pub(super) async fn next(&self) -> Option<LiveEvent> {
        loop {
            {
                let mut inner = self.inner();
                if let Some(event) = inner.events.pop_front() {
                    return Some(event);
                }
                if inner.ended {
                    return None;
                }
            }
            self.wake.notified().await;
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
