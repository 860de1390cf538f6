//! Leads out of a store: CSV and JSON Lines, streamed page by page, so memory does not grow with the store.
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

mod cell;
mod columns;
mod file;
mod suppressed;

use lead_core::record::Lead;
use lead_core::record::filter::Filter;
use lead_core::seam::{LeadQuery, Sort, Store};
use lead_core::{Error, ErrorKind, Result};
use tokio::io::{AsyncWrite, AsyncWriteExt};

pub use cell::{joined as safe_cells, safe as safe_cell};
use columns::Columns;
pub use columns::Layout;
use suppressed::Suppressed;

const EXPORT: &str = "export";

/// How leads are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Comma-separated values (RFC 4180), UTF-8, one lead a row.
    Csv(Layout),
    /// One JSON object a line, each a [`Lead`].
    JsonLines,
}

/// Which leads to write, how, and in which order.
#[derive(Clone, Debug)]
pub struct Export {
    format: Format,
    filter: Filter,
    sort: Sort,
    page: usize,
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
    /// Bytes written.
    pub bytes: u64,
}

impl Export {
    /// Every lead, in order of id.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            filter: Filter::All,
            sort: Sort::default(),
            page: 500,
        }
    }

    /// Only leads that pass.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }

    /// In this order.
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// So many leads are held in memory at once, 1 to 10,000; 500 unless told.
    pub fn page_size(mut self, leads: usize) -> Self {
        self.page = leads.clamp(1, LeadQuery::MAX_LIMIT);
        self
    }

    /// Writes to `writer`, and flushes it at the end; `progress` is told after each page.
    ///
    /// Cancel-safe as far as `writer` is: a dropped call leaves what was written so far.
    ///
    /// # Errors
    /// What the store says; [`ErrorKind::StorageFull`], [`ErrorKind::ReadOnly`] or [`ErrorKind::Io`] when writing fails.
    pub async fn to_writer<W>(
        &self,
        store: &Store,
        writer: &mut W,
        mut progress: impl FnMut(Progress),
    ) -> Result<Exported>
    where
        W: AsyncWrite + Unpin,
    {
        let suppressed = Suppressed::of(store).await?;
        let mut state = Progress {
            done: 0,
            total: store.count(self.filter.clone()).await?,
        };
        let mut exported = Exported::default();
        let mut lines = Lines::new(self.format)?;
        let mut query = LeadQuery::new(self.filter.clone())
            .sort(self.sort)
            .limit(self.page);
        loop {
            let page = store.page(query.clone()).await?;
            for lead in page.leads {
                state.done += 1;
                match suppressed.strip(lead) {
                    Some(lead) => {
                        lines.add(&lead)?;
                        exported.leads += 1;
                    }
                    None => exported.suppressed += 1,
                }
            }
            let bytes = lines.take()?;
            writer.write_all(&bytes).await.map_err(failed)?;
            exported.bytes += bytes.len() as u64;
            state.total = state.total.max(state.done);
            progress(state);
            match page.next {
                Some(next) => query = query.after(Some(next)),
                None => break,
            }
        }
        writer.flush().await.map_err(failed)?;
        Ok(exported)
    }
}

/// Lines written but not yet handed on.
enum Lines {
    Csv(Box<csv::Writer<Vec<u8>>>, Columns),
    Json(Vec<u8>),
}

impl Lines {
    fn new(format: Format) -> Result<Self> {
        match format {
            Format::JsonLines => Ok(Self::Json(Vec::new())),
            Format::Csv(layout) => {
                let columns = layout.columns();
                let mut writer = csv::Writer::from_writer(Vec::new());
                writer.write_record(columns.headers()).map_err(unwritable)?;
                Ok(Self::Csv(Box::new(writer), columns))
            }
        }
    }

    fn add(&mut self, lead: &Lead) -> Result<()> {
        match self {
            Self::Csv(writer, columns) => writer.write_record(columns.read(lead)).map_err(unwritable),
            Self::Json(lines) => {
                serde_json::to_writer(&mut *lines, lead).map_err(unwritable)?;
                lines.push(b'\n');
                Ok(())
            }
        }
    }

    /// What was added since the last time.
    fn take(&mut self) -> Result<Vec<u8>> {
        match self {
            Self::Csv(writer, _) => {
                let fresh = csv::Writer::from_writer(Vec::new());
                let full = std::mem::replace(&mut **writer, fresh);
                full.into_inner().map_err(|cause| unwritable(cause.into_error()))
            }
            Self::Json(lines) => Ok(std::mem::take(lines)),
        }
    }
}

/// A lead that cannot be put into words is a fault of this library.
fn unwritable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(ErrorKind::Internal, EXPORT, "a lead could not be written").because(cause)
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
