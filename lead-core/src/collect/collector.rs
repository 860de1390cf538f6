//! What to collect, and how.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::driver::{Driver, Parts};
use super::ledger::{Ledger, Wording};
use super::plan::Plan;
use super::run::Run;
use crate::clock::Clock;
use crate::crawl::SitePolicy;
use crate::fetch::{FetchConfig, Meter};
use crate::plan::{Order, Preset, Variant, distinct, understand, variants};
use crate::record::{Area, Query, RunId};
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
    radius: Option<f64>,
    area: Option<Area>,
    seed: u64,
    expand: bool,
    preset: Option<Preset>,
    variants: Vec<Variant>,
    max: Option<usize>,
    max_requests: Option<u64>,
    max_time: Option<Duration>,
    until_coverage: Option<f64>,
    fetcher: Option<Fetcher>,
    clock: Clock,
    concurrency: usize,
    policy: SitePolicy,
    visit_sites: Option<bool>,
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
            radius: None,
            area: None,
            seed: 0,
            expand: true,
            preset: None,
            variants: Vec::new(),
            max: None,
            max_requests: None,
            max_time: None,
            until_coverage: None,
            fetcher: None,
            clock: Clock::system(),
            concurrency: 64,
            policy: SitePolicy::default(),
            visit_sites: None,
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

    /// So many metres around that place, instead of within its borders; checked when the run starts.
    pub fn radius(mut self, metres: f64) -> Self {
        self.radius = Some(metres);
        self
    }

    /// Within this box, circle or polygon: what lies outside is left out.
    pub fn area(mut self, area: impl Into<Area>) -> Self {
        self.area = Some(area.into());
        self
    }

    /// Goes through the area in the order of this seed: the same seed, the same order.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Makes so many requests at most, then ends; a run that is resumed goes on with a budget of its own. Retries and
    /// redirects of the last requests may go beyond it, files of robots.txt do not count.
    pub fn max_requests(mut self, requests: u64) -> Self {
        self.max_requests = Some(requests);
        self
    }

    /// Ends after so much time; what is in flight is given up, and a run that is resumed asks for it again.
    pub fn max_time(mut self, time: Duration) -> Self {
        self.max_time = Some(time);
        self
    }

    /// Asks sources no further when this part of what there is was found, from 0 to 1, as far as
    /// [`Coverage`](crate::seam::Coverage) tells; checked when the run starts. Sites of what was found are still visited.
    pub fn until_coverage(mut self, part: f64) -> Self {
        self.until_coverage = Some(part);
        self
    }

    /// Whether sources that go by words are asked by others too that mean the same; they are unless told. The run measures how
    /// many new businesses a request of each brings and asks what brings most; what brings nothing is dropped soon.
    pub fn expand(mut self, expand: bool) -> Self {
        self.expand = expand;
        self
    }

    /// Asks by the words of this preset instead.
    pub fn preset(mut self, preset: Preset) -> Self {
        self.preset = Some(preset);
        self
    }

    /// Asks by these words too.
    pub fn variants(mut self, variants: impl IntoIterator<Item = Variant>) -> Self {
        self.variants.extend(variants);
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

    /// Whether the sites of listings are visited; they are unless told, and a run that goes on does as it did.
    pub fn visit_sites(mut self, visit: bool) -> Self {
        self.visit_sites = Some(visit);
        self
    }

    /// Reads numbers that pages show as pictures with this engine; without one, pictures are not fetched. At most four
    /// pictures of a page and eight of a site are read: those whose name, label, size and place speak for a number.
    pub fn ocr(mut self, engine: OcrEngine) -> Self {
        self.ocr = Some(engine);
        self
    }

    /// Goes on with a run that was stopped or killed. Its query is remembered; the sources must be given again, and ask where
    /// they did.
    pub fn resume(mut self, run: RunId) -> Self {
        self.resume = Some(run);
        self
    }

    /// Starts the run on the current tokio runtime and hands back its events.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a bad query, no source, two of one id, one whose terms restrict programs and are not
    /// accepted, or one that a run to resume has asked elsewhere; [`ErrorKind::NotFound`] when that run is not known; those of
    /// the store. What happens later is an event.
    pub async fn start(self) -> Result<Run> {
        check_sources(&self.sources)?;
        if let Some(part) = self.until_coverage.filter(|part| !(*part > 0.0 && *part <= 1.0)) {
            let message = "until coverage: a part above 0 and at most 1 is wanted";
            return Err(Error::invalid("collect", message).with("part", part));
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
        let mut ledger = if let Some(checkpoint) = checkpoint {
            Ledger::read(run, checkpoint)?
        } else {
            let query = self.wanted()?;
            let wording = self.wording(&query);
            Ledger::begin(run, query, wording)
        };
        for source in &self.sources {
            ledger.note_services(source.info().services)?;
        }
        let visit_sites = ledger.note_visits(self.visit_sites);
        let fetcher = match self.fetcher {
            Some(fetcher) => fetcher,
            None => Fetcher::http(&FetchConfig::default())?,
        };
        let resumed = self.resume.is_some();
        let meter = Meter::with_budget(self.max_requests);
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
            visit_sites,
            max_time: self.max_time,
            until_coverage: self.until_coverage,
        };
        let events = UnderWay::begin(|sender, stopped| {
            Driver::new(Arc::new(parts), ledger, sender, stopped).run(ids, resumed)
        });
        Ok(Run::new(run, events))
    }

    /// What [`start`](Self::start) would ask, and why. Nothing is asked.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a bad query.
    pub fn plan(&self) -> Result<Plan> {
        let query = self.wanted()?;
        let wording = self.wording(&query);
        Ok(Plan::of(query, &wording, &self.sources))
    }

    /// The words beside the query's own.
    fn wording(&self, query: &Query) -> Wording {
        let meant = understand(&query.text);
        let place = query.near.as_ref().map(crate::record::QueryText::as_str);
        let (order, own) = match &self.preset {
            Some(preset) => (preset.order, preset.variants(&meant, place)),
            None if self.expand => (Order::Yield, variants(&meant)),
            None => (Order::Yield, Vec::new()),
        };
        let all = self.variants.iter().cloned().chain(own);
        Wording {
            order,
            variants: distinct(all),
        }
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
        if let Some(metres) = self.radius {
            query = query.radius(metres)?;
        }
        query.area.clone_from(&self.area);
        query.seed = self.seed;
        query.max = self.max;
        Ok(query)
    }
}

/// Whether these may be the sources of a run, before there is one.
///
/// # Errors
/// [`ErrorKind::InvalidInput`] when there is none, two have the same id, or one may not be asked
/// ([`SourceInfo::may_be_asked`](crate::seam::SourceInfo::may_be_asked)).
pub fn check_sources(sources: &[Source]) -> Result<()> {
    if sources.is_empty() {
        return Err(Error::invalid("collect", "there is no source to ask"));
    }
    let mut ids = BTreeSet::new();
    for source in sources {
        let id = source.id();
        source.info().may_be_asked(&id)?;
        if !ids.insert(id.clone()) {
            return Err(Error::invalid("collect", "two sources have the same id").with("source", id));
        }
    }
    Ok(())
}
