//! A collection as both languages follow it.

use lead_core::collect::{Collector, Refreshed, Run};
use lead_core::record::RunId;
use lead_core::seam::{Event, Summary};
use lead_core::{Error, ErrorKind, Result};
use serde::Serialize;
use tokio::task::JoinHandle;

use super::options::{CollectOptions, LAST};
use super::refresh::RefreshOptions;
use crate::batches::Batches;
use crate::net::Net;
use crate::place::Opened;
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
    /// What came of the sites that were visited again, when it is over.
    pub sites: Option<Refreshed>,
}

/// A run, and the store that is closed with it.
#[derive(Debug)]
struct Running {
    run: Run,
    opened: Opened,
    end: End,
    /// Whether it visits again: then it tells what came of the sites.
    again: bool,
    questions: Questions,
}

/// How far the end of a run is.
#[derive(Debug)]
enum End {
    NotYet,
    /// In a task of its own, so that whoever gives up waiting leaves nothing half closed.
    Near(JoinHandle<Option<Refreshed>>),
    Over,
}

/// What a run tells.
#[derive(Debug)]
enum Step {
    Event(Box<Event>),
    Sites(Refreshed),
}

async fn begin(options: CollectOptions, questions: Questions) -> Result<Running> {
    let opened = options.place.open().await?;
    let begun = match options.collector(opened.store().clone()) {
        Ok(collector) => started(collector, &opened, options.resume.as_deref(), options.net).await,
        Err(error) => Err(error),
    };
    running(begun, opened, questions, false).await
}

async fn begin_again(options: RefreshOptions) -> Result<Running> {
    let opened = options.place.open().await?;
    let collector = options.collector(opened.store().clone());
    let begun = started(collector, &opened, options.resume.as_deref(), options.net).await;
    running(begun, opened, Questions::default(), true).await
}

async fn running(begun: Result<Run>, opened: Opened, questions: Questions, again: bool) -> Result<Running> {
    match begun {
        Ok(run) => Ok(Running {
            run,
            opened,
            end: End::NotYet,
            again,
            questions,
        }),
        Err(error) => {
            opened.close().await;
            Err(error)
        }
    }
}

/// Starts a run, or goes on with one of the store.
async fn started(mut collector: Collector, opened: &Opened, resume: Option<&str>, net: Net) -> Result<Run> {
    if let Some(which) = resume {
        let says = "there is no such run in this store";
        let none = || Error::new(ErrorKind::NotFound, "collect", says);
        let run = match which {
            LAST => opened.store().runs().await?.first().copied().ok_or_else(none)?,
            id => id.parse()?,
        };
        collector = collector.resume(run);
    }
    // Certificates are read, and the archive is looked at.
    let fetcher = tokio::task::spawn_blocking(move || net.fetcher())
        .await
        .map_err(|cause| Error::new(ErrorKind::Internal, "collect", "it cannot begin").because(cause))??;
    collector.fetcher(fetcher).start().await
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

    /// Begins to visit again sites of leads that nobody has seen for long.
    ///
    /// # Errors
    /// Those of [`runtime`](crate::runtime()).
    pub fn refresh(options: RefreshOptions) -> Result<Self> {
        Ok(Self {
            followed: Followed::of(begin_again(options))?,
            questions: Questions::default(),
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
    type Event = Step;
    type Item = Event;
    type Told = Told;

    async fn next(&mut self) -> Option<Step> {
        if let End::NotYet = self.end {
            if let Some(event) = self.run.next().await {
                return Some(Step::Event(Box::new(event)));
            }
            self.questions.end();
            let (opened, run, again) = (self.opened.clone(), self.run.id(), self.again);
            self.end = End::Near(tokio::spawn(async move {
                let sites = if again {
                    Refreshed::read(opened.store(), run).await.ok()
                } else {
                    None
                };
                // One that is busy keeps its log beside the file, whole.
                opened.close().await;
                sites
            }));
        }
        let End::Near(task) = &mut self.end else {
            return None;
        };
        // Broken off only with the runtime, and then there is nobody to tell.
        let sites = task.await.ok().flatten();
        self.end = End::Over;
        sites.map(Step::Sites)
    }

    fn stop(&self) {
        self.run.stop();
    }

    fn sort(step: Step, told: &mut Told) -> Sorted<Event> {
        let event = match step {
            Step::Event(event) => *event,
            Step::Sites(sites) => {
                told.sites = Some(sites);
                return Sorted::Noted;
            }
        };
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
