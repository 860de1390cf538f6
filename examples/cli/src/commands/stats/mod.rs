//! `lead stats`

mod show;

use clap::Args;
use lead_core::clock::Timestamp;
use lead_core::record::filter::Filter;
use lead_storage::analytics::Analytics;

use super::facets::Format;
use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::periods::PeriodArgs;
use crate::store::StoreArgs;
use crate::when;
use crate::which::WhichArgs;

/// Show what a store holds, in figures
///
/// Totals, how many leads have a phone or an e-mail, distributions, new leads by period with a forecast, a comparison of two
/// periods, and what each source and run brought and cost.
#[derive(Args, Debug)]
pub(crate) struct Stats {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    which: WhichArgs,
    /// Only leads first seen since then, compared with as long before: 2026-01-31, or 2026-01-31T09:30:00Z
    #[arg(long, value_name = "T", value_parser = when::day)]
    since: Option<Timestamp>,
    /// Only leads first seen before then
    #[arg(long, value_name = "T", value_parser = when::day)]
    until: Option<Timestamp>,
    #[command(flatten)]
    periods: PeriodArgs,
    /// So many categories, cities and countries at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// So many periods are forecast
    #[arg(long, value_name = "N", default_value_t = 3)]
    ahead: usize,
    /// A stage of one's own, of the leads of the one before: phone=has:phone; repeat for the next
    #[arg(long = "stage", value_name = "NAME=EXPR", value_parser = stage)]
    stages: Vec<(String, Filter)>,
    /// Form of the figures
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Reads a stage: its name, and its condition in the filter language.
fn stage(text: &str) -> Result<(String, Filter), String> {
    let (name, filter) = text
        .split_once('=')
        .filter(|(name, _)| !name.trim().is_empty())
        .ok_or("a name and a condition are wanted: phone=has:phone")?;
    let filter = Filter::parse(filter).map_err(|error| error.to_string())?;
    Ok((name.trim().to_owned(), filter))
}

impl Stats {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let store = self.store.open_to_read(app).await?;
        let filter = self.which.read(&self.store, app).await?;
        let mut analytics = Analytics::new()
            .filter(filter)
            .calendar(self.periods.calendar()?)
            .top(self.limit)
            .ahead(self.ahead);
        if let Some(since) = self.since {
            analytics = analytics.since(since);
        }
        if let Some(until) = self.until {
            analytics = analytics.until(until);
        }
        if !self.stages.is_empty() {
            analytics = analytics.stages(self.stages);
        }
        let report = analytics.run(&store).await?;
        match self.format {
            Format::Json => app.json(&report, true)?,
            Format::Table => show::report(app, &report)?,
        }
        Ok(Exit::Done)
    }
}
