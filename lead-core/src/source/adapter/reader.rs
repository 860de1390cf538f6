//! One place to look at.

use std::borrow::Cow;

use regex::Regex;
use scraper::{ElementRef, Selector};
use serde_json::Value;

use super::hooks::Read;
use super::page::Page;
use super::path::Path;
use super::transform::Transform;
use crate::page::structured::Origin;
use crate::page::{Node, Structured};
use crate::record::Method;

/// A place to look at.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Json {
        path: Path,
        root: bool,
        call: Option<Read>,
    },
    /// In a script, by its number among those of the adapter.
    Script {
        script: usize,
        path: Path,
    },
    Structured {
        origin: Origin,
        kind: Option<String>,
        path: Vec<String>,
    },
    Meta(String),
    Css {
        selector: Option<Selector>,
        attr: Option<String>,
    },
    Regex(Regex),
    Url(Regex),
    Text(String),
    Position,
}

/// A place, as the file writes it.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    pub(super) place: Place,
    pub(super) then: Vec<Transform>,
    pub(super) label: String,
}

/// What stands there.
pub(super) struct Hit {
    pub(super) value: Value,
    pub(super) locator: String,
}

/// The part of a page that is one entry.
pub(super) enum Entry<'p> {
    Whole,
    Json(&'p Value, String),
    Element(ElementRef<'p>),
}

/// The structured data of a circle ends here.
const DEEPEST: usize = 8;

impl Reader {
    /// By which layer its values are found.
    pub(super) fn method(&self) -> Method {
        match &self.place {
            Place::Structured { .. } | Place::Meta(_) => Method::StructuredData,
            Place::Css { attr: Some(_), .. } => Method::Link,
            Place::Css { attr: None, .. } => Method::VisibleText,
            _ => Method::Platform,
        }
    }

    /// Everything that stands at this place of the entry, the `position`-th (from 1) of its page.
    pub(super) fn hits(&self, page: &Page<'_>, entry: &Entry<'_>, position: usize) -> Vec<Hit> {
        match &self.place {
            Place::Json { path, root, call } => json_hits(page, entry, path, *root, *call, &self.label),
            Place::Script { script, path } => {
                let Some(value) = page.script(*script) else {
                    return Vec::new();
                };
                let found = path.find(value, "");
                found
                    .into_iter()
                    .map(|(value, at)| self.hit(value.clone(), &at))
                    .collect()
            }
            Place::Structured { origin, kind, path } => {
                let Some(document) = page.document() else {
                    return Vec::new();
                };
                let all = structured(document.structured(), *origin, kind.as_deref(), path);
                all.into_iter()
                    .map(|text| self.hit(Value::String(text), ""))
                    .collect()
            }
            Place::Meta(name) => {
                let found = page.document().and_then(|document| document.meta().first(name));
                self.texts(found.map(str::to_owned))
            }
            Place::Css { selector, attr } => self.texts(css(page, entry, selector.as_ref(), attr.as_deref())),
            Place::Regex(pattern) => {
                self.texts(pattern.captures_iter(&source(page, entry)).filter_map(|all| {
                    all.get(1)
                        .or_else(|| all.get(0))
                        .map(|found| found.as_str().to_owned())
                }))
            }
            Place::Url(pattern) => {
                let captures = page.url.and_then(|url| pattern.captures(url));
                self.texts(captures.and_then(|all| {
                    all.name("id")
                        .or_else(|| all.get(1))
                        .map(|found| found.as_str().to_owned())
                }))
            }
            Place::Text(text) => self.texts(page.text.contains(text.as_str()).then(|| text.clone())),
            Place::Position => vec![self.hit(Value::from(position), "")],
        }
    }

    /// Whether something stands there: for a selector without attribute the element itself, be it empty.
    pub(super) fn is_there(&self, page: &Page<'_>) -> bool {
        match &self.place {
            Place::Css {
                selector: Some(selector),
                attr: None,
            } => page
                .dom()
                .is_some_and(|dom| dom.select(selector).next().is_some()),
            // Answers may be large: what stands there is not copied to know that it does.
            Place::Json { path, call: None, .. } => page.json.as_ref().is_some_and(|value| path.leads(value)),
            Place::Script { script, path } => page.script(*script).is_some_and(|value| path.leads(value)),
            _ => !self.hits(page, &Entry::Whole, 0).is_empty(),
        }
    }

    fn texts(&self, found: impl IntoIterator<Item = String>) -> Vec<Hit> {
        let all = found.into_iter().filter(|text| !text.trim().is_empty());
        all.map(|text| self.hit(Value::String(text), "")).collect()
    }

    fn hit(&self, value: Value, at: &str) -> Hit {
        let locator = if at.is_empty() {
            self.label.clone()
        } else {
            format!("{}#{at}", self.label)
        };
        Hit { value, locator }
    }
}

fn json_hits(
    page: &Page<'_>,
    entry: &Entry<'_>,
    path: &Path,
    root: bool,
    call: Option<Read>,
    label: &str,
) -> Vec<Hit> {
    let (value, at) = match entry {
        Entry::Json(value, at) if !root => (*value, at.as_str()),
        _ => match &page.json {
            Some(value) => (value, ""),
            None => return Vec::new(),
        },
    };
    let found = path.find(value, at).into_iter();
    let all = found.flat_map(|(value, at)| {
        let values = match call {
            Some(read) => read(value),
            None => vec![value.clone()],
        };
        values.into_iter().map(move |value| Hit {
            value,
            locator: format!("{label}#{at}"),
        })
    });
    all.collect()
}

/// The text a pattern looks at: of an entry its own markup, else the whole page.
fn source<'p>(page: &'p Page<'_>, entry: &Entry<'_>) -> Cow<'p, str> {
    match entry {
        Entry::Element(element) => element.html().into(),
        Entry::Json(value, _) => value.to_string().into(),
        Entry::Whole => page.text.as_str().into(),
    }
}

fn css(page: &Page<'_>, entry: &Entry<'_>, selector: Option<&Selector>, attr: Option<&str>) -> Vec<String> {
    let value = |element: ElementRef<'_>| match attr {
        Some(name) => element.attr(name).map(str::to_owned),
        None => Some(
            element
                .text()
                .collect::<String>()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        ),
    };
    match (entry, selector) {
        (Entry::Element(element), None) => value(*element).into_iter().collect(),
        (Entry::Element(element), Some(selector)) => element.select(selector).filter_map(value).collect(),
        (_, Some(selector)) => match page.dom() {
            Some(dom) => dom.select(selector).filter_map(value).collect(),
            None => Vec::new(),
        },
        (_, None) => Vec::new(),
    }
}

fn structured(all: &Structured, origin: Origin, kind: Option<&str>, path: &[String]) -> Vec<String> {
    let wanted = |node: &&Node| node.origin() == origin && kind.is_none_or(|kind| node.has_type(kind));
    let mut nodes: Vec<&Node> = all.nodes().iter().filter(wanted).collect();
    let Some((last, way)) = path.split_last() else {
        return Vec::new();
    };
    for name in way.iter().take(DEEPEST) {
        nodes = nodes.into_iter().flat_map(|node| node.nodes(name, all)).collect();
    }
    let values = nodes.into_iter().flat_map(|node| node.all(last));
    values
        .filter_map(|value| value.to_text().map(Cow::into_owned))
        .collect()
}
