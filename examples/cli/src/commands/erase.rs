//! `lead erase`

use std::path::PathBuf;

use clap::Args;
use lead_core::record::LeadId;
use lead_core::record::filter::Filter;
use lead_core::seam::{LeadQuery, Store};
use lead_core::{Error, ErrorKind};
use lead_storage::archive;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::store::{MirrorArgs, StoreArgs};

/// Leads erased at a time.
const PAGE: usize = 1_000;

/// Erase leads for good, with everything they are made of
///
/// The next run finds them again unless they are on the suppression list: see `lead suppress`.
#[derive(Args, Debug)]
pub(crate) struct Erase {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    mirror: MirrorArgs,
    /// Ids of leads
    #[arg(value_name = "ID", required_unless_present_any = ["filter", "all"])]
    id: Vec<LeadId>,
    /// All that pass, hidden or not; as in `lead leads`
    #[arg(long, value_name = "EXPR", value_parser = some_filter, conflicts_with = "id", allow_hyphen_values = true)]
    filter: Option<Filter>,
    /// Every lead of the store, hidden or not
    #[arg(long, conflicts_with_all = ["id", "filter"])]
    all: bool,
    /// Erase them from the archives in this folder too, which `lead retain` wrote
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["filter", "all"])]
    archive: Option<PathBuf>,
    /// Really erase all that pass the filter, or all there are; without it they are only counted
    #[arg(long)]
    yes: bool,
}

impl Erase {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let store = self.store.open_existing_with(&self.mirror, app).await?;
        let filter = if self.all { Some(Filter::All) } else { self.filter };
        // Who asks to be erased is erased where they are hidden, too.
        let filter = filter.map(Filter::with_hidden);
        let erased = match filter {
            None => {
                let asked = self.id.len();
                let mut erased = store.erase(self.id.clone()).await?.leads;
                if let Some(folder) = &self.archive {
                    let files = archive::files_in(folder).await?;
                    let taken = archive::erase(&store, &files, &self.id).await?;
                    let told = format!("{} erased from {} archives", taken.leads, taken.files);
                    app.screen.remark(&told);
                    erased += usize::try_from(taken.leads).unwrap_or(usize::MAX);
                }
                app.screen.remark(&format!("{erased} erased"));
                return Ok(if erased == 0 && asked > 0 {
                    let says = "no lead of this store has such an id";
                    app.screen.error(&Error::new(ErrorKind::NotFound, "erase", says));
                    Exit::Failed
                } else {
                    Exit::Done
                });
            }
            Some(filter) if self.yes => erase_all(&store, filter).await?,
            Some(filter) => {
                let count = store.count(filter).await?;
                let says = format!("{count} leads would go; add --yes to erase them for good");
                return Err(Error::invalid("erase", says).into());
            }
        };
        app.screen.remark(&format!("{erased} erased"));
        Ok(Exit::Done)
    }
}

/// An empty filter passes every lead, and is more often a variable that was not set than a wish.
fn some_filter(text: &str) -> lead_core::Result<Filter> {
    if text.trim().is_empty() {
        return Err(Error::invalid(
            "erase",
            "an empty filter passes every lead; say --all if that is meant",
        ));
    }
    Filter::parse(text)
}

async fn erase_all(store: &Store, filter: Filter) -> lead_core::Result<usize> {
    let mut erased = 0;
    loop {
        // What was erased is gone, so the first page is always the next one.
        let page = store.page(LeadQuery::new(filter.clone()).limit(PAGE)).await?;
        let ids: Vec<LeadId> = page.leads.iter().map(|lead| lead.id).collect();
        let gone = store.erase(ids).await?.leads;
        erased += gone;
        if gone == 0 || page.next.is_none() {
            return Ok(erased);
        }
    }
}
