//! An archive as both languages follow it.

use std::path::Path;

use lead_core::Result;
use tokio::sync::{Mutex, mpsc};

use super::options::ArchiveOptions;
use super::page::ArchivedPage;
use super::read::{Batch, begin};
use crate::batches::{Batches, Door};

/// The pages of an archive. A record that cannot be read is an error with its `offset` in its place.
#[derive(Debug)]
pub struct ArchiveStream {
    batches: Mutex<mpsc::Receiver<Result<Batch>>>,
    door: Door,
}

impl ArchiveStream {
    /// Begins to read the archive at `path`. That it cannot be opened is told by the first [`Batches::next`].
    ///
    /// # Errors
    /// [`ErrorKind::Io`](lead_core::ErrorKind::Io) when the system gives no threads.
    pub fn begin(path: &Path, options: ArchiveOptions) -> Result<Self> {
        Ok(Self {
            batches: Mutex::new(begin(path, options)?),
            door: Door::new(),
        })
    }
}

impl Batches for ArchiveStream {
    type Item = Result<ArchivedPage>;

    async fn next(&self) -> Result<Option<Batch>> {
        let next = async { self.batches.lock().await.recv().await.transpose() };
        let found = self.door.unless_closed(next).await?;
        if found.is_none() {
            self.batches.lock().await.close();
        }
        Ok(found)
    }

    /// What is being read ahead is read to its end, and then found to be wanted by nobody: that is not waited for.
    async fn close(&self) {
        if self.door.is_at_home() {
            self.door.close();
            self.batches.lock().await.close();
        }
    }

    fn leave(&self) {
        if !self.door.is_at_home() {
            return; // what is in it is the parent's, be it locked or not
        }
        self.door.close();
        // Otherwise whoever waits for a batch closes it.
        if let Ok(mut batches) = self.batches.try_lock() {
            batches.close();
        }
    }
}
