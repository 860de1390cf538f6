//! A crawl: from seeds to pages, each once, with what stands on them.

mod config;
mod driver;
mod event;
mod fetcher;
mod journal;
mod page;
mod read;
mod redirects;
mod teller;
#[cfg(test)]
mod tests;
mod yields;

use std::sync::Arc;

pub use config::CrawlConfig;
pub use event::{CrawlEvent, CrawlSummary};
pub use fetcher::CrawlFetcher;
pub use page::CrawledPage;

use driver::{Driver, Parts};
use journal::Journal;

use super::Scope;
use super::frontier::Target;
use crate::clock::Clock;
use crate::contacts::ExtractOptions;
use crate::fetch::FetchConfig;
use crate::record::SafeUrl;
use crate::seam::{State, UnderWay};
use crate::{Error, Result};

/// A crawl under way: a stream of [`CrawlEvent`]s that ends with [`CrawlEvent::Done`].
pub type Crawl = UnderWay<CrawlEvent>;

/// A crawl to be started.
///
/// ```no_run
/// use lead_core::crawl::{CrawlEvent, Crawler};
/// use lead_core::record::SafeUrl;
///
/// # async fn run() -> lead_core::Result<()> {
/// let mut crawl = Crawler::new([SafeUrl::parse("https://www.bakery.example/")?]).max_pages(500).start().await?;
/// while let Some(event) = crawl.next().await {
///     if let CrawlEvent::Page(page) = event {
///         println!("{} {}", page.outcome, page.input);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Crawler {
    seeds: Vec<SafeUrl>,
    config: CrawlConfig,
    scope: Option<Scope>,
    fetcher: Option<CrawlFetcher>,
    options: ExtractOptions,
    clock: Clock,
    journal: Option<(State, String)>,
}

impl Crawler {
    /// A crawl that begins at these addresses.
    pub fn new(seeds: impl IntoIterator<Item = SafeUrl>) -> Self {
        Self {
            seeds: seeds.into_iter().collect(),
            config: CrawlConfig::default(),
            scope: None,
            fetcher: None,
            options: ExtractOptions::new(),
            clock: Clock::system(),
            journal: None,
        }
    }

    /// Goes by these settings.
    pub fn config(mut self, config: CrawlConfig) -> Self {
        self.config = config;
        self
    }

    /// Fetches at most so many pages.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.config.max_pages = Some(pages);
        self
    }

    /// Goes no further than so many links from a seed.
    pub fn max_depth(mut self, depth: u16) -> Self {
        self.config.max_depth = depth;
        self
    }

    /// Keeps to this scope, instead of the sites of the seeds. The seeds are added to it.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = Some(scope);
        self
    }

    /// Fetches through this, instead of the standard layers.
    pub fn fetcher(mut self, fetcher: CrawlFetcher) -> Self {
        self.fetcher = Some(fetcher);
        self
    }

    /// Reads contacts by these options.
    pub fn extract(mut self, options: ExtractOptions) -> Self {
        self.options = options;
        self
    }

    /// Goes by this clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Keeps a journal of this name in `state`: what was found, what came of it, all that is ready in one write. A crawl
    /// of the same name goes on where the journal ends, whatever ended the last one: at most what was in flight is fetched
    /// again. Its pages are told again first, so that the events of the last run are those of the whole crawl.
    pub fn journal(mut self, state: State, name: impl Into<String>) -> Self {
        self.journal = Some((state, name.into()));
        self
    }

    /// Starts the crawl on the current tokio runtime and hands back its events.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when there is nowhere to begin, or the options name no
    /// known region; those of the state. What happens later is an event.
    pub async fn start(self) -> Result<Crawl> {
        crate::extract("", &self.options)?;
        let journal = match self.journal {
            Some((state, name)) => Some(Journal::open(state, &name).await?),
            None => None,
        };
        if self.seeds.is_empty() && journal.as_ref().is_none_or(Journal::is_empty) {
            return Err(Error::invalid("crawl", "there is no address to begin at"));
        }
        let fetcher = match self.fetcher {
            Some(fetcher) => fetcher,
            None => CrawlFetcher::http(&FetchConfig::default())?,
        };
        let scope = self.scope.unwrap_or_else(|| Scope::new(self.config.reach));
        let seeds = self.seeds.into_iter().map(Target::seed).collect();
        let parts = Arc::new(Parts::new(fetcher, self.config, self.options, self.clock));
        Ok(UnderWay::begin(|events, stop| {
            Driver::new(parts, scope, journal, events, stop).run(seeds)
        }))
    }
}
