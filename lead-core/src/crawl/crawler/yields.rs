//! What the pages of a host bring, and whether further ones still bring something.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use super::CrawledPage;
use crate::record::{Findings, Trace};

/// What hosts have brought.
#[derive(Debug)]
pub(super) struct Yields {
    /// Pages in a row without anything new after which a host is saturated.
    after: Option<u32>,
    hosts: HashMap<String, Yield>,
    hasher: RandomState,
}

#[derive(Debug, Default)]
struct Yield {
    /// Hashes of the values: a crawl of millions of pages keeps eight bytes of each.
    known: HashSet<u64>,
    barren: u32,
}

/// What a page brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Brings {
    /// Contacts that the host's other pages did not show.
    pub(super) new: u64,
    /// Whether the host has brought nothing new for so long that it is left.
    pub(super) saturated: bool,
}

impl Yields {
    pub(super) fn new(after: Option<u32>) -> Self {
        Self {
            after,
            hosts: HashMap::new(),
            hasher: RandomState::new(),
        }
    }

    /// Notes what stands on a page.
    pub(super) fn note(&mut self, page: &CrawledPage) -> Brings {
        let Some(contacts) = &page.contacts else {
            return Brings::default();
        };
        let host = self.hosts.entry(page.input.origin().to_owned()).or_default();
        let before = host.known.len();
        host.known.extend(hashes(&contacts.findings, &self.hasher));
        let new = (host.known.len() - before) as u64;
        host.barren = if new > 0 { 0 } else { host.barren.saturating_add(1) };
        Brings {
            new,
            saturated: self.after == Some(host.barren),
        }
    }
}

/// Of each number, address and profile a hash.
fn hashes(found: &Findings<Trace>, hasher: &RandomState) -> impl Iterator<Item = u64> {
    let phones = found.phones.iter().map(|phone| hasher.hash_one(phone.e164));
    let emails = found.emails.iter().map(|email| hasher.hash_one(&email.address));
    let socials = found.socials.iter().map(|social| hasher.hash_one(&social.url));
    phones.chain(emails).chain(socials)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crawl::Outcome;
    use crate::record::SafeUrl;

    fn page(html: &str) -> CrawledPage {
        let url = SafeUrl::parse("http://a.test/").unwrap();
        let mut page = CrawledPage::new(url, Outcome::Page, 0, crate::clock::Timestamp::UNIX_EPOCH);
        page.contacts = Some(Box::new(
            crate::extract(html, &crate::contacts::ExtractOptions::new()).unwrap(),
        ));
        page
    }

    #[test]
    fn a_host_is_left_after_pages_that_bring_nothing_new() {
        let pages = [
            "Mail to info@a.test.",
            "x",
            "Mail to info@a.test.",
            "Mail to jo@a.test.",
            "x",
            "x",
            "x",
            "x",
        ];
        let of = |after| {
            let mut yields = Yields::new(after);
            pages.map(|html| yields.note(&page(html)).saturated)
        };
        assert_eq!(
            of(Some(3)),
            [false, false, false, false, false, false, true, false]
        );
        assert_eq!(of(None), [false; 8]);
    }

    #[test]
    fn a_contact_counts_once_a_host() {
        let mut yields = Yields::new(None);
        let mut new = |html| yields.note(&page(html)).new;
        assert_eq!(new("Mail to info@a.test or jo@a.test."), 2);
        assert_eq!(new("Mail to info@a.test or ed@a.test."), 1);
        assert_eq!(new("Nothing."), 0);
    }
}
