//! `lead leads`

use clap::{Args, ValueEnum};
use lead_core::Error;
use lead_core::clock::Timestamp;
use lead_core::record::filter::Filter;
use lead_core::record::{HalfLives, Lead};
use lead_core::seam::{Cursor, LeadQuery, LeadVersion, Sort, Store};
use serde::Serialize;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::store::StoreArgs;
use crate::which::WhichArgs;
use crate::{table, when};

/// Leads read from the store at a time.
const PAGE: usize = 1_000;

/// Show leads
#[derive(Args, Debug)]
pub(crate) struct Leads {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    which: WhichArgs,
    /// By what: id, name, first_seen, last_seen or confidence; with - the greatest first
    #[arg(long, value_name = "FIELD", default_value = "id", allow_hyphen_values = true)]
    sort: Sort,
    /// So many at most
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// After this place: what an earlier call told as the next
    #[arg(long, value_name = "C", conflicts_with = "skip")]
    cursor: Option<String>,
    /// After so many leads
    #[arg(long, value_name = "N")]
    skip: Option<usize>,
    /// As sure as values still are at this time, each kind fading as it does: now, or 2026-01-31; as stored unless told
    #[arg(long, value_name = "T", value_parser = when::moment)]
    as_of: Option<Timestamp>,
    /// With each its version, which `lead hide --if-version` takes, and whether it is hidden; in JSON
    #[arg(long)]
    versions: bool,
    /// Form of the leads
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Form of the leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people.
    #[default]
    Table,
    /// One indented JSON object: the leads, and where to go on.
    Json,
    /// One JSON object a line.
    Jsonl,
}

/// Leads, and where to go on.
#[derive(Serialize)]
struct Shown<'a> {
    leads: &'a [Told],
    next: Option<Cursor>,
}

/// A lead, and what it stands at where that was asked for.
#[derive(Serialize)]
struct Told {
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    stands: Option<Stands>,
    #[serde(flatten)]
    lead: Lead,
}

/// What a lead stands at.
#[derive(Serialize)]
struct Stands {
    version: LeadVersion,
    hidden: bool,
}

impl Leads {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        if self.versions && self.format == Format::Table {
            let says = "versions are told with --format json or jsonl";
            return Err(Error::invalid("leads", says).into());
        }
        let store = self.store.open_to_read(app).await?;
        let filter = self.which.read(&self.store, app).await?;
        let (mut leads, mut shown) = (Vec::new(), 0);
        let mut next = self.place(&store, &filter).await?;
        while shown < self.limit {
            let mut page = self
                .page(&store, &filter, self.limit - shown, next.take())
                .await?;
            shown += page.leads.len();
            next = page.next.take();
            let mut told = self.told(&store, page.leads).await?;
            if let Some(moment) = self.as_of {
                let lives = HalfLives::default();
                let age = |told: Told| Told {
                    lead: told.lead.decayed(moment, &lives),
                    ..told
                };
                told = told.into_iter().map(age).collect();
            }
            match self.format {
                Format::Jsonl => told.iter().try_for_each(|lead| app.json(lead, false))?,
                Format::Table | Format::Json => leads.extend(told),
            }
            if next.is_none() {
                break;
            }
        }
        if let Some(skipped) = self
            .skip
            .filter(|skipped| *skipped > 0 && shown == 0 && self.limit > 0)
        {
            return Err(beyond(skipped).into());
        }
        self.print(app, &leads, next)?;
        Ok(Exit::Done)
    }

    /// The place to begin behind.
    async fn place(&self, store: &Store, filter: &Filter) -> Outcome<Option<Cursor>> {
        let Some(skipped) = self.skip.filter(|skipped| *skipped > 0) else {
            return Ok(self.cursor.clone().map(Cursor));
        };
        let query = LeadQuery::new(filter.clone()).sort(self.sort);
        // Every mark there is is worked out: for a short way a page is sooner read.
        let first = if skipped <= PAGE {
            store.page(query.limit(skipped)).await?.next
        } else {
            store.marks(query, skipped).await?.into_iter().next()
        };
        Ok(Some(first.ok_or_else(|| beyond(skipped))?))
    }

    async fn page(
        &self,
        store: &Store,
        filter: &Filter,
        wanted: usize,
        after: Option<Cursor>,
    ) -> lead_core::Result<lead_core::seam::LeadPage> {
        let query = LeadQuery::new(filter.clone())
            .sort(self.sort)
            .limit(wanted.min(PAGE))
            .after(after);
        store.page(query).await
    }

    /// Leads of a page as they are told; with their versions, as they stand now.
    async fn told(&self, store: &Store, leads: Vec<Lead>) -> lead_core::Result<Vec<Told>> {
        if !self.versions {
            let told = leads.into_iter().map(|lead| Told { stands: None, lead });
            return Ok(told.collect());
        }
        let ids = leads.into_iter().map(|lead| lead.id).collect();
        let found = store.versioned(ids).await?.into_iter().flatten();
        let told = found.map(|found| Told {
            stands: Some(Stands {
                version: found.version,
                hidden: found.hidden,
            }),
            lead: found.lead,
        });
        Ok(told.collect())
    }

    fn print(&self, app: &mut App, leads: &[Told], next: Option<Cursor>) -> Outcome<()> {
        match self.format {
            Format::Json => return app.json(&Shown { leads, next }, true),
            Format::Table if leads.is_empty() && self.limit > 0 => app.screen.remark("No lead passes."),
            Format::Table => {
                let leads: Vec<Lead> = leads.iter().map(|told| told.lead.clone()).collect();
                app.line(&table::leads(&leads, app.width).to_string())?;
            }
            Format::Jsonl => {}
        }
        if let Some(Cursor(next)) = next {
            app.flush()?;
            let remark =
                format!("There are more: --limit shows more, --cursor '{next}' goes on behind these");
            app.screen.remark(&remark);
        }
        Ok(())
    }
}

fn beyond(skipped: usize) -> Error {
    Error::invalid("leads", "no lead is left when so many are skipped").with("skip", skipped)
}
