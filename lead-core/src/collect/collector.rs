//! What to collect, and how.

use std::sync::Arc;

use super::driver::{Driver, Parts};
use super::ledger::Ledger;
use super::meter::Meter;
use super::run::Run;
use crate::clock::Clock;
use crate::crawl::SitePolicy;
use crate::fetch::FetchConfig;
use crate::record::{BoundingBox, Query, RunId};
use crate::seam::{Context, Fetcher, OcrEngine, Search, Source, Store, UnderWay};
use crate::{Error, ErrorKind, Result};

/// A collection to be started.
///
/// ```no_run
/// use lead_core::prelude::*;
///
/// # async fn run() -> lead_core::Result<()> {
/// let store = Store::memory();
/// let mut run = Collector::new(store).source(sources::osm()).query("dentists").near("Lyon").start().await?;
/// while let Some(event) = run.next().await {
///     if let Event::Lead { lead, new: true } = event {
///         let phones: Vec<_> = lead.findings.phones.iter().map(|phone| &phone.national).collect();
///         // …
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Collector {
    store: Store,
    sources: Vec<Source>,
    text: Option<String>,
    near: Option<String>,
    area: Option<BoundingBox>,
    max: Option<usize>,
    fetcher: Option<Fetcher>,
    clock: Clock,
    concurrency: usize,
    policy: SitePolicy,
    visit_sites: bool,
    resume: Option<RunId>,
    ocr: Option<OcrEngine>,
}

impl Collector {
    /// A collection into `store`.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            sources: Vec::new(),
            text: None,
            near: None,
            area: None,
            max: None,
            fetcher: None,
            clock: Clock::system(),
            concurrency: 64,
            policy: SitePolicy::default(),
            visit_sites: true,
            resume: None,
            ocr: None,
        }
    }

    /// Asks this source too.
    pub fn source(mut self, source: Source) -> Self {
        self.sources.push(source);
        self
    }

    /// What to look for; checked when the run starts.
    pub fn query(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Around this place; checked when the run starts.
    pub fn near(mut self, place: impl Into<String>) -> Self {
        self.near = Some(place.into());
        self
    }

    /// Within this box.
    pub fn area(mut self, area: BoundingBox) -> Self {
        self.area = Some(area);
        self
    }

    /// At most so many listings a source.
    pub fn max(mut self, listings: usize) -> Self {
        self.max = Some(listings);
        self
    }

    /// Fetches through this fetcher instead of the standard one.
    pub fn fetcher(mut self, fetcher: Fetcher) -> Self {
        self.fetcher = Some(fetcher);
        self
    }

    /// Goes by this clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Visits so many sites at a time, at least one; 64 unless told. How often one host is asked is the fetcher's pace.
    pub fn concurrency(mut self, visits: usize) -> Self {
        self.concurrency = visits.max(1);
        self
    }

    /// How much of a site is read.
    pub fn site_policy(mut self, policy: SitePolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Whether the sites of listings are visited; they are unless told.
    pub fn visit_sites(mut self, visit: bool) -> Self {
        self.visit_sites = visit;
        self
    }

    /// Reads numbers that pages show as pictures with this engine; without one, pictures are not fetched. At most four
    /// pictures of a page and eight of a site are read: those whose name, label, size and place speak for a number.
    pub fn ocr(mut self, engine: OcrEngine) -> Self {
        self.ocr = Some(engine);
        self
    }

    /// Goes on with a run that was stopped or killed. Its query is remembered; the sources must be given again.
    pub fn resume(mut self, run: RunId) -> Self {
        self.resume = Some(run);
        self
    }

    /// Starts the run on the current tokio runtime and hands back its events.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a bad query, no source, or one whose terms restrict programs and are not accepted; [`ErrorKind::NotFound`] when the run to resume is not known;
    /// those of the store. What happens later is an event.
    pub async fn start(self) -> Result<Run> {
        if self.sources.is_empty() {
            return Err(Error::invalid("collect", "there is no source to ask"));
        }
        for source in &self.sources {
            source.info().may_be_asked(&source.id())?;
        }
        let (run, checkpoint) = match self.resume {
            None => (RunId::start(self.clock.now()), None),
            Some(run) => {
                let missing =
                    || Error::new(ErrorKind::NotFound, "collect", "there is no such run").with("run", run);
                (run, Some(self.store.checkpoint(run).await?.ok_or_else(missing)?))
            }
        };
        let ids: Vec<_> = self.sources.iter().map(Search::id).collect();
        let ledger = match checkpoint {
            Some(checkpoint) => Ledger::read(run, checkpoint)?,
            None => Ledger::begin(run, self.wanted()?),
        };
        let fetcher = match self.fetcher {
            Some(fetcher) => fetcher,
            None => Fetcher::http(&FetchConfig::default())?,
        };
        let resumed = self.resume.is_some();
        let meter = Meter::default();
        let mut cx = Context::new(fetcher.layer(&meter)).with_clock(self.clock);
        if let Some(engine) = self.ocr {
            cx = cx.with_ocr(engine);
        }
        let parts = Parts {
            cx,
            meter,
            store: self.store,
            sources: self.sources,
            concurrency: self.concurrency,
            policy: self.policy,
            visit_sites: self.visit_sites,
        };
        let events = UnderWay::begin(|sender, stopped| {
            Driver::new(Arc::new(parts), ledger, sender, stopped).run(ids, resumed)
        });
        Ok(Run::new(run, events))
    }

    fn wanted(&self) -> Result<Query> {
        let text = self
            .text
            .as_deref()
            .ok_or_else(|| Error::invalid("collect", "there is nothing to look for"))?;
        let mut query = Query::new(text)?;
        if let Some(place) = &self.near {
            query = query.near(place)?;
        }
        query.area = self.area;
        query.max = self.max;
        Ok(query)
    }
}
