//! `lead restore`

use std::path::PathBuf;

use clap::Args;
use indicatif::ProgressBar;
use lead_storage::archive::{self, Restored};

use crate::Exit;
use crate::app::App;
use crate::bars::style;
use crate::halt::Outcome;
use crate::store::StoreArgs;

/// Bring back leads that `lead retain` archived, as they were
///
/// What is there already stays as it is, so a file may be read again. Who was suppressed or erased since does not come back.
#[derive(Args, Debug)]
pub(crate) struct Restore {
    #[command(flatten)]
    store: StoreArgs,
    /// Archives, or folders of them
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

impl Restore {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let mut files = Vec::new();
        for path in self.files {
            if path.is_dir() {
                files.extend(archive::files_in(&path).await?);
            } else {
                files.push(path);
            }
        }
        let store = self.store.open(app).await?;
        let bar = app.screen.bars().add(ProgressBar::no_length());
        bar.set_style(style("{pos} leads  {elapsed} gone"));
        let done = archive::restore(&store, &files, |done| bar.set_position(done.leads)).await;
        bar.finish_and_clear();
        app.screen.remark(&told(&done?, files.len()));
        Ok(Exit::Done)
    }
}

fn told(done: &Restored, files: usize) -> String {
    let mut told = format!(
        "{} leads of {files} files: {} sightings brought back, {} were there",
        done.leads, done.inserted, done.known
    );
    for (count, why) in [(done.erased, "erased"), (done.suppressed, "suppressed")] {
        if count > 0 {
            told = format!("{told}; {count} left out: {why} since");
        }
    }
    told
}
