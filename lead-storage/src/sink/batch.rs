//! Events of a batch, each lead once.

use std::collections::HashMap;
use std::ops::Range;

use super::{Event, Outcome};

/// A batch for a sink that keeps a record a lead. Two rules may have told of one lead: it is one record all the same, and APIs refuse a
/// batch that names one twice.
pub(super) struct Batch<'a> {
    events: Vec<&'a Event>,
    /// For each event of the batch, which of `events` stands for it.
    places: Vec<usize>,
}

impl<'a> Batch<'a> {
    pub(super) fn of(events: &'a [Event]) -> Self {
        let mut known = HashMap::new();
        let (mut firsts, mut places) = (Vec::new(), Vec::new());
        for event in events {
            let place = *known.entry(event.lead.id).or_insert_with(|| {
                firsts.push(event);
                firsts.len() - 1
            });
            places.push(place);
        }
        Self {
            events: firsts,
            places,
        }
    }

    pub(super) fn events(&self) -> &[&'a Event] {
        &self.events
    }

    pub(super) fn part(&self, range: Range<usize>) -> &[&'a Event] {
        self.events.get(range).unwrap_or_default()
    }

    /// What became of each event, by what became of the one that stood for it.
    pub(super) fn spread(&self, outcomes: &[Outcome]) -> Vec<Outcome> {
        let of = |place: &usize| outcomes.get(*place).cloned();
        let places = self.places.iter();
        places
            .map(|place| of(place).unwrap_or_else(|| Outcome::again("it was not tried")))
            .collect()
    }
}
