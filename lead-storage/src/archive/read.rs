//! From a file to its leads.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray as _;
use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, ArrayRef, ListArray, RecordBatch};
use lead_core::clock::Timestamp;
use lead_core::{Error, ErrorKind, Result};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use serde::de::DeserializeOwned;
use tokio::sync::mpsc;

use super::entry::Entry;
use super::file::failed;
use super::{ARCHIVE, ARCHIVED_AT, FORM, FORM_VERSION, LINKS, OBSERVATIONS};

/// Leads of a portion.
const PORTION: usize = 100;

/// The leads of a file, a portion at a time; the file is read on a thread of its own, which ends with this.
pub(super) struct Reading {
    path: PathBuf,
    portions: mpsc::Receiver<Result<Vec<Entry>>>,
}

impl Reading {
    /// Begins to read. What is wrong with the file is told by the first portion.
    pub(super) fn begin(path: &Path) -> Self {
        let (sender, portions) = mpsc::channel(1);
        let file = path.to_owned();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = read(&file, &sender) {
                // Whoever listens no more need not be told.
                let _ = sender.blocking_send(Err(error));
            }
        });
        Self {
            path: path.to_owned(),
            portions,
        }
    }

    /// The next portion; `None` at the end.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] and [`ErrorKind::Io`] for the file, [`ErrorKind::Corrupt`] when it is damaged,
    /// [`ErrorKind::InvalidInput`] when it is no archive, [`ErrorKind::Unsupported`] when it is one of a newer form.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Entry>>> {
        let portion = self.portions.recv().await.transpose();
        portion.map_err(|error| error.with("file", self.path.display()))
    }
}

fn read(path: &Path, portions: &mpsc::Sender<Result<Vec<Entry>>>) -> Result<()> {
    for batch in open(path)? {
        let batch = batch.map_err(damaged)?;
        if portions.blocking_send(Ok(entries(&batch)?)).is_err() {
            break;
        }
    }
    Ok(())
}

fn open(path: &Path) -> Result<ParquetRecordBatchReader> {
    let file = File::open(path).map_err(failed)?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(damaged)?;
    let notes = builder.metadata().file_metadata().key_value_metadata();
    let mut notes = notes.into_iter().flatten();
    let form = notes
        .find(|note| note.key == FORM)
        .and_then(|note| note.value.clone());
    match form.as_deref() {
        Some(FORM_VERSION) => {}
        Some(_) => {
            let says = "the archive was written by a newer version of this library";
            return Err(Error::new(ErrorKind::Unsupported, ARCHIVE, says));
        }
        None => {
            return Err(Error::invalid(
                ARCHIVE,
                "the file is Parquet, but no archive of leads",
            ));
        }
    }
    // Columns for people need not be read.
    let wanted = [OBSERVATIONS, LINKS, ARCHIVED_AT];
    let mask = ProjectionMask::columns(builder.parquet_schema(), wanted);
    let reader = builder.with_projection(mask).with_batch_size(PORTION);
    reader.build().map_err(damaged)
}

fn entries(batch: &RecordBatch) -> Result<Vec<Entry>> {
    let column = |name: &str| batch.column_by_name(name).ok_or_else(misses);
    let observations = column(OBSERVATIONS)?.as_list_opt::<i32>().ok_or_else(misses)?;
    let links = column(LINKS)?.as_list_opt::<i32>().ok_or_else(misses)?;
    let times = column(ARCHIVED_AT)?
        .as_primitive_opt::<TimestampMicrosecondType>()
        .ok_or_else(misses)?;
    let mut entries = Vec::with_capacity(batch.num_rows());
    for row in 0..batch.num_rows() {
        entries.push(Entry {
            observations: values(observations, row)?,
            links: values(links, row)?,
            archived_at: Timestamp::from_microsecond(times.value(row)).map_err(damaged)?,
        });
    }
    Ok(entries)
}

/// The values of a list, each of which is JSON.
fn values<T: DeserializeOwned>(lists: &ListArray, row: usize) -> Result<Vec<T>> {
    let list: ArrayRef = lists.value(row);
    let texts = list.as_string_opt::<i32>().ok_or_else(misses)?;
    (0..texts.len())
        .map(|at| serde_json::from_str(texts.value(at)).map_err(damaged))
        .collect()
}

fn misses() -> Error {
    Error::new(
        ErrorKind::Corrupt,
        ARCHIVE,
        "the archive lacks a column it must have",
    )
}

fn damaged(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(ErrorKind::Corrupt, ARCHIVE, "the archive cannot be read").because(cause)
}
