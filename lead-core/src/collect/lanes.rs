//! Which lane is asked next.

use std::collections::{BTreeMap, BTreeSet};

use super::lane::Lane;
use super::ledger::{Ledger, Wording};
use crate::plan::{Belief, Order, Yield};
use crate::record::SourceId;
use crate::seam::{Search, Source};
use crate::{Error, ErrorStatus};

/// New businesses a request, as they are believed in before a lane is asked: of the query's own words a page full, of others
/// a few.
const OWN: f64 = 20.0;
const OTHER: f64 = 4.0;

/// A variant that hardly brings more than this a request is not asked on. The query's own words always are.
const WORTH: f64 = 0.5;

/// More other words than these are asked of no source.
const MOST: usize = 24;

/// The lanes of a run, and which of them can be asked.
#[derive(Debug)]
pub(super) struct Lanes {
    order: Order,
    all: Vec<Lane>,
    ready: BTreeSet<usize>,
    /// How often in a row each source failed.
    failures: BTreeMap<SourceId, u32>,
}

/// A source that fails so often in a row, for whatever reason, is asked no more.
const PATIENCE: u32 = 3;

impl Lanes {
    pub(super) fn new(sources: &[Source], ledger: &Ledger) -> Self {
        let wording = &ledger.wording;
        let all: Vec<Lane> = lanes(sources, wording).collect();
        let undone = |place: &usize| {
            all.get(*place)
                .is_some_and(|lane| !ledger.lane(lane).is_some_and(|stand| stand.done))
        };
        Self {
            order: wording.order,
            ready: (0..all.len()).filter(undone).collect(),
            all,
            failures: BTreeMap::new(),
        }
    }

    pub(super) fn get(&self, place: usize) -> Option<&Lane> {
        self.all.get(place)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Lane> {
        self.all.iter()
    }

    /// Whether a lane waits to be asked.
    pub(super) fn is_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// A lane can be asked on.
    pub(super) fn set_ready(&mut self, place: usize) {
        self.ready.insert(place);
    }

    /// The source of a lane answered.
    pub(super) fn answered(&mut self, lane: &Lane) {
        self.failures.remove(&lane.id);
    }

    /// The source of a lane failed. Where other words would fail alike, as when it is not there, refuses or cannot be read, it
    /// is asked no more; else it has a few more chances.
    pub(super) fn failed(&mut self, lane: &Lane, error: &Error) {
        let times = self.failures.entry(lane.id.clone()).or_default();
        *times += 1;
        let in_vain = error.status() == ErrorStatus::Permanent || error.is_unreached();
        if in_vain || *times >= PATIENCE {
            self.close_if(|id| *id == lane.id);
        }
    }

    /// No lane is asked on.
    pub(super) fn close(&mut self) {
        self.ready.clear();
    }

    /// Takes the lane that is asked next: the one whose requests may bring most. Of equals the first, so that runs repeat.
    pub(super) fn take(&mut self, ledger: &Ledger) -> Option<usize> {
        self.close_full(ledger);
        if self.order == Order::Fixed {
            return self.ready.pop_first();
        }
        self.ready.retain(|place| {
            self.all
                .get(*place)
                .is_some_and(|lane| is_worth(&self.all, lane, ledger))
        });
        let mut best: Option<(usize, f64)> = None;
        for place in &self.ready {
            let bound = self.all.get(*place).map(|lane| bound(&self.all, lane, ledger));
            if let Some(bound) = bound.filter(|bound| best.is_none_or(|(_, best)| *bound > best)) {
                best = Some((*place, bound));
            }
        }
        let (place, _) = best?;
        self.ready.remove(&place);
        Some(place)
    }

    /// Sources that gave as many listings as are wanted are asked no more.
    fn close_full(&mut self, ledger: &Ledger) {
        let Some(max) = ledger.query.max else { return };
        let waiting: BTreeSet<_> = self
            .ready
            .iter()
            .filter_map(|place| Some(&self.get(*place)?.id))
            .collect();
        let full = waiting.into_iter().filter(|id| self.listings(id, ledger) >= max);
        let full: BTreeSet<SourceId> = full.cloned().collect();
        self.close_if(|id| full.contains(id));
    }

    /// No lane of such sources is asked on.
    fn close_if(&mut self, closed: impl Fn(&SourceId) -> bool) {
        let all = &self.all;
        self.ready
            .retain(|place| all.get(*place).is_some_and(|lane| !closed(&lane.id)));
    }

    /// How many listings all lanes of a source gave.
    pub(super) fn listings(&self, source: &SourceId, ledger: &Ledger) -> usize {
        let own = self.all.iter().filter(|lane| lane.id == *source);
        own.filter_map(|lane| ledger.lane(lane))
            .map(|stand| stand.listings)
            .sum()
    }
}

/// The ways sources are asked: by the query's own words first, and those that go by words by the others too. Words in a fixed
/// order stand for the query's own, which may be among them.
pub(super) fn lanes(sources: &[Source], wording: &Wording) -> impl Iterator<Item = Lane> {
    let each = sources.iter().enumerate();
    each.flat_map(|(place, source)| {
        let lane = move |variant| Lane {
            source: place,
            id: source.id(),
            variant,
        };
        let by_words = source.info().by_words && !wording.variants.is_empty();
        let own = (!by_words || wording.order != Order::Fixed).then(|| lane(None));
        let others = wording.variants.iter().filter(move |_| by_words);
        let most = if wording.order == Order::Fixed {
            usize::MAX
        } else {
            MOST
        };
        own.into_iter()
            .chain(others.take(most).map(move |variant| lane(Some(variant.clone()))))
    })
}

/// New businesses a request of a lane is believed to bring before it is asked.
pub(super) fn believed(lane: &Lane) -> f64 {
    if lane.variant.is_none() { OWN } else { OTHER }
}

/// Whether a lane is asked on. The query's own words always are; others when they were hardly tried, or may bring something.
fn is_worth(all: &[Lane], lane: &Lane, ledger: &Ledger) -> bool {
    lane.variant.is_none() || !ledger.gained(lane).is_tried() || bound(all, lane, ledger) >= WORTH
}

/// The most a request of a lane may bring. A lane that tells what it has left is judged by that, and by how much of what it
/// showed was new: requests on the way to where its businesses lie bring nothing, and are no sign that there are none.
fn bound(all: &[Lane], lane: &Lane, ledger: &Ledger) -> f64 {
    let own = lane.variant.is_none();
    let kin = all.iter().filter(|other| {
        !own && other.source == lane.source && other.variant.is_some() && other.key() != lane.key()
    });
    let kin: Vec<Yield> = kin.map(|other| ledger.gained(other)).collect();
    let gained = ledger.gained(lane);
    match ledger.lane(lane).and_then(|stand| stand.left) {
        Some(left) if left.requests > 0.0 => left.listings / left.requests * gained.novelty(&kin),
        _ if own => gained.bound(Belief::of(believed(lane))),
        _ => gained.bound(Belief::of(believed(lane)).after(&kin)),
    }
}
