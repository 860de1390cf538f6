//! The search for one company: whom to ask, which sites to look at, what to answer.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;

use super::answer::{Judged, Matched, NoSite, Origin, SiteFound};
use super::candidate::{Candidate, Candidates, Fit, fit, titled};
use super::facts::{Facts, PageFacts};
use super::finder::Finder;
use super::guess::{domains_of, guesses};
use super::judge::{Verdict, Wanted, logistic};
use super::legal::bare;
use super::name::Name;
use super::refill::Refill;
use super::site::{End, visit, without_tls};
use super::town::Town;
use crate::Result;
use crate::crawl::SitePage;
use crate::record::{Confidence, Lead, Listing, Observation, Query, QueryText, SafeUrl, SourceId};
use crate::seam::{Context, Failure, Request, Response, Search};

/// Sites of a company that are visited, at most; those guessed at come on top.
const VISITS: usize = 6;

/// A guessed address must answer within this time.
const GUESS: Duration = Duration::from_secs(8);

/// Two sites of nearly the same odds are each as likely the company's.
const RIVAL: f32 = 0.5;

/// What is being found out about one company.
pub(super) struct Inquiry<'a> {
    finder: &'a Finder,
    cx: Context,
    matched: Matched,
    name: Name,
    town: Arc<Town>,
    verdicts: Vec<(Verdict, Vec<PageFacts>)>,
    /// Whether a source was asked, and whether one answered.
    asked: bool,
    answered: bool,
}

impl<'a> Inquiry<'a> {
    pub(super) fn new(finder: &'a Finder, cx: Context, matched: Matched, town: Arc<Town>) -> Self {
        let name = matched.company.name.as_deref().unwrap_or_default();
        Self {
            finder,
            cx,
            name: Name::new(name, &town.words()),
            matched,
            town,
            verdicts: Vec::new(),
            asked: false,
            answered: false,
        }
    }

    /// Looks for the company, and says what came of it.
    pub(super) async fn answer(mut self) -> Matched {
        let candidates = self.look().await;
        self.conclude(candidates)
    }

    /// Looks for candidates and visits them; the listings that speak of the company.
    async fn look(&mut self) -> Candidates {
        let mut candidates = Candidates::default();
        candidates.given(&self.matched.company);
        self.ask_osm(&mut candidates).await;
        self.ask_sources(&mut candidates).await;
        candidates.order();
        let first: Vec<Candidate> = candidates.list.iter().take(VISITS).cloned().collect();
        self.visit_until_sure(&first).await;
        if self.finder.matcher.guess && !self.is_sure() {
            let known: Vec<String> = candidates
                .list
                .iter()
                .map(|candidate| candidate.site.clone())
                .collect();
            for url in self.guesses().await {
                candidates.guessed(url);
            }
            let new = candidates
                .list
                .iter()
                .filter(|candidate| !known.contains(&candidate.site));
            let new: Vec<Candidate> = new.cloned().collect();
            self.visit_until_sure(&new).await;
        }
        candidates
    }

    async fn ask_osm(&mut self, candidates: &mut Candidates) {
        let Some(osm) = &self.finder.matcher.osm else {
            return;
        };
        let id = SourceId::built_in("osm");
        let element = self
            .matched
            .company
            .place_id
            .as_deref()
            .map(|id| id.trim_start_matches("osm:"));
        if let Some(element) = element.filter(|id| {
            ["node/", "way/", "relation/"]
                .iter()
                .any(|kind| id.starts_with(kind))
        }) {
            let found = osm.element(&self.cx, element).await;
            let listings: Result<Vec<Listing>> = found.map(|listing| listing.into_iter().collect());
            if let Ok(listings) = &listings {
                self.adopt(listings);
            }
            self.take(candidates, &id, listings, true);
        }
        let word = self
            .matched
            .company
            .name
            .as_deref()
            .and_then(|name| rarest(name, &self.name));
        if let (Some(word), Some(area)) = (word, self.town.area) {
            let found = osm.named(&self.cx, &word, area, self.town.country).await;
            self.take(candidates, &id, found.map(|batch| batch.listings), true);
        }
    }

    /// A company that is known by its id alone is called what the source calls it, and lies where it says.
    fn adopt(&mut self, listings: &[Listing]) {
        let Some(listing) = listings.first().filter(|_| self.name.is_empty()) else {
            return;
        };
        let all = &listing.findings;
        let city = all.addresses.first().and_then(|address| address.city.as_deref());
        if let Some(city) = city.filter(|_| self.town.is_unknown()) {
            self.town = Arc::new(Town::new([city]));
        }
        if let Some(name) = all.organizations.first() {
            self.name = Name::new(&name.name, &self.town.words());
        }
    }

    async fn ask_sources(&mut self, candidates: &mut Candidates) {
        let company = &self.matched.company;
        // Whoever searches leaves the legal form out: few sites show it.
        let query = company.name.as_deref().map(|name| Query::new(&bare(name)));
        let Some(Ok(mut query)) = query else {
            return;
        };
        query.near = company.city.as_deref().and_then(|city| QueryText::new(city).ok());
        for source in &self.finder.matcher.sources {
            let found = source.step(&self.cx, &query, None).await;
            self.take(candidates, &source.id(), found.map(|batch| batch.listings), false);
        }
    }

    /// Takes in what a source answered.
    fn take(
        &mut self,
        candidates: &mut Candidates,
        source: &SourceId,
        answer: Result<Vec<Listing>>,
        bound: bool,
    ) {
        self.asked = true;
        let listings = match answer {
            Ok(listings) => listings,
            Err(error) => return self.matched.failures.push(Failure::new(source.as_str(), &error)),
        };
        self.answered = true;
        let now = self.cx.clock().now();
        for (place, listing) in listings.into_iter().enumerate() {
            let fit = fit(&self.matched.company, &self.name, &self.town, &listing, bound);
            let alike = titled(&self.name, &self.town, &listing);
            candidates.listed(source, place, &listing, fit, alike);
            if matches!(fit, Fit::Same { placed: true, .. }) {
                candidates.listings.push(listing.observe(source.clone(), now));
            }
        }
    }

    /// The guessed addresses that answer.
    async fn guesses(&self) -> Vec<SafeUrl> {
        let Some(name) = self.matched.company.name.as_deref() else {
            return Vec::new();
        };
        let matcher = &self.finder.matcher;
        let country = self.matched.company.country.or(self.town.country);
        let domains = if matcher.domains.is_empty() {
            domains_of(country)
        } else {
            matcher.domains.clone()
        };
        let urls = guesses(name, self.matched.company.city.as_deref(), &domains);
        let probes = urls.into_iter().map(async |url| {
            // Nearly every site answers without TLS, if only to lead to itself with it.
            for url in [without_tls(&url), Some(url)].into_iter().flatten() {
                let request = Request::get(url.clone()).deadline(GUESS);
                let answer = self.cx.fetcher().fetch(request).await;
                if answer.and_then(Response::error_for_status).is_ok() {
                    return Some(url);
                }
            }
            None
        });
        join_all(probes).await.into_iter().flatten().collect()
    }

    /// Visits candidates in their order, until one leaves no doubt.
    async fn visit_until_sure(&mut self, candidates: &[Candidate]) {
        for candidate in candidates {
            self.visit(candidate).await;
            if self.is_beyond_doubt() {
                return;
            }
        }
    }

    async fn visit(&mut self, candidate: &Candidate) {
        // Whom nothing but a lower place among results or a guess speaks for is looked at closely only when its first page is
        // called so.
        let stranger = self.finder.is_stranger(&candidate.site);
        let chance = candidate.origins.iter().all(|origin| match origin {
            Origin::Search { rank, .. } => *rank > 1 || stranger,
            origin => *origin == Origin::Guess,
        });
        let town = Arc::clone(&self.town);
        let name = &self.name;
        let wanted = |page: &SitePage| {
            !chance
                || Facts::names_on(page)
                    .iter()
                    .any(|other| name.likeness(&Name::new(other, &town.words())) >= 0.5)
        };
        let policy = self.finder.matcher.policy;
        let mut visit = visit(self.cx.fetcher(), &candidate.start, &town, policy, wanted).await;
        let country = self.matched.company.country.or(self.town.country);
        let pages = std::mem::take(&mut visit.pages);
        // Reading takes time of a core: those who wait for the web go on meanwhile.
        let reading = tokio::task::spawn_blocking(move || Facts::of(&pages, &town, country));
        let facts = reading.await.unwrap_or_default();
        let wanted = Wanted {
            company: &self.matched.company,
            name: &self.name,
            town: &self.town,
        };
        let verdict = wanted.judge(candidate, &visit, &facts);
        if verdict.judged.refused == Some(NoSite::OtherName) {
            self.finder.note_stranger(&candidate.site);
        }
        let failures = visit
            .failures
            .iter()
            .map(|(url, error)| Failure::new(url.as_str(), error));
        if visit.end != End::Gone
            || verdict
                .judged
                .origins
                .iter()
                .any(|origin| !matches!(origin, Origin::Guess))
        {
            self.matched.failures.extend(failures);
        }
        // Two names of one site are one candidate: the old one leads to the new.
        match self
            .verdicts
            .iter_mut()
            .find(|(known, _)| known.judged.url.site() == verdict.judged.url.site())
        {
            Some(known) if known.0.odds >= verdict.odds => {}
            Some(known) => *known = (verdict, facts.pages),
            None => self.verdicts.push((verdict, facts.pages)),
        }
    }

    fn best_odds(&self) -> f32 {
        self.verdicts
            .iter()
            .map(|(verdict, _)| verdict.odds)
            .fold(f32::NEG_INFINITY, f32::max)
    }

    fn is_sure(&self) -> bool {
        logistic(self.best_odds()) >= self.finder.matcher.min_confidence
    }

    fn is_beyond_doubt(&self) -> bool {
        logistic(self.best_odds()) >= 0.985 && self.is_sure()
    }

    /// The answer.
    fn conclude(mut self, candidates: Candidates) -> Matched {
        self.verdicts
            .sort_by(|one, two| two.0.odds.total_cmp(&one.0.odds));
        let found = self.found();
        let pages = self
            .verdicts
            .first_mut()
            .map(|(_, pages)| std::mem::take(pages))
            .unwrap_or_default();
        let reason = found.is_none().then(|| self.reason(&candidates));
        let verdicts = std::mem::take(&mut self.verdicts);
        let mut matched = self.matched;
        matched.candidates = verdicts.into_iter().map(|(verdict, _)| verdict.judged).collect();
        matched.reason = reason;
        let no_answer = reason == Some(NoSite::NoCandidate) && self.asked && !self.answered;
        if no_answer && let Some(failure) = matched.failures.first().cloned() {
            return matched.failed(failure);
        }
        if let Some(site) = found {
            let own = |sighting: &Observation| {
                let mut sites = sighting
                    .findings
                    .websites
                    .iter()
                    .map(|website| website.url.site())
                    .peekable();
                sites.peek().is_none() || sites.any(|listed| listed == site.url.site())
            };
            let listings = candidates.listings.into_iter().filter(own);
            let sightings: Vec<Observation> = pages
                .iter()
                .map(|page| page.sighting.clone())
                .chain(listings)
                .collect();
            matched.contacts = Lead::derive(&sightings);
            if let Some(lead) = &matched.contacts {
                let refill = Refill::new(&matched.company, &site, lead, &self.town, &pages);
                matched.filled = refill.fields(self.cx.clock().now());
            }
            matched.site = Some(site);
        }
        matched
    }

    /// The surest site, when it is sure enough and has no rival.
    fn found(&mut self) -> Option<SiteFound> {
        let second = self
            .verdicts
            .get(1)
            .map_or(f32::NEG_INFINITY, |(verdict, _)| verdict.odds);
        let least = self.finder.matcher.min_confidence;
        let (best, _) = self.verdicts.first_mut()?;
        if second > 0.0 && best.odds - second < RIVAL && best.read {
            best.judged.refused = Some(NoSite::Ambiguous);
            best.judged.confidence = Confidence::clamped(logistic(best.odds) * logistic(best.odds - second));
        }
        if best.judged.confidence.get() < least || best.judged.refused.is_some() {
            best.judged.refused.get_or_insert(NoSite::Unsure);
            return None;
        }
        let Judged {
            url, confidence, why, ..
        } = best.judged.clone();
        Some(SiteFound { url, confidence, why })
    }

    /// Why there is no answer: what the best of the sites is not.
    fn reason(&self, candidates: &Candidates) -> NoSite {
        let gone = |reason: NoSite| matches!(reason, NoSite::Gone | NoSite::OtherName);
        let reasons: Vec<NoSite> = self
            .verdicts
            .iter()
            .filter_map(|(verdict, _)| verdict.judged.refused)
            .collect();
        let telling = reasons.iter().find(|reason| !gone(**reason)).or(reasons.first());
        match telling {
            Some(reason) if !gone(*reason) || !candidates.shared => *reason,
            _ if candidates.shared => NoSite::OnlyPlatforms,
            _ => NoSite::NoCandidate,
        }
    }
}

/// The word of a name that is rarest, as it is written; OpenStreetMap is asked for it.
fn rarest(written: &str, name: &Name) -> Option<String> {
    let written = bare(written);
    let rarest = name
        .rarest()
        .or_else(|| name.telling().max_by_key(|word| word.len()))?;
    let mut words = written.split(|c: char| !c.is_alphanumeric());
    words
        .find(|word| super::fold::joined(word) == rarest)
        .map(str::to_owned)
}
