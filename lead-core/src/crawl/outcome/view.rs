//! A page as the detectors look at it.

use std::cell::OnceCell;

use super::phrases::Phrases;
use crate::crawl::contact_links::folded;
use crate::page::{AttrName, Document, Tag};

/// Longer pages have something to say of their own: no wall, block or parked page seen has more text.
const SHORT: usize = 4_000;

/// A page, and what detectors ask of it.
pub(in crate::crawl) struct View<'a> {
    pub(super) document: &'a Document,
    /// The site it stands on.
    pub(super) site: &'a str,
    /// Its path and query.
    pub(super) path: &'a str,
    says: OnceCell<String>,
}

impl<'a> View<'a> {
    pub(in crate::crawl) fn new(document: &'a Document, site: &'a str, path: &'a str) -> Self {
        Self {
            document,
            site,
            path,
            says: OnceCell::new(),
        }
    }

    /// Whether it has little to say, so that it may be something else than a page.
    pub(super) fn is_short(&self) -> bool {
        self.document.text().len() <= SHORT
    }

    /// Bytes of visible text.
    pub(super) fn text_len(&self) -> usize {
        self.document.text().len()
    }

    /// Title and text, folded to lower case without accents.
    pub(super) fn says(&self) -> &str {
        self.says.get_or_init(|| {
            let title = self.document.title().unwrap_or_default();
            folded(&format!("{title}\n{}", self.document.text()))
        })
    }

    /// Whether it says one of the phrases.
    pub(super) fn says_any(&self, phrases: &Phrases) -> bool {
        phrases.are_in(self.says())
    }

    /// Whether the title, folded, has one of the words.
    pub(super) fn is_titled(&self, words: &Phrases) -> bool {
        words.are_in(&folded(self.document.title().unwrap_or_default()))
    }

    /// Whether the source has one of the marks, as it is written: names of scripts, classes, services.
    pub(super) fn has_any(&self, marks: &Phrases) -> bool {
        marks.are_in(self.document.source())
    }

    /// Whether it asks for a password.
    pub(super) fn asks_for_password(&self) -> bool {
        self.document.elements().any(|element| {
            element.tag() == Tag::Input
                && element
                    .attr(AttrName::Type)
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("password"))
        })
    }
}
