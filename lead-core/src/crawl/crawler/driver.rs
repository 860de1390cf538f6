//! The loop of a crawl: hands out addresses, takes in what comes of them, writes the journal, tells.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::Instant;

use super::journal::{Journal, Line, Seen};
use super::read::{Brought, read};
use super::redirects::Redirects;
use super::teller::Teller;
use super::yields::Yields;
use super::{CrawlConfig, CrawlEvent, CrawlFetcher, CrawledPage};
use crate::clock::Clock;
use crate::contacts::ExtractOptions;
use crate::crawl::frontier::{Class, Fingerprint, Frontier, HostId, Kind, Next, Pushed, Target};
use crate::crawl::links::{Found, Links};
use crate::crawl::{Outcome, Scope, canonical};
use crate::record::SafeUrl;
use crate::seam::{Request, Stop};
use crate::telemetry::CRAWL_PENDING;
use crate::{Error, ErrorKind, Result, parallel};

/// Pages that are written and told together at most.
const TOGETHER: usize = 64;

/// What a crawl works with.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) fetcher: CrawlFetcher,
    pub(super) config: CrawlConfig,
    pub(super) options: ExtractOptions,
    pub(super) clock: Clock,
    /// Pages read at a time: one a core.
    cores: Semaphore,
}

impl Parts {
    pub(super) fn new(
        fetcher: CrawlFetcher,
        config: CrawlConfig,
        options: ExtractOptions,
        clock: Clock,
    ) -> Self {
        Self {
            fetcher,
            config,
            options,
            clock,
            cores: Semaphore::new(parallel::cores().get()),
        }
    }
}

/// A crawl under way. Addresses are fetched in tasks of their own and read on threads of their own; all that decides what is
/// fetched next happens here, so nothing is shared but what does not change.
pub(super) struct Driver {
    parts: Arc<Parts>,
    scope: Arc<Scope>,
    frontier: Frontier,
    redirects: Redirects,
    journal: Option<Journal>,
    teller: Teller,
    stop: Stop,
    tasks: JoinSet<Brought>,
    under_way: HashMap<Id, (HostId, Target)>,
    /// Hosts whose robots.txt was looked through for sitemaps.
    mapped: HashSet<String>,
    yields: Yields,
    line: Line,
}

impl Driver {
    pub(super) fn new(
        parts: Arc<Parts>,
        scope: Scope,
        journal: Option<Journal>,
        events: mpsc::Sender<CrawlEvent>,
        stop: Stop,
    ) -> Self {
        let frontier =
            Frontier::new(parts.fetcher.max_per_host()).max_of_a_host(parts.config.max_pages_a_host);
        Self {
            yields: Yields::new(parts.config.saturation),
            parts,
            scope: Arc::new(scope),
            frontier,
            redirects: Redirects::default(),
            journal,
            teller: Teller::new(events),
            stop,
            tasks: JoinSet::new(),
            under_way: HashMap::new(),
            mapped: HashSet::new(),
            line: Line::default(),
        }
    }

    /// Runs to the end, or until it is stopped or the journal fails.
    pub(super) async fn run(mut self, seeds: Vec<Target>) {
        let outcome = self.work(seeds).await;
        self.tasks.abort_all();
        let left = self.frontier.pending() + self.under_way.len();
        self.teller.summary.left += left as u64;
        self.teller.summary.hosts = self.frontier.hosts() as u64;
        self.teller.done(outcome).await;
    }

    /// Whether it was stopped before its end.
    async fn work(&mut self, seeds: Vec<Target>) -> Result<bool> {
        self.resume().await?;
        for mut seed in seeds {
            seed.url = canonical(seed.url);
            self.push(&seed, Class::First);
        }
        self.commit(Vec::new()).await?;
        let mut stop = self.stop.clone();
        loop {
            let wake = self.fill();
            if self.tasks.is_empty() && wake.is_none() {
                return Ok(false);
            }
            tokio::select! {
                biased;
                () = stop.asked() => return Ok(true),
                Some(task) = self.tasks.join_next_with_id() => {
                    let mut brought = Vec::from_iter(self.ended(task));
                    while brought.len() < TOGETHER && let Some(task) = self.tasks.try_join_next_with_id() {
                        brought.extend(self.ended(task));
                    }
                    self.commit(brought).await?;
                }
                () = tokio::time::sleep_until(wake.unwrap_or_else(Instant::now)), if wake.is_some() => {}
            }
        }
    }

    /// Goes through the journal: what was found and not asked waits again, what was asked is told again.
    async fn resume(&mut self) -> Result<()> {
        let Some(journal) = self.journal.take() else {
            return Ok(());
        };
        let asked = journal.asked().await?;
        let mut lines = journal.lines();
        while let Some(line) = lines.next().await? {
            for (target, class) in line.found.into_iter().map(Seen::target) {
                self.admit_home(&target);
                let fingerprint = Fingerprint::of(target.url.as_str());
                if asked.contains(&fingerprint) {
                    self.frontier.mark(fingerprint);
                } else {
                    self.frontier.push(&target, class);
                }
            }
            for page in line.pages {
                if let Some(to) = &page.redirect {
                    let (from, to) = (page.input.as_str(), to.as_str());
                    self.redirects.note(Fingerprint::of(from), Fingerprint::of(to));
                }
                self.teller.summary.contacts += self.yields.note(&page).new;
                self.teller.summary.resumed += 1;
                self.teller.page(page).await?;
            }
            for origin in line.left {
                self.leave(&origin);
            }
        }
        self.teller.begin();
        self.journal = Some(journal);
        Ok(())
    }

    /// Starts what can be started. When to look again although nothing has ended meanwhile.
    fn fill(&mut self) -> Option<Instant> {
        let config = &self.parts.config;
        let now = Instant::now();
        loop {
            let summary = &self.teller.summary;
            let begun = summary.asked() + self.tasks.len() as u64;
            let spent = config.max_pages.is_some_and(|most| begun >= most)
                || config.max_bytes.is_some_and(|most| summary.bytes >= most);
            if spent || self.tasks.len() >= config.concurrency.max(1) {
                return None;
            }
            let fetcher = &self.parts.fetcher;
            match self.frontier.next(now, |origin| fetcher.turn(origin, now)) {
                Next::Fetch(host, target) => {
                    let maps = self.parts.config.lists && !self.mapped.contains(target.url.origin());
                    let task = bring(
                        Arc::clone(&self.parts),
                        Arc::clone(&self.scope),
                        target.clone(),
                        maps,
                    );
                    self.under_way.insert(self.tasks.spawn(task).id(), (host, target));
                }
                Next::Wait(at) => return Some(at),
                Next::Idle => return None,
            }
        }
    }

    /// A task is over: its host may be asked again. What it was for, and what came of it.
    fn ended(&mut self, task: Result<(Id, Brought), JoinError>) -> Option<(Target, Brought)> {
        let (id, brought) = match task {
            Ok((id, brought)) => (id, Ok(brought)),
            Err(death) => (death.id(), Err(death)),
        };
        let (host, target) = self.under_way.remove(&id)?;
        self.frontier.release(host);
        let brought = brought.unwrap_or_else(|death| {
            let error = Error::new(ErrorKind::Internal, "crawl", "a task died").because(death);
            Brought::failed(&self.parts, &target, &error)
        });
        Some((target, brought))
    }

    /// Takes in what came of some addresses, writes it, tells of it.
    async fn commit(&mut self, brought: Vec<(Target, Brought)>) -> Result<()> {
        for (target, brought) in brought {
            self.take_in(&target, brought);
        }
        let line = std::mem::take(&mut self.line);
        if let Some(journal) = &mut self.journal
            && !line.is_empty()
        {
            journal.write(&line).await?;
        }
        if line.pages.is_empty() {
            return Ok(());
        }
        for page in line.pages {
            self.teller.page(page).await?;
        }
        let pending = self.frontier.pending();
        #[expect(clippy::cast_precision_loss, reason = "a number of addresses, far below 2^52")]
        CRAWL_PENDING.set(pending as f64, &[]);
        let progress = CrawlEvent::Progress {
            done: self.teller.summary.asked(),
            pending: pending as u64,
            hosts: self.frontier.hosts() as u64,
        };
        self.teller.tell(progress).await
    }

    fn take_in(&mut self, target: &Target, brought: Brought) {
        let Brought {
            mut page,
            found,
            maps,
            landed,
        } = brought;
        if let Some(landed) = landed {
            self.frontier.mark(landed);
        }
        self.turn_to(target, &mut page);
        if let Some(maps) = maps {
            self.mapped.insert(target.url.origin().to_owned());
            let mut links = Links::new(&self.scope);
            for address in maps {
                if let Ok(url) = target.url.join(&address) {
                    links.add(url.as_url().clone(), Kind::Sitemap, String::new, true);
                }
            }
            self.push_found(target.depth, links.found);
        }
        let depth = target.depth.saturating_add(1);
        if depth <= self.parts.config.max_depth {
            self.push_found(depth, found);
        }
        let brings = self.yields.note(&page);
        self.teller.summary.contacts += brings.new;
        if brings.saturated {
            self.leave(&page.input);
            self.line.left.push(page.input.clone());
        }
        self.line.pages.push(page);
    }

    /// Goes on to where a redirect leads.
    fn turn_to(&mut self, target: &Target, page: &mut CrawledPage) {
        let Some(to) = page.redirect.clone() else { return };
        let mut next = Target {
            url: to,
            hops: target.hops.saturating_add(1),
            ..target.clone()
        };
        let from = Fingerprint::of(target.url.as_str());
        if self.redirects.note(from, Fingerprint::of(next.url.as_str()))
            || next.hops > self.parts.config.max_redirects
        {
            page.outcome = Outcome::RedirectLoop;
            return;
        }
        // A site that has moved is read where it is now.
        self.admit_home(&next);
        if !self.scope.admits(&next.url) && next.kind == Kind::Page {
            page.outcome = Outcome::RedirectOut;
            return;
        }
        next.depth = target.depth;
        self.push(&next, Class::First);
    }

    /// Where seeds lie, and where they lead by redirects, belongs to the crawl.
    fn admit_home(&mut self, target: &Target) {
        if target.depth == 0 && target.kind == Kind::Page && !self.scope.is_home(&target.url) {
            let scope = Scope::clone(&self.scope).seed(&target.url);
            self.scope = Arc::new(scope);
        }
    }

    fn push_found(&mut self, depth: u16, found: Vec<Found>) {
        for found in found {
            if self.frontier.knows(found.fingerprint) {
                continue;
            }
            let mut target = Target::at_depth(found.url, depth);
            target.kind = found.kind;
            self.push(&target, found.class);
        }
    }

    fn push(&mut self, target: &Target, class: Class) {
        self.admit_home(target);
        if self.frontier.push(target, class) == Pushed::New {
            self.line.found.push(Seen::new(target, class));
        }
    }

    /// Leaves the host of this address: nothing more of it is asked.
    fn leave(&mut self, url: &SafeUrl) {
        self.teller.summary.left += self.frontier.leave(url) as u64;
    }
}

/// Pages up to so many bytes are read where they arrive: that takes a fraction of a millisecond, and handing them to another
/// thread and waking it takes a tenth of it again. Others wait for a thread for such work, so that no connection waits for them.
const READ_AT_ONCE: usize = 128 * 1024;

/// Fetches an address and reads it. `maps`: also what its robots.txt names as sitemaps.
async fn bring(parts: Arc<Parts>, scope: Arc<Scope>, target: Target, maps: bool) -> Brought {
    let fetched = parts
        .fetcher
        .fetcher()
        .fetch(Request::get(target.url.clone()))
        .await;
    let robots = if maps {
        parts.fetcher.robots(&target.url).await
    } else {
        None
    };
    let mut brought = match fetched {
        Err(error) => Brought::failed(&parts, &target, &error),
        Ok(response) => {
            let (own, asked, at_once) = (
                Arc::clone(&parts),
                target.clone(),
                response.body.len() <= READ_AT_ONCE,
            );
            let reading = move || parallel::guarded(|| Ok(read(&own, &scope, &asked, &response)));
            let read = if at_once {
                reading()
            } else {
                // The semaphore is never closed: without a permit the page is read all the same.
                let _core = parts.cores.acquire().await.ok();
                let given_up =
                    |cause| Error::new(ErrorKind::Internal, "crawl", "reading was given up").because(cause);
                tokio::task::spawn_blocking(reading)
                    .await
                    .map_err(given_up)
                    .flatten()
            };
            read.unwrap_or_else(|error| Brought::failed(&parts, &target, &error))
        }
    };
    brought.maps = robots.map(|robots| robots.sitemaps().to_vec());
    brought
}
