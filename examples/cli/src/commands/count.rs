//! `lead count`

use clap::Args;
use lead_core::record::filter::Filter;
use lead_core::seam::Store;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::store::StoreArgs;
use crate::which::WhichArgs;

/// Count leads
#[derive(Args, Debug)]
pub(crate) struct Count {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    which: WhichArgs,
    /// About how many: soon told where there are millions, and exact where there are few
    #[arg(long)]
    about: bool,
}

impl Count {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let store = self.store.open_to_read(app).await?;
        let filter = self.which.read(&self.store, app).await?;
        if self.about {
            return about(&store, filter, app).await;
        }
        let count = store.count(filter).await?;
        app.line(&count.to_string())?;
        Ok(Exit::Done)
    }
}

/// Tells the likeliest number, and for people how far off it may be.
async fn about(store: &Store, filter: Filter, app: &mut App) -> Outcome<Exit> {
    let about = store.estimate(filter).await?;
    app.line(&about.count.to_string())?;
    if !about.is_exact() {
        app.flush()?;
        let remark = format!(
            "Between {} and {}, in nineteen of twenty cases",
            about.least, about.most
        );
        app.screen.remark(&remark);
    }
    Ok(Exit::Done)
}
