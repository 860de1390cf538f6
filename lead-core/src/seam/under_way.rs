//! Long work under way: a stream of what it tells.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

/// Events that wait for their reader; when they are full the work waits too.
const EVENTS_AHEAD: usize = 256;

/// Long work under way: a stream of its events.
///
/// It goes no faster than its events are taken. Dropping it stops the work at once; what was committed stays.
#[derive(Debug)]
pub struct UnderWay<E> {
    events: mpsc::Receiver<E>,
    stop: watch::Sender<bool>,
    work: JoinHandle<()>,
}

impl<E: Send + 'static> UnderWay<E> {
    /// Begins `work` on the current tokio runtime. It is handed where to tell its events, and whether it shall stop.
    pub(crate) fn begin<F>(work: impl FnOnce(mpsc::Sender<E>, Stop) -> F) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (sender, events) = mpsc::channel(EVENTS_AHEAD);
        let (stop, stopped) = watch::channel(false);
        Self {
            events,
            stop,
            work: tokio::spawn(work(sender, Stop(stopped))),
        }
    }

    /// The next event; `None` when it is over. Cancel-safe.
    pub async fn next(&mut self) -> Option<E> {
        self.events.recv().await
    }

    /// Asks it to stop: what is in flight is given up, and its last event comes soon.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// A handle that stops it, for a signal handler.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + use<E> + 'static {
        let stop = self.stop.clone();
        move || {
            stop.send_replace(true);
        }
    }
}

impl<E> Stream for UnderWay<E> {
    type Item = E;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<E>> {
        self.events.poll_recv(cx)
    }
}

impl<E> Drop for UnderWay<E> {
    fn drop(&mut self) {
        self.work.abort();
    }
}

/// Whether work shall stop.
#[derive(Clone, Debug)]
pub(crate) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Waits until somebody asks it to stop; for ever when nobody can any more. Cancel-safe.
    pub(crate) async fn asked(&mut self) {
        if self.0.wait_for(|stop| *stop).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
