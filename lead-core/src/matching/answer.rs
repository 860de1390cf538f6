//! What comes of a company.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::company::{Company, Field};
use crate::record::{Confidence, Found, Lead, SafeUrl, SourceId};
use crate::seam::Failure;

/// How a site came to be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Origin {
    /// The company's row names it.
    Given,
    /// The company's mailbox is there.
    Mailbox,
    /// A source's entry of the company names it.
    Listing {
        /// The source.
        source: SourceId,
    },
    /// A search found it.
    Search {
        /// The source.
        source: SourceId,
        /// Its place among the results, from 1.
        rank: usize,
    },
    /// Its address was made of the company's name.
    Guess,
}

impl Origin {
    /// Where it stands in the order to look at sites.
    pub(super) fn order(&self) -> usize {
        match self {
            Self::Given => 0,
            Self::Listing { .. } => 1,
            Self::Mailbox => 2,
            Self::Search { rank, .. } => 2 + rank,
            Self::Guess => 1_000,
        }
    }
}

macro_rules! no_site {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $says:literal;)+) => {
        /// Why a company has no site in the answer.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[non_exhaustive]
        pub enum NoSite {
            $($(#[doc = $doc])+ #[serde(rename = $code)] $name,)+
        }

        impl NoSite {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name in JSON and CSV.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// A line for a person.
            pub const fn says(self) -> &'static str {
                match self { $(Self::$name => $says,)+ }
            }
        }
    };
}

no_site! {
    /// The row cannot be looked for, or nobody who was asked answered: see [`Matched::failure`].
    Failed = "failed", "it could not be looked for";
    /// Nobody who was asked knows a site.
    NoCandidate = "no_candidate", "no site was found that may be its own";
    /// What was found stands on sites that many businesses share.
    OnlyPlatforms = "only_platforms", "only pages of directories, marketplaces or networks were found";
    /// The sites are called otherwise.
    OtherName = "other_name", "the sites that were found are called otherwise";
    /// A namesake in another place.
    Elsewhere = "elsewhere", "the site that was found is that of a namesake in another place";
    /// The domain is parked.
    Parked = "parked", "nobody uses the domain: what stands there is its broker's";
    /// The site is gone, or nobody answers there.
    Gone = "gone", "nothing answers at the site that was found";
    /// robots.txt or the site keeps us away, and nobody else says enough.
    KeptAway = "kept_away", "the site that was found lets no program in";
    /// Several sites fit as well.
    Ambiguous = "ambiguous", "several sites fit equally well";
    /// A site fits, but not surely enough.
    Unsure = "unsure", "a site was found, but not surely enough that it is its own";
}

impl fmt::Display for NoSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The company's site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct SiteFound {
    /// Its front page, where it stands today.
    pub url: SafeUrl,
    /// The probability that it is the company's.
    pub confidence: Confidence,
    /// What speaks for it, a line each.
    pub why: Vec<String>,
}

/// A site that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Judged {
    /// Its front page.
    pub url: SafeUrl,
    /// The probability that it is the company's.
    pub confidence: Confidence,
    /// How it came to be looked at.
    pub origins: Vec<Origin>,
    /// What speaks for it and against it, a line each.
    pub why: Vec<String>,
    /// Why it is not the answer.
    pub refused: Option<NoSite>,
}

/// A value that a row lacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Filled {
    /// The value, as a row has it.
    pub value: String,
}

impl Filled {
    pub(super) fn new(value: impl Into<String>) -> Self {
        Self { value: value.into() }
    }
}

/// What came of a company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Matched {
    /// Its place in the input, from 0.
    pub row: u64,
    /// The company, as it was given.
    pub company: Company,
    /// Its site; `None` with a reason.
    pub site: Option<SiteFound>,
    /// Why there is no site.
    pub reason: Option<NoSite>,
    /// What the company's row lacks and is known now, each with its evidence.
    pub filled: BTreeMap<Field, Found<Filled>>,
    /// Everything known of how to reach it: what stands on its site, and what sources list.
    pub contacts: Option<Lead>,
    /// The sites that were looked at, the surest first.
    pub candidates: Vec<Judged>,
    /// What failed meanwhile: sources that did not answer, pages that could not be read.
    pub failures: Vec<Failure>,
    /// Why the row could not be looked for.
    pub failure: Option<Failure>,
    /// Requests made for it, retries and redirects included; robots.txt aside.
    pub requests: u64,
    /// Bytes of bodies received for it.
    pub bytes: u64,
    /// Whether an earlier run found it.
    #[serde(default)]
    pub resumed: bool,
}

impl Matched {
    pub(super) fn new(row: u64, company: Company) -> Self {
        Self {
            row,
            company,
            site: None,
            reason: None,
            filled: BTreeMap::new(),
            contacts: None,
            candidates: Vec::new(),
            failures: Vec::new(),
            failure: None,
            requests: 0,
            bytes: 0,
            resumed: false,
        }
    }

    pub(super) fn failed(mut self, failure: Failure) -> Self {
        self.reason = Some(NoSite::Failed);
        self.failure = Some(failure);
        self
    }

    /// A field of the company: what its row has, else what was found.
    pub fn value(&self, field: Field) -> Option<&str> {
        let found = self.filled.get(&field).map(|found| found.value.value.as_str());
        self.company.get(field).or(found)
    }
}
