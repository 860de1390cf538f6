//! Where an import goes on.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use bytes::Bytes;
use lead_core::record::ContentHash;
use lead_core::seam::State;
use lead_core::{Error, ErrorKind, Result};

use super::run::Imported;
use super::{IMPORT, Import};

/// How many bytes of a file tell it from others.
const HEAD: u64 = 64 * 1024;

/// A note of how far a file is stored.
pub(super) struct Mark {
    state: State,
    key: String,
}

impl Mark {
    /// The note of this file. A file that grew is the same; one that begins otherwise, or goes by another name, is not.
    pub(super) fn of(path: &Path, import: &Import) -> Result<Option<Self>> {
        let Some(state) = import.state.clone() else {
            return Ok(None);
        };
        let mut content = path.file_name().unwrap_or_default().as_encoded_bytes().to_vec();
        let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut content));
        read.map_err(|cause| {
            let kind = match cause.kind() {
                std::io::ErrorKind::NotFound => ErrorKind::NotFound,
                _ => ErrorKind::Io,
            };
            Error::new(kind, IMPORT, "the file cannot be read").because(cause)
        })?;
        let key = format!("import:{}", ContentHash::of(&content));
        Ok(Some(Self { state, key }))
    }

    /// What was done by then.
    pub(super) async fn read(&self) -> Result<Option<Imported>> {
        let entry = self.state.get(self.key.clone()).await?;
        // A note that cannot be read is none: rows that are stored twice are known the second time.
        Ok(entry.and_then(|entry| serde_json::from_slice(&entry.value).ok()))
    }

    pub(super) async fn write(&self, done: &Imported) -> Result<()> {
        let note = serde_json::to_vec(done).unwrap_or_default();
        self.state
            .put(self.key.clone(), Bytes::from(note), None)
            .await
            .map(drop)
    }

    pub(super) async fn remove(&self) -> Result<()> {
        self.state.remove(self.key.clone()).await
    }
}
