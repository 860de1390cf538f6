//! A crawl as both languages follow it.

use std::sync::{Arc, Mutex as Plain, PoisonError};

use futures::FutureExt;
use lead_core::crawl::{CrawlEvent, CrawlSummary, CrawledPage};
use lead_core::seam::Failure;
use lead_core::{Error, ErrorKind, Result};
use serde::Serialize;
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use super::begin::{Running, begin};
use super::options::CrawlOptions;
use crate::batches::{Batches, Door};

/// Pages that cross at once, at most.
const MOST: usize = 64;

/// A crawl under way. Dropping it ends the crawl; what its journal holds stays.
#[derive(Debug)]
pub struct CrawlStream {
    shared: Arc<Shared>,
    runtime: Handle,
}

/// What a crawl has told beside its pages.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Told {
    /// Addresses asked.
    pub done: u64,
    /// Addresses that wait.
    pub pending: u64,
    /// Hosts met.
    pub hosts: u64,
    /// What it came to, when it is over.
    pub summary: Option<CrawlSummary>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    told: Plain<Told>,
    door: Door,
}

#[derive(Debug)]
enum State {
    Beginning(JoinHandle<Result<Running>>),
    Running(Box<Running>),
    /// What ended it is still to be told.
    Failed(Error),
    Over,
}

impl CrawlStream {
    /// Begins a crawl. What keeps it from beginning is told by the first [`Batches::next`].
    ///
    /// # Errors
    /// Those of [`runtime`](crate::runtime()).
    pub fn begin(options: CrawlOptions) -> Result<Self> {
        let runtime = crate::runtime()?;
        let shared = Shared {
            state: Mutex::new(State::Beginning(runtime.spawn(begin(options)))),
            told: Plain::default(),
            door: Door::new(),
        };
        Ok(Self {
            shared: Arc::new(shared),
            runtime,
        })
    }

    /// Ends it in a task of its own: whoever gives up waiting leaves no folder unlocked while the crawl still goes on.
    fn wind_up(&self) -> JoinHandle<()> {
        let shared = Arc::clone(&self.shared);
        self.runtime.spawn(async move { shared.wind_up().await })
    }

    /// What it has told beside its pages.
    pub fn told(&self) -> Told {
        self.shared.told().clone()
    }
}

impl Batches for CrawlStream {
    type Item = CrawledPage;

    async fn next(&self) -> Result<Option<Vec<CrawledPage>>> {
        self.shared.door.unless_closed(self.shared.next()).await
    }

    async fn close(&self) {
        if self.shared.door.is_at_home() {
            self.shared.door.close();
            // Broken off only with the runtime, and then there is nobody to tell.
            let _ = self.wind_up().await;
        }
    }

    fn leave(&self) {
        if self.shared.door.is_at_home() && self.shared.door.close() {
            drop(self.wind_up());
        }
    }
}

impl Drop for CrawlStream {
    fn drop(&mut self) {
        if self.shared.door.is_at_home() {
            self.leave();
        } else {
            // What is in it is the parent's: its threads, its connections, the lock of its folder.
            std::mem::forget(Arc::clone(&self.shared));
        }
    }
}

impl Shared {
    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn next(&self) -> Result<Option<Vec<CrawledPage>>> {
        let mut state = self.state.lock().await;
        if let State::Beginning(beginning) = &mut *state {
            let begun = beginning.await.unwrap_or_else(|cause| Err(broken(cause)));
            *state = match begun {
                Ok(running) => State::Running(Box::new(running)),
                Err(error) => State::Failed(error),
            };
        }
        loop {
            match &mut *state {
                State::Running(running) => {
                    let first = running.crawl.next().await;
                    let (pages, over) = self.take(running, first);
                    if over {
                        *state = running.failed.take().map_or(State::Over, State::Failed);
                    }
                    if !pages.is_empty() {
                        return Ok(Some(pages));
                    }
                }
                State::Failed(_) => {
                    if let State::Failed(error) = std::mem::replace(&mut *state, State::Over) {
                        return Err(error);
                    }
                }
                _ => return Ok(None),
            }
        }
    }

    /// The pages that are there without a wait, so that what was taken is handed over; and whether the crawl is over.
    fn take(&self, running: &mut Running, first: Option<CrawlEvent>) -> (Vec<CrawledPage>, bool) {
        let (mut pages, mut event) = (Vec::new(), first);
        loop {
            match event {
                None => return (pages, true),
                Some(CrawlEvent::Page(page)) => pages.push(*page),
                Some(CrawlEvent::Failed(failure)) => running.failed = Some(error_of(&failure)),
                Some(other) => self.note(other),
            }
            if pages.len() >= MOST {
                return (pages, false);
            }
            match running.crawl.next().now_or_never() {
                Some(next) => event = next,
                None => return (pages, false),
            }
        }
    }

    /// Stops the crawl in good order: its journal is written, its folder free when this is over.
    async fn wind_up(&self) {
        let mut state = self.state.lock().await;
        let mut running = match std::mem::replace(&mut *state, State::Over) {
            State::Running(running) => running,
            State::Beginning(beginning) => {
                beginning.abort();
                match beginning.await {
                    Ok(Ok(running)) => Box::new(running),
                    _ => return,
                }
            }
            State::Failed(_) | State::Over => return,
        };
        running.crawl.stop();
        while let Some(event) = running.crawl.next().await {
            self.note(event);
        }
    }

    fn note(&self, event: CrawlEvent) {
        let mut told = self.told();
        match event {
            CrawlEvent::Progress { done, pending, hosts } => {
                (told.done, told.pending, told.hosts) = (done, pending, hosts);
            }
            CrawlEvent::Done(summary) => {
                (told.done, told.pending, told.hosts) = (summary.asked(), 0, summary.hosts);
                told.summary = Some(summary);
            }
            _ => {}
        }
    }
}

fn broken(cause: tokio::task::JoinError) -> Error {
    Error::new(ErrorKind::Internal, "crawl", "the crawl broke off").because(cause)
}

/// The error that a failure was made of, as far as it tells.
fn error_of(failure: &Failure) -> Error {
    let kind = failure.kind();
    let told = failure.reason.strip_prefix(kind.code());
    let message = told
        .and_then(|told| told.split_once(": "))
        .map(|(_, message)| message);
    Error::new(kind, "crawl", message.unwrap_or(&failure.reason))
}
