//! `lead runs`

use clap::Args;
use lead_core::collect::RunState;
use serde_json::json;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::screen::one_line;
use crate::store::StoreArgs;
use crate::table::table;

/// List the runs of a store, the newest first
#[derive(Args, Debug)]
pub(crate) struct Runs {
    #[command(flatten)]
    store: StoreArgs,
    /// So many at most
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// As JSON objects, one a line
    #[arg(long)]
    json: bool,
}

impl Runs {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let store = self.store.open_to_read(app).await?;
        let mut rows = table(&["Run", "Query", "Near", "Sources", "Sites", "State"], app.width);
        for id in store.runs().await?.into_iter().take(self.limit) {
            let Some(checkpoint) = store.checkpoint(id).await? else {
                continue;
            };
            let state = RunState::read(&checkpoint)?;
            if self.json {
                app.json(&json!({"run": id, "state": state}), false)?;
                continue;
            }
            let near = state.query.near.as_ref().map_or("–", |near| near.as_str());
            let sources: Vec<&str> = state.sources().iter().map(|(id, _)| id.as_str()).collect();
            rows.add_row([
                id.to_string(),
                one_line(state.query.text.as_str()),
                one_line(near),
                sources.join(", "),
                format!("{} of {}", state.sites_done, state.sites_known),
                if state.done {
                    "done".to_owned()
                } else {
                    "to be resumed".to_owned()
                },
            ]);
        }
        if !self.json {
            app.line(&rows.to_string())?;
        }
        Ok(Exit::Done)
    }
}
