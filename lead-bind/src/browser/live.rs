//! Pages as they are watched.

use std::sync::Arc;

use futures::FutureExt as _;
use lead_core::Result;
pub use lead_core::browser::LiveEvent;
use lead_core::browser::LiveView;
use tokio::sync::Mutex;

use super::running::Running;
use crate::batches::{Batches, Door};

/// Somebody who looks. Batches are one event each: what came meanwhile is caught up with when the next is asked for, so who is slow
/// misses frames, never the last.
#[derive(Debug)]
pub struct LiveStream {
    view: Mutex<Option<LiveView>>,
    /// Looked at weakly: who looks keeps no browser alive.
    running: std::sync::Weak<Running>,
    door: Door,
}

impl LiveStream {
    pub(super) fn new(running: &Arc<Running>) -> Self {
        Self {
            view: Mutex::new(Some(running.browser.live())),
            running: Arc::downgrade(running),
            door: Door::new(),
        }
    }

    async fn event(&self) -> Option<Vec<LiveEvent>> {
        let mut view = self.view.lock().await;
        view.as_mut()?.next().await.map(|event| vec![event])
    }

    /// Nobody looks any more, so nothing is drawn. Whoever waits for an event is told first.
    async fn look_away(&self) {
        self.view.lock().await.take();
    }
}

impl Batches for LiveStream {
    type Item = LiveEvent;

    async fn next(&self) -> Result<Option<Vec<LiveEvent>>> {
        // The browsers may go meanwhile: their door is asked for again and again, not held.
        let watched = self.running.upgrade().map(|running| running.door.watch());
        let next = async {
            let came = match watched {
                Some(watched) => watched.before(self.event()).await,
                None => None,
            };
            // What was shown before the browsers went is still told to who is slow.
            Ok(came.or_else(|| self.event().now_or_never().flatten()))
        };
        let found = self.door.unless_closed(next).await?;
        if found.is_none() {
            self.look_away().await;
        }
        Ok(found)
    }

    async fn close(&self) {
        if self.door.is_at_home() {
            self.door.close();
            self.look_away().await;
        }
    }

    fn leave(&self) {
        if self.door.is_at_home() {
            self.door.close();
            // Otherwise whoever waits for an event looks away.
            if let Ok(mut view) = self.view.try_lock() {
                view.take();
            }
        }
    }
}

impl Drop for LiveStream {
    fn drop(&mut self) {
        if !self.door.is_at_home() {
            std::mem::forget(self.view.get_mut().take()); // its browsers are the parent's
        }
    }
}
