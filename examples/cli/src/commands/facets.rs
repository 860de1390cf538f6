//! `lead facets`

use clap::{Args, ValueEnum};
use lead_core::record::filter::Field;
use lead_storage::analytics::{Facet, Facets as Asked};

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::periods::PeriodArgs;
use crate::screen::one_line;
use crate::store::StoreArgs;
use crate::table::{percent, table};
use crate::which::WhichArgs;

/// Show what stands in fields, and how often
///
/// Each count is how many leads are left when its value is asked for beside the filter. A lead with several values counts
/// for each of them.
#[derive(Args, Debug)]
pub(crate) struct Facets {
    /// Fields, as filters name them; source, category, country, city, phone_type and confidence unless told
    #[arg(value_name = "FIELD")]
    fields: Vec<Field>,
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    which: WhichArgs,
    /// So many values of a field at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    periods: PeriodArgs,
    /// Form of the counts
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Form of figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Tables for people.
    #[default]
    Table,
    /// Indented JSON.
    Json,
}

impl Facets {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let calendar = self.periods.calendar()?;
        let store = self.store.open_to_read(app).await?;
        let filter = self.which.read(&self.store, app).await?;
        let fields = if self.fields.is_empty() {
            Asked::USUAL.to_vec()
        } else {
            self.fields
        };
        let asked = Asked::of(fields)
            .filter(filter)
            .most(self.limit)
            .calendar(calendar);
        let facets = asked.run(&store).await?;
        match self.format {
            Format::Json => app.json(&facets, true)?,
            Format::Table => facets
                .iter()
                .try_for_each(|facet| show(app, facet.field.name(), facet))?,
        }
        Ok(Exit::Done)
    }
}

/// A facet as a table, under a heading.
pub(super) fn show(app: &mut App, heading: &str, facet: &Facet) -> Outcome<()> {
    let mut rows = table(&[heading, "Leads", "Share"], app.width);
    for count in &facet.counts {
        rows.add_row([
            one_line(&count.value),
            count.leads.to_string(),
            percent(count.share),
        ]);
    }
    app.line(&rows.to_string())?;
    let told = facet.counts.len() as u64;
    let more = match facet.distinct.checked_sub(told) {
        Some(more) if more > 0 => format!("; {more} more values"),
        _ => String::new(),
    };
    app.line(&format!(
        "{} of {} leads have one{more}\n",
        facet.having, facet.leads
    ))
}
