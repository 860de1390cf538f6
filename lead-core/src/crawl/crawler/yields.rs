//! Whether further pages of a host still bring something.

use std::collections::{HashMap, HashSet};

use super::CrawledPage;

/// What hosts have brought.
#[derive(Debug)]
pub(super) struct Yields {
    /// Pages in a row without anything new after which a host is saturated.
    after: Option<u32>,
    hosts: HashMap<String, Yield>,
}

#[derive(Debug, Default)]
struct Yield {
    known: HashSet<String>,
    barren: u32,
}

impl Yields {
    pub(super) fn new(after: Option<u32>) -> Self {
        Self {
            after,
            hosts: HashMap::new(),
        }
    }

    /// Notes what stands on a page. Whether its host has brought nothing new for so long that it is left.
    pub(super) fn note(&mut self, page: &CrawledPage) -> bool {
        let (Some(after), Some(contacts)) = (self.after, &page.contacts) else {
            return false;
        };
        let host = self.hosts.entry(page.input.origin().to_owned()).or_default();
        let found = &contacts.findings;
        let values = found.phones.iter().map(|phone| phone.e164.to_string());
        let values = values
            .chain(found.emails.iter().map(|email| email.address.to_string()))
            .chain(found.socials.iter().map(|social| social.url.to_string()));
        let before = host.known.len();
        host.known.extend(values);
        if host.known.len() > before {
            host.barren = 0;
        } else {
            host.barren += 1;
        }
        host.barren == after
    }
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
            pages.map(|html| yields.note(&page(html)))
        };
        assert_eq!(
            of(Some(3)),
            [false, false, false, false, false, false, true, false]
        );
        assert_eq!(of(None), [false; 8]);
    }
}
