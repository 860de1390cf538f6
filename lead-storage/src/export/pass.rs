//! One way through the leads of an export, page by page.

use std::io::Read as _;
use std::pin::pin;
use std::task::Poll;

use lead_core::Result;
use lead_core::record::Lead;
use lead_core::seam::{Cursor, LeadPage, LeadQuery, Store};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::encode::{Encode, Ending, encoder, unwritable};
use super::note::Note;
use super::{Export, Exported, Progress, Suppressed, failed};

/// What is written, and what comes next.
pub(super) struct Pass<'a> {
    store: &'a Store,
    suppressed: Suppressed,
    encoder: Box<dyn Encode>,
    query: LeadQuery,
    page: LeadPage,
    progress: Progress,
    exported: Exported,
}

impl<'a> Pass<'a> {
    /// Reads the first page: the one after what the note tells of, where there is one.
    pub(super) async fn begin(export: &Export, store: &'a Store, from: Option<&Note>) -> Result<Self> {
        let suppressed = Suppressed::of(store).await?;
        let mut progress = Progress {
            done: 0,
            total: store.count(export.filter.clone()).await?,
        };
        let mut encoder = encoder(export.format, &export.columns)?;
        let mut query = LeadQuery::new(export.filter.clone())
            .sort(export.sort)
            .limit(export.page);
        let mut exported = Exported::default();
        if let Some(note) = from {
            encoder.go_on(note.leads);
            query.after = Some(note.next.clone());
            progress.done = note.leads + note.suppressed;
            exported = note.exported();
        }
        Ok(Self {
            page: store.page(query.clone()).await?,
            store,
            suppressed,
            encoder,
            query,
            progress,
            exported,
        })
    }

    /// Writes a page, tells of it, and reads the next; whether there is one.
    pub(super) async fn step<W>(
        &mut self,
        writer: &mut W,
        told: &mut (impl FnMut(Progress) + ?Sized),
    ) -> Result<bool>
    where
        W: AsyncWrite + Unpin,
    {
        // Where the store has threads of its own, the next page comes in while this one is written.
        self.query.after = self.page.next.take();
        let (store, query) = (self.store, self.query.clone());
        let mut next = pin!(async move {
            if query.after.is_some() {
                store.page(query).await.map(Some)
            } else {
                Ok(None)
            }
        });
        let begun = futures::poll!(next.as_mut());
        for lead in std::mem::take(&mut self.page.leads) {
            self.add(lead)?;
        }
        let bytes = self.encoder.take()?;
        writer.write_all(&bytes).await.map_err(failed)?;
        self.exported.bytes += bytes.len() as u64;
        self.progress.total = self.progress.total.max(self.progress.done);
        told(self.progress);
        let next = match begun {
            Poll::Ready(next) => next,
            Poll::Pending => next.await,
        };
        let next = next?;
        let more = next.is_some();
        self.page = next.unwrap_or_default();
        Ok(more)
    }

    fn add(&mut self, lead: Lead) -> Result<()> {
        self.progress.done += 1;
        let Some(lead) = self.suppressed.strip(lead) else {
            self.exported.suppressed += 1;
            return Ok(());
        };
        self.exported.leads += 1;
        self.encoder.add(&lead)
    }

    /// After where the pages that are written end, as long as there are others.
    pub(super) fn next(&self) -> Option<&Cursor> {
        self.query.after.as_ref()
    }

    /// What was written so far.
    pub(super) fn exported(&self) -> Exported {
        self.exported
    }

    /// Writes what is left at the end.
    pub(super) async fn end<W: AsyncWrite + Unpin>(self, writer: &mut W) -> Result<Exported> {
        let mut exported = self.exported;
        exported.bytes += end(self.encoder, writer).await?;
        writer.flush().await.map_err(failed)?;
        Ok(exported)
    }
}

/// Writes what is left at the end; the bytes of it. Putting a workbook together takes its time, which is no other task's where there
/// are others.
async fn end<W: AsyncWrite + Unpin>(encoder: Box<dyn Encode>, writer: &mut W) -> Result<u64> {
    let ending = match tokio::runtime::Handle::try_current() {
        Ok(runtime) => {
            let finished = runtime.spawn_blocking(move || encoder.finish()).await;
            finished.map_err(unwritable)??
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
