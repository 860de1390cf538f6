//! How a document is to be read, and the caps on it.

use serde::{Deserialize, Serialize};
use url::Url;

/// How to read a document: what the response said of it, and how much of it is too much.
///
/// The defaults read any real page.
///
/// ```
/// use lead_core::page::ParseOptions;
/// let options = ParseOptions::new().content_type("text/html; charset=windows-1252");
/// assert_eq!(options.max_bytes, 32 << 20);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ParseOptions {
    /// The `Content-Type` of the response, whole: its charset is the second rule of decoding (after a byte order mark), and `text/plain` is read as text.
    pub content_type: Option<String>,
    /// The `Content-Language` of the response: the last resort of [`Document::language`](super::Document::language).
    pub content_language: Option<String>,
    /// The address the document came from: relative links resolve against it (or against the document's own `<base>`).
    pub base_url: Option<Url>,
    /// The most bytes a document may have, before and after decoding. Default 32 MiB.
    pub max_bytes: usize,
    /// The deepest nesting that is kept; deeper elements hang at this depth, their text is kept.
    /// Default 512, the cap of WebKit and Blink (`kMaximumHTMLParserDOMTreeDepth`).
    pub max_depth: usize,
    /// The most elements a document may have. Default 2,000,000: a page has some thousands.
    pub max_elements: usize,
}

impl Default for ParseOptions {
    fn default() -> Self {
        Self {
            content_type: None,
            content_language: None,
            base_url: None,
            max_bytes: 32 << 20,
            max_depth: 512,
            max_elements: 2_000_000,
        }
    }
}

impl ParseOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the response's `Content-Type`.
    pub fn content_type(mut self, value: impl Into<String>) -> Self {
        self.content_type = Some(value.into());
        self
    }

    /// Sets the response's `Content-Language`.
    pub fn content_language(mut self, value: impl Into<String>) -> Self {
        self.content_language = Some(value.into());
        self
    }

    /// Sets the address that relative links resolve against.
    pub fn base_url(mut self, url: Option<&Url>) -> Self {
        self.base_url = url.cloned();
        self
    }

    /// Sets the cap on bytes.
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Sets the cap on nesting.
    pub fn max_depth(mut self, depth: usize) -> Self {
        self.max_depth = depth;
        self
    }

    /// Whether the response called itself plain text.
    pub(super) fn is_plain_text(&self) -> bool {
        let essence = self
            .content_type
            .as_deref()
            .and_then(|value| value.split(';').next());
        essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("text/plain"))
    }
}
