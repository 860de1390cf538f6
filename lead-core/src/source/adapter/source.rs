//! A platform that is asked: an adapter with a `[search]`, as a source of collections.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use super::outcome::refusal;
use super::search::{Ask, SearchRule, lacking, moved};
use super::template::Slot;
use super::{Adapter, Census, Outcome, PageKind, ParseRequest, Quarantine, Reading};
use crate::record::{Joining, Listing, Query, SafeUrl, SourceId};
use crate::seam::{Batch, Context, Cursor, Failure, Reject, Response, Search, SourceInfo, Terms};
use crate::{Error, ErrorKind, Result};

/// How a platform is asked.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct SourceOptions {
    /// Why a platform may be asked whose terms restrict programs. Without it such a platform is not asked.
    pub accepted: Option<String>,
    /// The user's key, for platforms that want one.
    pub key: Option<String>,
    /// Another host that is asked in place of the platform's own: SearXNG of one's own, a mirror, a test.
    pub base_url: Option<SafeUrl>,
    /// Whether entries' own pages are read where the adapter says so; they are unless told.
    pub list_only: bool,
    /// Where pages that nobody knows are kept.
    pub quarantine: Option<Quarantine>,
    /// What its pages were like; without one, that which comes with a built-in platform.
    pub baseline: Option<Census>,
}

impl SourceOptions {
    /// The platform's own host, without key or acceptance.
    pub fn new() -> Self {
        Self::default()
    }

    /// Accepts the platform's terms, for this reason, which a run keeps.
    pub fn accept_terms(mut self, reason: impl Into<String>) -> Self {
        self.accepted = Some(reason.into());
        self
    }

    /// With this key.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Asks this host.
    pub fn base_url(mut self, url: SafeUrl) -> Self {
        self.base_url = Some(url);
        self
    }

    /// Reads lists only, not the entries' own pages.
    pub fn list_only(mut self) -> Self {
        self.list_only = true;
        self
    }

    /// Keeps pages that nobody knows.
    pub fn quarantine(mut self, quarantine: Quarantine) -> Self {
        self.quarantine = Some(quarantine);
        self
    }

    /// Holds what is read against this.
    pub fn baseline(mut self, baseline: Census) -> Self {
        self.baseline = Some(baseline);
        self
    }
}

impl fmt::Debug for SourceOptions {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceOptions")
            .field("accepted", &self.accepted)
            .field("key", &self.key.as_ref().map(|_| "…"))
            .field("base_url", &self.base_url)
            .field("list_only", &self.list_only)
            .field("quarantine", &self.quarantine)
            .finish_non_exhaustive()
    }
}

/// A platform as a source: asks its search page by page, follows entries to their own pages where its file says so.
#[derive(Clone, Debug)]
pub struct AdapterSource {
    adapter: Arc<Adapter>,
    options: SourceOptions,
}

/// Where a search stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Stand {
    /// The page to ask, from 0.
    page: u32,
    /// Where the page before said to go on.
    next: Option<String>,
    listings: usize,
    /// The entries of the page before: a platform that gives its last page again and again has no more.
    last: Option<u64>,
    census: Census,
    /// Fields whose drift was told.
    told: Vec<String>,
}

impl AdapterSource {
    /// An adapter as a source.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] when its file has no `[search]`; [`ErrorKind::InvalidInput`] when its terms restrict
    /// programs and no reason is given, or the reason is empty; [`ErrorKind::Config`] when it wants a key and none is given.
    pub fn new(adapter: Adapter, options: SourceOptions) -> Result<Self> {
        if adapter.search.is_none() {
            let message = "the platform has no search that can be asked: its saved pages can be read";
            return Err(Error::new(ErrorKind::Unsupported, "adapter", message).with("adapter", &adapter.id));
        }
        let source = Self {
            adapter: Arc::new(adapter),
            options,
        };
        source.info().may_be_asked(source.adapter.id())?;
        if source.rule()?.has(Slot::Key) && source.options.key.is_none() {
            return Err(lacking(Slot::Key).with("adapter", source.adapter.id()));
        }
        Ok(source)
    }

    /// The adapter.
    pub fn adapter(&self) -> &Adapter {
        &self.adapter
    }

    fn rule(&self) -> Result<&SearchRule> {
        let missing = || Error::new(ErrorKind::Unsupported, "adapter", "the platform has no search");
        self.adapter.search.as_ref().ok_or_else(missing)
    }

    /// Asks one page of a search.
    async fn page(&self, cx: &Context, query: &Query, stand: &Stand) -> Result<(Outcome, Response)> {
        let rule = self.rule()?;
        let ask = self.ask(query, stand);
        let request = match &stand.next {
            Some(next) if !rule.has(Slot::Token) => {
                let first = rule.request(&ask)?.url;
                rule.named(&ask, SafeUrl::parse(next)?, &first)?
            }
            _ => rule.request(&ask)?,
        };
        let response = cx.fetcher().fetch(request).await?;
        Ok((self.read(&response)?, response))
    }

    fn ask<'a>(&'a self, query: &'a Query, stand: &'a Stand) -> Ask<'a> {
        Ask {
            query,
            page: stand.page,
            token: stand.next.as_deref(),
            key: self.options.key.as_deref(),
            host: self.options.base_url.as_ref(),
        }
    }

    /// What an answer is. A status is told by what the page says where the adapter knows the page.
    fn read(&self, response: &Response) -> Result<Outcome> {
        let request = ParseRequest::new().url(response.url.as_str());
        let fine = response.status.is_success();
        match self.adapter.parse(&response.body, &request) {
            Ok(Outcome::Listings(reading)) if fine => Ok(Outcome::Listings(reading)),
            Ok(negative @ Outcome::Negative { .. }) => Ok(negative),
            Ok(Outcome::Listings(_)) | Err(_) if !fine => {
                let failed = response.clone().error_for_status().err();
                Err(failed.unwrap_or_else(|| self.unread(response, None)))
            }
            Ok(other) => Ok(other),
            Err(error) => Err(self.unread(response, Some(error))),
        }
    }

    /// The page is kept, and the error says where.
    fn unread(&self, response: &Response, error: Option<Error>) -> Error {
        let error = error.unwrap_or_else(|| self.adapter.unrecognised("a status that is no success"));
        let error = error.with("url", &response.url);
        let Some(quarantine) = &self.options.quarantine else {
            return error;
        };
        match quarantine.keep(self.adapter.id(), self.adapter.version(), response, &error) {
            Ok(Some(path)) => error.with("kept", path.display()),
            Ok(None) => error,
            Err(cause) => error.with("kept", cause),
        }
    }

    /// Reads the entries' own pages. What cannot be read of one leaves the entry as the list shows it; a wall ends the step,
    /// which is asked again when the run goes on.
    async fn follow(
        &self,
        cx: &Context,
        ask: &Ask<'_>,
        reading: &mut Reading,
        from: &SafeUrl,
    ) -> Result<Vec<Reject>> {
        let rule = self.rule()?;
        let mut rejects = Vec::new();
        let details = std::mem::take(&mut reading.details);
        for (listing, detail) in reading.listings.iter_mut().zip(details) {
            let Some(detail) = detail else { continue };
            match self.detail(cx, (rule, ask), listing, from, &detail).await {
                Ok(()) => {}
                Err(error) if matches!(error.kind(), ErrorKind::Blocked | ErrorKind::RateLimited) => {
                    return Err(error);
                }
                Err(error) => rejects.push(Reject {
                    entry: detail,
                    reason: error.to_string(),
                }),
            }
        }
        Ok(rejects)
    }

    async fn detail(
        &self,
        cx: &Context,
        (rule, ask): (&SearchRule, &Ask<'_>),
        listing: &mut Listing,
        from: &SafeUrl,
        detail: &str,
    ) -> Result<()> {
        let mut url = from.join(detail)?;
        // A list names its platform's own host, whoever is asked in its place.
        if url.origin() != from.origin() && self.adapter.id_of(url.as_str()).is_some() {
            url = moved(url, self.options.base_url.as_ref())?;
        }
        let request = rule.named(ask, url, from)?;
        let response = cx.fetcher().fetch(request).await?;
        match self.read(&response)? {
            Outcome::Listings(mut page) => {
                if let Some(more) = page.listings.drain(..).next() {
                    listing.url = more.url.or(Some(response.url));
                    listing.findings.absorb(more.findings, Joining::Same);
                    listing.findings.sort();
                }
                Ok(())
            }
            Outcome::Negative {
                kind: PageKind::NotFound | PageKind::Closed | PageKind::NoResults | PageKind::Reviews,
                ..
            } => Ok(()),
            Outcome::Negative { kind, page } => Err(refusal(self.adapter.id(), kind, &page)),
        }
    }

    /// One page of a search, and where to go on.
    pub(in crate::source) async fn turn(
        &self,
        cx: &Context,
        query: &Query,
        mut stand: Stand,
    ) -> Result<(Batch, Option<Stand>)> {
        let (outcome, response) = self.page(cx, query, &stand).await?;
        let mut reading = match outcome {
            Outcome::Listings(reading) => reading,
            // The end of a search, or a search for what is not there.
            Outcome::Negative {
                kind: PageKind::NoResults | PageKind::NotFound | PageKind::Closed,
                ..
            } => {
                return Ok((Batch::default(), None));
            }
            Outcome::Negative { kind, page } => return Err(refusal(self.adapter.id(), kind, &page)),
        };
        let mut batch = Batch {
            total: reading.total,
            ..Batch::default()
        };
        let hash = hash_of(&reading.listings);
        if stand.last.replace(hash) == Some(hash) {
            return Ok((batch, None));
        }
        stand.census.add(&reading);
        batch.warnings = self.drift(&mut stand);
        within(query, &mut reading, &mut batch);
        let room = query
            .max
            .map_or(usize::MAX, |max| max.saturating_sub(stand.listings));
        batch.cut = reading.listings.len() > room;
        reading.listings.truncate(room);
        stand.listings += reading.listings.len();
        if self.options.list_only {
            reading.details.clear();
        }
        batch.rejects = std::mem::take(&mut reading.rejects);
        batch.rejects.extend(
            self.follow(cx, &self.ask(query, &stand), &mut reading, &response.url)
                .await?,
        );
        let (next, cut) = self.next(stand, reading.next.take(), &response.url)?;
        batch.cut |= cut;
        batch.listings = reading.listings;
        Ok((batch, next))
    }

    /// Where to go on, and whether the end is that no more pages are asked of a search. A file that reads where the next page
    /// is ends with the page that names none; else the pages are counted, and the last is told by its being empty.
    fn next(&self, mut stand: Stand, next: Option<String>, from: &SafeUrl) -> Result<(Option<Stand>, bool)> {
        let rule = self.rule()?;
        stand.page += 1;
        let counted = rule.has(Slot::Page) && rule.next.is_none();
        let follows = counted || next.is_some();
        if !follows || stand.page >= rule.most {
            return Ok((None, follows));
        }
        stand.next = match next {
            Some(token) if rule.has(Slot::Token) => Some(token),
            Some(address) => {
                let mut url = from.join(&address)?;
                if url.origin() != from.origin() {
                    url = moved(url, self.options.base_url.as_ref())?;
                }
                Some(url.as_str().to_owned())
            }
            None => None,
        };
        Ok((Some(stand), false))
    }

    /// Fields that are found more rarely than they were, each told once.
    fn drift(&self, stand: &mut Stand) -> Vec<Failure> {
        let Some(baseline) = self.options.baseline.as_ref().or(self.adapter.baseline.as_ref()) else {
            return Vec::new();
        };
        let mut warnings = Vec::new();
        for drift in stand.census.drift_from(baseline) {
            if !stand.told.contains(&drift.field) {
                warnings.push(Failure::new(
                    format!("{} {}", self.adapter.id(), drift.field),
                    &drift.to_error(),
                ));
                stand.told.push(drift.field);
            }
        }
        warnings
    }
}

impl Search for AdapterSource {
    fn id(&self) -> SourceId {
        self.adapter.id().clone()
    }

    fn info(&self) -> SourceInfo {
        let base_url = self.options.base_url.as_ref();
        let mut info = self.adapter.info().service(self.adapter.id().as_str(), base_url);
        // What is asked by a box is found by cells, the rest by other words for the same: but whoever restricts programs is
        // asked no more often than it takes.
        let by_words = self.rule().is_ok_and(|rule| !rule.has(Slot::West));
        if by_words && info.terms != Terms::Restricted {
            info = info.by_words();
        }
        match &self.options.accepted {
            Some(reason) => info.accepted(reason),
            None => info,
        }
    }

    async fn step(&self, cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        let rule = self.rule()?;
        if query.area.is_some() && query.near.is_none() && !rule.has(Slot::West) {
            let message = "this platform is asked by the name of a place, not by a box";
            return Err(Error::invalid("adapter", message).with("adapter", self.adapter.id()));
        }
        let (mut batch, next) = self.turn(cx, query, stand(at)?).await?;
        batch.next = next.as_ref().map(cursor);
        Ok(batch)
    }
}

/// What lies outside the area is left aside.
fn within(query: &Query, reading: &mut Reading, batch: &mut Batch) {
    let kept: Vec<bool> = reading
        .listings
        .iter()
        .map(|listing| query.wants(listing))
        .collect();
    let mut flags = kept.iter();
    reading.listings.retain(|_| flags.next() == Some(&true));
    let mut flags = kept.iter();
    reading.details.retain(|_| flags.next() == Some(&true));
    let dropped = kept.iter().filter(|kept| !**kept).count();
    if dropped > 0 {
        *batch.aside.entry("outside the area".to_owned()).or_default() += dropped;
    }
}

fn hash_of(listings: &[Listing]) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = SipHasher13::new();
    for listing in listings {
        listing.natural_key.as_str().hash(&mut hasher);
    }
    hasher.finish()
}

fn cursor(stand: &Stand) -> Cursor {
    Cursor(serde_json::to_string(stand).unwrap_or_default())
}

fn stand(at: Option<&Cursor>) -> Result<Stand> {
    let Some(cursor) = at else {
        return Ok(Stand::default());
    };
    serde_json::from_str(&cursor.0)
        .map_err(|cause| Error::invalid("adapter", "not a cursor of this source").because(cause))
}
