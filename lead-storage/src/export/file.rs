//! Whole files or none.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use lead_core::Result;
use lead_core::seam::Store;
use tokio::fs::{self, File, OpenOptions};
use tokio::io::BufWriter;

use super::{Export, Exported, Progress, failed};

impl Export {
    /// Writes to a file: beside it first, then renamed over it, so that whoever looks finds the old file or the whole new
    /// one. What is no regular file (a pipe, a terminal) is written to directly.
    ///
    /// Cancel-safe: a dropped call takes its unfinished file away.
    ///
    /// # Errors
    /// As [`Export::to_writer`]; the old file stays.
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
        let unfinished = Unfinished::beside(path);
        // Made at once: one that is made in the background may appear after a dropped call has cleared away.
        let file = std::fs::File::create_new(&unfinished.0).map_err(|cause| named(failed(cause)))?;
        let mut writer = BufWriter::new(File::from_std(file));
        let exported = self
            .to_writer(store, &mut writer, progress)
            .await
            .map_err(named)?;
        let file = writer.into_inner();
        file.sync_all().await.map_err(|cause| named(failed(cause)))?;
        drop(file);
        fs::rename(&unfinished.0, path)
            .await
            .map_err(|cause| named(failed(cause)))?;
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
