//! What is new and what says something else since a run or a moment.
//!
//! A store keeps every content of a record, so each lead is held against what it was ([`Lead::change_since`]): nothing is noted down
//! beforehand, and any moment will do.
//!
//! ```
//! use lead_storage::changes::Changes;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> lead_core::Result<()> {
//! # let store = lead_storage::open("memory://").await?;
//! let since = "2026-01-31T00:00:00Z".parse().unwrap();
//! let mut changes = Changes::since(since).filter("city:Lyon".parse()?).walk(&store);
//! while let Some(change) = changes.next().await? {
//!     println!("{}", serde_json::to_string(&change).unwrap());
//! }
//! assert_eq!(changes.compared().seen, 0);
//! # Ok(())
//! # }
//! ```

use std::collections::VecDeque;

use futures::{StreamExt as _, TryStreamExt as _, stream};
use lead_core::clock::Timestamp;
use lead_core::record::filter::{Comparison, Field, Filter, Scalar};
use lead_core::record::{Change, ChangeKind, Lead, LeadId, RunId};
use lead_core::seam::{LeadQuery, Store};
use lead_core::{Error, ErrorKind, Result};
use serde::Serialize;

/// Leads of a page: so many are held in memory at most.
const PAGE: usize = 200;

/// Leads whose sightings are read at a time.
const ABREAST: usize = 8;

/// Which leads to hold against what.
#[derive(Clone, Debug)]
pub struct Changes {
    since: Timestamp,
    filter: Filter,
}

/// How many leads were held against what they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Compared {
    /// Leads seen since then: the sum of the others.
    pub seen: u64,
    /// Those that nobody had seen before.
    pub new: u64,
    /// Those that say something else.
    pub changed: u64,
    /// Those that say the same as before.
    pub unchanged: u64,
}

impl Changes {
    /// Since this moment: what was seen at it or later is held against what was known before.
    pub fn since(moment: Timestamp) -> Self {
        Self {
            since: moment,
            filter: Filter::All,
        }
    }

    /// Since a run of this store began.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when the store knows no such run; those of the store.
    pub async fn since_run(store: &Store, run: RunId) -> Result<Self> {
        let known = store.checkpoint(run).await?;
        let started = known.and_then(|_| run.started());
        let says = "there is no such run in this store";
        let missing = || Error::new(ErrorKind::NotFound, "changes", says).with("run", run);
        started.map(Self::since).ok_or_else(missing)
    }

    /// Since what a text names: a run of this store, its latest (`last`), a day (`2026-01-31`), or a time.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when it is none of these; as [`Changes::since_run`].
    pub async fn since_text(store: &Store, text: &str) -> Result<Self> {
        if let Some(moment) = lead_core::clock::instant(text) {
            return Ok(Self::since(moment));
        }
        let run = if text == "last" {
            let says = "there is no run in this store";
            let missing = || Error::new(ErrorKind::NotFound, "changes", says);
            store.runs().await?.first().copied().ok_or_else(missing)?
        } else {
            let says = "wanted is a run's id, `last`, a day such as 2026-01-31 or a time such as 2026-01-31T09:30:00Z";
            text.parse().map_err(|_| Error::invalid("changes", says))?
        };
        Self::since_run(store, run).await
    }

    /// The moment leads are held against.
    pub fn moment(&self) -> Timestamp {
        self.since
    }

    /// Only leads that pass as they are now.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }

    /// Begins to go through the leads, in order of id.
    pub fn walk(&self, store: &Store) -> Walk {
        let seen = Filter::Compare(Field::Seen, Comparison::GreaterOrEqual, Scalar::Time(self.since));
        let filter = Filter::And(vec![self.filter.clone(), seen]);
        Walk {
            store: store.clone(),
            since: self.since,
            query: Some(LeadQuery::new(filter).limit(PAGE)),
            ready: VecDeque::new(),
            compared: Compared::default(),
        }
    }
}

/// Changes as they are found, a page of leads at a time: memory does not grow with the store.
#[derive(Debug)]
pub struct Walk {
    store: Store,
    since: Timestamp,
    /// `None` after the last page.
    query: Option<LeadQuery>,
    ready: VecDeque<Change>,
    compared: Compared,
}

impl Walk {
    /// The next lead that is new or says something else; `None` at the end. Leads go by key, so what is written meanwhile neither
    /// shifts nor repeats others. Cancel-safe.
    ///
    /// # Errors
    /// Those of the store; asking again goes on with the same page.
    pub async fn next(&mut self) -> Result<Option<Change>> {
        loop {
            if let Some(change) = self.ready.pop_front() {
                return Ok(Some(change));
            }
            let Some(query) = self.query.clone() else {
                return Ok(None);
            };
            let page = self.store.page(query.clone()).await?;
            let ids: Vec<LeadId> = page.leads.iter().map(|lead| lead.id).collect();
            let each = stream::iter(ids.into_iter().map(|id| self.compare(id)));
            let outcomes: Vec<Outcome> = each.buffered(ABREAST).try_collect().await?;
            for outcome in outcomes {
                self.count(outcome);
            }
            self.query = page.next.map(|next| query.after(Some(next)));
        }
    }

    /// How many leads were looked at so far.
    pub fn compared(&self) -> Compared {
        self.compared
    }

    fn compare(&self, id: LeadId) -> impl Future<Output = Result<Outcome>> + use<> {
        let (store, since) = (self.store.clone(), self.since);
        async move {
            let observations = store.observations(id).await?;
            // Derived from the same sightings, so that both sides are of one moment.
            Ok(match Lead::derive(&observations) {
                None => Outcome::Gone,
                Some(lead) => match lead.change_since(&observations, since) {
                    None => Outcome::Same,
                    Some(change) => Outcome::Other(Box::new(change)),
                },
            })
        }
    }

    fn count(&mut self, outcome: Outcome) {
        let count = match &outcome {
            Outcome::Gone => return,
            Outcome::Same => &mut self.compared.unchanged,
            Outcome::Other(change) if change.kind == ChangeKind::New => &mut self.compared.new,
            Outcome::Other(_) => &mut self.compared.changed,
        };
        *count += 1;
        self.compared.seen += 1;
        if let Outcome::Other(change) = outcome {
            self.ready.push_back(*change);
        }
    }
}

/// What came of a lead.
enum Outcome {
    /// It was erased since its page was read.
    Gone,
    Same,
    Other(Box<Change>),
}
