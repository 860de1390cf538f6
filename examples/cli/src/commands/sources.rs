//! `lead sources`

use clap::{Args, Subcommand, ValueEnum};
use lead_core::record::SourceId;
use lead_core::seam::{Search, SourceInfo, Terms};
use lead_core::source::web_search::WebSearch;
use serde_json::json;

use super::doctor::Doctor;
use super::record::Record;
use super::saved_page::{ParseFormat, SavedPage};
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
    /// Read a saved page or answer of a platform
    ///
    /// Prints its listings with their evidence, the reader that won included, or what the page is in their place: a captcha, a
    /// login wall, no results.
    Parse {
        #[command(flatten)]
        page: SavedPage,
        /// Form of the answer
        #[arg(long, value_enum, default_value = "json")]
        format: ParseFormat,
    },
    /// Say whether a platform is still read: which fields were found, by which reader, and what has changed
    ///
    /// The pages are held against the platform's baseline: a field that is found more rarely, or by another reader, than
    /// chance explains is told as ADAPTER_DRIFT, and the exit code is 3.
    Doctor(Box<Doctor>),
    /// Fetch a page and keep it with what is read on it, in the layout of web-poet's fixtures
    Record(Box<Record>),
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
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        match self.action {
            Action::List { format } => list(app, format),
            Action::Parse { page, format } => page.parse(app, format).await,
            Action::Doctor(doctor) => doctor.run(app).await,
            Action::Record(record) => record.run(app).await,
        }
    }
}

fn list(app: &mut App, format: Format) -> Outcome<Exit> {
    let mut rows = table(
        &["Source", "What", "Terms", "Asked", "Licence", "Attribution"],
        app.width,
    );
    for (id, info, asked) in infos()? {
        let terms = serde_json::to_value(info.terms).unwrap_or_default();
        match format {
            Format::Jsonl => app.json(&json!({"id": id, "info": info, "asked": asked}), false)?,
            Format::Table => {
                let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
                rows.add_row([
                    id.to_string(),
                    info.name,
                    terms.as_str().unwrap_or_default().to_owned(),
                    if asked { "yes" } else { "saved pages" }.to_owned(),
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

/// Every source, and whether it can be asked; of the others saved pages can be read.
fn infos() -> lead_core::Result<Vec<(SourceId, SourceInfo, bool)>> {
    let own = all().into_iter().map(|source| (source.id(), source.info(), true));
    let mut infos: Vec<_> = own.collect();
    let engines = SourceInfo::new(
        "Search engines, by their health: each on its own terms",
        Terms::Open,
    );
    infos.push((SourceId::new(WebSearch::ID)?, engines, true));
    for id in lead_core::source::adapters() {
        let adapter = lead_core::source::adapter(id)?;
        infos.push((adapter.id().clone(), adapter.info(), adapter.is_searchable()));
    }
    Ok(infos)
}
