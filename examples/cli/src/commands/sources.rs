//! `lead sources`

use clap::{Args, Subcommand, ValueEnum};
use lead_core::seam::Search;
use serde_json::json;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::sources::all;
use crate::table::table;

/// What can be asked for businesses
#[derive(Args, Debug)]
pub(crate) struct Sources {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the sources with their terms
    List {
        /// Form of the list
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// A table for people.
    #[default]
    Table,
    /// One JSON object a line.
    Jsonl,
}

impl Sources {
    pub(crate) fn run(self, app: &mut App) -> Outcome<Exit> {
        let Action::List { format } = self.action;
        let mut rows = table(&["Source", "What", "Terms", "Licence", "Attribution"], app.width);
        for source in all() {
            let (id, info) = (source.id(), source.info());
            let terms = serde_json::to_value(info.terms).unwrap_or_default();
            match format {
                Format::Jsonl => app.json(&json!({"id": id, "info": info}), false)?,
                Format::Table => {
                    let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
                    rows.add_row([
                        id.to_string(),
                        info.name,
                        terms.as_str().unwrap_or_default().to_owned(),
                        or_none(info.licence),
                        or_none(info.attribution),
                    ]);
                }
            }
        }
        if matches!(format, Format::Table) {
            app.line(&rows.to_string())?;
        }
        Ok(Exit::Done)
    }
}
