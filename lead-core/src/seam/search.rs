//! From a query to listings.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use futures::future::BoxFuture;
use futures::stream::{self, BoxStream, TryStreamExt};
use serde::{Deserialize, Serialize};

use super::{Context, Failure};
use crate::record::{Listing, Query, SafeUrl, SourceId};
use crate::{Error, Result};

/// On what terms a source may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Terms {
    /// Open data: anybody may ask, attribution is due.
    Open,
    /// With a key of the user's.
    ApiKey,
    /// Its terms or robots.txt restrict programs: only when the user opts in, with the reason recorded.
    Restricted,
    /// The user's own list or files.
    Own,
}

/// What a source is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceInfo {
    /// Its name for people.
    pub name: String,
    /// On what terms it may be asked.
    pub terms: Terms,
    /// Licence of its data, when it has one.
    pub licence: Option<String>,
    /// The attribution its licence asks for.
    pub attribution: Option<String>,
    /// Whether it goes by the words alone, so that other words for the same may find more.
    pub by_words: bool,
    /// Why it may be asked although its terms restrict programs, in the user's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
    /// Who is asked: platforms and servers by their names, each with the address it is asked at in place of its own. A run goes
    /// on only where it has asked before.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub services: BTreeMap<String, Option<String>>,
}

impl SourceInfo {
    /// A source without licence or attribution.
    pub fn new(name: impl Into<String>, terms: Terms) -> Self {
        Self {
            name: name.into(),
            terms,
            licence: None,
            attribution: None,
            by_words: false,
            accepted: None,
            services: BTreeMap::new(),
        }
    }

    /// It goes by the words of a query: a run may ask it for variants of them.
    pub fn by_words(mut self) -> Self {
        self.by_words = true;
        self
    }

    /// Its licence and the attribution due.
    pub fn licensed(mut self, licence: impl Into<String>, attribution: impl Into<String>) -> Self {
        self.licence = Some(licence.into());
        self.attribution = Some(attribution.into());
        self
    }

    /// Its terms are accepted, for this reason.
    pub fn accepted(mut self, reason: impl Into<String>) -> Self {
        self.accepted = Some(reason.into());
        self
    }

    /// It asks this service, at this address when it is not the service's own.
    pub fn service(mut self, name: impl Into<String>, address: Option<&SafeUrl>) -> Self {
        let address = address.map(|address| address.origin().to_owned());
        self.services.insert(name.into(), address);
        self
    }

    /// Whether it may be asked: a source whose terms restrict programs only with a reason.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it may not.
    pub fn may_be_asked(&self, id: &SourceId) -> Result<()> {
        let reason = self.accepted.as_deref().unwrap_or_default();
        if self.terms != Terms::Restricted || !reason.trim().is_empty() {
            return Ok(());
        }
        let message = "its terms restrict programs: it is asked only when they are accepted with a reason, which the run keeps";
        Err(Error::invalid("source", message).with("source", id))
    }
}

/// Where a search stands: opaque text, kept as a checkpoint and handed back to go on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// An entry that could not be read, kept aside with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {
    /// Which entry: its key, line or place in the answer.
    pub entry: String,
    /// Why.
    pub reason: String,
}

/// What a search has not asked for yet, as far as what it asked for tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Left {
    /// How many listings it will show: the likeliest figure.
    pub listings: f64,
    /// The variance of that figure.
    pub variance: f64,
    /// How many requests they take.
    pub requests: f64,
}

impl Left {
    /// So many listings, with this variance, by so many requests.
    pub fn new(listings: f64, variance: f64, requests: f64) -> Self {
        Self {
            listings,
            variance,
            requests,
        }
    }
}

/// One step's worth of listings.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Batch {
    /// The listings.
    pub listings: Vec<Listing>,
    /// Entries that could not be read.
    pub rejects: Vec<Reject>,
    /// Entries that were read and left aside on purpose, by the reason.
    pub aside: BTreeMap<String, usize>,
    /// What is amiss though the listings were read: a platform that has changed, an engine that blocks.
    pub warnings: Vec<Failure>,
    /// How many listings the source says there are in all.
    pub total: Option<usize>,
    /// What is left to ask for, when the source can tell.
    pub left: Option<Left>,
    /// Whether it ends before the source has told all it knows: a limit of the search, or the most that is shown of one.
    pub cut: bool,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
}

impl Batch {
    /// A batch, and where to go on.
    pub fn new(listings: Vec<Listing>, next: Option<Cursor>) -> Self {
        Self {
            listings,
            next,
            ..Self::default()
        }
    }
}

/// A source that can be searched, one resumable step at a time.
///
/// Requires of an implementation: a step is a function of its arguments and the web alone, so it can be repeated after a
/// crash, on another machine; the cursors of one search are all different.
pub trait Search: Send + Sync + Debug + 'static {
    /// Stable identifier, used in settings, figures and evidence.
    fn id(&self) -> SourceId;
    /// What it is.
    fn info(&self) -> SourceInfo;
    /// One step of a search, from the beginning or from a cursor.
    ///
    /// # Errors
    /// Those of fetching; [`ErrorKind::Decode`](crate::ErrorKind::Decode) when the answer as a whole cannot be read;
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the query lacks what the source needs.
    fn step(
        &self,
        cx: &Context,
        query: &Query,
        at: Option<&Cursor>,
    ) -> impl Future<Output = Result<Batch>> + Send;
}

trait SearchDyn: Send + Sync + Debug {
    fn id(&self) -> SourceId;
    fn info(&self) -> SourceInfo;
    fn step<'a>(
        &'a self,
        cx: &'a Context,
        query: &'a Query,
        at: Option<&'a Cursor>,
    ) -> BoxFuture<'a, Result<Batch>>;
}

impl<T: Search> SearchDyn for T {
    fn id(&self) -> SourceId {
        Search::id(self)
    }
    fn info(&self) -> SourceInfo {
        Search::info(self)
    }
    fn step<'a>(
        &'a self,
        cx: &'a Context,
        query: &'a Query,
        at: Option<&'a Cursor>,
    ) -> BoxFuture<'a, Result<Batch>> {
        Box::pin(Search::step(self, cx, query, at))
    }
}

/// A cheaply cloned handle to any [`Search`].
#[derive(Clone, Debug)]
pub struct Source(Arc<dyn SearchDyn>);

/// Listings as they come in: owned, `Send`, `'static`.
pub type ListingStream = BoxStream<'static, Result<Listing>>;

impl Source {
    /// Wraps a source.
    pub fn new(search: impl Search) -> Self {
        Self(Arc::new(search))
    }

    /// Every listing, fetched as the stream is polled. Entries that cannot be read are passed over; use
    /// [`Search::step`] to see them.
    pub fn search(&self, cx: &Context, query: Query) -> ListingStream {
        let start = (self.clone(), cx.clone(), query, Some(None::<Cursor>));
        let batches = stream::try_unfold(start, |(source, cx, query, at)| async move {
            let Some(at) = at else { return Ok(None) };
            let batch = Search::step(&source, &cx, &query, at.as_ref()).await?;
            let listings = stream::iter(batch.listings.into_iter().map(Ok));
            Ok::<_, Error>(Some((listings, (source, cx, query, batch.next.map(Some)))))
        });
        Box::pin(batches.try_flatten())
    }
}

impl Search for Source {
    fn id(&self) -> SourceId {
        self.0.id()
    }
    fn info(&self) -> SourceInfo {
        self.0.info()
    }
    async fn step(&self, cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        self.0.step(cx, query, at).await
    }
}
