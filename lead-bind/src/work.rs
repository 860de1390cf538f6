//! Long work of any kind as both languages follow it: begun on the runtime, followed in batches, ended in good order.

use std::fmt::Debug;
use std::sync::{Arc, Mutex as Plain, PoisonError};

use futures::FutureExt;
use lead_core::seam::Failure;
use lead_core::{Error, ErrorKind, Result};
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use crate::batches::{Batches, Door};

/// Items that cross at once, at most.
const MOST: usize = 64;

/// Work under way: a stream of events, some of them items to hand over, the others told of on the side.
pub trait Work: Debug + Send + Sized + 'static {
    /// What it tells.
    type Event: Send;
    /// What is handed over.
    type Item: Send + 'static;
    /// What has been told beside the items.
    type Told: Clone + Debug + Default + Send + 'static;

    /// The next event; `None` when it is over. Cancel-safe.
    fn next(&mut self) -> impl Future<Output = Option<Self::Event>> + Send;

    /// Asks it to stop: its last events come soon.
    fn stop(&self);

    /// What an event is, noting what it tells beside.
    fn sort(event: Self::Event, told: &mut Self::Told) -> Sorted<Self::Item>;
}

/// What an event is.
#[derive(Debug)]
pub enum Sorted<T> {
    /// Something to hand over.
    Item(T),
    /// What ended the work, told when everything before it was handed over.
    Failed(Error),
    /// It was noted.
    Noted,
}

/// Work that is followed in batches. Dropping it ends the work; what its journal or store holds stays.
#[derive(Debug)]
pub struct Followed<W: Work> {
    shared: Arc<Shared<W>>,
    runtime: Handle,
}

#[derive(Debug)]
struct Shared<W: Work> {
    state: Mutex<State<W>>,
    told: Plain<W::Told>,
    door: Door,
}

#[derive(Debug)]
enum State<W> {
    Beginning(JoinHandle<Result<W>>),
    /// The work, and what ended it, until its last event has come.
    Running(Box<W>, Option<Error>),
    /// What ended it is still to be told.
    Failed(Error),
    Over,
}

impl<W: Work> Followed<W> {
    /// Begins work. What keeps it from beginning is told by the first [`Batches::next`].
    ///
    /// # Errors
    /// Those of [`runtime`](crate::runtime()).
    pub(crate) fn of(work: impl Future<Output = Result<W>> + Send + 'static) -> Result<Self> {
        let runtime = crate::runtime()?;
        let shared = Shared {
            state: Mutex::new(State::Beginning(runtime.spawn(work))),
            told: Plain::default(),
            door: Door::new(),
        };
        Ok(Self {
            shared: Arc::new(shared),
            runtime,
        })
    }

    /// Ends it in a task of its own: whoever gives up waiting leaves no folder unlocked while the work still goes on.
    fn wind_up(&self) -> JoinHandle<()> {
        let shared = Arc::clone(&self.shared);
        self.runtime.spawn(async move { shared.wind_up().await })
    }

    /// What it has told beside its items.
    pub fn told(&self) -> W::Told {
        self.shared.told().clone()
    }
}

impl<W: Work> Batches for Followed<W> {
    type Item = W::Item;

    async fn next(&self) -> Result<Option<Vec<W::Item>>> {
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

impl<W: Work> Drop for Followed<W> {
    fn drop(&mut self) {
        if self.shared.door.is_at_home() {
            self.leave();
        } else {
            // What is in it is the parent's: its threads, its connections, the lock of its folder.
            std::mem::forget(Arc::clone(&self.shared));
        }
    }
}

impl<W: Work> Shared<W> {
    fn told(&self) -> std::sync::MutexGuard<'_, W::Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn next(&self) -> Result<Option<Vec<W::Item>>> {
        let mut state = self.state.lock().await;
        if let State::Beginning(beginning) = &mut *state {
            let begun = beginning.await.unwrap_or_else(|cause| Err(broken(cause)));
            *state = match begun {
                Ok(running) => State::Running(Box::new(running), None),
                Err(error) => State::Failed(error),
            };
        }
        loop {
            match &mut *state {
                State::Running(work, failed) => {
                    let first = work.next().await;
                    let (items, over) = self.take(work, failed, first);
                    if over {
                        *state = failed.take().map_or(State::Over, State::Failed);
                    }
                    if !items.is_empty() {
                        return Ok(Some(items));
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

    /// The items that are there without a wait, so that what was taken is handed over; and whether the work is over.
    fn take(
        &self,
        work: &mut W,
        failed: &mut Option<Error>,
        first: Option<W::Event>,
    ) -> (Vec<W::Item>, bool) {
        let (mut items, mut event) = (Vec::new(), first);
        loop {
            let Some(told) = event else { return (items, true) };
            match W::sort(told, &mut self.told()) {
                Sorted::Item(item) => items.push(item),
                Sorted::Failed(error) => *failed = Some(error),
                Sorted::Noted => {}
            }
            if items.len() >= MOST {
                return (items, false);
            }
            match work.next().now_or_never() {
                Some(next) => event = next,
                None => return (items, false),
            }
        }
    }

    /// Stops the work in good order: its journal is written, its folder free when this is over.
    async fn wind_up(&self) {
        let mut state = self.state.lock().await;
        let mut work = match std::mem::replace(&mut *state, State::Over) {
            State::Running(work, _) => work,
            State::Beginning(beginning) => {
                beginning.abort();
                match beginning.await {
                    Ok(Ok(work)) => Box::new(work),
                    _ => return,
                }
            }
            State::Failed(_) | State::Over => return,
        };
        work.stop();
        while let Some(event) = work.next().await {
            let _ = W::sort(event, &mut self.told());
        }
    }
}

fn broken(cause: tokio::task::JoinError) -> Error {
    Error::new(ErrorKind::Internal, "begin", "the work broke off").because(cause)
}

/// The error that a failure was made of, as far as it tells.
pub(crate) fn error_of(operation: &'static str, failure: &Failure) -> Error {
    let kind = failure.kind();
    let told = failure.reason.strip_prefix(kind.code());
    let message = told
        .and_then(|told| told.split_once(": "))
        .map(|(_, message)| message);
    Error::new(kind, operation, message.unwrap_or(&failure.reason))
}
