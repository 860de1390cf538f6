//! The way of a file into a store.

use std::path::Path;

use lead_core::seam::{Reject, Store, WriteBatch};
use lead_core::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::{Receiver, channel};

use super::header::ColumnHome;
use super::reader::{Portion, read};
use super::resume::Mark;
use super::{IMPORT, Import, Layout};

/// Portions read ahead of what is stored.
const AHEAD: usize = 2;

/// What came of a file. Rows read are those stored, known, suppressed and rejected, no more and no less.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Imported {
    /// The file's layout, once its header is read.
    #[serde(skip_deserializing)]
    pub layout: Option<Layout>,
    /// Its columns, and where their values go.
    #[serde(skip)]
    pub columns: Vec<ColumnHome>,
    /// Rows read.
    pub read: u64,
    /// Sightings that were new to the store; without a store, those there would be.
    pub stored: u64,
    /// Sightings that it knew: from another file, from an earlier import, from a row before.
    pub duplicates: u64,
    /// Leads that came to be.
    #[serde(default)]
    pub created: u64,
    /// Leads that changed.
    #[serde(default)]
    pub updated: u64,
    /// Sightings dropped as a whole, because someone must not be contacted.
    pub suppressed: u64,
    /// Rows kept aside.
    pub rejected: u64,
}

/// How far an import is.
#[derive(Debug)]
#[non_exhaustive]
pub struct Step<'a> {
    /// What came of it by now.
    pub imported: &'a Imported,
    /// Rows kept aside since the last step.
    pub rejects: &'a [Reject],
    /// Bytes of the file that are done with.
    pub position: u64,
}

impl Import {
    /// Imports a file. Each batch of a thousand rows is stored as a whole before `told` hears of it.
    ///
    /// Cancel-safe: what was stored by then is stored.
    ///
    /// # Errors
    /// As [`read`], and those of the store and the state.
    pub async fn to_store(&self, store: &Store, path: &Path, told: impl FnMut(Step<'_>)) -> Result<Imported> {
        self.run(Some(store), path, told).await
    }

    /// Reads a file and stores nothing: which columns it has, and what would be kept aside.
    ///
    /// # Errors
    /// As [`read`].
    pub async fn dry_run(&self, path: &Path, told: impl FnMut(Step<'_>)) -> Result<Imported> {
        self.run(None, path, told).await
    }

    async fn run(
        &self,
        store: Option<&Store>,
        path: &Path,
        mut told: impl FnMut(Step<'_>),
    ) -> Result<Imported> {
        let mark = if store.is_some() {
            Mark::of(path, self)?
        } else {
            None
        };
        let mut imported = match &mark {
            Some(mark) if self.resumes => mark.read().await?.unwrap_or_default(),
            _ => Imported::default(),
        };
        let mut portions = self.portions(path, imported.read);
        while let Some(portion) = portions.recv().await {
            let portion = portion?;
            let (rejects, position) = imported.take(store, portion).await?;
            // Before the note: a row kept aside may be told twice, never not at all.
            told(Step {
                imported: &imported,
                rejects: &rejects,
                position,
            });
            if let Some(mark) = &mark {
                mark.write(&imported).await?;
            }
        }
        if let Some(mark) = mark {
            mark.remove().await?;
        }
        Ok(imported)
    }

    /// Reads a file where that may block.
    fn portions(&self, path: &Path, done: u64) -> Receiver<Result<Portion>> {
        let (sender, receiver) = channel(AHEAD);
        let (import, path, told) = (self.clone(), path.to_owned(), sender.clone());
        let work = tokio::task::spawn_blocking(move || {
            // Nobody listens: nobody to tell, and reading ends.
            let end = read(&path, &import, done, |portion| {
                sender.blocking_send(Ok(portion)).is_ok()
            });
            if let Err(error) = end {
                let _ = sender.blocking_send(Err(error));
            }
        });
        tokio::spawn(async move {
            if let Err(cause) = work.await {
                let broken = Error::new(ErrorKind::Internal, IMPORT, "reading broke off").because(cause);
                let _ = told.send(Err(broken)).await;
            }
        });
        receiver
    }
}

impl Imported {
    /// Stores a portion; what is told of it then.
    async fn take(&mut self, store: Option<&Store>, portion: Portion) -> Result<(Vec<Reject>, u64)> {
        let sightings = portion.observations.len() as u64;
        if let Some(store) = store.filter(|_| sightings > 0) {
            let receipt = store.commit(WriteBatch::of(portion.observations)).await?;
            let (new, known) = (receipt.inserted as u64, receipt.seen_again as u64);
            self.stored += new;
            self.duplicates += known;
            self.created += receipt.created.len() as u64;
            self.updated += receipt.updated.len() as u64;
            self.suppressed += sightings.saturating_sub(new + known);
        } else {
            self.stored += sightings;
        }
        self.layout = Some(portion.layout);
        self.columns = portion.columns;
        self.read += portion.rows;
        self.rejected += portion.rejects.len() as u64;
        Ok((portion.rejects, portion.position))
    }
}
