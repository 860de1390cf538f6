//! `lead retain`

use std::path::PathBuf;

use clap::Args;
use indicatif::ProgressBar;
use lead_core::clock::Timestamp;
use lead_core::record::filter::Filter;
use lead_storage::archive::{self, Progress, Retention};

use crate::Exit;
use crate::app::App;
use crate::bars::style;
use crate::halt::Outcome;
use crate::store::StoreArgs;
use crate::summary::{bytes, float};
use crate::when;

/// Take out leads that nobody has seen for long: into archives, or for good
///
/// Archives are Parquet files that hold all a lead was made of; `lead restore` brings it back as it was. Leads leave the store only
/// when their file is safe on the disk, and only if they have not been seen again meanwhile. Killed anywhere, nothing is lost: run it
/// again.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    lead retain --older-than 2y --archive archive --dry-run\n  \
    lead retain --older-than 2y --archive archive\n  \
    lead retain --older-than 18mo --filter '-has:email' --delete\n  \
    lead retain --cleanse archive")]
pub(crate) struct Retain {
    #[command(flatten)]
    store: StoreArgs,
    /// Leads not seen for so long: 90d, 6mo, 2y
    #[arg(long, value_name = "TIME", value_parser = when::ago, required_unless_present = "cleanse")]
    older_than: Option<Timestamp>,
    /// Only of those that pass; as in `lead leads`
    #[arg(long, value_name = "EXPR", value_parser = Filter::parse, default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    filter: Filter,
    /// Into files of this folder
    #[arg(long, value_name = "FOLDER", required_unless_present_any = ["delete", "cleanse"])]
    archive: Option<PathBuf>,
    /// For good
    #[arg(long, conflicts_with = "archive")]
    delete: bool,
    /// Only count them
    #[arg(long)]
    dry_run: bool,
    /// Instead, take out of the archives in this folder who was suppressed or erased since they were written
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["older_than", "filter", "archive", "delete", "dry_run"])]
    cleanse: Option<PathBuf>,
}

impl Retain {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let store = self.store.open_existing(app).await?;
        if let Some(folder) = &self.cleanse {
            let files = archive::files_in(folder).await?;
            let done = archive::cleanse(&store, &files).await?;
            app.screen.remark(&format!(
                "{} leads taken out and {} stripped; {} of {} archives written anew",
                done.leads,
                done.stripped,
                done.files,
                files.len()
            ));
            return Ok(Exit::Done);
        }
        let before = self.older_than.unwrap_or_default();
        let retention = match &self.archive {
            Some(folder) => Retention::archive(before, folder),
            None => Retention::delete(before),
        };
        let retention = retention.filter(self.filter);
        if self.dry_run {
            let count = retention.count(&store).await?;
            app.line(&count.to_string())?;
            app.screen
                .remark(&format!("{count} leads would go: not seen since {before:.0}"));
            return Ok(Exit::Done);
        }
        let bar = app.screen.bars().add(ProgressBar::new(0));
        bar.set_style(style("{bar:32} {pos}/{len} leads  {elapsed} gone, {eta} to go"));
        let progress = |progress: Progress| {
            bar.set_length(progress.total);
            bar.set_position(progress.done);
        };
        let done = retention.run(&store, progress).await;
        bar.finish_and_clear();
        let done = done?;
        for file in &done.files {
            app.line(&file.display().to_string())?;
        }
        let mut told = if self.delete {
            format!("{} leads deleted", done.leads)
        } else {
            format!(
                "{} leads archived in {} files, {}",
                done.leads,
                done.files.len(),
                bytes(float(done.bytes))
            )
        };
        if done.passed_over > 0 {
            told = format!(
                "{told}; {} passed over: seen or joined meanwhile",
                done.passed_over
            );
        }
        app.screen.remark(&told);
        Ok(Exit::Done)
    }
}
