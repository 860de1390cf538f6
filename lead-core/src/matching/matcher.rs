//! Companies to match, and how.

use std::sync::Arc;

use uuid::Uuid;

use super::answer::Matched;
use super::company::Company;
use super::finder::Finder;
use super::guess::domain_of;
use super::journal::Journal;
use super::run::{MatchRun, Row, Settings};
use crate::Result;
use crate::clock::Clock;
use crate::crawl::SitePolicy;
use crate::fetch::FetchConfig;
use crate::record::Confidence;
use crate::seam::{Fetcher, Search, Source, State};
use crate::source::osm::Osm;

/// Finds the web sites of companies, and what stands there of how to reach them.
///
/// ```no_run
/// use lead_core::matching::{Company, MatchEvent, Matcher};
/// use lead_core::source::osm::Osm;
///
/// # async fn run() -> lead_core::Result<()> {
/// let companies = [Company::new("Bäckerei Muster GmbH").city("Köln")];
/// let mut run = Matcher::new().osm(Osm::default()).start(companies.map(Into::into)).await?;
/// while let Some(event) = run.next().await {
///     if let MatchEvent::Row(matched) = event {
///         let site = matched.site.map(|site| (site.url, site.confidence));
///         // …
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Matcher {
    pub(super) sources: Vec<Source>,
    pub(super) osm: Option<Osm>,
    fetcher: Option<Fetcher>,
    pub(super) clock: Clock,
    pub(super) policy: SitePolicy,
    pub(super) min_confidence: f32,
    pub(super) guess: bool,
    pub(super) domains: Vec<String>,
    concurrency: usize,
    journal: Option<(State, String)>,
}

impl Default for Matcher {
    fn default() -> Self {
        Self::new()
    }
}

impl Matcher {
    /// A matcher that knows no source: it looks at what companies' rows name, and at addresses made of their names.
    pub fn new() -> Self {
        Self {
            sources: Vec::new(),
            osm: None,
            fetcher: None,
            clock: Clock::system(),
            policy: SitePolicy::default(),
            min_confidence: 0.8,
            guess: true,
            domains: Vec::new(),
            concurrency: 32,
            journal: None,
        }
    }

    /// Asks this source for each company: its name, near its city.
    pub fn source(mut self, source: Source) -> Self {
        self.sources.push(source);
        self
    }

    /// Asks OpenStreetMap: what towns are called, which of its places bear the company's name, and what stands under its id.
    pub fn osm(mut self, osm: Osm) -> Self {
        self.osm = Some(osm);
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

    /// How much of a site is read.
    pub fn site_policy(mut self, policy: SitePolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Answers only with sites that are at least so sure; 0.8 unless told.
    pub fn min_confidence(mut self, least: Confidence) -> Self {
        self.min_confidence = least.get();
        self
    }

    /// Whether addresses made of the name are tried when nothing else is sure enough; they are unless told.
    pub fn guess(mut self, guess: bool) -> Self {
        self.guess = guess;
        self
    }

    /// Tries addresses under these domains instead of the country's and `com`: `["de", ".co.uk"]`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for what no address can end in.
    pub fn domains(mut self, domains: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self> {
        let read = domains.into_iter().map(|domain| domain_of(domain.as_ref()));
        self.domains = read.collect::<Result<_>>()?;
        Ok(self)
    }

    /// Looks for so many companies at a time, at least one; 32 unless told. How often one host is asked is the fetcher's pace.
    pub fn concurrency(mut self, companies: usize) -> Self {
        self.concurrency = companies.max(1);
        self
    }

    /// Keeps a journal under this name: another run of it looks only for companies that it does not hold, or that failed for a
    /// reason that may have passed, or that it has looked for otherwise: less sure, or by other sources.
    pub fn journal(mut self, state: State, name: impl Into<String>) -> Self {
        self.journal = Some((state, name.into()));
        self
    }

    /// Finds the site of one company.
    ///
    /// # Errors
    /// Those of making a fetcher. What keeps the company from being found is in the answer.
    pub async fn find(&self, company: Company) -> Result<Matched> {
        let finder = self.finder()?;
        Ok(finder.row(0, Row::from(company)).await)
    }

    /// Begins to look for companies on the current tokio runtime, and hands back what comes of them, in their order.
    ///
    /// # Errors
    /// Those of making a fetcher and of reading the journal. What happens later is an event.
    pub async fn start<I>(self, rows: I) -> Result<MatchRun>
    where
        I: IntoIterator<Item = Row>,
        I::IntoIter: Send + 'static,
    {
        let (finder, ways) = (Arc::new(self.finder()?), self.ways());
        let (journal, known) = match self.journal {
            Some((state, name)) => Journal::open(state, &name, ways).await?,
            None => Journal::none(),
        };
        let settings = Settings {
            finder,
            journal,
            known,
            concurrency: self.concurrency,
        };
        Ok(MatchRun::begin(settings, rows.into_iter()))
    }

    /// How companies are looked for, as a number.
    fn ways(&self) -> Uuid {
        let asked = |source: &Source| (source.id(), source.info().services);
        let sources: Vec<_> = self
            .sources
            .iter()
            .chain(&self.osm.clone().map(Source::new))
            .map(asked)
            .collect();
        let ways = format!(
            "{sources:?} {:?} {} {} {:?}",
            self.policy, self.min_confidence, self.guess, self.domains
        );
        Uuid::new_v5(&Uuid::NAMESPACE_OID, ways.as_bytes())
    }

    fn finder(&self) -> Result<Finder> {
        let fetcher = match &self.fetcher {
            Some(fetcher) => fetcher.clone(),
            None => Fetcher::http(&FetchConfig::default())?,
        };
        Ok(Finder::new(self.clone(), fetcher))
    }
}
