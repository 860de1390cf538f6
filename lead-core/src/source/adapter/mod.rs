//! Platforms as typed data: one file `adapter.toml` says which addresses are a platform's, how its pages are told apart, and
//! by which readers, in which order, each field is read.
//!
//! | file | what |
//! |---|---|
//! | `file` | the TOML file as written |
//! | `check`, `check_search` | from the file to what runs; a fault is told with line and column |
//! | `path` | JSON pointers with wildcards and choices |
//! | `page` | a page or answer, each form of it made once |
//! | `reader` | one place to look at |
//! | `transform` | what is done to a value before it is taken |
//! | `field` | which fields there are, and where they go in the record |
//! | `fill` | values into findings, each with the reader that won |
//! | `read` | a page through an adapter |
//! | `outcome` | listings, or what the page is in their place |
//! | `search`, `template` | what is asked of a platform, and how the pages of a search follow one another |
//! | `source` | a platform as a source of collections |
//! | `census`, `drift` | how many entries had each field and by which reader, and whether that has changed |
//! | `fixture`, `difference` | a recorded page with what was read on it, and where today's reading differs |
//! | `quarantine` | pages that nobody knows are kept |
//! | `wall` | walls before any site, known where no rule of the adapter knows a page |
//!
//! The format stands in `docs/adapters.md`, whose example is a test.

mod census;
mod check;
mod check_search;
mod difference;
mod drift;
#[cfg(test)]
mod faults;
mod field;
mod file;
mod fill;
mod fixture;
mod hooks;
mod outcome;
mod page;
mod path;
mod quarantine;
mod read;
mod reader;
mod search;
mod source;
mod template;
#[cfg(test)]
mod tests;
mod transform;
mod wall;

pub use census::Census;
pub use difference::Difference;
pub use drift::Drift;
pub use fixture::{Fixture, FixtureVerdict};
pub use hooks::{Hooks, Listings, Prepare, Read};
pub use outcome::{FieldReport, Outcome, PageKind, Reading};
pub use quarantine::Quarantine;
pub use read::ParseRequest;
pub use source::{AdapterSource, SourceOptions};

pub(super) use fill::text_of;
pub(super) use source::Stand;

use regex::Regex;

use crate::Result;
use crate::record::SourceId;
use crate::seam::Terms;

/// A platform, ready to read its pages.
///
/// ```
/// use lead_core::source::adapter::{Adapter, Outcome, ParseRequest};
/// let adapter = Adapter::from_toml(r#"
/// id = "guide"
/// name = "Town guide"
/// version = 1
/// terms = "open"
/// [[page]]
/// name = "shop"
/// all = [{ json = "/shop/title" }]
/// [[field]]
/// to = "name"
/// read = [{ json = "/shop/title" }]
/// [[field]]
/// to = "key"
/// read = [{ json = "/shop/id" }]
/// "#)?;
/// let answer = br#"{"shop": {"id": 7, "title": "Rossi"}}"#;
/// let Outcome::Listings(reading) = adapter.parse(answer, &ParseRequest::new())? else { panic!() };
/// assert_eq!(reading.listings[0].findings.organizations[0].name, "Rossi");
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Adapter {
    pub(super) id: SourceId,
    pub(super) name: String,
    pub(super) version: u32,
    pub(super) terms: Terms,
    pub(super) licence: Option<(String, String)>,
    pub(super) scheme: String,
    pub(super) region: Option<String>,
    pub(super) urls: Vec<Regex>,
    /// The scripts its readers look into, each once.
    scripts: Vec<page::Script>,
    pub(super) pages: Vec<check::PageRule>,
    pub(super) fields: Vec<check::FieldRule>,
    pub(super) search: Option<search::SearchRule>,
    /// What its pages were like when it was written.
    pub(super) baseline: Option<Census>,
    pub(super) hooks: Hooks,
}

impl Adapter {
    /// Reads and checks an adapter file.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) with `line`, `column` (both from 1) and what was expected there.
    pub fn from_toml(text: &str) -> Result<Self> {
        check::adapter(text, Hooks::default())
    }

    /// The same, with functions for what data cannot say.
    ///
    /// # Errors
    /// As [`Adapter::from_toml`].
    pub fn with_hooks(text: &str, hooks: Hooks) -> Result<Self> {
        check::adapter(text, hooks)
    }

    /// Its id, which is the source's.
    pub fn id(&self) -> &SourceId {
        &self.id
    }

    /// Its name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version of its file, from 1.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// On what terms the platform may be asked.
    pub fn terms(&self) -> Terms {
        self.terms
    }

    /// What it is, as sources tell it.
    pub fn info(&self) -> crate::seam::SourceInfo {
        let info = crate::seam::SourceInfo::new(&self.name, self.terms);
        match &self.licence {
            Some((licence, attribution)) => info.licensed(licence, attribution),
            None => info,
        }
    }

    /// The names of the fields it reads, in the order of its file.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.to.name())
    }

    /// Its rules for pages by name, each with the kind of page it knows, in the order they are tried.
    pub fn pages(&self) -> impl Iterator<Item = (&str, PageKind)> {
        self.pages.iter().map(|page| (page.name.as_str(), page.kind))
    }

    /// Whether it can be asked: its file has a `[search]`.
    pub fn is_searchable(&self) -> bool {
        self.search.is_some()
    }

    /// What its pages were like when it was written, where that is known.
    pub fn baseline(&self) -> Option<&Census> {
        self.baseline.as_ref()
    }

    /// The id in an address of this platform; `None` when the address is not one of its.
    pub fn id_of(&self, url: &str) -> Option<String> {
        self.urls.iter().find_map(|pattern| {
            let captures = pattern.captures(url)?;
            captures.name("id").map(|id| id.as_str().to_owned())
        })
    }
}
