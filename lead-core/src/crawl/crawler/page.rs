//! A page of a crawl.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::crawl::{Directives, Outcome};
use crate::record::{Contacts, SafeUrl};

/// An address that was asked, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct CrawledPage {
    /// The address that was asked, in canonical form.
    pub input: SafeUrl,
    /// What came of it.
    pub outcome: Outcome,
    /// The HTTP status of the answer, when there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// Links from a seed to it.
    pub depth: u16,
    /// Bytes of its body.
    pub bytes: u64,
    /// How often it was asked for.
    pub attempts: u32,
    /// When it was fetched.
    #[schemars(with = "String")]
    pub fetched_at: Timestamp,
    /// Where it leads, when it is a redirect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<SafeUrl>,
    /// The address the page calls its own, when that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical: Option<SafeUrl>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether a browser rendered it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rendered: bool,
    /// What it says to programs.
    #[serde(default, skip_serializing_if = "Directives::is_empty")]
    pub directives: Directives,
    /// Addresses on it that belong to the crawl.
    pub links: u32,
    /// What went wrong, on one line; of a rendered page also what it was not waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What stands on it, when it is a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Box<Contacts>>,
}

impl CrawledPage {
    /// An address of which nothing is known yet but what came of it.
    pub(super) fn new(input: SafeUrl, outcome: Outcome, depth: u16, fetched_at: Timestamp) -> Self {
        Self {
            input,
            outcome,
            http_status: None,
            depth,
            bytes: 0,
            attempts: 1,
            fetched_at,
            redirect: None,
            canonical: None,
            title: None,
            rendered: false,
            directives: Directives::default(),
            links: 0,
            reason: None,
            contacts: None,
        }
    }

    /// Whether contacts stand on it.
    pub fn has_contacts(&self) -> bool {
        let found = self.contacts.as_ref().map(|contacts| &contacts.findings);
        found.is_some_and(|found| {
            !found.phones.is_empty() || !found.emails.is_empty() || !found.socials.is_empty()
        })
    }
}
