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
mod cell;
mod columns;
mod crm;
mod delimited;
mod encode;
mod file;
mod format;
mod full;
mod geojson;
mod json;
mod rows;
mod suppressed;
mod vcard;
#[cfg(feature = "xlsx")]
mod workbook;

use std::io::Read as _;
use std::task::Poll;

use lead_core::clock::Timestamp;
use lead_core::record::filter::{Comparison, Field, Filter, Scalar};
use lead_core::seam::{LeadQuery, Sort, Store};
use lead_core::{Error, ErrorKind, Result};
use tokio::io::{AsyncWrite, AsyncWriteExt};

#[cfg(feature = "parquet")]
pub(crate) use arrow::{Rows, Shared};
pub(crate) use cell::original;
pub use cell::{joined as safe_cells, safe as safe_cell};
pub use columns::Layout;
#[cfg(feature = "sinks")]
pub(crate) use columns::Reader;
use encode::{Ending, encoder};
pub use format::Format;
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
            columns: Vec::new(),
            page: 500,
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
        let suppressed = Suppressed::of(store).await?;
        let mut state = Progress {
            done: 0,
            total: store.count(self.filter.clone()).await?,
        };
        let mut exported = Exported::default();
        let mut encoder = encoder(self.format, &self.columns)?;
        let mut query = LeadQuery::new(self.filter.clone())
            .sort(self.sort)
            .limit(self.page);
        let mut page = store.page(query.clone()).await?;
        loop {
            // Where the store has threads of its own, the next page comes in while this one is written.
            query.after = page.next.take();
            let more = query.after.is_some();
            let mut next = std::pin::pin!(async {
                if more {
                    store.page(query.clone()).await.map(Some)
                } else {
                    Ok(None)
                }
            });
            let begun = futures::poll!(next.as_mut());
            for lead in std::mem::take(&mut page.leads) {
                state.done += 1;
                match suppressed.strip(lead) {
                    Some(lead) => {
                        encoder.add(&lead)?;
                        exported.leads += 1;
                    }
                    None => exported.suppressed += 1,
                }
            }
            let bytes = encoder.take()?;
            writer.write_all(&bytes).await.map_err(failed)?;
            exported.bytes += bytes.len() as u64;
            state.total = state.total.max(state.done);
            progress(state);
            let next = match begun {
                Poll::Ready(next) => next,
                Poll::Pending => next.await,
            };
            match next? {
                Some(next) => page = next,
                None => break,
            }
        }
        exported.bytes += end(encoder, writer).await?;
        writer.flush().await.map_err(failed)?;
        Ok(exported)
    }
}

/// Writes what is left at the end; the bytes of it. Putting a workbook together takes its time, which is no other task's where there
/// are others.
async fn end<W: AsyncWrite + Unpin>(encoder: Box<dyn encode::Encode>, writer: &mut W) -> Result<u64> {
    let ending = match tokio::runtime::Handle::try_current() {
        Ok(runtime) => {
            let finished = runtime.spawn_blocking(move || encoder.finish()).await;
            finished.map_err(encode::unwritable)??
        }
        Err(_) => encoder.finish()?,
    };
    match ending {
        Ending::Bytes(bytes) => {
            writer.write_all(&bytes).await.map_err(failed)?;
            Ok(bytes.len() as u64)
        }
        Ending::File(file) => copy(file, writer).await,
    }
}

/// Copies a file that was just written, so that the system still has it in memory.
async fn copy<W: AsyncWrite + Unpin>(mut file: std::fs::File, writer: &mut W) -> Result<u64> {
    let (mut buffer, mut copied) = (vec![0; 1 << 16], 0);
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(copied);
        };
        writer.write_all(bytes).await.map_err(failed)?;
        copied += bytes.len() as u64;
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
