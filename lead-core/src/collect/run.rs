//! A run under way.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;

use crate::record::RunId;
use crate::seam::{Event, UnderWay};

/// A run under way: a stream of [`Event`]s that ends with [`Event::Done`].
///
/// The run goes no faster than its events are taken. Dropping it stops the run at once; what was committed stays, and the
/// run can be resumed.
#[derive(Debug)]
pub struct Run {
    id: RunId,
    events: UnderWay<Event>,
}

impl Run {
    pub(super) fn new(id: RunId, events: UnderWay<Event>) -> Self {
        Self { id, events }
    }

    /// Its id, to resume it by.
    pub fn id(&self) -> RunId {
        self.id
    }

    /// The next event; `None` after [`Event::Done`]. Cancel-safe.
    pub async fn next(&mut self) -> Option<Event> {
        self.events.next().await
    }

    /// Asks the run to stop: what is in flight is given up, and [`Event::Done`] comes soon.
    pub fn stop(&self) {
        self.events.stop();
    }

    /// A handle that stops the run, for a signal handler.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + 'static {
        self.events.stopper()
    }
}

impl Stream for Run {
    type Item = Event;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Event>> {
        Pin::new(&mut self.events).poll_next(cx)
    }
}
