//! A visit to a site for its contacts.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::contact_links;
use super::outcome::View;
use super::outcome::parked::is as is_parked;
use crate::page::{Document, ParseOptions};
use crate::record::{
    Confidence, Findings, Found, Method, NaturalKey, Observation, SafeUrl, SourceId, Trace, Website,
};
use crate::seam::{Fetcher, Request, Response};
use crate::{Error, ErrorKind, Result};

/// How much of a site is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SitePolicy {
    /// At most so many pages.
    pub max_pages: usize,
}

impl Default for SitePolicy {
    /// Eight pages: the listed page, home, and the six most promising links.
    fn default() -> Self {
        Self { max_pages: 8 }
    }
}

impl SitePolicy {
    /// At most so many pages.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.max_pages = pages;
        self
    }
}

/// A page that was read.
#[derive(Debug)]
#[non_exhaustive]
pub struct SitePage {
    /// The response, whole.
    pub response: Response,
    /// The page.
    pub document: Document,
}

impl SitePage {
    /// As the detectors look at it.
    fn view(&self) -> View<'_> {
        let url = &self.response.url;
        View::new(&self.document, url.site(), url.path_and_query())
    }

    /// The sighting that the page is, with what stands on it.
    pub(crate) fn observation(&self, findings: Findings<Trace>) -> Option<Observation> {
        let url = self.response.url.clone();
        let key = NaturalKey::new(url.as_str()).ok()?;
        let at = self.response.fetched_at;
        let seen = Observation::new(SourceId::built_in("web"), key, Some(url), at, findings);
        Some(match &self.response.identity {
            Some(identity) => seen.identity(identity.clone()),
            None => seen,
        })
    }
}

/// A page speaks for the site it stands on.
pub(crate) fn note_home(findings: &mut Findings<Trace>, url: &SafeUrl) {
    if let Ok(home) = url.join("/") {
        let trace = Trace::new(Method::LinkedPage).at("host");
        findings
            .websites
            .push(Found::new(Website::new(home), Confidence::clamped(0.9), trace));
    }
}

/// What a visit brought.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct SiteVisit {
    /// The pages that were read, in order.
    pub pages: Vec<SitePage>,
    /// The pages that were not, with the error.
    pub failures: Vec<(SafeUrl, Error)>,
    /// Requests made, retries and redirects included; robots.txt aside.
    pub requests: u64,
    /// Whether the domain is parked: what stands there is its broker's.
    parked: bool,
}

impl SiteVisit {
    /// Whether the domain is parked: what stands there is its broker's.
    pub fn is_parked(&self) -> bool {
        self.parked
    }
}

/// Reads the page at `start`, the site's home page, and the pages they link to as leading to contacts. A page that fails is
/// kept aside; the others are read. What stands on a parked domain is its broker's: such a page counts as failed, and ends
/// the visit. Dropping the future stops the visit.
pub async fn visit_site(fetcher: &Fetcher, start: &SafeUrl, policy: SitePolicy) -> SiteVisit {
    visit_site_if(fetcher, start, policy, |_| true).await
}

/// As [`visit_site`], but goes on behind the first page only if `wanted` says so of it.
pub(crate) async fn visit_site_if(
    fetcher: &Fetcher,
    start: &SafeUrl,
    policy: SitePolicy,
    wanted: impl Fn(&SitePage) -> bool,
) -> SiteVisit {
    let mut visit = SiteVisit::default();
    let mut asked: BTreeSet<SafeUrl> = BTreeSet::new();
    let mut site = start.site().to_owned();
    let mut ahead = vec![start.clone()];
    ahead.extend(start.join("/").ok().filter(|home| home != start));
    let firsts = ahead.len();
    let mut at = 0;
    while let Some(url) = ahead.get(at).cloned() {
        at += 1;
        if visit.pages.len() + visit.failures.len() >= policy.max_pages || !asked.insert(url.clone()) {
            continue;
        }
        match read(fetcher, url.clone(), &mut visit.requests).await {
            Ok(page) if is_parked(&page.view()) => {
                visit.failures.push((url, parked()));
                visit.parked = true;
                break;
            }
            Ok(page) if visit.pages.is_empty() && !wanted(&page) => {
                visit.pages.push(page);
                break;
            }
            Ok(page) => {
                asked.insert(page.response.url.clone());
                if at <= firsts {
                    // The site may have moved: its links are those of the place it moved to.
                    page.response.url.site().clone_into(&mut site);
                    let links = contact_links(&page.document, &site)
                        .into_iter()
                        .map(|(_, url)| url);
                    let known: BTreeSet<_> = ahead.iter().cloned().collect();
                    ahead.extend(links.filter(|url| !known.contains(url)));
                }
                let again = visit
                    .pages
                    .iter()
                    .any(|known| known.response.url == page.response.url);
                if !again {
                    visit.pages.push(page);
                }
            }
            Err(error) => visit.failures.push((url, error)),
        }
    }
    visit
}

fn parked() -> Error {
    let message = "the domain is parked: no business answers there";
    Error::new(ErrorKind::NotFound, "crawl", message)
}

/// Reads one page.
pub(crate) async fn read_page(fetcher: &Fetcher, url: SafeUrl) -> Result<SitePage> {
    read(fetcher, url, &mut 0).await
}

async fn read(fetcher: &Fetcher, url: SafeUrl, requests: &mut u64) -> Result<SitePage> {
    let response = fetcher.fetch(Request::get(url)).await?;
    *requests += u64::from(response.attempts) + response.hops.len() as u64;
    let response = response.error_for_status()?;
    let mut options = ParseOptions::new().base_url(Some(response.url.as_url()));
    if let Some(kind) = response.content_type() {
        options = options.content_type(kind);
    }
    if let Some(language) = response.header(&http::header::CONTENT_LANGUAGE) {
        options = options.content_language(language);
    }
    let document = Document::parse(&response.body, &options)?;
    Ok(SitePage { response, document })
}
