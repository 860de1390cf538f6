//! One way through the leads of an export, page by page.

use std::io::Read as _;
use std::sync::Arc;

use lead_core::seam::{Cursor, JsonPage, LeadQuery, Store};
use lead_core::{Error, ErrorKind, Result};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::body::Body;
use super::encode::{Encode, Ending, encoder, unwritable};
use super::note::Note;
use super::{EXPORT, Export, Exported, Progress, Suppressed, failed};

/// What is written, and what comes next.
pub(super) struct Pass<'a> {
    store: &'a Store,
    suppressed: Arc<Suppressed>,
    /// Away while it works.
    encoder: Option<Box<dyn Encode>>,
    query: LeadQuery,
    page: JsonPage,
    progress: Progress,
    exported: Exported,
}

impl<'a> Pass<'a> {
    /// Reads the first page: the one after what the note tells of, where there is one.
    pub(super) async fn begin(export: &Export, store: &'a Store, from: Option<&Note>) -> Result<Self> {
        let suppressed = Arc::new(Suppressed::of(store).await?);
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
            page: store.page_json(query.clone()).await?,
            store,
            suppressed,
            encoder: Some(encoder),
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
        self.query.after = self.page.next.take();
        let (store, query) = (self.store, self.query.clone());
        let next = async move {
            if query.after.is_some() {
                store.page_json(query).await.map(Some)
            } else {
                Ok(None)
            }
        };
        let bodies = std::mem::take(&mut self.page.leads);
        // The next page comes in while this one is put into words.
        let (bytes, next) = futures::join!(self.put(bodies), next);
        let bytes = bytes?;
        writer.write_all(&bytes).await.map_err(failed)?;
        self.exported.bytes += bytes.len() as u64;
        self.progress.total = self.progress.total.max(self.progress.done);
        told(self.progress);
        let next = next?;
        let more = next.is_some();
        self.page = next.unwrap_or_default();
        Ok(more)
    }

    /// Puts leads into words; what can be written then.
    async fn put(&mut self, bodies: Vec<String>) -> Result<Vec<u8>> {
        let suppressed = Arc::clone(&self.suppressed);
        let all = bodies.len() as u64;
        let (written, bytes) = self
            .with_encoder(move |encoder| {
                let mut written = 0;
                for body in &bodies {
                    written += u64::from(encoder.add(Body::new(body, &suppressed))?);
                }
                Ok((written, encoder.take()?))
            })
            .await?;
        self.progress.done += all;
        self.exported.leads += written;
        self.exported.suppressed += all - written;
        Ok(bytes)
    }

    /// Has the encoder work on a thread of its own, where there are any.
    async fn with_encoder<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut dyn Encode) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let mut encoder = self.encoder.take().ok_or_else(broken_off)?;
        let (encoder, done) = in_background(move || {
            let done = work(encoder.as_mut());
            (encoder, done)
        })
        .await?;
        self.encoder = Some(encoder);
        done
    }

    /// After where the pages that are written end, as long as there are others.
    pub(super) fn next(&self) -> Option<&Cursor> {
        self.query.after.as_ref()
    }

    /// What was written so far.
    pub(super) fn exported(&self) -> Exported {
        self.exported
    }

    /// Writes what is left at the end. Putting a workbook together takes its time.
    pub(super) async fn end<W: AsyncWrite + Unpin>(self, writer: &mut W) -> Result<Exported> {
        let mut exported = self.exported;
        let encoder = self.encoder.ok_or_else(broken_off)?;
        exported.bytes += match in_background(move || encoder.finish()).await?? {
            Ending::Bytes(bytes) => {
                writer.write_all(&bytes).await.map_err(failed)?;
                bytes.len() as u64
            }
            Ending::File(file) => copy(file, writer).await?,
        };
        writer.flush().await.map_err(failed)?;
        Ok(exported)
    }
}

/// Works where it keeps nobody else waiting: on a thread of its own, where there are any.
async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(work).await.map_err(unwritable),
        Err(_) => Ok(work()),
    }
}

/// A page that could not be written takes the encoder with it.
fn broken_off() -> Error {
    Error::new(ErrorKind::Internal, EXPORT, "the export was broken off")
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
