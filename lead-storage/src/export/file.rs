//! Whole files or none.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use lead_core::Result;
use lead_core::seam::Store;
use tokio::fs::{self, File, OpenOptions};
use tokio::io::BufWriter;

use super::part::Part;
use super::{Anew, Export, Exported, Progress, failed};

impl Export {
    /// Writes to a file: beside it first, then renamed over it, so that whoever looks finds the old file or the whole new
    /// one. What is no regular file (a pipe, a terminal) is written to directly.
    ///
    /// Cancel-safe: a dropped call takes its unfinished file away, or, [to go on later](Export::resume), leaves it.
    ///
    /// # Errors
    /// As [`Export::to_writer`]; the old file stays. Of one that goes on also
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) when what was begun asked for something else, and
    /// [`ErrorKind::Locked`](lead_core::ErrorKind::Locked) while another export writes the same file.
    pub async fn to_path(
        &self,
        store: &Store,
        path: &Path,
        progress: impl FnMut(Progress),
    ) -> Result<Exported> {
        let named = |error: lead_core::Error| error.with("file", path.display());
        if fs::metadata(path)
            .await
            .is_ok_and(|known| !known.is_file() && !known.is_dir())
        {
            let file = OpenOptions::new().write(true).open(path).await;
            let mut file = file.map_err(|cause| named(failed(cause)))?;
            return self.to_writer(store, &mut file, progress).await.map_err(named);
        }
        if let Some(origin) = self.origin.filter(|_| self.format.goes_on()) {
            return self.to_part(origin, store, path, progress).await.map_err(named);
        }
        let mut exported = self.to_new(store, path, progress).await.map_err(named)?;
        exported.anew = self.origin.map(|_| Anew::Form);
        Part::discard(path);
        Ok(exported)
    }

    /// Writes a file under a name of its own first, which nobody finds again.
    async fn to_new(&self, store: &Store, path: &Path, progress: impl FnMut(Progress)) -> Result<Exported> {
        let unfinished = Unfinished::beside(path);
        // Made at once: one that is made in the background may appear after a dropped call has cleared away.
        let file = std::fs::File::create_new(&unfinished.0).map_err(failed)?;
        let mut writer = BufWriter::new(File::from_std(file));
        let exported = self.to_writer(store, &mut writer, progress).await?;
        let file = writer.into_inner();
        file.sync_all().await.map_err(failed)?;
        drop(file);
        fs::rename(&unfinished.0, path).await.map_err(failed)?;
        Ok(exported)
    }
}

/// A file that is taken away when it is dropped before it was renamed.
struct Unfinished(PathBuf);

impl Unfinished {
    fn beside(path: &Path) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(path.with_file_name(format!(".{name}.{}-{number}.part", std::process::id())))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After the rename there is nothing of this name.
        let _ = std::fs::remove_file(&self.0);
    }
}
