//! From a site to observations.

use super::pictures::Pictures;
use super::site::{Site, SiteStand};
use crate::contacts::ExtractOptions;
use crate::contacts::extract_document;
use crate::crawl::{SitePage, SitePolicy, note_home, visit_site};
use crate::fetch::is_spent;
use crate::record::{CountryCode, Observation};
use crate::seam::{Context, Event, Failure};

/// What a visit brought.
#[derive(Debug, Default)]
pub(super) struct Visited {
    pub(super) observations: Vec<Observation>,
    pub(super) events: Vec<Event>,
    pub(super) pages: u64,
    /// What came of the site.
    pub(super) stand: SiteStand,
    /// Whether nobody answered at all.
    pub(super) unreached: bool,
    /// Whether the run's budget ended it.
    pub(super) cut_short: bool,
}

/// Reads a site and what stands on its pages.
pub(super) async fn visit(cx: Context, site: Site, policy: SitePolicy) -> Visited {
    let seen = visit_site(cx.fetcher(), &site.url, policy).await;
    let mut visited = Visited {
        pages: seen.pages.len() as u64,
        stand: SiteStand {
            empty: seen.pages.is_empty(),
            ..SiteStand::done()
        },
        unreached: seen.pages.is_empty() && seen.failures.iter().all(|(_, error)| error.is_unreached()),
        ..Visited::default()
    };
    let mut pictures = Pictures::of(&cx);
    for page in &seen.pages {
        if page.response.attempts > 1 {
            visited.events.push(Event::Retry {
                url: page.response.url.clone(),
                attempts: page.response.attempts,
            });
        }
        visited.events.push(Event::Fetched {
            url: page.response.url.clone(),
            status: page.response.status.as_u16(),
            bytes: page.response.body.len() as u64,
            from_cache: page.response.from_cache,
        });
        visited
            .observations
            .extend(observe(page, &site, pictures.as_mut()).await);
    }
    let mut failures = Vec::new();
    if let Some(pictures) = pictures {
        failures = pictures.failures;
    }
    let of_pages = seen.failures.into_iter();
    failures.extend(of_pages.map(|(url, error)| (Failure::new(url.as_str(), &error), error)));
    for (failure, error) in failures {
        if is_spent(&error) {
            // What was read is kept; a run that goes on reads the rest.
            (visited.cut_short, visited.stand.again) = (true, true);
            continue;
        }
        visited.stand.note(failure.clone(), &error);
        visited.events.push(Event::of(failure));
    }
    visited
}

/// The sighting a page is; `None` when nothing stands on it.
async fn observe(page: &SitePage, site: &Site, pictures: Option<&mut Pictures<'_>>) -> Option<Observation> {
    let url = &page.response.url;
    let mut options = ExtractOptions::new();
    if let Some(region) = &site.region {
        options = options.region(region.as_str());
    }
    let contacts = extract_document(&page.document, &options);
    let mut findings = contacts.findings;
    if let Some(pictures) = pictures {
        let region = contacts.region.as_ref().map(CountryCode::as_str);
        pictures.add(page, region, &mut findings).await;
    }
    if findings.is_empty() {
        return None;
    }
    note_home(&mut findings, url);
    if site.url.site() != url.site() {
        note_home(&mut findings, &site.url);
    }
    page.observation(findings)
}
