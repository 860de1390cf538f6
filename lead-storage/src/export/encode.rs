//! From leads to the bytes of a format.

use std::fs::File;

use lead_core::record::Lead;
use lead_core::{Error, ErrorKind, Result};

use super::columns::Column;
use super::{EXPORT, Format, delimited, geojson, json, vcard};

/// Writes leads in one format. What it holds in memory has its bounds, however many there are.
pub(super) trait Encode: Send {
    /// Writes one.
    fn add(&mut self, lead: &Lead) -> Result<()>;

    /// The bytes that are ready.
    fn take(&mut self) -> Result<Vec<u8>>;

    /// What is left when all leads are written.
    fn finish(self: Box<Self>) -> Result<Ending>;
}

/// The last bytes of a file.
pub(super) enum Ending {
    Bytes(Vec<u8>),
    /// The whole of a format that is put together at its end, in a file nobody else sees.
    #[cfg_attr(
        not(feature = "xlsx"),
        allow(dead_code, reason = "workbooks alone are such a format")
    )]
    File(File),
}

/// The writer of a format, of these columns where it has any.
pub(super) fn encoder(format: Format, columns: &[String]) -> Result<Box<dyn Encode>> {
    let chosen = |layout: super::Layout| layout.chosen(columns);
    if !columns.is_empty() && !format.has_columns() {
        return Err(Error::invalid(EXPORT, "this form has no columns to choose from"));
    }
    Ok(match format {
        Format::Csv(layout) => Box::new(delimited::Csv::new(chosen(layout)?)?),
        Format::JsonLines => Box::new(json::Lines::default()),
        Format::Json => Box::new(json::List::default()),
        Format::GeoJson => Box::new(geojson::Features::new(chosen(super::Layout::Full)?)),
        Format::VCard => Box::new(vcard::Cards::default()),
        Format::Xlsx(layout) => workbook(chosen(layout)?)?,
        Format::Parquet => parquet(chosen(super::Layout::Full)?)?,
        Format::Arrow => arrow(chosen(super::Layout::Full)?)?,
    })
}

#[cfg(feature = "xlsx")]
fn workbook(columns: Vec<Column>) -> Result<Box<dyn Encode>> {
    Ok(Box::new(super::workbook::Workbook::new(columns)?))
}

#[cfg(feature = "parquet")]
fn parquet(columns: Vec<Column>) -> Result<Box<dyn Encode>> {
    Ok(Box::new(super::arrow::Parquet::new(columns)?))
}

#[cfg(feature = "parquet")]
fn arrow(columns: Vec<Column>) -> Result<Box<dyn Encode>> {
    Ok(Box::new(super::arrow::Stream::new(columns)?))
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_: Vec<Column>) -> Result<Box<dyn Encode>> {
    Err(left_out("xlsx"))
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: Vec<Column>) -> Result<Box<dyn Encode>> {
    Err(left_out("parquet"))
}

#[cfg(not(feature = "parquet"))]
fn arrow(_: Vec<Column>) -> Result<Box<dyn Encode>> {
    Err(left_out("parquet"))
}

#[cfg(not(all(feature = "xlsx", feature = "parquet")))]
fn left_out(feature: &str) -> Error {
    Error::new(ErrorKind::Unsupported, EXPORT, "this build leaves the format out").with("feature", feature)
}

/// A lead that cannot be put into words is a fault of this library.
pub(super) fn unwritable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(ErrorKind::Internal, EXPORT, "a lead could not be written").because(cause)
}
