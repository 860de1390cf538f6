//! `lead count`

use clap::Args;
use lead_core::record::filter::Filter;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::store::StoreArgs;

/// Count leads
#[derive(Args, Debug)]
pub(crate) struct Count {
    #[command(flatten)]
    store: StoreArgs,
    /// Which; as in `lead leads`
    #[arg(long, value_name = "EXPR", value_parser = Filter::parse, default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    filter: Filter,
}

impl Count {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let store = self.store.open_to_read(app).await?;
        let count = store.count(self.filter).await?;
        app.line(&count.to_string())?;
        Ok(Exit::Done)
    }
}
