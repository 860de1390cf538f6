//! `lead runs`

use clap::Args;
use lead_core::collect::RunState;
use lead_core::record::RunId;
use serde_json::json;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::screen::one_line;
use crate::store::{StoreArgs, run_of, state_of};
use crate::table::table;

/// List the runs of a store, the newest first, or show one with all that failed
#[derive(Args, Debug)]
pub(crate) struct Runs {
    /// Show this run: its id, or `last`
    #[arg(value_name = "ID|last")]
    run: Option<String>,
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
        if let Some(which) = &self.run {
            let id = run_of(&store, which).await?;
            return self.show(app, id, &state_of(&store, id).await?);
        }
        let columns = ["Run", "Query", "Near", "Sources", "Sites", "Failures", "State"];
        let mut rows = table(&columns, app.width);
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
                state.failures.len().to_string(),
                stand(&state).to_owned(),
            ]);
        }
        if !self.json {
            app.line(&rows.to_string())?;
        }
        Ok(Exit::Done)
    }

    /// One run, and all that failed.
    fn show(&self, app: &mut App, id: RunId, state: &RunState) -> Outcome<Exit> {
        if self.json {
            app.json(&json!({"run": id, "state": state}), true)?;
            return Ok(Exit::Done);
        }
        app.line(&format!("Run {id}: {}", stand(state)))?;
        app.line(&format!("Sites: {} of {}", state.sites_done, state.sites_known))?;
        if state.sites_again > 0 {
            app.line(&format!(
                "       {} to be tried again by --resume",
                state.sites_again
            ))?;
        }
        for (source, reason) in state.terms() {
            app.line(&format!("Terms of {source} accepted: {}", one_line(reason)))?;
        }
        for (source, aside) in &state.aside {
            let told: Vec<String> = aside
                .iter()
                .map(|(reason, count)| format!("{count} {reason}"))
                .collect();
            app.line(&format!("Left aside of {source}: {}", told.join(", ")))?;
        }
        if state.failures.is_empty() {
            app.line("Nothing failed.")?;
            return Ok(Exit::Done);
        }
        let mut rows = table(&["What", "Code", "Why"], app.width);
        for failure in &state.failures {
            rows.add_row([&failure.what, &failure.code, &failure.reason].map(|text| one_line(text)));
        }
        app.line(&rows.to_string())?;
        Ok(Exit::Done)
    }
}

/// In a word, how far a run has come.
fn stand(state: &RunState) -> &'static str {
    if state.done { "done" } else { "to be resumed" }
}
