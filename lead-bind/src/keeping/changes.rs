//! Changes as both languages follow them.

use lead_core::record::Change;
use lead_core::record::filter::Filter;
use lead_core::{Error, Result};
pub use lead_storage::changes::Compared;
use lead_storage::changes::{Changes, Walk};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use crate::given::{self, Unknown, all_known};
use crate::place::Place;
use crate::work::{Followed, Sorted, Work};

/// Changes ahead of who reads them.
const AHEAD: usize = 64;

/// What is asked, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    store: Option<String>,
    tenant: Option<String>,
    since: Option<String>,
    filter: Option<String>,
    #[serde(flatten)]
    unknown: Unknown,
}

/// Which changes of which store.
#[derive(Clone, Debug)]
pub struct ChangesOptions {
    place: Place,
    since: String,
    filter: Filter,
}

impl ChangesOptions {
    /// Reads options; their names are those of the flags of `lead changes`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a value that means nothing, and without a store or a
    /// moment.
    pub fn read(json: &str) -> Result<Self> {
        let given: Given = given::read("changes", json)?;
        all_known("changes", &given.unknown)?;
        let says = "a run, a day or a time is wanted: last, 2026-01-31";
        let missing = || Error::invalid("changes", says).with("option", "since");
        Ok(Self {
            place: Place::read("changes", given.store, given.tenant.as_deref())?,
            since: given.since.ok_or_else(missing)?,
            filter: Filter::parse(given.filter.as_deref().unwrap_or_default())?,
        })
    }
}

/// Changes being found. Dropping it ends the search.
pub type ChangesStream = Followed<Running>;

/// What a search has told beside its changes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Told {
    /// How many leads were held against what they were, when it is over.
    pub compared: Option<Compared>,
}

/// What a search tells.
#[derive(Debug)]
pub enum Event {
    /// A lead that is new or says something else.
    Change(Box<Change>),
    /// It ended before its end.
    Failed(Error),
    /// It is over.
    Done(Compared),
}

/// A search under way, on a task of its own: whoever looks whether there is more breaks no page off.
#[derive(Debug)]
pub struct Running {
    events: mpsc::Receiver<Event>,
    task: AbortHandle,
}

async fn begin(options: ChangesOptions) -> Result<Running> {
    let opened = options.place.open().await?;
    let since = Changes::since_text(opened.store(), &options.since).await;
    let changes = match since {
        Ok(changes) => changes.filter(options.filter),
        Err(error) => {
            opened.close().await;
            return Err(error);
        }
    };
    let (sender, events) = mpsc::channel(AHEAD);
    let task = tokio::spawn(async move {
        let mut walk = changes.walk(opened.store());
        let last = tell(&mut walk, &sender).await;
        opened.close().await;
        // Whoever listens no more need not be told.
        let _ = sender.send(last).await;
    });
    Ok(Running {
        events,
        task: task.abort_handle(),
    })
}

/// Tells each change; the last event.
async fn tell(walk: &mut Walk, events: &mpsc::Sender<Event>) -> Event {
    loop {
        match walk.next().await {
            Ok(Some(change)) => {
                if events.send(Event::Change(Box::new(change))).await.is_err() {
                    return Event::Done(walk.compared());
                }
            }
            Ok(None) => return Event::Done(walk.compared()),
            Err(error) => return Event::Failed(error),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl ChangesStream {
    /// Begins to look. What keeps it from beginning is told by the first [`next`](crate::batches::Batches::next).
    ///
    /// # Errors
    /// Those of [`runtime`](crate::runtime()).
    pub fn begin(options: ChangesOptions) -> Result<Self> {
        Self::of(begin(options))
    }
}

impl Work for Running {
    type Event = Event;
    type Item = Change;
    type Told = Told;

    async fn next(&mut self) -> Option<Event> {
        self.events.recv().await
    }

    fn stop(&self) {
        self.task.abort();
    }

    fn sort(event: Event, told: &mut Told) -> Sorted<Change> {
        match event {
            Event::Change(change) => return Sorted::Item(*change),
            Event::Failed(error) => return Sorted::Failed(error),
            Event::Done(compared) => told.compared = Some(compared),
        }
        Sorted::Noted
    }
}

#[cfg(test)]
mod tests {
    use lead_core::ErrorKind;

    use super::*;

    #[test]
    fn a_store_and_a_moment_are_wanted() {
        let refused = |json: &str| ChangesOptions::read(json).unwrap_err().kind();
        for json in [
            r#"{"since": "last"}"#,
            r#"{"store": "memory://"}"#,
            r#"{"store": "memory://", "since": "last", "filter": "nothing:1"}"#,
            r#"{"store": "memory://", "since": "last", "colour": "red"}"#,
        ] {
            assert_eq!(refused(json), ErrorKind::InvalidInput, "{json}");
        }
        assert!(ChangesOptions::read(r#"{"store": "memory://", "since": "last"}"#).is_ok());
    }
}
