//! Handing on, round after round, as both languages follow it.

use lead_core::{Error, Result};
use lead_storage::sink::{Report, Sinks as Inner};
use serde::Serialize;
use tokio::sync::{mpsc, watch};

use super::options::Sinks;
use crate::place::Opened;
use crate::work::{Followed, Sorted, Work};

/// Rounds that follow each other. Dropping it ends them after the one that is under way.
pub type Rounds = Followed<Running>;

/// What rounds have told beside their reports.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Told {
    /// How many there were.
    pub rounds: u64,
}

/// What a round tells.
#[derive(Debug)]
pub enum Event {
    /// It is over.
    Round(Report),
    /// It could not be done, and will not be by waiting.
    Failed(Error),
}

/// Rounds under way, on a task of their own.
#[derive(Debug)]
pub struct Running {
    events: mpsc::Receiver<Event>,
    stop: watch::Sender<bool>,
}

async fn begin(sinks: Sinks) -> Result<Running> {
    let (opened, inner) = sinks.open().await?;
    // No faster than reports are taken.
    let (sender, events) = mpsc::channel(1);
    let (stop, told) = watch::channel(false);
    tokio::spawn(rounds(opened, inner, sinks.every, sender, told));
    Ok(Running { events, stop })
}

async fn rounds(
    opened: Opened,
    sinks: Inner,
    every: std::time::Duration,
    events: mpsc::Sender<Event>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let event = match sinks.once().await {
            // Busy: another round may find it free.
            Err(error) if error.is_retryable() => None,
            Err(error) => Some(Event::Failed(error)),
            Ok(report) => Some(Event::Round(report)),
        };
        let is_last = matches!(event, Some(Event::Failed(_)));
        if let Some(event) = event
            && events.send(event).await.is_err()
        {
            break;
        }
        if is_last {
            break;
        }
        // Whoever stops may be gone, which is a stop too.
        let nap = tokio::time::timeout(every, stop.wait_for(|stop| *stop));
        if nap.await.is_ok() {
            break;
        }
    }
    opened.close().await;
}

impl Rounds {
    /// Begins. What keeps it from beginning is told by the first [`next`](crate::batches::Batches::next).
    ///
    /// # Errors
    /// Those of [`runtime`](crate::runtime()).
    pub fn begin(sinks: Sinks) -> Result<Self> {
        Self::of(begin(sinks))
    }
}

impl Work for Running {
    type Event = Event;
    type Item = Report;
    type Told = Told;

    async fn next(&mut self) -> Option<Event> {
        self.events.recv().await
    }

    fn stop(&self) {
        self.stop.send_replace(true);
    }

    fn sort(event: Event, told: &mut Told) -> Sorted<Report> {
        match event {
            Event::Round(report) => {
                told.rounds += 1;
                Sorted::Item(report)
            }
            Event::Failed(error) => Sorted::Failed(error),
        }
    }
}
