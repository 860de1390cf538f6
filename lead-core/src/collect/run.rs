//! A run under way.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::record::RunId;
use crate::seam::Event;

/// A run under way: a stream of [`Event`]s that ends with [`Event::Done`].
///
/// The run goes no faster than its events are taken. Dropping it stops the run at once; what was committed stays, and the
/// run can be resumed.
#[derive(Debug)]
pub struct Run {
    id: RunId,
    events: mpsc::Receiver<Event>,
    stop: watch::Sender<bool>,
    driver: JoinHandle<()>,
}

impl Run {
    pub(super) fn new(
        id: RunId,
        events: mpsc::Receiver<Event>,
        stop: watch::Sender<bool>,
        driver: JoinHandle<()>,
    ) -> Self {
        Self {
            id,
            events,
            stop,
            driver,
        }
    }

    /// Its id, to resume it by.
    pub fn id(&self) -> RunId {
        self.id
    }

    /// The next event; `None` after [`Event::Done`]. Cancel-safe.
    pub async fn next(&mut self) -> Option<Event> {
        self.events.recv().await
    }

    /// Asks the run to stop: what is in flight is given up, and [`Event::Done`] comes soon.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// A handle that stops the run, for a signal handler.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + 'static {
        let stop = self.stop.clone();
        move || {
            stop.send_replace(true);
        }
    }
}

impl Stream for Run {
    type Item = Event;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Event>> {
        self.events.poll_recv(cx)
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.driver.abort();
    }
}
