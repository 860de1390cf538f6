//! Which leads a command is about.

use clap::Args;
use lead_core::Result;
use lead_core::clock::Clock;
use lead_core::record::filter::Filter;
use lead_storage::filters::Choice;

use crate::app::App;
use crate::store::StoreArgs;

/// Which leads.
#[derive(Args, Clone, Debug)]
pub(crate) struct WhichArgs {
    /// Which: `has:phone city:Lyon -source:osm (rating>=4 OR category:*dentist*)`, or @NAME of `lead filter list`
    #[arg(
        long,
        value_name = "EXPR",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    filter: Choice,
}

impl WhichArgs {
    /// The filter that is meant; a saved one is looked up in the store.
    pub(crate) async fn read(&self, store: &StoreArgs, app: &App) -> Result<Filter> {
        let saved = if self.filter.is_saved() {
            Some(store.saved_to_read(app).await?)
        } else {
            None
        };
        self.filter.filter(saved.as_ref(), Clock::system().now()).await
    }
}
