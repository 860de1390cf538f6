//! Files of the predecessor, v3.9.

use std::path::Path;

use lead_core::source::open_data::Layout;
use lead_core::{Error, ErrorKind, Result};
use lead_storage::import;

use super::bar::ImportBar;
use super::report::Counts;
use super::{Ended, Import, Sink, Wanted};
use crate::app::App;
use crate::parallel::blocking;

impl Import {
    /// How to read a file of v3.9; `None` when this is none.
    pub(super) async fn of_predecessor(&self, path: &Path) -> Option<import::Import> {
        let import = import::Import::new();
        match self.layout {
            Wanted::Open(_) => None,
            Wanted::Predecessor(layout) => Some(import.layout(layout)),
            Wanted::Auto => {
                let path = path.to_owned();
                let shows = blocking(move || {
                    let unknown = |error: &Error| error.kind() == ErrorKind::Unsupported;
                    Layout::detect(&path).is_err_and(|error| unknown(&error))
                        && import::Layout::detect(&path).is_ok()
                });
                shows.await.unwrap_or_default().then_some(import)
            }
        }
    }

    /// Imports a file of v3.9.
    pub(super) async fn old_file(
        &self,
        app: &App,
        path: &Path,
        import: import::Import,
        sink: &mut Sink,
        counts: &mut Counts,
    ) -> Ended {
        let import = match self.told(app, import, sink).await {
            Ok(import) => import,
            Err(error) => return Ended::Failed(error),
        };
        let length = std::fs::metadata(path).map_or(0, |file| file.len());
        let bar = ImportBar::new(&app.screen, length);
        let store = sink.store.clone();
        let mut kept = Ok(());
        let told = |step: import::Step<'_>| {
            counts.imported(step.imported, self.dry_run);
            bar.at(step.position, counts);
            let put = sink
                .keep_all(app, counts, step.rejects)
                .and_then(|()| sink.flush());
            if kept.is_ok() {
                kept = put;
            }
        };
        let run = async {
            match &store {
                Some(store) => import.to_store(store, path, told).await,
                None => import.dry_run(path, told).await,
            }
        };
        let done = tokio::select! {
            biased;
            () = app.interrupt.asked(1) => {
                app.screen.remark("Stopping; what was stored is kept, and --resume goes on there.");
                return Ended::Interrupted;
            }
            done = run => done,
        };
        match done.and(kept) {
            Ok(()) => Ended::Whole,
            Err(error) => Ended::Failed(error),
        }
    }

    /// What the call says of files of v3.9.
    async fn told(&self, app: &App, import: import::Import, sink: &mut Sink) -> Result<import::Import> {
        if self.bbox.is_some() || self.category.is_some() {
            let says = "a box or a category can be asked of open data alone";
            return Err(Error::new(ErrorKind::Unsupported, "import", says));
        }
        let mut import = import.zone(&self.zone)?;
        if let Some(region) = self.region {
            import = import.region(region);
        }
        if let Some(max) = self.max {
            import = import.max(u64::from(max));
        }
        if sink.store.is_none() {
            return Ok(import);
        }
        if sink.state.is_none() {
            let state = lead_storage::open_state(&self.store.store).await?;
            sink.state = Some(state.tenant(app.tenant.clone()));
        }
        let state = sink.state.clone();
        Ok(match state {
            Some(state) if self.resume => import.resume(state),
            Some(state) => import.note(state),
            None => import,
        })
    }
}
