//! From an answer to a page, its outcome, its contacts and its links. Large ones are read off the runtime's threads.

use http::StatusCode;

use super::driver::Parts;
use super::page::CrawledPage;
use crate::contacts::extract_document;
use crate::crawl::frontier::{Fingerprint, Kind, Target};
use crate::crawl::links::{Found, Links};
use crate::crawl::outcome::View;
use crate::crawl::{Directives, Outcome, Scope, canonical, lists};
use crate::fetch::redirect_target;
use crate::page::{Document, ParseOptions};
use crate::record::SafeUrl;
use crate::seam::{Rendering, Response};
use crate::{Error, ErrorKind, Result};

/// What came of an address.
#[derive(Debug)]
pub(super) struct Brought {
    pub(super) page: CrawledPage,
    pub(super) found: Vec<Found>,
    /// The sitemaps its robots.txt names, when they were asked for.
    pub(super) maps: Option<Vec<String>>,
    /// Where it came from in the end, when the fetcher followed redirects itself.
    pub(super) landed: Option<Fingerprint>,
}

impl Brought {
    /// It failed.
    pub(super) fn failed(parts: &Parts, target: &Target, error: &Error) -> Self {
        let at = parts.clock.now();
        let mut page = CrawledPage::new(target.url.clone(), Outcome::of_error(error), target.depth, at);
        page.reason = Some(error.to_string());
        page.attempts = attempts_of(error);
        Self::of(page, Vec::new())
    }

    fn of(page: CrawledPage, found: Vec<Found>) -> Self {
        Self {
            page,
            found,
            maps: None,
            landed: None,
        }
    }
}

/// How often the server was asked before it came to this error.
fn attempts_of(error: &Error) -> u32 {
    let told = error.context().find(|(key, _)| *key == "attempts");
    match told.and_then(|(_, attempts)| attempts.parse().ok()) {
        Some(attempts) => attempts,
        // What we keep away from is not asked.
        None => u32::from(!matches!(
            error.kind(),
            ErrorKind::RobotsDenied | ErrorKind::GuardRefused
        )),
    }
}

/// Reads an answer.
pub(super) fn read(parts: &Parts, scope: &Scope, target: &Target, response: &Response) -> Brought {
    let status = response.status;
    let mut page = CrawledPage::new(
        target.url.clone(),
        Outcome::of_status(status),
        target.depth,
        response.fetched_at,
    );
    page.http_status = Some(status.as_u16());
    page.bytes = response.body.len() as u64;
    page.attempts = response.attempts;
    page.rendered = response.rendering.is_some();
    page.reason = response.rendering.as_deref().and_then(cut_short);
    page.directives = Directives::of_response(response, parts.fetcher.product());
    let mut links = Links::new(scope);
    let read = match target.kind {
        _ if status.is_redirection() && status != StatusCode::NOT_MODIFIED => redirect(&mut page, response),
        Kind::Page => document(parts, &mut page, &mut links, response),
        kind if status.is_success() => list(&mut page, &mut links, response, kind),
        _ => Ok(()),
    };
    if let Err(error) = read {
        page.outcome = Outcome::of_error(&error);
        page.reason = Some(error.to_string());
    }
    page.links = u32::try_from(links.found.len()).unwrap_or(u32::MAX);
    let mut brought = Brought::of(page, links.found);
    if !response.hops.is_empty() {
        let landed = canonical(response.url.clone());
        brought.landed = Some(Fingerprint::of(landed.as_str()));
    }
    brought
}

/// Why a rendered page may not be whole.
fn cut_short(rendering: &Rendering) -> Option<String> {
    let what = rendering.unmet.as_deref()?;
    Some(format!(
        "read as it stood: what was waited for did not come in time ({what})"
    ))
}

fn redirect(page: &mut CrawledPage, response: &Response) -> Result<()> {
    if let Some(target) = redirect_target(&response.url, response)? {
        page.outcome = Outcome::Redirect;
        page.redirect = Some(canonical(target));
    }
    Ok(())
}

fn list(page: &mut CrawledPage, links: &mut Links<'_>, response: &Response, kind: Kind) -> Result<()> {
    for (address, kind) in lists::read(&response.body, kind)? {
        if let Ok(url) = response.url.join(&address) {
            links.add(url.as_url().clone(), kind, String::new, true);
        }
    }
    page.outcome = Outcome::List;
    Ok(())
}

fn document(parts: &Parts, page: &mut CrawledPage, links: &mut Links<'_>, response: &Response) -> Result<()> {
    let kind = response.content_type().unwrap_or_default();
    if !is_text(kind) {
        if page.outcome == Outcome::Page {
            page.outcome = Outcome::NotAPage;
            page.reason = Some(format!("it is {}", kind.split(';').next().unwrap_or_default()));
        }
        return Ok(());
    }
    let mut options = ParseOptions::new().base_url(Some(response.url.as_url()));
    if !kind.is_empty() {
        options = options.content_type(kind);
    }
    if let Some(language) = response.header(&http::header::CONTENT_LANGUAGE) {
        options = options.content_language(language);
    }
    let document = match Document::parse(&response.body, &options) {
        Ok(document) => document,
        // What a refusal says is not worth an error of its own.
        Err(_) if page.outcome != Outcome::Page => return Ok(()),
        Err(error) => return Err(error),
    };
    let view = View::new(&document, response.url.site(), response.url.path_and_query());
    page.outcome = match Outcome::of_page(response.status, &view) {
        // What its scripts have made of it is all there is, however little.
        Outcome::Shell if page.rendered => Outcome::Page,
        outcome => outcome,
    };
    if !matches!(page.outcome, Outcome::Page | Outcome::Shell) {
        return Ok(());
    }
    page.directives = std::mem::take(&mut page.directives).and_of_page(&document, parts.fetcher.product());
    page.title = document.title().map(str::to_owned);
    let own = document
        .meta()
        .canonical()
        .and_then(|url| SafeUrl::from_url(url.clone()).ok());
    page.canonical = own.map(canonical).filter(|url| *url != page.input);
    if !page.directives.nofollow {
        links.add_page(&document, parts.config.lists);
    }
    if parts.config.contacts && page.outcome == Outcome::Page {
        let options = parts.options.clone().base_url(response.url.as_str());
        page.contacts = Some(Box::new(extract_document(&document, &options)));
    }
    Ok(())
}

/// Whether a media type may be a page; one that is not named may.
fn is_text(kind: &str) -> bool {
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind.is_empty()
        || kind.contains("html")
        || kind.starts_with("text/")
        || kind.contains("xml")
        || kind == "application/octet-stream"
}
