//! The queue a command works on.

use clap::Args;
use lead_core::Result;
use lead_core::seam::Queue;

use crate::app::App;
use crate::store::StoreArgs;

/// Which queue.
#[derive(Args, Clone, Debug)]
pub(crate) struct QueueArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// Where jobs wait; in the store unless told
    #[arg(long, value_name = "URL")]
    pub(crate) queue: Option<String>,
}

impl QueueArgs {
    /// Opens the queue, which must be there already, for the tenant of the call.
    pub(crate) async fn open(&self, app: &App) -> Result<Queue> {
        let queue = if let Some(uri) = &self.queue {
            lead_storage::open_queue(uri).await?
        } else {
            self.store.open_to_read(app).await?;
            let parts = lead_storage::open_parts(&self.store.store).await?;
            app.to_close(parts.store);
            parts.queue
        };
        Ok(queue.tenant(app.tenant.clone()))
    }
}
