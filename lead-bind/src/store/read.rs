//! Leads, what they are made of, and what was done.

use lead_core::clock::{Clock, Timestamp, instant};
use lead_core::collect::RunState;
use lead_core::record::{HalfLives, Lead, LeadId, Link, MatchKey, Observation, RecordId, RunId};
use lead_core::seam::{AuditEntry, Cursor, Estimate, LeadQuery};
use lead_core::{Error, Result};
use lead_storage::filters::Choice;
use serde::{Deserialize, Serialize};

use crate::given::{self, all, word};
use crate::place::Opened;

/// Runs, and notes of the audit log, unless told.
const FEW: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Which {
    filter: Option<String>,
    sort: Option<String>,
    limit: Option<usize>,
    cursor: Option<String>,
    as_of: Option<String>,
}

/// Leads, and where to go on.
#[derive(Serialize)]
pub(super) struct Page {
    leads: Vec<Lead>,
    next: Option<Cursor>,
}

pub(super) async fn leads(at: &Opened, json: &str) -> Result<Page> {
    let given: Which = given::read("leads", json)?;
    let moment = given.as_of.as_deref().map(moment).transpose()?;
    let filter = at.filter(&choice(given.filter.as_deref())?).await?;
    let mut query = LeadQuery::new(filter).sort(word(given.sort.as_deref())?);
    if let Some(limit) = given.limit {
        query = query.limit(limit);
    }
    let page = at.store().page(query.after(given.cursor.map(Cursor))).await?;
    let lives = HalfLives::default();
    let shown = |lead: Lead| match moment {
        Some(moment) => lead.decayed(moment, &lives),
        None => lead,
    };
    Ok(Page {
        leads: page.leads.into_iter().map(shown).collect(),
        next: page.next,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Passing {
    filter: Option<String>,
}

pub(super) async fn count(at: &Opened, json: &str) -> Result<u64> {
    let given: Passing = given::read("count", json)?;
    let filter = at.filter(&choice(given.filter.as_deref())?).await?;
    at.store().count(filter).await
}

pub(super) async fn estimate(at: &Opened, json: &str) -> Result<Estimate> {
    let given: Passing = given::read("estimate", json)?;
    let filter = at.filter(&choice(given.filter.as_deref())?).await?;
    at.store().estimate(filter).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Step {
    filter: Option<String>,
    sort: Option<String>,
    every: Option<usize>,
}

pub(super) async fn marks(at: &Opened, json: &str) -> Result<Vec<Cursor>> {
    let given: Step = given::read("marks", json)?;
    let missing = || Error::invalid("marks", "a number of leads is wanted").with("option", "every");
    let every = given.every.ok_or_else(missing)?;
    let filter = at.filter(&choice(given.filter.as_deref())?).await?;
    let query = LeadQuery::new(filter).sort(word(given.sort.as_deref())?);
    at.store().marks(query, every).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct One {
    id: Option<String>,
}

impl One {
    fn read(operation: &'static str, json: &str) -> Result<LeadId> {
        let given: Self = given::read(operation, json)?;
        let missing = || Error::invalid(operation, "the id of a lead is wanted").with("option", "id");
        given.id.ok_or_else(missing)?.parse()
    }
}

pub(super) async fn lead(at: &Opened, json: &str) -> Result<Option<Lead>> {
    at.store().get(One::read("lead", json)?).await
}

/// What a lead is made of.
#[derive(Serialize)]
pub(super) struct History {
    version: String,
    sightings: Vec<Observation>,
    links: Vec<Link>,
}

pub(super) async fn history(at: &Opened, json: &str) -> Result<Option<History>> {
    let id = One::read("history", json)?;
    let Some(read) = at.store().versioned(vec![id]).await?.pop().flatten() else {
        return Ok(None);
    };
    // Should the lead change between, what is told is newer than its version, which then withdraws nothing.
    Ok(Some(History {
        version: read.version.to_string(),
        sightings: at.store().observations(id).await?,
        links: at.store().links(id).await?,
    }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Keys {
    keys: Vec<String>,
}

/// A record that holds a key.
#[derive(Serialize)]
pub(super) struct Holder {
    key: MatchKey,
    record: RecordId,
}

pub(super) async fn matching(at: &Opened, json: &str) -> Result<Vec<Holder>> {
    let given: Keys = given::read("matching", json)?;
    let found = at.store().matching(all(&given.keys)?).await?;
    let holder = |(key, record)| Holder { key, record };
    Ok(found.into_iter().map(holder).collect())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Latest {
    limit: Option<usize>,
}

/// A run, and how far it has come.
#[derive(Serialize)]
pub(super) struct KnownRun {
    run: RunId,
    state: RunState,
}

pub(super) async fn runs(at: &Opened, json: &str) -> Result<Vec<KnownRun>> {
    let given: Latest = given::read("runs", json)?;
    let mut known = Vec::new();
    for run in at
        .store()
        .runs()
        .await?
        .into_iter()
        .take(given.limit.unwrap_or(FEW))
    {
        if let Some(checkpoint) = at.store().checkpoint(run).await? {
            let state = RunState::read(&checkpoint)?;
            known.push(KnownRun { run, state });
        }
    }
    Ok(known)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct After {
    after: u64,
    limit: Option<usize>,
}

pub(super) async fn audit(at: &Opened, json: &str) -> Result<Vec<AuditEntry>> {
    let given: After = given::read("audit", json)?;
    at.store().audit(given.after, given.limit.unwrap_or(FEW)).await
}

pub(super) fn choice(text: Option<&str>) -> Result<Choice> {
    text.unwrap_or_default().parse()
}

fn moment(text: &str) -> Result<Timestamp> {
    if text == "now" {
        return Ok(Clock::system().now());
    }
    instant(text).ok_or_else(|| {
        let says = "now, a date such as 2026-01-31 or a time such as 2026-01-31T09:30:00Z is wanted";
        Error::invalid("leads", says).with("option", "as_of")
    })
}
