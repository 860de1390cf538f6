//! The loop of a run: asks sources, visits sites, commits what comes back.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::{Id, JoinError, JoinSet};

use super::coverage;
use super::lane::{Lane, LaneStand};
use super::lanes::Lanes;
use super::ledger::Ledger;
use super::site::{Site, SiteStand};
use super::visit::{Visited, visit};
use super::writer::Writer;
use crate::crawl::SitePolicy;
use crate::fetch::{Meter, is_spent};
use crate::record::{CountryCode, Listing, Observation, SourceId, Subject, own_site};
use crate::seam::{
    AuditNote, Batch, Context, Event, Failure, Reached, Reject, Search, Source, Stop, Store, Terms,
};
use crate::{Error, ErrorKind, Result, telemetry};

/// Sources wait while so many sites are to be visited.
const SITES_AHEAD: usize = 10_000;

/// So many sites in a row that nobody answers for are no chance: the network is out, and the run stops before it has
/// tried, in vain, all there are. Lists of dead sites have living ones among them.
const OUTAGE: usize = 50;

/// What a run works with.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) cx: Context,
    pub(super) meter: Meter,
    pub(super) store: Store,
    pub(super) sources: Vec<Source>,
    pub(super) concurrency: usize,
    pub(super) policy: SitePolicy,
    pub(super) visit_sites: bool,
    pub(super) max_time: Option<Duration>,
    pub(super) until_coverage: Option<f64>,
}

/// A run under way. Steps of sources and visits are tasks of their own, so they use every core; what they bring back is
/// committed here, one batch after the other.
pub(super) struct Driver {
    parts: Arc<Parts>,
    ledger: Ledger,
    writer: Writer,
    stopped: Stop,
    steps: JoinSet<(Result<Batch>, u64)>,
    asking: HashMap<Id, usize>,
    lanes: Lanes,
    visits: JoinSet<Visited>,
    visiting: HashMap<Id, Site>,
    /// Sites nobody answered for since the last that somebody did.
    unreached: usize,
    /// Who must not be contacted: their sites are not visited.
    suppressed: HashSet<String>,
    /// Whether the budget ended something halfway.
    cut_short: bool,
}

impl Driver {
    pub(super) fn new(parts: Arc<Parts>, ledger: Ledger, events: mpsc::Sender<Event>, stopped: Stop) -> Self {
        let writer = Writer::new(parts.store.clone(), events);
        Self {
            lanes: Lanes::new(&parts.sources, &ledger),
            parts,
            ledger,
            writer,
            stopped,
            steps: JoinSet::new(),
            asking: HashMap::new(),
            visits: JoinSet::new(),
            visiting: HashMap::new(),
            unreached: 0,
            suppressed: HashSet::new(),
            cut_short: false,
        }
    }

    /// Runs to the end, or until it is stopped or the store fails.
    pub(super) async fn run(mut self, sources: Vec<SourceId>, resumed: bool) {
        let outcome = self.work(sources, resumed).await;
        self.steps.abort_all();
        self.visits.abort_all();
        let stopped = match outcome {
            Ok(stopped) => stopped,
            Err(error) => {
                let _ = self
                    .writer
                    .tell(Event::Failed(Failure::new("collect", &error)))
                    .await;
                true
            }
        };
        self.writer.summary.cut = self.ledger.cut();
        self.writer.summary.coverage = coverage::of(&self.ledger, &self.lanes, &self.parts.sources);
        self.writer.summary.requests = self.parts.meter.requests();
        self.writer.summary.bytes = self.parts.meter.bytes();
        self.writer.done(stopped).await;
    }

    /// Whether it was stopped before its end.
    async fn work(&mut self, sources: Vec<SourceId>, resumed: bool) -> Result<bool> {
        let run = self.ledger.run();
        for lane in self.lanes.iter() {
            // Noted before it is asked, so that whoever resumes knows which sources there are.
            let stand = self.ledger.stand(lane);
            self.ledger.note_lane(lane, stand);
        }
        let action = if resumed { "run.resumed" } else { "run.started" };
        let mut notes = vec![AuditNote::new(
            "collect",
            action,
            run,
            self.parts.cx.clock().now(),
        )];
        notes.extend(self.note_terms());
        self.writer.commit(Vec::new(), &mut self.ledger, notes).await?;
        self.writer
            .tell(Event::Planned {
                run,
                sources,
                resumed,
            })
            .await?;
        self.suppressed = suppressed_sites(&self.parts.store).await?;
        let mut stopped = self.stopped.clone();
        let mut over = std::pin::pin!(passed(self.parts.max_time));
        loop {
            self.fill();
            if self.steps.is_empty() && self.visits.is_empty() {
                break;
            }
            tokio::select! {
                biased;
                () = stopped.asked() => return Ok(true),
                () = &mut over => {
                    self.writer.summary.reached = Some(Reached::Time);
                    return Ok(true);
                }
                Some(step) = self.steps.join_next_with_id() => self.stepped(step).await?,
                Some(visit) = self.visits.join_next_with_id() => self.visited(visit).await?,
            }
        }
        if self.parts.meter.is_spent() && self.is_unfinished() {
            self.writer.summary.reached = Some(Reached::Requests);
            return Ok(true);
        }
        if self.writer.summary.reached.is_some() {
            // It found enough; with more wanted it goes on.
            return Ok(false);
        }
        self.ledger.note_done();
        let note = AuditNote::new("collect", "run.done", run, self.parts.cx.clock().now());
        self.writer
            .commit(Vec::new(), &mut self.ledger, Some(note))
            .await?;
        Ok(false)
    }

    /// Whether there is something left to ask for.
    fn is_unfinished(&self) -> bool {
        self.lanes.is_ready() || !self.ledger.pending.is_empty() || self.cut_short
    }

    /// Notes why sources are asked whose terms restrict programs: in the run, and in the audit log that they were accepted.
    fn note_terms(&mut self) -> Vec<AuditNote> {
        let (run, now) = (self.ledger.run(), self.parts.cx.clock().now());
        let mut notes = Vec::new();
        for source in &self.parts.sources {
            let info = source.info();
            let Some(reason) = info.accepted.filter(|_| info.terms == Terms::Restricted) else {
                continue;
            };
            if self.ledger.note_terms(&source.id(), &reason, now) {
                let subject = format!("{run} {}", source.id());
                notes.push(AuditNote::new("collect", "terms.accepted", subject, now));
            }
        }
        notes
    }

    /// Starts what can be started.
    fn fill(&mut self) {
        if self.parts.meter.is_spent() {
            return;
        }
        while self.visits.len() < self.parts.concurrency
            && let Some(site) = self.ledger.pending.pop_front()
        {
            if self.suppressed.contains(site.url.site()) {
                let stand = SiteStand {
                    empty: true,
                    ..SiteStand::done()
                };
                self.ledger.note_visited(site, stand);
                self.writer.count_suppressed(1);
                continue;
            }
            let task = visit(self.parts.cx.clone(), site.clone(), self.parts.policy);
            self.visiting.insert(self.visits.spawn(task).id(), site);
        }
        // One step after the other, of the lane that may bring most and of equals in the order given: two sources that name
        // the same site agree in every run on which of them said so first, and with it for which country the site is read.
        // Visits go on meanwhile.
        while self.steps.is_empty()
            && self.ledger.pending.len() < SITES_AHEAD
            && let Some(place) = self.lanes.take(&self.ledger)
        {
            let Some((lane, source)) = self.lane(place) else {
                continue;
            };
            let (meter, next) = (Meter::default(), self.ledger.stand(&lane).next);
            let fetcher = self.parts.cx.fetcher().clone().layer(&meter);
            let (cx, query) = (
                self.parts.cx.clone().with_fetcher(fetcher),
                lane.query(&self.ledger.query),
            );
            let task = async move {
                let batch = source.step(&cx, &query, next.as_ref()).await;
                (batch, meter.requests())
            };
            self.asking.insert(self.steps.spawn(task).id(), place);
        }
    }

    /// A lane and its source.
    fn lane(&self, place: usize) -> Option<(Lane, Source)> {
        let lane = self.lanes.get(place)?;
        let source = self.parts.sources.get(lane.source)?;
        Some((lane.clone(), source.clone()))
    }

    async fn stepped(&mut self, step: Result<(Id, (Result<Batch>, u64)), JoinError>) -> Result<()> {
        let (id, (batch, requests)) = match step {
            Ok(step) => step,
            Err(death) => (death.id(), (Err(died(&death)), 0)),
        };
        let place = self.asking.remove(&id);
        let Some((place, (lane, source))) = place.and_then(|place| Some((place, self.lane(place)?))) else {
            return Ok(());
        };
        match batch {
            Ok(batch) => self.listed(place, &lane, &source, batch, requests).await,
            // Nothing failed; whoever goes on asks again.
            Err(error) if is_spent(&error) => {
                self.cut_short = true;
                Ok(())
            }
            // The source keeps its place, so a resumed run asks it again.
            Err(error) => {
                let failure = Failure::new(lane.id.as_str(), &error);
                let mut stand = self.ledger.stand(&lane);
                stand.failures.push(failure.clone());
                self.ledger.note_lane(&lane, stand);
                self.lanes.failed(&lane, &error);
                self.writer.tell(Event::of(failure)).await
            }
        }
    }

    async fn listed(
        &mut self,
        place: usize,
        lane: &Lane,
        source: &Source,
        mut batch: Batch,
        requests: u64,
    ) -> Result<()> {
        let query = &self.ledger.query;
        batch.listings.retain(|listing| query.wants(listing));
        let given = self.lanes.listings(&lane.id, &self.ledger);
        let room = query.max.map_or(usize::MAX, |max| max.saturating_sub(given));
        let full = batch.listings.len() >= room;
        let cut = batch.cut || batch.listings.len() > room || (full && batch.next.is_some());
        batch.listings.truncate(room);
        let listings = batch.listings.len();
        let rejects: Vec<_> = batch
            .rejects
            .iter()
            .map(|reject| refused(&lane.id, reject))
            .collect();
        self.note_sites(&batch.listings);
        let now = self.parts.cx.clock().now();
        let sightings: Vec<_> = batch
            .listings
            .into_iter()
            .map(|listing| listing.observe(lane.id.clone(), now))
            .collect();
        let (shown, new) = self.note_seen(lane, source, &sightings);
        let before = self.ledger.stand(lane);
        let mut stand = LaneStand {
            listings: before.listings + listings,
            done: batch.next.is_none() || full,
            cut,
            next: batch.next,
            left: batch.left,
            ..before
        };
        stand.gained.add(requests.max(1), shown, new);
        self.lanes.answered(lane);
        // It answered: what kept it from answering before is over.
        stand.failures.retain(|failure| failure.what != lane.id.as_str());
        stand.failures.extend(rejects.iter().cloned());
        stand.failures.extend(batch.warnings.iter().cloned());
        for (reason, count) in batch.aside {
            *stand.aside.entry(reason).or_default() += count;
        }
        if !stand.done {
            self.lanes.set_ready(place);
        }
        self.ledger.note_lane(lane, stand);
        self.writer.summary.listings += listings as u64;
        telemetry::COLLECT_LISTINGS.add(listings as u64, &[]);
        let kept = sightings
            .into_iter()
            .filter(|sighting| !self.parts.visit_sites || !sighting.findings.is_only_websites());
        self.writer.commit(kept.collect(), &mut self.ledger, None).await?;
        for failure in rejects.into_iter().chain(batch.warnings) {
            self.writer.tell(Event::of(failure)).await?;
        }
        let total = batch.total.map(|total| total as u64);
        self.writer
            .tell(Event::Found {
                source: lane.id.clone(),
                listings: listings as u64,
                total,
            })
            .await?;
        self.stop_when_found();
        self.tell_progress().await
    }

    /// How many of the businesses this lane had not listed before, and how many nobody had. A list of the user's own answers no
    /// query: it tells nothing of how many there are.
    fn note_seen(&mut self, lane: &Lane, source: &Source, sightings: &[Observation]) -> (u64, u64) {
        if source.info().terms == Terms::Own {
            return (sightings.len() as u64, sightings.len() as u64);
        }
        let (mut shown, mut new) = (0, 0);
        for sighting in sightings {
            let noted = self.ledger.note_seen(lane, sighting);
            shown += u64::from(noted.first);
            new += u64::from(noted.new);
        }
        (shown, new)
    }

    /// Sources are not asked on when as much was found as was wanted.
    fn stop_when_found(&mut self) {
        let Some(wanted) = self.parts.until_coverage.filter(|_| self.lanes.is_ready()) else {
            return;
        };
        let coverage = coverage::of(&self.ledger, &self.lanes, &self.parts.sources);
        if coverage.is_some_and(|coverage| coverage.share >= wanted) {
            self.lanes.close();
            self.writer.summary.reached = Some(Reached::Coverage);
        }
    }

    fn note_sites(&mut self, listings: &[Listing]) {
        if !self.parts.visit_sites {
            return;
        }
        for listing in listings {
            let region = country(listing);
            // A page on a site that many businesses share is the platform's; its adapter reads it, not a visit.
            let own = listing
                .findings
                .websites
                .iter()
                .filter(|site| own_site(&site.url).is_some());
            own.for_each(|site| self.ledger.note_site(Site::new(site.url.clone(), region)));
        }
    }

    async fn visited(&mut self, first: Result<(Id, Visited), JoinError>) -> Result<()> {
        let (mut observations, mut events) = (Vec::new(), Vec::new());
        let mut next = Some(first);
        // Everything that is ready goes into one commit.
        while let Some(visit) = next {
            let (id, visited) = match visit {
                Ok((id, visited)) => (id, visited),
                Err(death) => (death.id(), dead(&died(&death))),
            };
            self.cut_short |= visited.cut_short;
            if let Some(site) = self.visiting.remove(&id) {
                self.ledger.note_visited(site, visited.stand);
            }
            self.unreached = if visited.unreached { self.unreached + 1 } else { 0 };
            self.writer.summary.pages += visited.pages;
            telemetry::COLLECT_PAGES.add(visited.pages, &[]);
            observations.extend(visited.observations);
            events.extend(visited.events);
            next = self.visits.try_join_next_with_id();
        }
        for event in events {
            self.writer.tell(event).await?;
        }
        self.writer.commit(observations, &mut self.ledger, None).await?;
        self.tell_progress().await?;
        if self.unreached >= OUTAGE {
            let message = "nobody answers any more: is the network out?";
            let error = Error::new(ErrorKind::Network, "collect", message).temporary();
            return Err(error.with("sites in a row", self.unreached));
        }
        Ok(())
    }

    async fn tell_progress(&mut self) -> Result<()> {
        let (done, known) = self.ledger.progress();
        telemetry::COLLECT_SITES_WAITING.set(waiting(known - done), &[]);
        let growing = self.lanes.is_ready() || !self.steps.is_empty();
        self.writer.tell(Event::Progress { done, known, growing }).await
    }
}

/// Ends when so much time has passed; without a time never.
async fn passed(time: Option<Duration>) {
    match time {
        Some(time) => tokio::time::sleep(time).await,
        None => std::future::pending().await,
    }
}

/// The country a listing lies in, for numbers written without a country code.
fn country(listing: &Listing) -> Option<CountryCode> {
    let addresses = listing
        .findings
        .addresses
        .iter()
        .filter_map(|address| address.country);
    addresses
        .chain(listing.findings.phones.iter().filter_map(|phone| phone.region))
        .chain(listing.region)
        .next()
}

/// The sites on the suppression list.
async fn suppressed_sites(store: &Store) -> Result<HashSet<String>> {
    let entries = store.suppressions().await?.into_iter();
    let sites = entries.filter_map(|entry| match entry.subject {
        Subject::Domain(site) => Some(site),
        Subject::Phone(_) | Subject::Email(_) => None,
    });
    Ok(sites.collect())
}

/// An entry of a source's answer that cannot be read.
fn refused(source: &SourceId, reject: &Reject) -> Failure {
    let error = Error::new(ErrorKind::Decode, "source", reject.reason.clone());
    Failure::new(format!("{source} {}", reject.entry), &error)
}

/// What a visit brought that died.
fn dead(error: &Error) -> Visited {
    let failure = Failure::new("visit", error);
    let mut visited = Visited::default();
    visited.stand.empty = true;
    visited.stand.note(failure.clone(), error);
    visited.events.push(Event::Failed(failure));
    visited
}

/// Sites counted as a figure: exact up to 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "no run knows 2^53 sites")]
fn waiting(sites: u64) -> f64 {
    sites as f64
}

fn died(death: &JoinError) -> Error {
    Error::new(ErrorKind::Internal, "collect", "a task of the run died").with("cause", death)
}
