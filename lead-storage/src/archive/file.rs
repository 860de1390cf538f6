//! Files of archives: whole or not there, and safe on the disk before anything relies on them.

use std::path::{Path, PathBuf};

use lead_core::{Error, ErrorKind, Result};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt as _;

use super::ARCHIVE;

const ENDING: &str = ".parquet";
const UNFINISHED: &str = ".part";

/// The archive files of a folder, in order of name, which is that of time; none when there is no such folder.
///
/// # Errors
/// [`ErrorKind::Io`] when the folder cannot be read.
pub async fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    each(folder, |path, name| {
        if name.starts_with("leads-") && name.ends_with(ENDING) {
            files.push(path);
        }
    })
    .await?;
    files.sort();
    Ok(files)
}

async fn each(folder: &Path, mut tell: impl FnMut(PathBuf, &str)) -> Result<()> {
    let named = |cause| failed(cause).with("folder", folder.display());
    let mut entries = match fs::read_dir(folder).await {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(named(cause)),
    };
    while let Some(entry) = entries.next_entry().await.map_err(named)? {
        if let Some(name) = entry.file_name().to_str() {
            tell(entry.path(), name);
        }
    }
    Ok(())
}

/// Makes the folder, and takes away what killed writers left half done: whoever still writes holds a lock.
pub(super) async fn prepare(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .await
        .map_err(|cause| failed(cause).with("folder", folder.display()))?;
    let mut left = Vec::new();
    each(folder, |path, name| {
        if name.starts_with(".leads-") && name.ends_with(UNFINISHED) {
            left.push(path);
        }
    })
    .await?;
    for path in left {
        let abandoned = std::fs::File::open(&path).is_ok_and(|file| file.try_lock().is_ok());
        if abandoned {
            // Another who cleans up may have been quicker.
            let _ = fs::remove_file(&path).await;
        }
    }
    Ok(())
}

/// A file that gets its name when it is whole, and is taken away when it is dropped before.
pub(super) struct Unfinished {
    beside: PathBuf,
    path: PathBuf,
    file: File,
    pub(super) bytes: u64,
}

impl Unfinished {
    /// Begins a file beside `path`.
    pub(super) fn begin(path: &Path) -> Result<Self> {
        let named = |cause| failed(cause).with("file", path.display());
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.{}{UNFINISHED}", std::process::id()));
        let file = std::fs::File::create_new(&beside).map_err(named)?;
        // Held until it is closed: tells those who clean up that somebody is at work.
        file.lock().map_err(named)?;
        Ok(Self {
            beside,
            path: path.to_owned(),
            file: File::from_std(file),
            bytes: 0,
        })
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.bytes += bytes.len() as u64;
        let written = self.file.write_all(bytes).await;
        written.map_err(|cause| failed(cause).with("file", self.path.display()))
    }

    /// Forces the file to the disk, names it, and forces the name to the disk.
    pub(super) async fn finish(mut self) -> Result<()> {
        let path = self.path.clone();
        let named = |cause| failed(cause).with("file", path.display());
        self.file.flush().await.map_err(named)?;
        self.file.sync_all().await.map_err(named)?;
        fs::rename(&self.beside, &path).await.map_err(named)?;
        sync_folder(&path).await.map_err(named)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After the rename there is nothing of this name.
        let _ = std::fs::remove_file(&self.beside);
    }
}

/// Takes a file away for good.
pub(super) async fn remove(path: &Path) -> Result<()> {
    let named = |cause| failed(cause).with("file", path.display());
    fs::remove_file(path).await.map_err(named)?;
    sync_folder(path).await.map_err(named)
}

/// A name is safe when its folder is. Elsewhere than on Unix folders cannot be opened, and need not be.
async fn sync_folder(path: &Path) -> std::io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))
        .await?
        .sync_all()
        .await
}

/// Turns an error of files into ours.
pub(super) fn failed(cause: std::io::Error) -> Error {
    let (kind, message) = match cause.kind() {
        std::io::ErrorKind::StorageFull
        | std::io::ErrorKind::QuotaExceeded
        | std::io::ErrorKind::FileTooLarge => (ErrorKind::StorageFull, "no room is left for the archive"),
        std::io::ErrorKind::ReadOnlyFilesystem => (ErrorKind::ReadOnly, "the folder may only be read"),
        std::io::ErrorKind::NotFound => (ErrorKind::NotFound, "there is no such file"),
        _ => (
            ErrorKind::Io,
            "a file of the archive could not be read or written",
        ),
    };
    Error::new(kind, ARCHIVE, message).because(cause)
}
