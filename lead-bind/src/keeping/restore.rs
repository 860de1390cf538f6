//! Leads brought back from archives.

use std::path::PathBuf;

use lead_core::seam::Store;
use lead_core::{Error, Result};
use lead_storage::archive::{self, Restored};
use serde::Deserialize;

use crate::given::{self, Unknown, all_known};
use crate::place::Place;

/// What is brought back where, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    store: Option<String>,
    tenant: Option<String>,
    files: Vec<PathBuf>,
    #[serde(flatten)]
    unknown: Unknown,
}

/// Archives to be brought back.
#[derive(Clone, Debug)]
pub struct Restore {
    place: Place,
    files: Vec<PathBuf>,
}

impl Restore {
    /// Reads options: the store, the tenant, and `files`, each an archive or a folder of them.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a value that means nothing, and without a store or a file.
    pub fn read(json: &str) -> Result<Self> {
        let given: Given = given::read("restore", json)?;
        all_known("restore", &given.unknown)?;
        if given.files.is_empty() {
            return Err(Error::invalid("restore", "a file is wanted").with("option", "files"));
        }
        Ok(Self {
            place: Place::read("restore", given.store, given.tenant.as_deref())?,
            files: given.files,
        })
    }

    /// Brings them back.
    ///
    /// # Errors
    /// Those of the store and of [`archive::restore()`].
    pub async fn run(self) -> Result<Restored> {
        let opened = self.place.open().await?;
        let done = back(opened.store(), self.files).await;
        opened.close().await;
        done
    }
}

async fn back(store: &Store, given: Vec<PathBuf>) -> Result<Restored> {
    let mut files = Vec::new();
    for path in given {
        if path.is_dir() {
            files.extend(archive::files_in(&path).await?);
        } else {
            files.push(path);
        }
    }
    archive::restore(store, &files, |_| ()).await
}
