//! Leads out of a store, streamed page by page, so memory does not grow with the store: CSV (every value, v3.9's columns, or those that
//! a CRM imports), JSON Lines, JSON, workbooks, Parquet, Arrow, GeoJSON, vCard.
//!
//! ```
//! use lead_storage::export::{Export, Format, Layout};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> lead_core::Result<()> {
//! # let store = lead_storage::open("memory://").await?;
//! let export = Export::new(Format::Csv(Layout::Full)).filter("has:phone".parse()?);
//! let mut file: Vec<u8> = Vec::new();
//! let done = export.to_writer(&store, &mut file, |progress| assert!(progress.done <= progress.total)).await?;
//! assert!(file.starts_with(b"id,name,") && done.leads == 0);
//! # Ok(())
//! # }
//! ```
//!
//! **Suppression** holds on the way out too: what a store was told not to contact is taken out of every lead, and a lead of a
//! suppressed site is left out, however it came into the store.
//!
//! **Spreadsheets** run a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end as a formula. Such a value gets a leading `'`
//! (OWASP, *CSV Injection*); only a plain number and a number in E.164 form (`+33478000001`) stay as they are: they hold digits
//! alone, so there is nothing to run, and they would be of no use otherwise.

#[cfg(feature = "parquet")]
mod arrow;
mod body;
mod cell;
mod columns;
mod crm;
mod delimited;
mod encode;
mod file;
mod forgotten;
mod format;
mod full;
mod geojson;
mod json;
mod note;
mod part;
mod pass;
mod resume;
mod row;
mod rows;
mod suppressed;
mod vcard;
#[cfg(feature = "xlsx")]
mod workbook;

use lead_core::clock::Timestamp;
use lead_core::record::ContentHash;
use lead_core::record::filter::{Comparison, Field, Filter, Scalar};
use lead_core::seam::{LeadQuery, Sort, Store};
use lead_core::{Error, ErrorKind, Result};
use tokio::io::AsyncWrite;

#[cfg(feature = "parquet")]
pub(crate) use arrow::{Rows, Shared};
pub(crate) use cell::original;
pub use cell::{joined as safe_cells, safe as safe_cell};
pub use columns::Layout;
#[cfg(feature = "sinks")]
pub(crate) use columns::{Reader, Shown};
pub use format::Format;
use pass::Pass;
pub(crate) use rows::CsvRows;
pub(crate) use suppressed::Suppressed;

const EXPORT: &str = "export";

/// Which leads to write, how, and in which order.
#[derive(Clone, Debug)]
pub struct Export {
    format: Format,
    filter: Filter,
    sort: Sort,
    columns: Vec<String>,
    page: usize,
    origin: Option<ContentHash>,
}

/// How far an export has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Leads looked at so far.
    pub done: u64,
    /// Leads that pass the filter; grows when more come in meanwhile.
    pub total: u64,
}

/// What an export wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exported {
    /// Leads written.
    pub leads: u64,
    /// Leads left out because their site is suppressed.
    pub suppressed: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// How many of the leads an earlier export had [written already](Export::resume).
    pub resumed: u64,
    /// Why an export that was to go on began from the start, when it did.
    pub anew: Option<Anew>,
}

/// Why an export that was to go on began from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Anew {
    /// The form is put together at its end, so that half of it is of no use: workbooks, Parquet, Arrow.
    Form,
    /// Leads were erased, withdrawn or suppressed since the file was begun, and what was written of them must not go out.
    Forgotten,
    /// What was left of the earlier export is damaged, or another version of this library wrote it.
    Damaged,
}

impl Anew {
    /// The word for it, as bindings tell it: `form`, `forgotten`, `damaged`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Forgotten => "forgotten",
            Self::Damaged => "damaged",
        }
    }
}

impl std::fmt::Display for Anew {
    /// A sentence without its end.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Form => "this form is put together at its end, and cannot be gone on with",
            Self::Forgotten => "leads were erased or suppressed since it was begun",
            Self::Damaged => "what was left is damaged, or of another version",
        })
    }
}

impl Export {
    /// Every lead, in order of id.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            filter: Filter::All,
            sort: Sort::default(),
            columns: Vec::new(),
            page: 500,
            origin: None,
        }
    }

    /// Only leads that pass.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }

    /// Only what was seen at this time or later.
    pub fn since(mut self, moment: Timestamp) -> Self {
        let seen = Filter::Compare(Field::Seen, Comparison::GreaterOrEqual, Scalar::Time(moment));
        self.filter = Filter::And(vec![self.filter, seen]);
        self
    }

    /// In this order.
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// Only these columns, in this order, by their headers; all of them unless told.
    pub fn columns(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.columns = names.into_iter().map(Into::into).collect();
        self
    }

    /// So many leads are held in memory at once, 1 to 10,000; 500 unless told.
    pub fn page_size(mut self, leads: usize) -> Self {
        self.page = leads.clamp(1, LeadQuery::MAX_LIMIT);
        self
    }

    /// Files are kept when they are broken off ([`Export::to_path`]: killed, cancelled, a disk that is full), and the next export with
    /// this goes on after the last whole page of an earlier one, which must have asked for the same: form, columns, filter, order, tenant,
    /// and store, which `store` names by its URI, say; only a hash of it is kept. Nothing of leads that were erased, withdrawn or
    /// suppressed since goes out: then the file is [begun anew](Exported::anew), and so are forms that cannot be
    /// [gone on with](Format::goes_on).
    ///
    /// The unfinished file is `.leads.csv.part`, its note `.leads.csv.part.json`, both beside `leads.csv`. They hold what the file would: an
    /// export of it to its end takes them away, with or without this.
    ///
    /// ```
    /// use lead_storage::export::{Export, Format};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> lead_core::Result<()> {
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("leads.jsonl");
    /// let store = lead_storage::open("memory://").await?;
    /// let export = Export::new(Format::JsonLines).resume("memory://");
    /// let done = export.to_path(&store, &path, |_| ()).await?;
    /// assert_eq!((done.resumed, done.anew), (0, None));
    /// # Ok(())
    /// # }
    /// ```
    pub fn resume(mut self, store: &str) -> Self {
        self.origin = Some(ContentHash::of(store.as_bytes()));
        self
    }

    /// Writes to `writer`, and flushes it at the end; `progress` is told after each page.
    ///
    /// Cancel-safe as far as `writer` is: a dropped call leaves what was written so far.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a column that is not there, [`ErrorKind::Unsupported`] for a format this build leaves out, what
    /// the store says; [`ErrorKind::StorageFull`], [`ErrorKind::ReadOnly`] or [`ErrorKind::Io`] when writing fails.
    pub async fn to_writer<W>(
        &self,
        store: &Store,
        writer: &mut W,
        mut progress: impl FnMut(Progress),
    ) -> Result<Exported>
    where
        W: AsyncWrite + Unpin,
    {
        let mut pass = Pass::begin(self, store, None).await?;
        while pass.step(writer, &mut progress).await? {}
        pass.end(writer).await
    }
}

/// Turns an error of writing into ours.
fn failed(cause: std::io::Error) -> Error {
    let (kind, message) = match cause.kind() {
        std::io::ErrorKind::StorageFull
        | std::io::ErrorKind::QuotaExceeded
        | std::io::ErrorKind::FileTooLarge => (ErrorKind::StorageFull, "no room is left for the export"),
        std::io::ErrorKind::ReadOnlyFilesystem => (ErrorKind::ReadOnly, "the folder may only be read"),
        _ => (ErrorKind::Io, "the export could not be written"),
    };
    Error::new(kind, EXPORT, message).because(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_called_so() {
        let kind = |kind: std::io::ErrorKind| failed(kind.into()).kind();
        assert_eq!(kind(std::io::ErrorKind::StorageFull), ErrorKind::StorageFull);
        assert_eq!(kind(std::io::ErrorKind::ReadOnlyFilesystem), ErrorKind::ReadOnly);
        assert_eq!(kind(std::io::ErrorKind::BrokenPipe), ErrorKind::Io);
    }
}
