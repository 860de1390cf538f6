//! `lead count`

use clap::Args;

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
}

impl Count {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let store = self.store.open_to_read(app).await?;
        let filter = self.which.read(&self.store, app).await?;
        let count = store.count(filter).await?;
        app.line(&count.to_string())?;
        Ok(Exit::Done)
    }
}
