//! What leaves a store for good.

use std::path::PathBuf;

use lead_core::record::LeadId;
use lead_core::record::filter::Filter;
use lead_core::seam::{LeadQuery, LeadVersion};
use lead_core::{Error, Result};
use lead_storage::archive;
use serde::{Deserialize, Serialize};

use super::read::choice;
use crate::given::{self, all};
use crate::place::Opened;

/// Leads erased at a time.
const PAGE: usize = 1_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Given {
    ids: Option<Vec<String>>,
    filter: Option<String>,
    archive: Option<PathBuf>,
    dry_run: bool,
}

/// What was erased.
#[derive(Debug, Default, Serialize)]
pub(super) struct Erased {
    leads: u64,
    sightings: u64,
    archived: u64,
}

pub(super) async fn erase(at: &Opened, json: &str) -> Result<Erased> {
    let given: Given = given::read("erase", json)?;
    let refuse = |says: &str, option| Err(Error::invalid("erase", says).with("option", option));
    match (given.ids, given.filter) {
        (Some(_), None) if given.dry_run => refuse(
            "leads that a filter names are counted, not those named by id",
            "dry_run",
        ),
        (Some(ids), None) => by_id(at, &all(&ids)?, given.archive).await,
        (None, Some(_)) if given.archive.is_some() => {
            refuse("archives are searched for ids, not by a filter", "archive")
        }
        // More often a variable that was not set than a wish.
        (None, Some(text)) if text.trim().is_empty() => refuse(
            "an empty filter passes every lead: say * if that is meant",
            "filter",
        ),
        (None, Some(text)) => {
            // Who asks to be erased is erased where they are hidden, too.
            let filter = at.filter(&choice(Some(&text))?).await?.with_hidden();
            passing(at, filter, given.dry_run).await
        }
        _ => refuse("either ids or a filter is wanted", "ids"),
    }
}

async fn by_id(at: &Opened, ids: &[LeadId], folder: Option<PathBuf>) -> Result<Erased> {
    let gone = at.store().erase(ids.to_vec()).await?;
    let mut erased = Erased {
        leads: gone.leads as u64,
        sightings: gone.observations as u64,
        archived: 0,
    };
    if let Some(folder) = folder {
        let files = archive::files_in(&folder).await?;
        erased.archived = archive::erase(at.store(), &files, ids).await?.leads;
    }
    Ok(erased)
}

async fn passing(at: &Opened, filter: Filter, dry_run: bool) -> Result<Erased> {
    let mut erased = Erased::default();
    if dry_run {
        erased.leads = at.store().count(filter).await?;
        return Ok(erased);
    }
    loop {
        // What was erased is gone, so the first page is always the next one.
        let page = at
            .store()
            .page(LeadQuery::new(filter.clone()).limit(PAGE))
            .await?;
        let ids = page.leads.iter().map(|lead| lead.id).collect();
        let gone = at.store().erase(ids).await?;
        erased.leads += gone.leads as u64;
        erased.sightings += gone.observations as u64;
        if gone.leads == 0 || page.next.is_none() {
            return Ok(erased);
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Versions {
    leads: Vec<(String, String)>,
}

pub(super) async fn withdraw(at: &Opened, json: &str) -> Result<Vec<LeadId>> {
    let given: Versions = given::read("withdraw", json)?;
    let read =
        |(id, version): &(String, String)| Ok((id.parse::<LeadId>()?, version.parse::<LeadVersion>()?));
    let asked = given.leads.iter().map(read).collect::<Result<_>>()?;
    at.store().withdraw(asked).await
}
