//! `lead plan`

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use lead_core::collect::Collector;
use lead_core::record::Query;
use lead_core::seam::Store;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::place::PlaceArgs;
use crate::sources::SourceArgs;
use crate::wording::WordArgs;

/// Show what a query would ask, and why, without asking
///
/// What its words mean, which trades they name in four taxonomies, where would be looked, and by which words which sources
/// would be asked. Nothing is fetched and no store is opened.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    lead plan \"best dentists in Lyon\" --explain\n  \
    lead plan bakeries --bbox 13.0,52.3,13.8,52.7 --format json")]
pub(crate) struct Plan {
    /// What to look for
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    words: WordArgs,
    #[command(flatten)]
    sources: SourceArgs,
    /// Say why, too; without it only what would be asked is printed, a line each
    #[arg(long)]
    explain: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How a plan is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// The whole plan as one JSON object.
    Json,
}

impl Plan {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let text = self.query.join(" ");
        let query = self.place.check(Query::new(&text)?)?;
        let area = self.place.area(app).await?;
        let sources = self.sources.choose(app, &[], &BTreeMap::new()).await?;
        // Nothing is stored: a collector wants a store, and gets one that nobody opens.
        let collector = self
            .place
            .apply(Collector::new(Store::memory()).query(text), area);
        let collector = sources.into_iter().fold(collector, Collector::source);
        let plan = self.words.apply(app, collector).await?.plan()?;
        match self.format {
            Format::Json => app.json(&plan, true)?,
            Format::Text if self.explain => app.line(plan.to_string().trim_end())?,
            Format::Text => {
                for ask in &plan.asks {
                    app.line(&format!("{} {}", ask.source, ask.words))?;
                }
            }
        }
        app.flush()?;
        if let Err(missing) = self.place.check_said(&query, &self.sources) {
            app.screen
                .remark(&format!("Not enough for lead collect: {missing}"));
        }
        Ok(Exit::Done)
    }
}
