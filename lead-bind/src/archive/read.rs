//! Going through an archive, on threads of its own.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use lead_core::fetch::warc::Pages;
use lead_core::{Error, ErrorKind, Result};
use tokio::sync::mpsc;

use super::options::ArchiveOptions;
use super::page::ArchivedPage;

/// What is found in a stretch of an archive: pages, and errors where it is damaged.
pub(super) type Batch = Vec<Result<ArchivedPage>>;

/// Pages that cross at once, and bytes of bodies, at most.
const MOST_PAGES: usize = 64;
const MOST_BYTES: usize = 4 << 20;

/// Reads the archive at `path` ahead of whoever takes its batches, by a few of them. An archive that cannot be opened is
/// the only batch, an error.
///
/// # Errors
/// [`ErrorKind::Io`] when the system gives no threads.
pub(super) fn begin(path: &Path, options: ArchiveOptions) -> Result<mpsc::Receiver<Result<Batch>>> {
    let (sender, batches) = mpsc::channel(2);
    // The archive is inflated while the contacts of its last pages are read.
    let (raw, read) = sync_channel(1);
    let (path, all) = (path.to_owned(), options.all);
    on_a_thread(move || inflate(&path, all, &raw))?;
    on_a_thread(move || extract(&read, &sender, &options))?;
    Ok(batches)
}

/// Not on the runtime's threads, which are few: an archive that nobody takes pages of keeps its own.
fn on_a_thread(work: impl FnOnce() + Send + 'static) -> Result<()> {
    let begun = thread::Builder::new().name("lead-archive".to_owned()).spawn(work);
    begun
        .map(drop)
        .map_err(|cause| Error::new(ErrorKind::Io, "archive", "the system gives no threads").because(cause))
}

fn inflate(path: &Path, all: bool, raw: &SyncSender<Result<Batch>>) {
    let pages = match Pages::open(path) {
        Ok(pages) if all => pages.all(),
        Ok(pages) => pages,
        Err(error) => return drop(raw.send(Err(error.with("file", path.display())))),
    };
    let mut pages = pages.map(|page| page.map(ArchivedPage::new)).peekable();
    while pages.peek().is_some() {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < MOST_PAGES
            && bytes < MOST_BYTES
            && let Some(page) = pages.next()
        {
            bytes += page.as_ref().map_or(0, ArchivedPage::weight);
            batch.push(page);
        }
        if raw.send(Ok(batch)).is_err() {
            return; // nobody listens any more
        }
    }
}

fn extract(read: &Receiver<Result<Batch>>, sender: &mpsc::Sender<Result<Batch>>, options: &ArchiveOptions) {
    for mut batch in read {
        let mut pages: Vec<&mut ArchivedPage> = batch.iter_mut().flatten().flatten().collect();
        if let Some(reading) = &options.contacts {
            ArchivedPage::read_all(&mut pages, reading, options.threads);
        }
        if !options.bodies {
            pages.into_iter().for_each(ArchivedPage::without_body);
        }
        if sender.blocking_send(batch).is_err() {
            return;
        }
    }
}
