//! The predecessor's layouts.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use lead_core::{Error, ErrorKind, Result};
use serde::{Serialize, Serializer};

use super::header::Header;
use super::{IMPORT, Import, reader};

/// A layout of the predecessor's files. `*_enriched` files have one of them, with more columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Layout {
    /// Places of a map: `Search Query,Business Name,Category,Address,Phone,Website,Plus Code`.
    V39A,
    /// The 43 columns of [`LEGACY_COLUMNS`](lead_core::record::LEGACY_COLUMNS), or as many of them as an older version had. Its times
    /// are those of the machine's zone.
    V39B,
    /// `Display Name,Phone,Email,…,Extracted At`: leads as its pages offered them. Its times are UTC.
    V39C,
}

/// Columns of which one at least must be there: `name,phone` alone could be anybody's.
const TELLING: &[&str] = &["search_query", "platform", "profile_url", "plus_code"];

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 3] = [Self::V39A, Self::V39B, Self::V39C];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V39A => "v39-a",
            Self::V39B => "v39-b",
            Self::V39C => "v39-c",
        }
    }

    /// The layout that a file's header shows.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] when it shows none; those of reading.
    pub fn detect(path: &Path) -> Result<Self> {
        let mut found = None;
        let import = Import::new().max(1);
        reader::read(path, &import, 0, |portion| {
            found = Some(portion.layout);
            false
        })?;
        found.ok_or_else(unknown)
    }

    /// By the names of the columns.
    pub(super) fn of(header: &Header) -> Option<Self> {
        let first = header.names().next()?;
        let known = header.names().filter(|name| Header::knows(name)).count();
        if known < 2 || !TELLING.iter().any(|name| header.has(name)) {
            return None;
        }
        Some(match () {
            () if !header.has("platform") && header.has("display_name") => Self::V39A,
            () if first == "display_name" => Self::V39C,
            () => Self::V39B,
        })
    }

    /// Whether a time without a zone is UTC.
    pub(super) const fn in_utc(self) -> bool {
        matches!(self, Self::V39C)
    }

    /// The columns in their order, for files without a header.
    pub(super) const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::V39A => &[
                "search_query",
                "display_name",
                "category",
                "location",
                "phone",
                "website",
                "plus_code",
            ],
            Self::V39B => super::header::LEGACY,
            Self::V39C => &[
                "display_name",
                "phone",
                "email",
                "website",
                "location",
                "platform",
                "profile_url",
                "handle",
                "bio_about",
                "field_of_study",
                "institution_name",
                "business_type",
                "industry",
                "city",
                "region",
                "country",
                "job_title",
                "seniority_level",
                "education_level",
                "lead_type",
                "degree_program",
                "graduation_year",
                "extracted_at",
            ],
        }
    }
}

pub(super) fn unknown() -> Error {
    let known = Layout::ALL.map(Layout::name).join(", ");
    let says = "the file shows no layout of the predecessor's; name one with its layout";
    Error::new(ErrorKind::Unsupported, IMPORT, says).with("known", known)
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Layout {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl FromStr for Layout {
    type Err = Error;
    /// Reads what [`Layout::name`] says.
    fn from_str(text: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|layout| layout.name() == text);
        known.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            Error::invalid("layout", "there is no such layout").with("known", names)
        })
    }
}
