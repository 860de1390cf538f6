//! A visit to a site that may be the company's.

use super::fold::words;
use super::town::Town;
use crate::crawl::{SitePage, SitePolicy, read_page, visit_site_if};
use crate::record::SafeUrl;
use crate::seam::Fetcher;
use crate::{Error, ErrorKind};

/// Pages of the company's town that are read beside those for contacts: a chain has one a branch.
const TOWN_PAGES: usize = 2;

/// What a visit brought.
#[derive(Debug)]
pub(super) struct Visit {
    /// The front page, where the site stands today.
    pub(super) home: SafeUrl,
    pub(super) pages: Vec<SitePage>,
    pub(super) failures: Vec<(SafeUrl, Error)>,
    pub(super) end: End,
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Pages were read.
    Read,
    /// The domain is parked.
    Parked,
    /// There is nothing, or nobody answers.
    Gone,
    /// robots.txt or the site said no.
    KeptAway,
}

/// Visits a site for its contacts, and for the pages of the town; only its first page, unless that is `wanted`. A site that
/// does not speak TLS is asked without.
pub(super) async fn visit(
    fetcher: &Fetcher,
    start: &SafeUrl,
    town: &Town,
    policy: SitePolicy,
    wanted: impl Fn(&SitePage) -> bool,
) -> Visit {
    let mut seen = visit_site_if(fetcher, start, policy, &wanted).await;
    if seen.pages.is_empty()
        && seen.failures.iter().all(|(_, error)| error.is_unreached())
        && let Some(plain) = without_tls(start)
    {
        seen = visit_site_if(fetcher, &plain, policy, &wanted).await;
    }
    let parked = seen.is_parked();
    let mut visit = Visit {
        home: home_of(start, &seen.pages),
        end: end_of(&seen.pages, &seen.failures, parked),
        pages: seen.pages,
        failures: seen.failures,
    };
    let is_wanted = visit.pages.first().is_some_and(wanted);
    if visit.end == End::Read && is_wanted && !town.is_unknown() {
        for url in town_links(&visit, town) {
            match read_page(fetcher, url.clone()).await {
                Ok(page) => visit.pages.push(page),
                Err(error) => visit.failures.push((url, error)),
            }
        }
    }
    visit
}

/// The same address by plain HTTP.
pub(super) fn without_tls(url: &SafeUrl) -> Option<SafeUrl> {
    let rest = url.as_str().strip_prefix("https://")?;
    SafeUrl::parse(&format!("http://{rest}")).ok()
}

/// The front page of the site that the first page stands on: the site may have moved.
fn home_of(start: &SafeUrl, pages: &[SitePage]) -> SafeUrl {
    let first = pages.first().map_or(start, |page| &page.response.url);
    first.join("/").unwrap_or_else(|_| first.clone())
}

fn end_of(pages: &[SitePage], failures: &[(SafeUrl, Error)], parked: bool) -> End {
    if parked {
        return End::Parked;
    }
    if !pages.is_empty() {
        return End::Read;
    }
    let away = failures.iter().any(|(_, error)| {
        matches!(
            error.kind(),
            ErrorKind::RobotsDenied | ErrorKind::Blocked | ErrorKind::GuardRefused | ErrorKind::RateLimited
        )
    });
    if away { End::KeptAway } else { End::Gone }
}

/// Links to pages that are called after the town: `/filialen/koeln`, `Our shop in Lyon`.
fn town_links(visit: &Visit, town: &Town) -> Vec<SafeUrl> {
    let known: Vec<&SafeUrl> = visit.pages.iter().map(|page| &page.response.url).collect();
    let site = visit.home.site();
    let mut found: Vec<SafeUrl> = Vec::new();
    for link in visit.pages.iter().flat_map(|page| page.document.links()) {
        if found.len() >= TOWN_PAGES {
            break;
        }
        let Some(url) = link.url().and_then(|url| SafeUrl::from_url(url).ok()) else {
            continue;
        };
        let url = url.without_fragment();
        let (label, path) = (link.label(), url.path_and_query());
        let named = label.len() <= 120 && town.is_named_in(&label, &words(&label))
            || town.is_named_in(path, &words(path));
        if named && url.site() == site && path != "/" && !known.contains(&&url) && !found.contains(&url) {
            found.push(url);
        }
    }
    found
}
