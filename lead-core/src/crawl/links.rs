//! Where a page leads to, within a crawl.

use std::collections::HashSet;

use url::Url;

use super::contact_links::{PageKind, kind_of};
use super::frontier::{Class, Fingerprint, Kind};
use super::{Scope, canonical};
use crate::page::Document;
use crate::record::SafeUrl;

/// An address found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) url: SafeUrl,
    pub(super) fingerprint: Fingerprint,
    pub(super) kind: Kind,
    pub(super) class: Class,
}

/// Addresses of a page, each once.
#[derive(Debug)]
pub(super) struct Links<'a> {
    scope: &'a Scope,
    seen: HashSet<Fingerprint>,
    pub(super) found: Vec<Found>,
    /// Links that lead out of the crawl.
    pub(super) outside: u32,
}

impl<'a> Links<'a> {
    pub(super) fn new(scope: &'a Scope) -> Self {
        Self {
            scope,
            seen: HashSet::new(),
            found: Vec::new(),
            outside: 0,
        }
    }

    /// Adds all a page leads to: its links and frames, the same page in other languages, the one it calls canonical, the
    /// next and the last of a series, its feeds if wanted, and where it says to go on (`<meta http-equiv="refresh">`).
    pub(super) fn add_page(&mut self, document: &Document, feeds: bool) {
        for link in document.links() {
            if !may_be_page(link.raw_href()) {
                continue;
            }
            if let Some(url) = link.url() {
                let rel = link.rel();
                // The mark speaks of endorsement (HTML standard, link types), not of permission: such links come last.
                let endorsed = !rel.split_ascii_whitespace().any(|one| one == "nofollow");
                self.add(url, Kind::Page, || link.label().into_owned(), endorsed);
            }
        }
        for link in document.head_links() {
            let Some(url) = link.url.clone() else { continue };
            if link.is("alternate") && is_feed(link.media_type.as_deref()) {
                if !feeds {
                    continue;
                }
                self.add(url, Kind::Feed, String::new, true);
            } else if link.alternate().is_some()
                || ["canonical", "next", "prev"].iter().any(|rel| link.is(rel))
            {
                self.add(url, Kind::Page, String::new, true);
            }
        }
        if let Some(url) = refresh(document) {
            self.add(url, Kind::Page, String::new, true);
        }
    }

    /// Adds an address of this kind; `label` is what the link to it says.
    pub(super) fn add(&mut self, url: Url, kind: Kind, label: impl FnOnce() -> String, endorsed: bool) {
        let Ok(url) = SafeUrl::from_url(url) else { return };
        let url = canonical(url);
        let admitted = match kind {
            Kind::Page => self.scope.admits(&url),
            Kind::Sitemap | Kind::Feed => self.scope.is_home(&url),
        };
        if !admitted {
            self.outside += u32::from(!self.scope.is_home(&url));
            return;
        }
        let fingerprint = Fingerprint::of(url.as_str());
        if self.seen.insert(fingerprint) {
            let class = if endorsed {
                class_of(&url, kind, &label())
            } else {
                Class::Last
            };
            self.found.push(Found {
                url,
                fingerprint,
                kind,
                class,
            });
        }
    }
}

fn class_of(url: &SafeUrl, kind: Kind, label: &str) -> Class {
    match kind_of(url.as_url(), label) {
        _ if kind == Kind::Sitemap => Class::First,
        Some(PageKind::Contact | PageKind::Imprint | PageKind::About | PageKind::Locations) => {
            Class::Promising
        }
        _ if url.as_url().query().is_some() || kind == Kind::Feed => Class::Last,
        _ => Class::Plain,
    }
}

/// Whether what a link says can be an address of a page: a cheap look before it is parsed.
fn may_be_page(href: &str) -> bool {
    let href = href.trim_ascii_start();
    if href.is_empty() || href.starts_with('#') {
        return false;
    }
    match href.find([':', '/', '?', '#']) {
        Some(at) if href.as_bytes().get(at) == Some(&b':') => href.get(..at).is_some_and(|scheme| {
            scheme.eq_ignore_ascii_case("http")
                || scheme.eq_ignore_ascii_case("https")
                || scheme.contains('&')
        }),
        _ => true,
    }
}

fn is_feed(media_type: Option<&str>) -> bool {
    media_type.is_some_and(|kind| {
        let kind = kind.to_ascii_lowercase();
        kind.contains("rss") || kind.contains("atom")
    })
}

/// Where the page says to go on: `5; url=/next` (HTML standard §4.2.5.3).
fn refresh(document: &Document) -> Option<Url> {
    let rule = document.meta().first("refresh")?;
    let rest = rule
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
        .trim_start();
    let rest = rest.strip_prefix([';', ',']).unwrap_or(rest).trim_start();
    let rest = match rest.get(..3) {
        Some(word) if word.eq_ignore_ascii_case("url") => {
            let after = rest.get(3..)?.trim_start();
            after.strip_prefix('=').map_or(rest, str::trim_start)
        }
        _ => rest,
    };
    let target = rest.trim_matches(['"', '\'']).trim();
    if target.is_empty() {
        return None;
    }
    match document.base() {
        Some(base) => base.join(target).ok(),
        None => Url::parse(target).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reach;
    use super::*;
    use crate::page::ParseOptions;

    fn links(html: &str) -> Vec<(String, Kind, Class)> {
        let base = SafeUrl::parse("http://www.bakery.test/a/").unwrap();
        let document = Document::parse(
            html.as_bytes(),
            &ParseOptions::new().base_url(Some(base.as_url())),
        )
        .unwrap();
        let scope = Scope::new(Reach::Site).seed(&base);
        let mut links = Links::new(&scope);
        links.add_page(&document, true);
        links
            .found
            .into_iter()
            .map(|found| (found.url.to_string(), found.kind, found.class))
            .collect()
    }

    #[test]
    fn all_ways_on_are_found_once() {
        let found = links(
            "<link rel=canonical href='/a/'><link rel=alternate hreflang=de href='/de/'><link rel=alternate type='application/rss+xml' href='/feed'>\
             <link rel=next href='?page=2'><link rel=stylesheet href='/s.css'><meta http-equiv=refresh content='0; URL=\"/moved\"'>\
             <a href='/b?utm_source=x#y'>B</a><a href='/b'>B again</a><a href='/contact'>Contact</a><a href='/c' rel='nofollow'>C</a>\
             <a href='http://other.test/'>out</a><a href='mailto:a@b.test'>mail</a><a href='javascript:x()'>x</a><a href='#top'>top</a>\
             <a href='/flyer.pdf'>flyer</a><a href='tel:+49301234'>ring</a><a href='h&#116;tp://www.bakery.test/d'>D</a>",
        );
        let wanted = [
            ("http://www.bakery.test/b", Kind::Page, Class::Plain),
            ("http://www.bakery.test/contact", Kind::Page, Class::Promising),
            ("http://www.bakery.test/c", Kind::Page, Class::Last),
            ("http://www.bakery.test/d", Kind::Page, Class::Plain),
            ("http://www.bakery.test/a/", Kind::Page, Class::Plain),
            ("http://www.bakery.test/de/", Kind::Page, Class::Plain),
            ("http://www.bakery.test/feed", Kind::Feed, Class::Last),
            ("http://www.bakery.test/a/?page=2", Kind::Page, Class::Last),
            ("http://www.bakery.test/moved", Kind::Page, Class::Plain),
        ];
        assert_eq!(
            found,
            wanted.map(|(url, kind, class)| (url.to_owned(), kind, class))
        );
    }

    #[test]
    fn refreshes_without_a_target_lead_nowhere() {
        for content in ["5", "5;", "0; url=", ""] {
            assert!(
                links(&format!("<meta http-equiv=refresh content='{content}'>")).is_empty(),
                "{content}"
            );
        }
        assert_eq!(
            links("<meta http-equiv=refresh content='3,/x'>")[0].0,
            "http://www.bakery.test/x"
        );
    }
}
