//! `<link>`: what the page is related to.

use url::Url;

use crate::page::attribute::AttrName;
use crate::page::document::Document;
use crate::page::element::{Element, ElementId};
use crate::page::link;
use crate::page::tag::Tag;

/// One `<link>` of the head (or body) with `rel` and `href`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadLink {
    /// The relations, in lower case.
    pub rel: Vec<String>,
    /// The address as written.
    pub href: String,
    /// The address resolved; `None` when it is no URL.
    pub url: Option<Url>,
    /// The language of the target, as written.
    pub hreflang: Option<String>,
    /// The media type of the target, as written.
    pub media_type: Option<String>,
    /// The element it stands in.
    pub element: ElementId,
}

impl HeadLink {
    /// Whether it has a relation.
    pub fn is(&self, rel: &str) -> bool {
        self.rel.iter().any(|own| own == rel)
    }

    /// Language and address of the same page in another language, when it leads to one.
    pub fn alternate(&self) -> Option<(&str, &Url)> {
        let language = self.hreflang.as_deref().filter(|_| self.is("alternate"))?;
        Some((language, self.url.as_ref()?))
    }
}

/// Every one of a document, in document order.
pub(in crate::page) fn all(document: &Document) -> Vec<HeadLink> {
    let links = document.metas().filter(|element| element.tag() == Tag::Link);
    links.filter_map(read).collect()
}

/// Where it leads to, when the page calls that its own address. Most do not, and resolving an address costs.
pub(super) fn canonical(element: Element<'_>) -> Option<Url> {
    let rel = element.attr(AttrName::Rel)?;
    let mut relations = rel.split_ascii_whitespace();
    let own = relations.any(|one| one.eq_ignore_ascii_case("canonical"));
    let href = element.attr(AttrName::Href).filter(|_| own)?;
    link::resolve(element.document, href.trim())
}

fn read(element: Element<'_>) -> Option<HeadLink> {
    let rel = element.attr(AttrName::Rel)?.to_ascii_lowercase();
    let href = element.attr(AttrName::Href)?.trim().to_owned();
    let written = |name| {
        element
            .attr(name)
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    };
    Some(HeadLink {
        rel: rel.split_ascii_whitespace().map(str::to_owned).collect(),
        url: link::resolve(element.document, &href),
        href,
        hreflang: written(AttrName::Hreflang),
        media_type: written(AttrName::Type),
        element: element.id(),
    })
}
