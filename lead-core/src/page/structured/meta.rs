//! OpenGraph, Twitter cards, `<meta>` and `<link>`.

use url::Url;

use crate::page::attribute::AttrName;
use crate::page::document::Document;
use crate::page::element::{Element, ElementId};
use crate::page::link;
use crate::page::tag::Tag;

/// One `<meta>`: `property`, `name` or `http-equiv`, and its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetaEntry {
    /// The name in lower case (`og:title`, `description`, `content-language`).
    pub name: String,
    /// The content, white space around it removed; not empty.
    pub content: String,
    /// The element it stands in.
    pub element: ElementId,
}

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
}

/// What the head says beside the title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    entries: Vec<MetaEntry>,
    links: Vec<HeadLink>,
}

impl Meta {
    pub(in crate::page) fn of(document: &Document) -> Self {
        let mut meta = Self::default();
        for element in document.metas() {
            match element.tag() {
                Tag::Meta => meta.entries.extend(entry(element)),
                Tag::Link => meta.links.extend(head_link(element)),
                _ => {}
            }
        }
        meta
    }

    /// Every entry, in document order.
    pub fn entries(&self) -> &[MetaEntry] {
        &self.entries
    }

    /// Every `<link>`, in document order.
    pub fn links(&self) -> &[HeadLink] {
        &self.links
    }

    /// The contents of a name (in lower case), in document order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.entries
            .iter()
            .filter(move |entry| entry.name == name)
            .map(|entry| entry.content.as_str())
    }

    /// The first content of a name (in lower case).
    pub fn first(&self, name: &str) -> Option<&str> {
        self.entries
            .iter()
            .find(|entry| entry.name == name)
            .map(|entry| entry.content.as_str())
    }

    /// `description`, else `og:description`, else `twitter:description`.
    pub fn description(&self) -> Option<&str> {
        self.first_of(&["description", "og:description", "twitter:description"])
    }

    /// `og:site_name`, else `application-name`.
    pub fn site_name(&self) -> Option<&str> {
        self.first_of(&["og:site_name", "application-name"])
    }

    /// `author`, else `article:author`.
    pub fn author(&self) -> Option<&str> {
        self.first_of(&["author", "article:author"])
    }

    /// `generator`: the software that made the page.
    pub fn generator(&self) -> Option<&str> {
        self.first("generator")
    }

    /// `keywords`, parted at commas.
    pub fn keywords(&self) -> impl Iterator<Item = &str> {
        let words = self.first("keywords").unwrap_or_default().split(',');
        words.map(str::trim).filter(|word| !word.is_empty())
    }

    /// Latitude and longitude in degrees: `geo.position`, `ICBM`, or OpenGraph's place and business properties.
    pub fn position(&self) -> Option<(f64, f64)> {
        let pair = |text: &str| {
            let (latitude, longitude) = text.split_once([';', ','])?;
            degrees(latitude, longitude)
        };
        let named = |prefix: &str| {
            let part = |end: &str| self.first(&format!("{prefix}{end}"));
            degrees(part("latitude")?, part("longitude")?)
        };
        let first = self.all("geo.position").chain(self.all("icbm")).find_map(pair);
        first.or_else(|| {
            ["place:location:", "business:location:", "og:"]
                .into_iter()
                .find_map(named)
        })
    }

    /// The address the page itself calls the right one.
    pub fn canonical(&self) -> Option<&Url> {
        self.links
            .iter()
            .filter(|link| link.is("canonical"))
            .find_map(|link| link.url.as_ref())
    }

    /// The same page in other languages: language and address.
    pub fn alternates(&self) -> impl Iterator<Item = (&str, &Url)> {
        let alternates = self.links.iter().filter(|link| link.is("alternate"));
        alternates.filter_map(|link| Some((link.hreflang.as_deref()?, link.url.as_ref()?)))
    }

    fn first_of(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.first(name))
    }
}

fn degrees(latitude: &str, longitude: &str) -> Option<(f64, f64)> {
    let number = |text: &str, limit: f64| {
        text.trim()
            .parse()
            .ok()
            .filter(|value: &f64| value.abs() <= limit)
    };
    let found = (number(latitude, 90.0)?, number(longitude, 180.0)?);
    // Templates that were never filled in say 0, 0.
    (found != (0.0, 0.0)).then_some(found)
}

fn entry(element: Element<'_>) -> Option<MetaEntry> {
    let name = [AttrName::Property, AttrName::Name, AttrName::HttpEquiv]
        .into_iter()
        .find_map(|name| element.attr(name))?;
    let content = element.attr(AttrName::Content)?;
    let (name, content) = (name.trim().to_ascii_lowercase(), content.trim().to_owned());
    (!name.is_empty() && !content.is_empty()).then(|| MetaEntry {
        name,
        content,
        element: element.id(),
    })
}

fn head_link(element: Element<'_>) -> Option<HeadLink> {
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
