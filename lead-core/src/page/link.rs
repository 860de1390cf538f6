//! Links: what `<a>` and `<area>` lead to.

use std::borrow::Cow;

use url::Url;

use super::attribute::AttrName;
use super::document::Document;
use super::element::Element;

/// A link of a document.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    pub(super) element: Element<'a>,
}

impl<'a> Link<'a> {
    /// The address as it stands in the source, character references decoded, white space around it removed.
    pub fn href(&self) -> Cow<'a, str> {
        match self.element.attr(AttrName::Href).unwrap_or_default() {
            Cow::Borrowed(href) => Cow::Borrowed(href.trim()),
            Cow::Owned(href) => Cow::Owned(href.trim().to_owned()),
        }
    }

    /// The address as the source has it, nothing decoded: enough to tell whether a link is worth decoding.
    pub(crate) fn raw_href(&self) -> &'a str {
        let Element { document, index } = self.element;
        // Late attributes are those of `<html>` and `<body>`: no link has any.
        let mut records = document.attribute_records(index).iter();
        let href = records.find(|record| record.kind == AttrName::Href);
        href.map_or("", |href| href.value.of(document.source()))
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
