//! What each run brought.

use std::collections::BTreeMap;

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::RunId;
use lead_core::record::filter::{Field, Filter};
use lead_core::seam::{Store, Tally};
use serde::Serialize;

use super::checkpoint::figures;

/// What a run brought.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RunFigures {
    /// The run.
    pub run: RunId,
    /// When it began.
    pub started: Timestamp,
    /// What it looked for.
    pub query: String,
    /// Where; `None` for everywhere.
    pub near: Option<String>,
    /// Whether it came to its end.
    pub done: bool,
    /// Leads that pass and were first seen after it began and before the next run did. Observations do not say of which run they
    /// are: what was imported meanwhile, or found by a run that went on beside it, counts here, too.
    pub new: u64,
    /// Requests its sources answered; visits of sites are not among them.
    pub requests: u64,
    /// Listings its sources gave.
    pub listings: u64,
    /// Sites it visited.
    pub sites: u64,
}

/// What a source gave a run, and what that took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) requests: u64,
    pub(super) listings: u64,
    pub(super) new: u64,
}

/// A run, and what each of its sources gave.
pub(super) type Ran = (RunFigures, BTreeMap<String, Given>);

/// The newest runs, newest first.
pub(super) async fn runs(store: &Store, filter: &Filter, most: usize) -> Result<Vec<Ran>> {
    let mut runs = Vec::new();
    for run in store.runs().await?.into_iter().take(most) {
        let (Some(started), Some(checkpoint)) = (run.started(), store.checkpoint(run).await?) else {
            continue;
        };
        runs.extend(figures(run, started, &checkpoint)?);
    }
    add_new(store, filter, &mut runs).await?;
    Ok(runs)
}

/// Counts the leads first seen between the beginning of each run and that of the next.
async fn add_new(store: &Store, filter: &Filter, runs: &mut [Ran]) -> Result<()> {
    let mut begun: Vec<Timestamp> = runs.iter().map(|(run, _)| run.started).collect();
    begun.sort_unstable();
    begun.dedup();
    if begun.is_empty() {
        return Ok(());
    }
    let tally = Tally::times(Field::FirstSeen, begun.clone()).filter(filter.clone());
    let told = store.tally(tally).await?;
    let mut since: BTreeMap<Timestamp, u64> = begun.into_iter().zip(told.bins.into_iter().skip(1)).collect();
    // Of runs that began in the same millisecond the newest has them all.
    for (run, _) in runs {
        run.new = since.remove(&run.started).unwrap_or_default();
    }
    Ok(())
}
