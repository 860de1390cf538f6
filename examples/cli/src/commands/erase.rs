//! `lead erase`

use clap::Args;
use lead_core::record::LeadId;
use lead_core::record::filter::Filter;
use lead_core::seam::{LeadQuery, Store};
use lead_core::{Error, ErrorKind};

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::store::StoreArgs;

/// Leads erased at a time.
const PAGE: usize = 1_000;

/// Erase leads for good, with everything they are made of
///
/// The next run finds them again unless they are on the suppression list: see `lead suppress`.
#[derive(Args, Debug)]
pub(crate) struct Erase {
    #[command(flatten)]
    store: StoreArgs,
    /// Ids of leads
    #[arg(value_name = "ID", required_unless_present = "filter")]
    id: Vec<LeadId>,
    /// All that pass; as in `lead leads`
    #[arg(long, value_name = "EXPR", value_parser = Filter::parse, conflicts_with = "id")]
    filter: Option<Filter>,
    /// Really erase all that pass the filter; without it they are only counted
    #[arg(long)]
    yes: bool,
}

impl Erase {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let store = self.store.open_existing(app).await?;
        let erased = match self.filter {
            None => {
                let asked = self.id.len();
                let erased = store.erase(self.id).await?.leads;
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
                let says = format!("{count} leads pass the filter; add --yes to erase them for good");
                return Err(Error::invalid("erase", says).into());
            }
        };
        app.screen.remark(&format!("{erased} erased"));
        Ok(Exit::Done)
    }
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
