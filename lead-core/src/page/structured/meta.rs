//! OpenGraph, Twitter cards and `<meta>`.

use url::Url;

use super::head_link;
use crate::page::attribute::AttrName;
use crate::page::document::Document;
use crate::page::element::{Element, ElementId};
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

/// What the head says beside the title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    entries: Vec<MetaEntry>,
    canonical: Option<Url>,
}

impl Meta {
    pub(in crate::page) fn of(document: &Document) -> Self {
        let mut meta = Self::default();
        for element in document.metas() {
            match element.tag() {
                Tag::Meta => meta.entries.extend(entry(element)),
                Tag::Link if meta.canonical.is_none() => meta.canonical = head_link::canonical(element),
                _ => {}
            }
        }
        meta
    }

    /// Every entry, in document order.
    pub fn entries(&self) -> &[MetaEntry] {
        &self.entries
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
        self.canonical.as_ref()
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
    const NAMES: [AttrName; 3] = [AttrName::Property, AttrName::Name, AttrName::HttpEquiv];
    let (mut name, mut content) = (None, None);
    for attribute in element.attributes() {
        if attribute.kind() == AttrName::Content {
            content = Some(attribute);
        } else if let Some(rank) = NAMES.iter().position(|one| *one == attribute.kind()) {
            let stronger = name.filter(|(known, _)| *known < rank);
            name = stronger.or(Some((rank, attribute)));
        }
    }
    let (name, content) = (name?.1.value(), content?.value());
    let (name, content) = (name.trim(), content.trim());
    (!name.is_empty() && !content.is_empty()).then(|| MetaEntry {
        name: name.to_ascii_lowercase(),
        content: content.to_owned(),
        element: element.id(),
    })
}
