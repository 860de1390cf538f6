//! A folder of a crawl: its journal, and a lock.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use lead_core::seam::State;
use lead_core::{Error, ErrorKind, Result};

use crate::sqlite::{SqliteConfig, SqliteStore};

/// A crawl's folder: the state that its journal is kept in, and a lock that keeps every other crawl out as long as this
/// value lives.
#[derive(Debug)]
pub struct CrawlFolder {
    state: State,
    lock: File,
}

impl CrawlFolder {
    /// The name of the journal: one folder, one crawl.
    pub const JOURNAL: &str = "crawl";

    /// Opens the folder at `path`, which is made when it is not there yet.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when something else is there, [`ErrorKind::Locked`] while another crawl is under way in
    /// it, [`ErrorKind::Io`] and its kin, and what [`SqliteStore::open`] says.
    pub async fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let failed = |cause| failed(&name, cause);
        if path.exists() && !path.is_dir() {
            return Err(Error::invalid("resume", "a folder is wanted, and this is none").with("file", &name));
        }
        std::fs::create_dir_all(path).map_err(failed)?;
        let lock = File::create(path.join("crawl.lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::Error(cause)) => return Err(failed(cause)),
            Err(TryLockError::WouldBlock) => {
                let message = "another crawl is under way in this folder";
                return Err(Error::new(ErrorKind::Locked, "resume", message)
                    .temporary()
                    .with("folder", &name));
            }
        }
        let database = SqliteStore::open(SqliteConfig::file(path.join("crawl.db"))).await?;
        Ok(Self {
            state: State::new(database.state()),
            lock,
        })
    }

    /// Where the journal is kept.
    pub fn state(&self) -> State {
        self.state.clone()
    }
}

impl Drop for CrawlFolder {
    fn drop(&mut self) {
        // To close the file would not do: a process that was forked off meanwhile has it open too.
        let _ = self.lock.unlock();
    }
}

fn failed(name: &str, cause: io::Error) -> Error {
    let (kind, says) = match cause.kind() {
        io::ErrorKind::PermissionDenied => (ErrorKind::Io, "permission denied"),
        io::ErrorKind::ReadOnlyFilesystem => (ErrorKind::ReadOnly, "the file system may only be read"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            (ErrorKind::StorageFull, "no room is left")
        }
        io::ErrorKind::NotADirectory => (ErrorKind::NotFound, "a part of its path is no folder"),
        _ => (ErrorKind::Io, "reading or writing failed"),
    };
    Error::new(kind, "resume", says).with("file", name).because(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Guards folders whose names mean something in an address.
    #[tokio::test]
    async fn one_crawl_a_folder_whatever_it_is_called() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("50%25?mode=ro");
        let folder = CrawlFolder::open(&path).await.unwrap();
        let second = CrawlFolder::open(&path).await.unwrap_err();
        assert_eq!((second.kind(), second.is_retryable()), (ErrorKind::Locked, true));
        assert!(path.join("crawl.db").is_file());
        drop(folder);
        CrawlFolder::open(&path).await.unwrap();
    }

    #[tokio::test]
    async fn a_file_is_no_folder() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = CrawlFolder::open(file.path()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
}
