//! What `extract` answers for one document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CountryCode, Findings, SafeUrl, Trace};

/// The contacts of one document, lists ordered by confidence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Contacts {
    /// The document's address, when it is known.
    pub url: Option<SafeUrl>,
    /// The country numbers without a country code were read for.
    pub region: Option<CountryCode>,
    /// The document's language, BCP 47.
    pub language: Option<String>,
    /// Everything found.
    #[serde(flatten)]
    pub findings: Findings<Trace>,
    /// Structured data of the page, as JSON-LD-like nodes.
    pub structured: serde_json::Value,
    /// What could not be read, and why; the rest was.
    pub warnings: Vec<String>,
}
