//! What came of reading a page: listings, or what the page is in their place.

use serde::{Deserialize, Serialize};

use crate::record::{Listing, SourceId};
use crate::seam::Reject;
use crate::{Error, ErrorKind};

/// What kind of page it is. All but [`PageKind::Listings`] have no listings to read, each for its own reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PageKind {
    /// One or more entries.
    #[default]
    Listings,
    /// The platform answered, and has nothing.
    NoResults,
    /// A test for robots.
    Captcha,
    /// An account is wanted.
    LoginWall,
    /// A page in place of the answer, without saying so.
    SoftBlock,
    /// No such entry.
    NotFound,
    /// Consent is wanted first.
    Consent,
    /// The entry is closed for good and says no more.
    Closed,
    /// Asked too often.
    RateLimited,
    /// The key or the question was refused.
    Refused,
    /// Not offered where we ask from.
    Unavailable,
    /// Reviews or posts: persons' data, which is not read by default.
    Reviews,
}

/// The error for a page that keeps us from the answer.
pub(in crate::source) fn refusal(source: &SourceId, kind: PageKind, page: &str) -> Error {
    let (error, message) = match kind {
        PageKind::RateLimited => (ErrorKind::RateLimited, "the platform asked to slow down"),
        PageKind::Unavailable => (
            ErrorKind::HttpStatus,
            "the platform does not answer here, or not now",
        ),
        PageKind::Refused => (ErrorKind::Blocked, "the platform refused the key or the question"),
        PageKind::Captcha => (ErrorKind::Blocked, "the platform wants proof that we are human"),
        PageKind::LoginWall => (ErrorKind::Blocked, "the platform wants an account"),
        PageKind::Consent => (ErrorKind::Blocked, "the platform wants consent first"),
        PageKind::Reviews => (
            ErrorKind::Unsupported,
            "the page is about persons, who are not read",
        ),
        _ => (
            ErrorKind::Blocked,
            "the platform gave another page in place of the answer",
        ),
    };
    let error = Error::new(error, "adapter", message);
    let passes = matches!(kind, PageKind::RateLimited | PageKind::Unavailable);
    let error = if passes { error.temporary() } else { error };
    error.with("adapter", source).with("page", page)
}

/// What came of a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// Its listings.
    Listings(Reading),
    /// The page is no such page.
    Negative {
        /// What it is.
        kind: PageKind,
        /// The rule of the adapter that knew it.
        page: String,
    },
}

/// What an adapter read on a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reading {
    /// The rule that knew the page.
    pub page: String,
    /// The listings, in the page's order.
    pub listings: Vec<Listing>,
    /// Entries that lack a required field, or a key.
    pub rejects: Vec<Reject>,
    /// By which readers each field was read.
    pub fields: Vec<FieldReport>,
    /// Where the next page of a search is, as the page says it: an address or a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many entries the platform says there are in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<usize>,
    /// For each listing the address of its own page, where the adapter says that it is to be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Option<String>>,
}

/// How a field fared on a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FieldReport {
    /// The field.
    pub field: String,
    /// For each reader, in the order of the file: what it is, and of how many entries it won.
    pub readers: Vec<(String, usize)>,
    /// Of how many entries nothing was found.
    pub missing: usize,
    /// The share of entries that the adapter expects to have it, 0 to 1; recorded pages do not hold it.
    #[serde(skip)]
    pub expected: f64,
    /// Whether fewer entries have it than the adapter expects.
    pub below_expectation: bool,
}
