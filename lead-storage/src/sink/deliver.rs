//! The seam: where events go.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use lead_core::Result;

use super::Event;

/// What became of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It is there.
    Delivered,
    /// It may go through later.
    Again {
        /// Why not now: a code, a status; no values of the lead's.
        reason: String,
        /// How long the other side wants to be left alone, when it says so.
        after: Option<Duration>,
    },
    /// It never will.
    Refused {
        /// Why: a code, a field's name; no values of the lead's.
        reason: String,
    },
}

impl Outcome {
    /// It may go through later; the other side does not say when.
    pub fn again(reason: impl Into<String>) -> Self {
        Self::Again {
            reason: reason.into(),
            after: None,
        }
    }

    /// It never will.
    pub fn refused(reason: impl Into<String>) -> Self {
        Self::Refused {
            reason: reason.into(),
        }
    }
}

/// Hands events on to one place.
///
/// Requires of an implementation: an event that comes again (the same [`Event::id`], or the same lead) makes no second record there;
/// dropping the future stops the work.
pub trait Deliver: Send + Sync + Debug + 'static {
    /// How many events one call takes at most; at least 1.
    fn most(&self) -> usize;

    /// Hands on a batch; what became of each event, in their order.
    ///
    /// # Errors
    /// When the batch as a whole came to nothing: a temporary error has every event tried again, any other is taken as a refusal of
    /// each.
    fn deliver(&self, events: &[Event]) -> impl Future<Output = Result<Vec<Outcome>>> + Send;
}

trait DeliverDyn: Send + Sync + Debug {
    fn most(&self) -> usize;
    fn deliver<'a>(&'a self, events: &'a [Event]) -> BoxFuture<'a, Result<Vec<Outcome>>>;
}

impl<T: Deliver> DeliverDyn for T {
    fn most(&self) -> usize {
        Deliver::most(self)
    }
    fn deliver<'a>(&'a self, events: &'a [Event]) -> BoxFuture<'a, Result<Vec<Outcome>>> {
        Box::pin(Deliver::deliver(self, events))
    }
}

/// A cheaply cloned handle to any [`Deliver`].
#[derive(Clone, Debug)]
pub struct Sink(Arc<dyn DeliverDyn>);

impl Sink {
    /// Wraps a sink.
    pub fn new(deliver: impl Deliver) -> Self {
        Self(Arc::new(deliver))
    }
}

impl Deliver for Sink {
    fn most(&self) -> usize {
        self.0.most().max(1)
    }

    async fn deliver(&self, events: &[Event]) -> Result<Vec<Outcome>> {
        self.0.deliver(events).await
    }
}
