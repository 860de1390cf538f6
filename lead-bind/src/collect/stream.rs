//! A collection as both languages follow it.

use lead_core::collect::Run;
use lead_core::record::RunId;
use lead_core::seam::{Event, Store, Summary};
use lead_core::{Error, ErrorKind, Result};
use serde::Serialize;

use super::options::{CollectOptions, LAST};
use crate::batches::Batches;
use crate::sources::Questions;
use crate::work::{Followed, Sorted, Work, error_of};

/// A collection under way. Dropping it ends the run; what its store holds stays.
#[derive(Debug)]
pub struct CollectStream {
    followed: Followed<Running>,
    questions: Questions,
}

/// What a collection has told beside its events.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Told {
    /// The run, to resume it by; none before it is planned.
    pub run: Option<RunId>,
    /// Sites visited.
    pub done: u64,
    /// Sites known.
    pub known: u64,
    /// What it came to, when it is over.
    pub summary: Option<Summary>,
}

/// A run, and the store that is closed with it.
#[derive(Debug)]
struct Running {
    run: Run,
    store: Store,
    over: bool,
    questions: Questions,
}

async fn begin(options: CollectOptions, questions: Questions) -> Result<Running> {
    let store = lead_storage::open_with(&options.store, options.mirror.as_deref()).await?;
    let own = match &options.tenant {
        Some(tenant) => store.tenant(tenant.clone()),
        None => store.clone(),
    };
    let mut collector = options.collector(own.clone())?;
    if let Some(which) = &options.resume {
        let none = || {
            Error::new(
                ErrorKind::NotFound,
                "collect",
                "there is no such run in this store",
            )
        };
        let run = match which.as_str() {
            LAST => own.runs().await?.first().copied().ok_or_else(none)?,
            id => id.parse()?,
        };
        collector = collector.resume(run);
    }
    let net = options.net;
    // Certificates are read, and the archive is looked at.
    let fetcher = tokio::task::spawn_blocking(move || net.fetcher())
        .await
        .map_err(|cause| Error::new(ErrorKind::Internal, "collect", "it cannot begin").because(cause))??;
    Ok(Running {
        run: collector.fetcher(fetcher).start().await?,
        store,
        over: false,
        questions,
    })
}

impl CollectStream {
    /// Begins a collection. What keeps it from beginning is told by the first [`Batches::next`]. `questions` are what its sources
    /// ask, if they ask by them.
    ///
    /// # Errors
    /// Those of [`runtime`](crate::runtime()).
    pub fn begin(options: CollectOptions, questions: Questions) -> Result<Self> {
        Ok(Self {
            followed: Followed::of(begin(options, questions.clone()))?,
            questions,
        })
    }

    /// What it has told beside its events.
    pub fn told(&self) -> Told {
        self.followed.told()
    }

    /// What its sources ask.
    pub fn questions(&self) -> &Questions {
        &self.questions
    }
}

impl Batches for CollectStream {
    type Item = Event;

    async fn next(&self) -> Result<Option<Vec<Event>>> {
        let next = self.followed.next().await;
        if !matches!(next, Ok(Some(_))) {
            self.questions.end();
        }
        next
    }

    async fn close(&self) {
        self.questions.end();
        self.followed.close().await;
    }

    fn leave(&self) {
        self.questions.end();
        self.followed.leave();
    }
}

impl Work for Running {
    type Event = Event;
    type Item = Event;
    type Told = Told;

    async fn next(&mut self) -> Option<Event> {
        let event = self.run.next().await;
        if event.is_none() && !self.over {
            self.over = true;
            self.questions.end();
            // One that is busy keeps its log beside the file, whole.
            self.store.close().await;
        }
        event
    }

    fn stop(&self) {
        self.run.stop();
    }

    fn sort(event: Event, told: &mut Told) -> Sorted<Event> {
        match &event {
            Event::Planned { run, .. } => told.run = Some(*run),
            Event::Progress { done, known, .. } => (told.done, told.known) = (*done, *known),
            Event::Done(summary) => told.summary = Some(summary.clone()),
            // The run cannot go on; what failed of it alone is an event.
            Event::Failed(failure) if failure.what == "collect" => {
                return Sorted::Failed(error_of("collect", failure));
            }
            _ => {}
        }
        Sorted::Item(event)
    }
}
