//! What was wrong with a document without stopping it.

use std::fmt;

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WarningKind {
    /// There was nothing to read.
    Empty,
    /// Bytes that are not of the document's encoding became U+FFFD.
    Replaced,
    /// Nested deeper than the cap: the deeper elements hang at the cap.
    TooDeep,
    /// The document stops inside a tag; the tag is dropped, as browsers do.
    Truncated,
    /// An element has more attributes than are kept.
    TooManyAttributes,
    /// A JSON-LD block could not be read.
    MalformedJsonLd,
    /// A JSON-LD block could be read only after mending it.
    MendedJsonLd,
    /// There is more JSON-LD than is read: what comes later is left out.
    TooMuchJsonLd,
    /// Microdata that refers to itself or to nothing.
    MalformedMicrodata,
    /// An address that cannot be a URL.
    MalformedUrl,
}

/// Something wrong with a document that did not stop the reading: kept aside, never lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// One plain sentence.
    pub message: String,
    /// Where in [`Document::source`](super::Document::source), in bytes.
    pub offset: Option<usize>,
}

impl Warning {
    pub(super) fn new(kind: WarningKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            offset: None,
        }
    }

    pub(super) fn at(mut self, offset: usize) -> Self {
        self.offset = Some(offset);
        self
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match self.offset {
            Some(offset) => write!(f, " (byte {offset})"),
            None => Ok(()),
        }
    }
}
