//! From leads to the bytes of a format.

use std::fs::File;

use lead_core::{Error, ErrorKind, Result};

use super::body::Body;
use super::full::FULL;
use super::{EXPORT, Format, columns, delimited, geojson, json, vcard};

/// Writes leads in one format. What it holds in memory has its bounds, however many there are.
pub(super) trait Encode: Send {
    /// Goes on in a file that holds so many already: what stands at its beginning is there. Only asked of forms that
    /// [can](Format::goes_on).
    fn go_on(&mut self, _leads: u64) {}

    /// Writes one; whether there is anything to write of it.
    fn add(&mut self, body: Body<'_>) -> Result<bool>;

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
pub(super) fn encoder(format: Format, names: &[String]) -> Result<Box<dyn Encode>> {
    let chosen = |layout: super::Layout| layout.chosen(names);
    if !names.is_empty() && !format.has_columns() {
        return Err(Error::invalid(EXPORT, "this form has no columns to choose from"));
    }
    Ok(match format {
        Format::Csv(layout) => Box::new(delimited::Csv::new(chosen(layout)?)?),
        Format::JsonLines => Box::new(json::Lines::default()),
        Format::Json => Box::new(json::List::default()),
        Format::GeoJson => Box::new(geojson::Features::new(columns::chosen(FULL, names)?)),
        Format::VCard => Box::new(vcard::Cards::default()),
        #[cfg(feature = "xlsx")]
        Format::Xlsx(layout) => Box::new(super::workbook::Workbook::new(chosen(layout)?)?),
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(super::arrow::Parquet::new(chosen(super::Layout::Full)?)?),
        #[cfg(feature = "parquet")]
        Format::Arrow => Box::new(super::arrow::Stream::new(chosen(super::Layout::Full)?)?),
        #[cfg(not(all(feature = "xlsx", feature = "parquet")))]
        left_out => {
            let message = "this build leaves the format out: it wants the features xlsx and parquet";
            return Err(
                Error::new(ErrorKind::Unsupported, EXPORT, message).with("format", format!("{left_out:?}"))
            );
        }
    })
}

/// A lead that cannot be put into words is a fault of this library.
pub(super) fn unwritable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(ErrorKind::Internal, EXPORT, "a lead could not be written").because(cause)
}
