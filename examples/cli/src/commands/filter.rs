//! `lead filter`

use clap::{Args, Subcommand};
use lead_core::record::filter::Filter as Condition;
use lead_core::{Error, ErrorKind};
use lead_storage::filters::{PRESETS, Preset};
use serde_json::json;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::screen::one_line;
use crate::store::StoreArgs;
use crate::table::table;

/// Keep filters by name: `--filter @NAME` asks for one, `--filter '@NAME city:Lyon'` for more beside it
#[derive(Args, Debug)]
pub(crate) struct Filter {
    #[command(subcommand)]
    act: Act,
}

/// What to do with them.
#[derive(Debug, Subcommand)]
enum Act {
    /// Save a filter, over an earlier one of the name
    Save {
        /// Small letters, digits, - and _
        name: String,
        /// The filter; as in `lead leads`
        #[arg(value_name = "EXPR", value_parser = Condition::parse, allow_hyphen_values = true)]
        filter: Condition,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// List those that were saved and those that are built in
    List {
        #[command(flatten)]
        store: StoreArgs,
        /// As JSON objects, one a line
        #[arg(long)]
        json: bool,
    },
    /// Show a filter that was saved
    Show {
        /// Its name
        name: String,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Remove a filter that was saved
    Remove {
        /// Its name
        name: String,
        #[command(flatten)]
        store: StoreArgs,
    },
}

impl Filter {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        match self.act {
            Act::Save { name, filter, store } => {
                store.saved(app).await?.save(&name, &filter).await?;
                app.screen.remark(&format!("Saved: --filter @{name}"));
            }
            Act::List { store, json } => return list(app, &store, json).await,
            Act::Show { name, store } => {
                let filter = store.saved_to_read(app).await?.get(&name).await?;
                app.line(&filter.ok_or_else(|| unknown(&name))?)?;
            }
            Act::Remove { name, store } => {
                store.open_existing(app).await?;
                if !store.saved(app).await?.remove(&name).await? {
                    return Err(unknown(&name).into());
                }
            }
        }
        Ok(Exit::Done)
    }
}

async fn list(app: &mut App, store: &StoreArgs, as_json: bool) -> Outcome<Exit> {
    let saved = match store.saved_to_read(app).await {
        Ok(saved) => saved.list().await?,
        // What is built in is there before there is a store.
        Err(error) if error.kind() == ErrorKind::NotFound => std::collections::BTreeMap::default(),
        Err(error) => return Err(error.into()),
    };
    let mut rows = table(&["Name", "Filter"], app.width);
    for (name, filter) in &saved {
        if as_json {
            app.json(&json!({"name": name, "filter": filter, "built_in": false}), false)?;
        }
        rows.add_row([format!("@{name}"), one_line(filter)]);
    }
    for Preset { name, doc, .. } in PRESETS {
        if as_json {
            app.json(&json!({"name": name, "doc": doc, "built_in": true}), false)?;
        }
        rows.add_row([format!("@{name}"), (*doc).to_owned()]);
    }
    if !as_json {
        app.line(&rows.to_string())?;
    }
    Ok(Exit::Done)
}

fn unknown(name: &str) -> Error {
    Error::new(ErrorKind::NotFound, "filter", "no filter of this name was saved").with("name", name)
}
