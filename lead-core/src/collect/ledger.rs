//! How far a run has come, as its checkpoint keeps it.
//!
//! | entry | value |
//! |---|---|
//! | `query` | the query |
//! | `words` | the other words that are asked, and their order |
//! | `source:<id>`, `source:<id>?<other words>` | `{"next": cursor, "listings": n, "done": bool, "gained": …, "left": …, "aside": {reason: n}, "failures": […]}` |
//! | `seen:<entry>` | which business it is and who listed it ([`census`](super::census)) |
//! | `asked:<service>` | the address a platform or server is asked at in place of its own; `null` for its own |
//! | `visits` | `false` when the sites of listings are not visited |
//! | `terms:<id>` | `{"reason": …, "at": …}`: why a source is asked whose terms restrict programs |
//! | `site:<site>` | `{"url": …, "region": …, "done": bool, "again": bool, "empty": bool, "failures": […]}` |
//! | `done` | `true` once the run came to its end |

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::census::{Census, Noted};
use super::lane::{Lane, LaneStand, source_of};
use super::site::{Site, SiteStand};
use crate::clock::Timestamp;
use crate::plan::{Order, Variant, Yield};
use crate::record::{Observation, Query, RunId, SourceId};
use crate::seam::{Checkpoint, CheckpointDelta};
use crate::{Error, ErrorKind, Result};

/// The words a query is asked by beside its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Wording {
    pub(super) order: Order,
    pub(super) variants: Vec<Variant>,
}

/// Why a source is asked whose terms restrict programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Acceptance {
    pub(super) reason: String,
    pub(super) at: Timestamp,
}

/// The state of a run. Changes are noted first and committed with what they stand for.
#[derive(Debug)]
pub(super) struct Ledger {
    run: RunId,
    pub(super) query: Query,
    pub(super) wording: Wording,
    lanes: BTreeMap<String, LaneStand>,
    pub(super) census: Census,
    terms: BTreeMap<SourceId, Acceptance>,
    asked_at: BTreeMap<String, Option<String>>,
    visits: Option<bool>,
    /// Every site known.
    sites: BTreeSet<String>,
    pub(super) pending: VecDeque<Site>,
    visited: usize,
    delta: CheckpointDelta,
}

impl Ledger {
    /// The ledger of a new run.
    pub(super) fn begin(run: RunId, query: Query, wording: Wording) -> Self {
        let mut delta = CheckpointDelta::new(run).put("query", json(&query));
        if !wording.variants.is_empty() {
            delta = delta.put("words", json(&wording));
        }
        Self {
            run,
            query,
            wording,
            lanes: BTreeMap::new(),
            census: Census::default(),
            terms: BTreeMap::new(),
            asked_at: BTreeMap::new(),
            visits: None,
            sites: BTreeSet::new(),
            pending: VecDeque::new(),
            visited: 0,
            delta,
        }
    }

    /// The ledger of a run to go on with.
    pub(super) fn read(run: RunId, mut checkpoint: Checkpoint) -> Result<Self> {
        let query = checkpoint.remove("query").ok_or_else(|| corrupt("query"))?;
        let query = serde_json::from_value(query).map_err(|_| corrupt("query"))?;
        // Runs of before there were other words have none.
        let words = checkpoint.remove("words").map(serde_json::from_value);
        let wording = words
            .transpose()
            .map_err(|_| corrupt("words"))?
            .unwrap_or_default();
        let mut ledger = Self::begin(run, query, wording);
        ledger.delta = CheckpointDelta::new(run);
        for (key, value) in checkpoint {
            if key.starts_with("source:") {
                let stand = serde_json::from_value(value).map_err(|_| corrupt(&key))?;
                ledger.lanes.insert(key, stand);
            } else if key.starts_with("seen:") {
                if !ledger.census.read(&key, &value) {
                    return Err(corrupt(&key));
                }
            } else if let Some(id) = key.strip_prefix("terms:") {
                let terms = serde_json::from_value(value).map_err(|_| corrupt(&key))?;
                ledger.terms.insert(SourceId::new(id)?, terms);
            } else if let Some(service) = key.strip_prefix("asked:") {
                let address = serde_json::from_value(value).map_err(|_| corrupt(&key))?;
                ledger.asked_at.insert(service.to_owned(), address);
            } else if key == "visits" {
                ledger.visits = value.as_bool();
            } else if key.starts_with("site:") {
                let site: Site = serde_json::from_value(value).map_err(|_| corrupt(&key))?;
                ledger.sites.insert(key);
                if site.stand.is_open() {
                    ledger.pending.push_back(site);
                } else {
                    ledger.visited += 1;
                }
            }
        }
        Ok(ledger)
    }

    pub(super) fn stand(&self, lane: &Lane) -> LaneStand {
        self.lane(lane).cloned().unwrap_or_default()
    }

    /// How far a lane has come; `None` before it is asked.
    pub(super) fn lane(&self, lane: &Lane) -> Option<&LaneStand> {
        self.lanes.get(&lane.key())
    }

    /// What the requests of a lane have brought.
    pub(super) fn gained(&self, lane: &Lane) -> Yield {
        self.lane(lane).map(|stand| stand.gained).unwrap_or_default()
    }

    pub(super) fn note_lane(&mut self, lane: &Lane, stand: LaneStand) {
        self.delta.put.insert(lane.key(), json(&stand));
        self.lanes.insert(lane.key(), stand);
    }

    /// Notes that a lane listed an entry.
    pub(super) fn note_seen(&mut self, lane: &Lane, sighting: &Observation) -> Noted {
        let mut noted = self.census.note(&lane.key(), sighting);
        self.delta.put.extend(noted.changed.take());
        noted
    }

    /// Notes why a source may be asked; whether that is new.
    pub(super) fn note_terms(&mut self, source: &SourceId, reason: &str, at: Timestamp) -> bool {
        if self.terms.get(source).is_some_and(|known| known.reason == reason) {
            return false;
        }
        let terms = Acceptance {
            reason: reason.to_owned(),
            at,
        };
        self.delta.put.insert(format!("terms:{source}"), json(&terms));
        self.terms.insert(source.clone(), terms);
        true
    }

    /// Notes where services are asked.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when the run has asked one elsewhere: nobody is asked who was not said to be, and what one
    /// host said is no place to go on at another.
    pub(super) fn note_services(&mut self, services: BTreeMap<String, Option<String>>) -> Result<()> {
        for (service, address) in services {
            match self.asked_at.get(&service) {
                Some(known) if *known == address => {}
                Some(known) => {
                    let told =
                        |address: &Option<String>| address.clone().unwrap_or("its own address".to_owned());
                    let message = "the run asks this service elsewhere: say the same again";
                    return Err(Error::invalid("collect", message)
                        .with("asked", told(known))
                        .with("now", told(&address))
                        .with("service", service));
                }
                None => {
                    self.delta.put.insert(format!("asked:{service}"), json(&address));
                    self.asked_at.insert(service, address);
                }
            }
        }
        Ok(())
    }

    /// Whether sites are visited: as is said now, else as the run has it, else they are.
    pub(super) fn note_visits(&mut self, said: Option<bool>) -> bool {
        let visits = said.or(self.visits).unwrap_or(true);
        if self.visits.unwrap_or(true) != visits {
            self.delta.put.insert("visits".to_owned(), Value::Bool(visits));
        }
        self.visits = Some(visits);
        visits
    }

    /// Sources that know more than was asked of them.
    pub(super) fn cut(&self) -> Vec<SourceId> {
        let cut = self.lanes.iter().filter(|(_, stand)| stand.cut);
        let ids: BTreeSet<&str> = cut.filter_map(|(key, _)| Some(source_of(key)?.0)).collect();
        ids.into_iter().filter_map(|id| SourceId::new(id).ok()).collect()
    }

    /// Notes a site to visit; whether it was not known yet.
    pub(super) fn note_site(&mut self, site: Site) {
        let key = site.key();
        if self.sites.insert(key.clone()) {
            self.delta.put.insert(key, json(&site));
            self.pending.push_back(site);
        }
    }

    /// Notes what came of a site.
    pub(super) fn note_visited(&mut self, mut site: Site, stand: SiteStand) {
        site.stand = SiteStand { done: true, ..stand };
        self.delta.put.insert(site.key(), json(&site));
        self.visited += 1;
    }

    /// It came to its end. What it was known by who was seen is dropped: nobody's number is to be found by its hash. A source
    /// that failed is asked again when the run goes on, and needs it.
    pub(super) fn note_done(&mut self) {
        let is_over = |(key, stand): (&String, &LaneStand)| {
            stand.done || source_of(key).is_some_and(|(_, own)| !own) && self.wording.order != Order::Fixed
        };
        if self.lanes.iter().all(is_over) {
            self.delta.drop.extend(self.census.entries());
        }
        self.delta.put.insert("done".to_owned(), Value::Bool(true));
    }

    /// What changed since the last call, to be committed.
    pub(super) fn take_delta(&mut self) -> CheckpointDelta {
        std::mem::replace(&mut self.delta, CheckpointDelta::new(self.run))
    }

    pub(super) fn run(&self) -> RunId {
        self.run
    }

    /// Sites visited, and sites known.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.visited as u64, self.sites.len() as u64)
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn corrupt(entry: &str) -> Error {
    Error::new(
        ErrorKind::Corrupt,
        "collect",
        "the run's checkpoint cannot be read",
    )
    .with("entry", entry)
}
