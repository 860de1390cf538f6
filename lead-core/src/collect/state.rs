//! How far a run has come, read from its checkpoint for those who show it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::lane::{LaneStand, source_of};
use super::ledger::Acceptance;
use super::site::SiteStand;
use crate::record::{Query, SourceId};
use crate::seam::{Checkpoint, Failure};
use crate::{Error, ErrorKind, Result};

/// What a source gave a run, and what that took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceYield {
    /// Requests it answered; visits of the sites it lists are not among them.
    pub requests: u64,
    /// Listings it gave.
    pub listings: u64,
    /// Businesses it showed the run for the first time that no source had shown before.
    pub new: u64,
}

impl SourceYield {
    fn add(&mut self, lane: &LaneStand) {
        self.requests += lane.gained.asked();
        self.listings += lane.listings as u64;
        self.new += lane.gained.fresh();
    }
}

/// How far a run has come.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RunState {
    /// What it looks for.
    pub query: Query,
    /// Its sources, and whether each has told all it knows.
    sources: Vec<(SourceId, bool)>,
    /// Those asked by the query's own words.
    #[serde(skip)]
    own: BTreeSet<SourceId>,
    /// Why sources were asked whose terms restrict programs.
    terms: BTreeMap<SourceId, String>,
    /// Entries of sources that were left aside on purpose, by source and reason.
    pub aside: BTreeMap<SourceId, BTreeMap<String, usize>>,
    /// What its sources gave, and what that took.
    yields: BTreeMap<SourceId, SourceYield>,
    /// Sites it knows of.
    pub sites_known: u64,
    /// Sites it has visited.
    pub sites_done: u64,
    /// Sites of those where something failed that may be better another time: a run that goes on visits them again.
    pub sites_again: u64,
    /// Everything that failed or was kept away from, by source and site.
    pub failures: Vec<Failure>,
    /// Whether it came to its end.
    pub done: bool,
}

impl RunState {
    /// Reads a run's checkpoint, as [`Store::checkpoint`](crate::seam::Store::checkpoint) hands it out.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when it is not one of a run.
    pub fn read(checkpoint: &Checkpoint) -> Result<Self> {
        let corrupt = |entry: &str| {
            Error::new(
                ErrorKind::Corrupt,
                "collect",
                "the run's checkpoint cannot be read",
            )
            .with("entry", entry)
        };
        let query = checkpoint.get("query").ok_or_else(|| corrupt("query"))?;
        let query = Query::deserialize(query).map_err(|_| corrupt("query"))?;
        let mut state = Self {
            query,
            sources: Vec::new(),
            own: BTreeSet::new(),
            terms: BTreeMap::new(),
            aside: BTreeMap::new(),
            yields: BTreeMap::new(),
            sites_known: 0,
            sites_done: 0,
            sites_again: 0,
            failures: Vec::new(),
            done: false,
        };
        for (key, value) in checkpoint {
            if let Some((id, own)) = source_of(key) {
                let stand = LaneStand::deserialize(value).map_err(|_| corrupt(key))?;
                let id = SourceId::new(id)?;
                state.yields.entry(id.clone()).or_default().add(&stand);
                for (reason, count) in stand.aside {
                    let aside = state.aside.entry(id.clone()).or_default();
                    *aside.entry(reason).or_default() += count;
                }
                state.note_lane(id, own, stand.done);
                state.failures.extend(stand.failures);
            } else if let Some(id) = key.strip_prefix("terms:") {
                let terms = Acceptance::deserialize(value).map_err(|_| corrupt(key))?;
                state.terms.insert(SourceId::new(id)?, terms.reason);
            } else if key.starts_with("site:") {
                let stand = SiteStand::deserialize(value).map_err(|_| corrupt(key))?;
                state.sites_known += 1;
                state.sites_done += u64::from(stand.done);
                state.sites_again += u64::from(stand.again);
                state.failures.extend(stand.failures);
            } else if key == "done" {
                state.done = value.as_bool() == Some(true);
            }
        }
        Ok(state)
    }

    /// A source has told all when its lane of the query's own words has: others are asked as long as they bring something.
    /// Where they stand for the query's own, all must have. The own one comes first: `source:osm` before `source:osm?…`.
    fn note_lane(&mut self, id: SourceId, own: bool, done: bool) {
        if let Some((_, all)) = self.sources.iter_mut().find(|(known, _)| *known == id) {
            *all &= done || self.own.contains(&id);
            return;
        }
        if own {
            self.own.insert(id.clone());
        }
        self.sources.push((id, done));
    }

    /// What each of its sources gave, by whatever words it was asked, and what that took.
    pub fn yields(&self) -> &BTreeMap<SourceId, SourceYield> {
        &self.yields
    }

    /// Its sources, and whether each has told all it knows.
    pub fn sources(&self) -> &[(SourceId, bool)] {
        &self.sources
    }

    /// Why a source was asked whose terms restrict programs.
    pub fn accepted(&self, source: &str) -> Option<&str> {
        self.terms
            .iter()
            .find(|(id, _)| id.as_str() == source)
            .map(|(_, reason)| reason.as_str())
    }

    /// All such sources, each with the reason.
    pub fn terms(&self) -> &BTreeMap<SourceId, String> {
        &self.terms
    }
}
