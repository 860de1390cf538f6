//! A page or answer, each form of it made once and only when asked for.

use std::cell::OnceCell;

use scraper::Html;
use serde_json::Value;

use super::Hooks;
use crate::page::{Document, ParseOptions};
use crate::{Error, ErrorKind, Result};

/// The most bytes a page or answer may have: as for documents.
const MOST: usize = 32 << 20;

pub(super) struct Page<'a> {
    pub(super) url: Option<&'a str>,
    /// The scripts that the adapter reads, and what stands in them.
    scripts: Vec<(&'a Script, OnceCell<Option<Value>>)>,
    pub(super) text: String,
    pub(super) json: Option<Value>,
    document: OnceCell<Option<Document>>,
    dom: OnceCell<Option<Html>>,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        bytes: &[u8],
        url: Option<&'a str>,
        hooks: &Hooks,
        scripts: &'a [Script],
    ) -> Result<Self> {
        if bytes.len() > MOST {
            return Err(
                Error::new(ErrorKind::TooLarge, "adapter", "a page has at most 32 MiB")
                    .with("bytes", bytes.len()),
            );
        }
        let decoded = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => Document::parse(bytes, &ParseOptions::new())?.source().to_owned(),
        };
        let plain = || serde_json::from_str(decoded.trim_start_matches('\u{feff}')).ok();
        let json = match hooks.prepare {
            Some(prepare) => prepare(&decoded).or_else(plain),
            None => plain(),
        };
        Ok(Self {
            url,
            scripts: scripts.iter().map(|script| (script, OnceCell::new())).collect(),
            text: decoded,
            json,
            document: OnceCell::new(),
            dom: OnceCell::new(),
        })
    }

    /// The page as a document; `None` for JSON.
    pub(super) fn document(&self) -> Option<&Document> {
        let make = || {
            if self.json.is_some() {
                return None;
            }
            Document::from_html(self.text.as_str(), &ParseOptions::new()).ok()
        };
        self.document.get_or_init(make).as_ref()
    }

    pub(super) fn dom(&self) -> Option<&Html> {
        self.dom.get_or_init(|| self.document()?.dom().ok()).as_ref()
    }

    /// The JSON of a script, by its number among those of the adapter.
    pub(super) fn script(&self, number: usize) -> Option<&Value> {
        let (which, value) = self.scripts.get(number)?;
        value.get_or_init(|| self.value_in(which)).as_ref()
    }

    /// The JSON in the script of this id, or that begins where `after` ends.
    fn value_in(&self, which: &Script) -> Option<Value> {
        let start = match which {
            Script::Id(id) => {
                let mut scripts = self.document()?.scripts();
                let (_, content) = scripts.find(|(element, _)| {
                    element
                        .attributes()
                        .any(|one| one.name() == "id" && one.value() == id.as_str())
                })?;
                return first_value(content);
            }
            Script::After(pattern) => pattern.find(&self.text)?.end(),
        };
        first_value(self.text.get(start..)?)
    }
}

/// Which script of a page.
#[derive(Clone, Debug)]
pub(super) enum Script {
    Id(String),
    After(regex::Regex),
}

impl PartialEq for Script {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Id(one), Self::Id(other)) => one == other,
            (Self::After(one), Self::After(other)) => one.as_str() == other.as_str(),
            _ => false,
        }
    }
}

/// The JSON value a text begins with; what follows does not matter.
fn first_value(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text).into_iter().next()?.ok()
}
