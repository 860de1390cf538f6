//! Where a value was seen.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::de::MapAccess;
use serde::{Deserialize, Deserializer, Serialize};

use super::beside::{self, Around, fill, fill_or_null, wanted};
use super::{SafeUrl, SourceId};
use crate::clock::Timestamp;
use crate::{Error, Result};

/// By which layer a value was found.
///
/// In JSON a string: `tel-link`, `link`, `structured-data`, `visible-text`, `linked-page`, `image`, `platform`,
/// `enricher:<id>`, `import`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Method {
    /// A field of a platform's answer or of a data set.
    Platform,
    /// JSON-LD, microdata or meta tags of a page.
    StructuredData,
    /// A `tel:`, `sms:` or messenger link.
    TelLink,
    /// Any other link: `mailto:`, a social profile.
    Link,
    /// The text a visitor reads.
    VisibleText,
    /// Another page that this one links to.
    LinkedPage,
    /// Read from an image.
    Image,
    /// Added by the enricher of this id.
    Enricher(SourceId),
    /// Imported from a file of the user's.
    Import,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Platform => "platform",
            Self::StructuredData => "structured-data",
            Self::TelLink => "tel-link",
            Self::Link => "link",
            Self::VisibleText => "visible-text",
            Self::LinkedPage => "linked-page",
            Self::Image => "image",
            Self::Enricher(id) => return write!(f, "enricher:{id}"),
            Self::Import => "import",
        })
    }
}

impl FromStr for Method {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Ok(match text {
            "platform" => Self::Platform,
            "structured-data" => Self::StructuredData,
            "tel-link" => Self::TelLink,
            "link" => Self::Link,
            "visible-text" => Self::VisibleText,
            "linked-page" => Self::LinkedPage,
            "image" => Self::Image,
            "import" => Self::Import,
            _ => match text.strip_prefix("enricher:") {
                Some(id) => Self::Enricher(SourceId::new(id)?),
                None => return Err(Error::invalid("method", "no such method of finding").with("value", text)),
            },
        })
    }
}

impl TryFrom<String> for Method {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Method> for String {
    fn from(method: Method) -> Self {
        method.to_string()
    }
}

/// Where *on a page or answer* a value was seen: what extraction knows, before source, URL and time are added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Trace {
    /// By which layer.
    pub method: Method,
    /// Where in the document: a path of elements, a JSON pointer, a column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// The words around it, at most some eighty characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
}

impl Trace {
    /// A trace that names only the layer.
    pub fn new(method: Method) -> Self {
        Self {
            method,
            locator: None,
            snippet: None,
        }
    }

    /// Adds where in the document.
    pub fn at(mut self, locator: impl Into<String>) -> Self {
        self.locator = Some(locator.into());
        self
    }

    /// Adds the words around it.
    pub fn snippet(mut self, snippet: impl Into<String>) -> Self {
        self.snippet = Some(snippet.into());
        self
    }
}

/// The proof of a value: where it was seen, how, and when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Evidence {
    /// Which source said so.
    pub source: SourceId,
    /// At which address, when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(default)]
    pub url: Option<SafeUrl>,
    /// Where on that page or answer.
    #[serde(flatten)]
    pub trace: Trace,
    /// First seen there.
    #[schemars(with = "String")]
    pub first_seen: Timestamp,
    /// Last seen there.
    #[schemars(with = "String")]
    pub last_seen: Timestamp,
    /// The identity the fetch presented, when it was not the honest default.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(default)]
    pub identity: Option<String>,
}

/// What stands beside the trace.
#[derive(Default)]
struct OfEvidence {
    source: Option<SourceId>,
    url: Option<SafeUrl>,
    first_seen: Option<Timestamp>,
    last_seen: Option<Timestamp>,
    identity: Option<String>,
}

impl<'de> Around<'de> for OfEvidence {
    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> std::result::Result<bool, A::Error> {
        match key {
            "source" => fill(&mut self.source, "source", map),
            "url" => fill_or_null(&mut self.url, map),
            "first_seen" => fill(&mut self.first_seen, "first_seen", map),
            "last_seen" => fill(&mut self.last_seen, "last_seen", map),
            "identity" => fill_or_null(&mut self.identity, map),
            _ => Ok(false),
        }
    }
}

impl<'de> Deserialize<'de> for Evidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let (trace, seen): (Trace, OfEvidence) = beside::read(deserializer)?;
        Ok(Self {
            source: wanted(seen.source, "source")?,
            url: seen.url,
            trace,
            first_seen: wanted(seen.first_seen, "first_seen")?,
            last_seen: wanted(seen.last_seen, "last_seen")?,
            identity: seen.identity,
        })
    }
}

impl Evidence {
    /// Evidence of `trace`, seen once at `seen`.
    pub fn new(source: SourceId, url: Option<SafeUrl>, trace: Trace, seen: Timestamp) -> Self {
        Self {
            source,
            url,
            trace,
            first_seen: seen,
            last_seen: seen,
            identity: None,
        }
    }
}

/// What both kinds of proof can say.
pub trait Proof: Clone + PartialEq {
    /// Where on the page.
    fn trace(&self) -> &Trace;
    /// Takes in `other`, when it is the same place seen at another time; whether it did.
    fn absorb(&mut self, other: &Self) -> bool;
}

impl Proof for Trace {
    fn trace(&self) -> &Trace {
        self
    }
    fn absorb(&mut self, other: &Self) -> bool {
        self == other
    }
}

impl Proof for Evidence {
    fn trace(&self) -> &Trace {
        &self.trace
    }
    fn absorb(&mut self, other: &Self) -> bool {
        let same = self.source == other.source
            && self.url == other.url
            && self.trace == other.trace
            && self.identity == other.identity;
        if same {
            self.first_seen = self.first_seen.min(other.first_seen);
            self.last_seen = self.last_seen.max(other.last_seen);
        }
        same
    }
}
