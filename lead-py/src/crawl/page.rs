//! A page of a crawl.

use lead_core::crawl;
use pyo3::prelude::*;

use crate::class::class;
use crate::contacts::Contacts;
use crate::stream::HandOver;
use crate::time::Moment;

class! {
    /// What a page says to programs, in its head or its header fields.
    Directives(crawl::Directives) in "lead"
    fields {
        /// It shall not stand in an index.
        noindex: bool = |it| it.noindex;
        /// Its links shall not be followed: they are not.
        nofollow: bool = |it| it.nofollow;
        /// It reserves the rights of text and data mining.
        tdm_reserved: bool = |it| it.tdm_reserved;
        /// Where the terms of such a reservation stand, as written.
        tdm_policy: Option<String> = |it| it.tdm_policy.clone();
    }
    lists {}
}

class! {
    /// An address that was asked, and what came of it.
    CrawledPage(crawl::CrawledPage) in "lead"
    fields {
        /// The address that was asked, in canonical form.
        input: String = |it| it.input.to_string();
        /// What came of it: `page`, `redirect`, `gone`, `login_wall` …
        outcome: &'static str = |it| it.outcome.code();
        /// The HTTP status of the answer, when there was one.
        http_status: Option<u16> = |it| it.http_status;
        /// Links from a seed to it.
        depth: u16 = |it| it.depth;
        /// Bytes of its body.
        bytes: u64 = |it| it.bytes;
        /// How often it was asked for.
        attempts: u32 = |it| it.attempts;
        /// When it was fetched.
        fetched_at: Moment = |it| Moment(it.fetched_at);
        /// Where it leads, when it is a redirect.
        redirect: Option<String> = |it| it.redirect.as_ref().map(ToString::to_string);
        /// The address the page calls its own, when that is another.
        canonical: Option<String> = |it| it.canonical.as_ref().map(ToString::to_string);
        /// Its title.
        title: Option<String> = |it| it.title.clone();
        /// Whether a browser rendered it.
        rendered: bool = |it| it.rendered;
        /// What it says to programs.
        directives: Directives = |it| Directives::from(it.directives.clone());
        /// How many addresses on it belong to the crawl.
        links: u32 = |it| it.links;
        /// What went wrong, on one line.
        reason: Option<String> = |it| it.reason.clone();
        /// Whether telephone numbers, e-mail addresses or profiles stand on it.
        has_contacts: bool = |it| it.has_contacts();
    }
    lists {}
    ones {
        /// What stands on it, when it is a page.
        contacts: Contacts = |it| it.contacts.as_deref();
    }
}

impl HandOver for crawl::CrawledPage {
    fn hand_over(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(Py::new(py, CrawledPage::from(self))?.into_any())
    }
}
