//! Links: what `<a>` and `<area>` lead to.

use std::borrow::Cow;

use url::Url;

use super::attribute::AttrName;
use super::document::Document;
use super::element::Element;
use super::reader::reference;
use super::span::Span;

/// A link as it lies on the tape.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinkRecord {
    pub(super) element: u32,
    /// The value of `href` in the source.
    pub(super) href: Span,
}

/// A link of a document.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    pub(super) element: Element<'a>,
    pub(super) href: Span,
}

impl<'a> Link<'a> {
    /// The address as it stands in the source, character references decoded, white space around it removed.
    pub fn href(&self) -> Cow<'a, str> {
        match reference::decode_value(self.raw_href()) {
            Cow::Borrowed(href) => Cow::Borrowed(href.trim()),
            Cow::Owned(href) => Cow::Owned(href.trim().to_owned()),
        }
    }

    /// The address as the source has it, nothing decoded: enough to tell whether a link is worth decoding.
    pub(crate) fn raw_href(&self) -> &'a str {
        self.href.of(self.element.document.source())
    }

    /// The address resolved against the document's base. `None` when it is no URL, or relative without a base.
    ///
    /// Parsed anew at each call: look at [`Link::href`] first where that is enough (`mailto:`, `tel:`).
    pub fn url(&self) -> Option<Url> {
        resolve(self.element.document, &self.href())
    }

    /// What the link says: the text it covers.
    pub fn text(&self) -> &'a str {
        self.element.text()
    }

    /// What the link says to those who do not see it: its text, else `aria-label`, else `title`.
    pub fn label(&self) -> Cow<'a, str> {
        let text = self.element.text();
        if !text.is_empty() {
            return Cow::Borrowed(text);
        }
        let spoken = self
            .element
            .attr(AttrName::AriaLabel)
            .or_else(|| self.element.attr(AttrName::Title));
        spoken.unwrap_or_default()
    }

    /// The value of `rel`, in lower case (`"nofollow noopener"`); empty when absent.
    pub fn rel(&self) -> String {
        self.element
            .attr(AttrName::Rel)
            .unwrap_or_default()
            .to_ascii_lowercase()
    }

    /// The element: its other attributes, block, place.
    pub fn element(&self) -> Element<'a> {
        self.element
    }
}

/// Resolves an address of the document against its base.
pub(super) fn resolve(document: &Document, address: &str) -> Option<Url> {
    match document.base() {
        Some(base) => base.join(address).ok(),
        None => Url::parse(address).ok(),
    }
}
