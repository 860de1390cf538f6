//! The folder a browser keeps its profile in: fresh for each process, gone with it.
//!
//! ```text
//! <temporary folder>/lead-browser/<random>/
//!     owner      locked by the process that owns the folder, for as long as it lives; holds the browser's process group
//!     complaints what Chromium says on its standard error
//!     data/      what Chromium writes
//! ```
//!
//! A lock ends with its holder, however that ends. So a folder whose `owner` can be locked was left behind, and what
//! still runs out of it was, too: [`reap`] ends both.

use std::fs::{self, File, TryLockError};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::group;
use crate::{Error, ErrorKind, Result};

const ROOT: &str = "lead-browser";
const OWNER: &str = "owner";
const DATA: &str = "data";
const COMPLAINTS: &str = "complaints";

/// Bytes of what it complains of that are told, the last ones.
const TOLD: usize = 4096;

/// A fresh folder that is ours.
#[derive(Debug)]
pub(super) struct Profile {
    folder: TempDir,
    owner: File,
}

impl Profile {
    /// Makes one below `base`.
    pub(super) fn new(base: &Path, user: Option<(u32, u32)>) -> Result<Self> {
        let failed = |cause: io::Error| {
            let message = "no folder for a browser's profile could be made";
            Error::new(ErrorKind::of_io(&cause), "browser", message)
                .with("folder", base.join(ROOT).display())
                .because(cause)
        };
        make(base, user).map_err(failed)
    }

    /// What Chromium is told to use.
    pub(super) fn data(&self) -> PathBuf {
        self.folder.path().join(DATA)
    }

    /// Notes which process group runs out of it.
    pub(super) fn note(&mut self, group: u32) -> io::Result<()> {
        self.owner.rewind()?;
        self.owner.set_len(0)?;
        write!(self.owner, "{group}")
    }

    /// Where it may complain.
    pub(super) fn log(&self) -> io::Result<File> {
        File::create(self.folder.path().join(COMPLAINTS))
    }

    /// The last it complained of.
    pub(super) fn complaints(&self) -> String {
        let all = fs::read(self.folder.path().join(COMPLAINTS)).unwrap_or_default();
        let last = all.get(all.len().saturating_sub(TOLD)..).unwrap_or_default();
        String::from_utf8_lossy(last).into_owned()
    }

    /// Takes it away. Processes that are just ending may still write, so it is tried more than once.
    pub(super) fn remove(self) {
        remove(&self.folder.keep());
    }
}

fn make(base: &Path, user: Option<(u32, u32)>) -> io::Result<Profile> {
    let root = base.join(ROOT);
    match fs::create_dir(&root) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let folder = tempfile::Builder::new().prefix("profile-").tempdir_in(root)?;
    let owner = File::create_new(folder.path().join(OWNER))?;
    owner.lock()?;
    let data = folder.path().join(DATA);
    fs::create_dir(&data)?;
    if let Some((uid, gid)) = user {
        std::os::unix::fs::chown(&data, Some(uid), Some(gid))?;
        open_to_all(folder.path())?;
    }
    Ok(Profile { folder, owner })
}

/// Whether the user (ours, unless another is given) can get into the folder that profiles are made in.
pub(super) fn reachable(base: &Path, user: Option<(u32, u32)>) -> Result<()> {
    let amiss = |message: &str, folder: &Path| {
        Err(Error::new(ErrorKind::Config, "browser", message).with("folder", folder.display()))
    };
    let Ok(whole) = base.canonicalize().and_then(|path| path.metadata().map(|_| path)) else {
        return amiss("there is no such folder for a browser's profile", base);
    };
    let Some((uid, gid)) = user else { return Ok(()) };
    let closed = whole.ancestors().find(|folder| !may_pass(folder, uid, gid));
    closed.map_or(Ok(()), |folder| {
        let says = "the user that the browser runs as cannot pass through the folder above its profile";
        amiss(says, folder)
    })
}

fn may_pass(folder: &Path, uid: u32, gid: u32) -> bool {
    use std::os::unix::fs::MetadataExt;
    folder.metadata().is_ok_and(|folder| {
        let passes = match (folder.uid() == uid, folder.gid() == gid) {
            (true, _) => 0o100,
            (false, true) => 0o010,
            (false, false) => 0o001,
        };
        folder.mode() & passes != 0
    })
}

/// Another user may pass through the folder, not list it.
fn open_to_all(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o711))
}

fn remove(folder: &Path) {
    for _ in 0..20 {
        match fs::remove_dir_all(folder) {
            Ok(()) => return,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(_) => std::thread::sleep(std::time::Duration::from_millis(50)),
        }
    }
    tracing::warn!(folder = %folder.display(), "a browser's folder could not be taken away");
}

/// Ends what processes that are no more left behind below `base`: browsers and their folders.
pub(super) fn reap(base: &Path) {
    let Ok(entries) = fs::read_dir(base.join(ROOT)) else {
        return;
    };
    for entry in entries.flatten() {
        let folder = entry.path();
        if let Some(owner) = left_behind(&folder) {
            end(&folder, &owner);
        }
    }
}

/// The owner's file of a folder that nobody owns any more, locked by us now.
fn left_behind(folder: &Path) -> Option<File> {
    let owner = File::options()
        .read(true)
        .write(true)
        .open(folder.join(OWNER))
        .ok()?;
    match owner.try_lock() {
        Ok(()) => Some(owner),
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
    }
}

fn end(folder: &Path, owner: &File) {
    let group = io::read_to_string(owner)
        .ok()
        .and_then(|text| text.trim().parse().ok());
    // A number may have been given to somebody else since: only a group that runs out of this folder is ended.
    if let Some(group) = group.filter(|group| group::runs_from(*group, folder)) {
        group::end(group);
    }
    remove(folder);
    tracing::info!(folder = %folder.display(), "ended what an earlier process left behind");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_lives_while_its_owner_does() {
        let base = tempfile::tempdir().unwrap();
        let profile = Profile::new(base.path(), None).unwrap();
        let data = profile.data();
        assert!(data.is_dir());
        reap(base.path());
        assert!(data.is_dir(), "it is locked");
        profile.remove();
        assert!(!data.exists());
    }

    #[test]
    fn a_folder_that_the_browser_cannot_reach_is_told() {
        let base = tempfile::tempdir().unwrap();
        fs::set_permissions(base.path(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let inner = base.path().join("inner");
        fs::create_dir(&inner).unwrap();
        assert!(reachable(&inner, None).is_ok());
        let error = reachable(&inner, Some((65_534, 65_534))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(
            error.to_string().contains(&base.path().display().to_string()),
            "{error}"
        );
        assert!(reachable(&inner.join("none"), None).is_err());
        open_to_all(base.path()).unwrap();
        open_to_all(&inner).unwrap();
        assert!(reachable(&inner, Some((65_534, 65_534))).is_ok());
    }

    #[test]
    fn a_folder_left_behind_is_taken_away() {
        let base = tempfile::tempdir().unwrap();
        let left = base.path().join(ROOT).join("profile-x");
        fs::create_dir_all(left.join(DATA)).unwrap();
        fs::write(left.join(OWNER), "1").unwrap(); // process 1 runs, but not out of this folder
        reap(base.path());
        assert!(!left.exists());
    }
}
