//! From a lead to what can be added to it.

use std::fmt::Debug;
use std::sync::Arc;

use futures::future::BoxFuture;

use super::Context;
use crate::Result;
use crate::record::{Findings, Lead, SourceId, Trace};

/// What an enricher adds. Evidence and merging are the engine's work, never the enricher's.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Patch {
    /// The findings.
    pub findings: Findings<Trace>,
}

impl Patch {
    /// A patch of these findings.
    pub fn new(findings: Findings<Trace>) -> Self {
        Self { findings }
    }
}

/// Looks a lead up somewhere else.
pub trait Enrich: Send + Sync + Debug + 'static {
    /// Stable identifier; the evidence says `enricher:<id>`.
    fn id(&self) -> SourceId;
    /// Looks `lead` up. What is not known stays absent: an empty patch is a good answer.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) when a key is missing; those of fetching.
    fn enrich(&self, cx: &Context, lead: &Lead) -> impl Future<Output = Result<Patch>> + Send;
}

trait EnrichDyn: Send + Sync + Debug {
    fn id(&self) -> SourceId;
    fn enrich<'a>(&'a self, cx: &'a Context, lead: &'a Lead) -> BoxFuture<'a, Result<Patch>>;
}

impl<T: Enrich> EnrichDyn for T {
    fn id(&self) -> SourceId {
        Enrich::id(self)
    }
    fn enrich<'a>(&'a self, cx: &'a Context, lead: &'a Lead) -> BoxFuture<'a, Result<Patch>> {
        Box::pin(Enrich::enrich(self, cx, lead))
    }
}

/// A cheaply cloned handle to any [`Enrich`].
#[derive(Clone, Debug)]
pub struct Enricher(Arc<dyn EnrichDyn>);

impl Enricher {
    /// Wraps an enricher.
    pub fn new(enrich: impl Enrich) -> Self {
        Self(Arc::new(enrich))
    }
}

impl Enrich for Enricher {
    fn id(&self) -> SourceId {
        self.0.id()
    }
    async fn enrich(&self, cx: &Context, lead: &Lead) -> Result<Patch> {
        self.0.enrich(cx, lead).await
    }
}
