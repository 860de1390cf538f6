//! Answers kept in a folder.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use moka::notification::RemovalCause;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use siphasher::sip128::SipHasher13;
use tempfile::NamedTempFile;

use super::Entry;
use crate::clock::Clock;
use crate::{Error, ErrorKind, Result};

/// How long what nobody asks for is kept: pages name people, and what is not needed is not held.
const KEPT: Duration = Duration::from_hours(24 * 30);

/// A process that lives takes no hour to write a file.
const HALF_WRITTEN: Duration = Duration::from_hours(1);

/// Marks the folder as one that back-ups may leave out (bford.info/cachedir).
const TAG: (&str, &str) = ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n");

/// Answers in the files of a folder, for the next run and for other processes: a page that has not changed since costs a
/// question instead of a download.
///
/// Bounded by bytes: what was used longest ago goes first, and what nobody asked for in 30 days goes when the folder is
/// opened. A file is written beside its place and moved there, so that a kill leaves the old one; one that is damaged
/// counts as absent. Pages hold what their sites tell of people: erasing them means deleting the folder.
#[derive(Clone)]
pub struct DiskCache {
    folder: Arc<Path>,
    /// Sizes of the files, by their names; what leaves it is deleted.
    files: Cache<u128, u32>,
}

impl DiskCache {
    /// The bound that suits most: 4 GiB.
    pub const BYTES: u64 = 4 << 30;

    /// Opens the folder at `path`, which is made when it is not there, and keeps at most about `bytes` in it.
    ///
    /// Reads the names of the files in it, and blocks meanwhile: some milliseconds a thousand.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::ReadOnly`] and [`ErrorKind::StorageFull`] when it cannot be read or written,
    /// [`ErrorKind::Conflict`] when it holds something else.
    pub fn open(path: &Path, bytes: u64, clock: &Clock) -> Result<Self> {
        let failed = |cause| failed(cause).with("folder", path.display());
        refuse_foreign(path)?;
        fs::create_dir_all(path).map_err(failed)?;
        fs::write(path.join(TAG.0), TAG.1).map_err(failed)?;
        let folder: Arc<Path> = path.into();
        let root = Arc::clone(&folder);
        let files = Cache::builder()
            .max_capacity(bytes)
            .weigher(|_, size| *size)
            .eviction_policy(EvictionPolicy::lru())
            .eviction_listener(move |name, _, cause| {
                if cause != RemovalCause::Replaced {
                    // Gone already is as good.
                    let _ = fs::remove_file(place(&root, *name));
                }
            })
            .build();
        let now = super::system_time(clock.now());
        for (at, name, size) in listed(path, now).map_err(failed)? {
            if is_older(at, now, KEPT) {
                let _ = fs::remove_file(place(path, name));
            } else {
                files.insert(name, size);
            }
        }
        files.run_pending_tasks();
        Ok(Self { folder, files })
    }

    /// The answer kept for an address. One that cannot be read counts as absent.
    pub(super) async fn get(&self, key: &str) -> Option<Entry> {
        let (this, key) = (self.clone(), key.to_owned());
        apart(move || this.read(&key)).await.flatten()
    }

    /// Keeps an answer. One that cannot be written is told in the log: the fetch it came from is none the worse.
    pub(super) async fn keep(&self, key: &str, entry: &Entry) {
        let (this, key, entry) = (self.clone(), key.to_owned(), entry.clone());
        let written = apart(move || this.write(&key, &entry)).await;
        if let Some(Err(error)) = written {
            tracing::warn!(%error, "an answer cannot be kept on disk");
        }
    }

    /// Drops what is kept for an address.
    pub(super) async fn forget(&self, key: &str) {
        let (this, name) = (self.clone(), name_of(key));
        apart(move || {
            this.files.invalidate(&name);
            // Not in our list when another process wrote it.
            let _ = fs::remove_file(place(&this.folder, name));
        })
        .await;
    }

    fn read(&self, key: &str) -> Option<Entry> {
        let name = name_of(key);
        let file = File::open(place(&self.folder, name)).ok()?;
        // Its turn to be dropped comes later now.
        self.files.get(&name);
        Entry::read(key, BufReader::new(file))
            .inspect_err(|error| tracing::debug!(%error, "a kept answer cannot be read"))
            .ok()
    }

    fn write(&self, key: &str, entry: &Entry) -> Result<()> {
        let name = name_of(key);
        let to = place(&self.folder, name);
        let folder = to.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(failed)?;
        let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
        entry.write(key, &mut file)?;
        let size = file.as_file().metadata().map_err(failed)?.len();
        file.persist(to).map_err(|refused| failed(refused.error))?;
        self.files.insert(name, u32::try_from(size).unwrap_or(u32::MAX));
        self.files.run_pending_tasks();
        Ok(())
    }
}

/// Does what blocks off the runtime's threads; nothing when the runtime ends meanwhile.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

/// An address as the name of a file: 128 bits of a hash. The address stands in the file, too, and is compared.
fn name_of(key: &str) -> u128 {
    SipHasher13::new().hash(key.as_bytes()).as_u128()
}

/// The file of a name: 256 folders, so that none grows beyond what file systems like.
fn place(folder: &Path, name: u128) -> PathBuf {
    let name = format!("{name:032x}");
    let (first, rest) = name.split_at(2);
    folder.join(first).join(rest)
}

/// The files there are, the oldest first. What a killed process left half written is removed.
fn listed(folder: &Path, now: SystemTime) -> io::Result<Vec<(SystemTime, u128, u32)>> {
    let mut files = Vec::new();
    for part in fs::read_dir(folder)?.flatten() {
        if !part.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(part.path())?.flatten() {
            let Some((at, size)) = file
                .metadata()
                .ok()
                .and_then(|about| Some((about.modified().ok()?, about.len())))
            else {
                continue;
            };
            let names = [part.file_name(), file.file_name()];
            match name_in(&names) {
                Some(name) => files.push((at, name, u32::try_from(size).unwrap_or(u32::MAX))),
                None if is_older(at, now, HALF_WRITTEN) => forget_half_written(&file.path()),
                None => {}
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// Removes what a process that was killed did not finish.
fn forget_half_written(path: &Path) {
    let ours = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with(".tmp"));
    if ours {
        let _ = fs::remove_file(path);
    }
}

/// Whether a file is older than so long.
fn is_older(at: SystemTime, now: SystemTime, than: Duration) -> bool {
    now.duration_since(at).is_ok_and(|age| age > than)
}

fn name_in(parts: &[std::ffi::OsString; 2]) -> Option<u128> {
    let name = parts
        .iter()
        .map(|part| part.to_str())
        .collect::<Option<String>>()?;
    (name.len() == 32).then(|| u128::from_str_radix(&name, 16).ok())?
}

/// Refuses a folder with other things in it: files are deleted there.
fn refuse_foreign(path: &Path) -> Result<()> {
    let foreign = match fs::read_dir(path) {
        Ok(mut inside) => inside.next().is_some() && !path.join(TAG.0).exists(),
        Err(cause) => cause.kind() == io::ErrorKind::NotADirectory,
    };
    if foreign {
        let message = "an empty folder is wanted, or one that was a cache before";
        return Err(Error::new(ErrorKind::Conflict, "cache", message).with("folder", path.display()));
    }
    Ok(())
}

pub(super) fn failed(cause: io::Error) -> Error {
    let message = "the cache on disk cannot be used";
    Error::new(ErrorKind::of_io(&cause), "cache", message).because(cause)
}

impl fmt::Debug for DiskCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiskCache")
            .field("folder", &self.folder)
            .field("files", &self.files.entry_count())
            .field("bytes", &self.files.weighted_size())
            .finish()
    }
}
