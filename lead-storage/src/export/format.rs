//! The forms of a file.

use std::path::Path;
use std::str::FromStr;

use lead_core::{Error, Result};

use super::{EXPORT, Layout};

/// How leads are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Comma-separated values (RFC 4180), UTF-8, one lead a row.
    Csv(Layout),
    /// One JSON object a line, each a [`Lead`](lead_core::record::Lead).
    JsonLines,
    /// One JSON list of the same objects.
    Json,
    /// A workbook for Excel and its kind, with typed cells; past 1,048,576 rows on several sheets. It is put together at the end.
    /// Feature `xlsx`.
    Xlsx(Layout),
    /// Parquet with the columns of [`Layout::Full`], lists as lists. Feature `parquet`.
    Parquet,
    /// The same columns as an Arrow IPC stream. Feature `parquet`.
    Arrow,
    /// GeoJSON (RFC 7946), a feature a lead.
    GeoJson,
    /// vCard 4.0 (RFC 6350), a card a lead.
    VCard,
}

impl Format {
    /// Whether it has columns that can be [chosen](super::Export::columns).
    pub fn has_columns(self) -> bool {
        !matches!(self, Self::JsonLines | Self::Json | Self::VCard)
    }

    /// Whether half a file of it can be [gone on with](super::Export::resume).
    pub fn goes_on(self) -> bool {
        !matches!(self, Self::Xlsx(_) | Self::Parquet | Self::Arrow)
    }

    /// The form that the ending of a file's name stands for; CSV when it stands for none.
    ///
    /// ```
    /// # use lead_storage::export::{Format, Layout};
    /// assert_eq!(Format::of_file("leads.xlsx".as_ref()), Format::Xlsx(Layout::Full));
    /// ```
    pub fn of_file(file: &Path) -> Self {
        let ending = file
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" => Self::JsonLines,
            "json" => Self::Json,
            "xlsx" => Self::Xlsx(Layout::Full),
            "parquet" => Self::Parquet,
            "arrow" | "arrows" => Self::Arrow,
            "geojson" => Self::GeoJson,
            "vcf" | "vcard" => Self::VCard,
            _ => Self::Csv(Layout::Full),
        }
    }

    /// The same form with these columns.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a form without layouts.
    pub fn with_layout(self, layout: Layout) -> Result<Self> {
        match self {
            Self::Csv(_) => Ok(Self::Csv(layout)),
            Self::Xlsx(_) => Ok(Self::Xlsx(layout)),
            _ => Err(Error::invalid(EXPORT, "only csv and xlsx have layouts")),
        }
    }

    /// Whether it is text, which can be looked at as it is.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Xlsx(_) | Self::Parquet | Self::Arrow)
    }
}

impl FromStr for Format {
    type Err = Error;

    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for any other word.
    fn from_str(name: &str) -> Result<Self> {
        Ok(match name {
            "csv" => Self::Csv(Layout::Full),
            "csv-legacy" => Self::Csv(Layout::Legacy),
            "jsonl" => Self::JsonLines,
            "json" => Self::Json,
            "xlsx" => Self::Xlsx(Layout::Full),
            "parquet" => Self::Parquet,
            "arrow" => Self::Arrow,
            "geojson" => Self::GeoJson,
            "vcard" => Self::VCard,
            _ => {
                let message =
                    "csv, csv-legacy, jsonl, json, xlsx, parquet, arrow, geojson or vcard is wanted";
                return Err(Error::invalid(EXPORT, message).with("format", name.escape_debug()));
            }
        })
    }
}

impl FromStr for Layout {
    type Err = Error;

    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for any other word.
    fn from_str(name: &str) -> Result<Self> {
        Ok(match name {
            "full" => Self::Full,
            "legacy" => Self::Legacy,
            "hubspot" => Self::HubSpot,
            "salesforce" => Self::Salesforce,
            "pipedrive" => Self::Pipedrive,
            "zoho" => Self::Zoho,
            _ => {
                let message = "full, legacy, hubspot, salesforce, pipedrive or zoho is wanted";
                return Err(Error::invalid(EXPORT, message).with("layout", name.escape_debug()));
            }
        })
    }
}
