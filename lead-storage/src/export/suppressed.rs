//! The suppression list on the way out.

use std::collections::BTreeSet;

use lead_core::Result;
use lead_core::record::{E164, EmailAddress, Lead, SafeUrl, Subject};
use lead_core::seam::Store;

use super::row::Row;

/// The list as it stood when the export began.
pub(crate) struct Suppressed(BTreeSet<Subject>);

impl Suppressed {
    pub(crate) async fn of(store: &Store) -> Result<Self> {
        let list = store.suppressions().await?;
        Ok(Self(list.into_iter().map(|entry| entry.subject).collect()))
    }

    /// The lead without what is suppressed; `None` when its site is.
    pub(crate) fn strip(&self, mut lead: Lead) -> Option<Lead> {
        if self.0.is_empty() {
            return Some(lead);
        }
        let websites = lead.findings.websites.iter().map(|found| &found.url);
        let sources = lead.sources.iter().filter_map(|source| source.url.as_ref());
        if websites.chain(sources).any(|url| self.site(url)) {
            return None;
        }
        lead.findings.retain_contacts(
            |phone| !self.0.contains(&Subject::Phone(phone.e164)),
            |email| !self.email(&email.address),
        );
        Some(lead)
    }

    /// The same of what tables show. What cannot be read as an address is none that somebody could use.
    pub(super) fn strip_row<'a>(&self, mut row: Row<'a>) -> Option<Row<'a>> {
        if self.0.is_empty() {
            return Some(row);
        }
        let websites = row.websites.iter().map(|found| &found.url);
        let sources = row.sources.iter().filter_map(|source| source.url.as_ref());
        let mut sites = websites.chain(sources);
        if sites.any(|url| SafeUrl::parse(url).is_ok_and(|url| self.site(&url))) {
            return None;
        }
        row.retain_contacts(
            |phone| E164::new(phone).is_ok_and(|phone| !self.0.contains(&Subject::Phone(phone))),
            |email| EmailAddress::new(email).is_ok_and(|email| !self.email(&email)),
        );
        Some(row)
    }

    fn site(&self, url: &SafeUrl) -> bool {
        self.0.contains(&Subject::Domain(url.site().to_owned()))
    }

    fn email(&self, address: &EmailAddress) -> bool {
        // The domain and every parent of it: at least what the store drops, by its registered name.
        let parents = address
            .domain()
            .match_indices('.')
            .filter_map(|(at, _)| address.domain().get(at + 1..));
        let mut domains = std::iter::once(address.domain()).chain(parents);
        self.0.contains(&Subject::Email(address.clone()))
            || domains.any(|domain| self.0.contains(&Subject::Domain(domain.to_owned())))
    }
}
