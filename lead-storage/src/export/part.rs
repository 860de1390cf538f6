//! A file that is not finished yet, under a name that is found again: `.leads.csv.part`, and `.leads.csv.part.json`, which tells how
//! far it is.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use lead_core::{Error, ErrorKind, Result};
use tokio::io::BufWriter;

use super::encode::unwritable;
use super::note::Note;
use super::{Anew, EXPORT, failed};

/// So often, and after this long, a file is asked for again that somebody holds.
const TRIES: u32 = 25;
const MOMENT: Duration = Duration::from_millis(20);

/// The file, held against other exports as long as this lives. An empty one goes when it is dropped.
pub(super) struct Part {
    path: PathBuf,
    note: PathBuf,
    file: File,
    finished: bool,
}

impl Part {
    /// Opens what there is of `out`, and waits a moment for whoever holds it: a call that was dropped lets go once its last write is done.
    ///
    /// # Errors
    /// [`ErrorKind::Locked`] while another export writes it; [`ErrorKind::Io`] when something else stands there, a link say.
    pub(super) async fn wait(out: &Path) -> Result<Self> {
        let out = out.to_owned();
        let opened = tokio::task::spawn_blocking(move || {
            for _ in 0..TRIES {
                match Self::open(&out) {
                    Err(error) if error.kind() == ErrorKind::Locked => std::thread::sleep(MOMENT),
                    opened => return opened,
                }
            }
            Self::open(&out)
        });
        opened.await.map_err(unwritable)?
    }

    fn open(out: &Path) -> Result<Self> {
        let (path, note) = names(out);
        if fs::symlink_metadata(&path).is_ok_and(|known| !known.is_file()) {
            return Err(in_the_way());
        }
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(true).truncate(false);
        let file = options.open(&path).map_err(failed)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => elsewhere(),
            TryLockError::Error(cause) => failed(cause),
        })?;
        if !is_at(&file, &path)? {
            return Err(elsewhere());
        }
        Ok(Self {
            path,
            note,
            file,
            finished: false,
        })
    }

    /// How far an earlier export came; `None` when there was none, or nothing of it is left.
    pub(super) fn found(&self) -> Result<Result<Option<Note>, Anew>> {
        let length = self.file.metadata().map_err(failed)?.len();
        if length == 0 || !fs::symlink_metadata(&self.note).is_ok_and(|known| known.is_file()) {
            return Ok(Ok(None));
        }
        let text = fs::read(&self.note).map_err(failed)?;
        let note = serde_json::from_slice(&text).ok();
        Ok(match note.filter(|note: &Note| note.bytes <= length) {
            Some(note) => Ok(Some(note)),
            None => Err(Anew::Damaged),
        })
    }

    /// Writes on after so many bytes; what came later goes.
    pub(super) fn after(&mut self, bytes: u64) -> Result<BufWriter<tokio::fs::File>> {
        if bytes == 0 {
            // Before the file changes: an old note must not speak of new bytes.
            gone(&self.note)?;
        }
        self.file.set_len(bytes).map_err(failed)?;
        self.file.seek(SeekFrom::Start(bytes)).map_err(failed)?;
        let file = self.file.try_clone().map_err(failed)?;
        Ok(BufWriter::new(tokio::fs::File::from_std(file)))
    }

    /// Notes how far the file is: whole, or the note before it stays.
    pub(super) fn remember(&self, note: &Note) -> Result<()> {
        let text = serde_json::to_vec(note).map_err(unwritable)?;
        let fresh = self.note.with_extension("json.new");
        // Made anew, so that no link is followed.
        gone(&fresh)?;
        let mut file = File::create_new(&fresh).map_err(failed)?;
        file.write_all(&text).map_err(failed)?;
        drop(file);
        fs::rename(&fresh, &self.note).map_err(failed)
    }

    /// Gives the file its name.
    pub(super) fn finish(mut self, out: &Path) -> Result<()> {
        fs::rename(&self.path, out).map_err(failed)?;
        self.finished = true;
        gone(&self.note)
    }

    /// Takes away what an export that was broken off left for `out`, unless somebody writes it.
    pub(super) fn discard(out: &Path) {
        if fs::symlink_metadata(names(out).0).is_ok_and(|known| known.is_file())
            && let Ok(part) = Self::open(out)
        {
            part.remove();
        }
    }

    fn remove(&self) {
        let _ = fs::remove_file(&self.note);
        let _ = fs::remove_file(&self.path);
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let empty = || self.file.metadata().is_ok_and(|known| known.len() == 0);
        if !self.finished && empty() {
            self.remove();
        }
    }
}

fn names(out: &Path) -> (PathBuf, PathBuf) {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    (
        out.with_file_name(format!(".{name}.part")),
        out.with_file_name(format!(".{name}.part.json")),
    )
}

/// Removes a file that need not be there.
fn gone(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(failed(cause)),
        _ => Ok(()),
    }
}

/// Whether the open file is still the one of this name: who held it before may have finished it meanwhile.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let own = file.metadata().map_err(failed)?;
    Ok(fs::symlink_metadata(path).is_ok_and(|named| (named.dev(), named.ino()) == (own.dev(), own.ino())))
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> Result<bool> {
    Ok(path.is_file())
}

fn elsewhere() -> Error {
    Error::new(ErrorKind::Locked, EXPORT, "another export writes this file").temporary()
}

fn in_the_way() -> Error {
    let says = "something that is no file stands where the unfinished one would";
    Error::new(ErrorKind::Io, EXPORT, says)
}
