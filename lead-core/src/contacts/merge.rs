//! Sightings of one value become one value with several pieces of evidence.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::page::{Document, ElementId};
use crate::record::{Confidence, Found, Identified, Trace};
use crate::sighting::{Sighting, Spot, snippet_around};

/// A locator costs a pass over the siblings of each step: a page of more values than these gets none for the rest.
const MAX_LOCATORS: usize = 400;
/// More places than these prove nothing more.
const MAX_EVIDENCE: usize = 8;

/// Values, each once, and where their sightings went.
pub(super) struct Merged<T> {
    pub(super) values: Vec<Found<T, Trace>>,
    /// For each sighting, in order, its value and its place.
    pub(super) places: Vec<Place>,
}

/// Where a sighting went, and where it stood.
pub(super) struct Place {
    /// The index of its value.
    pub(super) value: usize,
    /// The text it covers; `None` when it stands nowhere on the page.
    pub(super) span: Option<Range<usize>>,
}

/// Makes traces; a locator is dear to make, so each element's is kept.
pub(super) struct Tracer<'a> {
    document: &'a Document,
    locators: HashMap<ElementId, String>,
}

impl<'a> Tracer<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            locators: HashMap::new(),
        }
    }

    fn trace<T>(&mut self, sighting: &Sighting<T>) -> Trace {
        let mut trace = Trace::new(sighting.method.clone());
        trace.locator = match &sighting.spot {
            Spot::Pointer(pointer, _) => Some(pointer.clone()),
            Spot::Element(id) => self.locator(*id),
            Spot::Text(span) => {
                let block = self.document.block_at(span.start);
                block.and_then(|block| self.locator(block.element().id()))
            }
        };
        match sighting.spot.span(self.document) {
            Some(span) if !span.is_empty() && span.len() <= 512 => {
                trace.snippet(snippet_around(self.document.text(), &span))
            }
            _ => trace,
        }
    }

    fn locator(&mut self, id: ElementId) -> Option<String> {
        if let Some(known) = self.locators.get(&id) {
            return Some(known.clone());
        }
        if self.locators.len() >= MAX_LOCATORS {
            return None;
        }
        let locator = self.document.element(id)?.locator();
        self.locators.insert(id, locator.clone());
        Some(locator)
    }

    /// Merges by identity; the order of first sightings is kept.
    ///
    /// A value seen by a second *method* is surer: half of the remaining doubt goes, and no more, because the pieces of a
    /// page copy each other.
    pub(super) fn merge<T: Identified>(&mut self, sightings: Vec<Sighting<T>>) -> Merged<T> {
        let mut by_key: BTreeMap<T::Key, usize> = BTreeMap::new();
        let mut values: Vec<Found<T, Trace>> = Vec::new();
        let mut places = Vec::with_capacity(sightings.len());
        for sighting in sightings {
            let index = *by_key.entry(sighting.value.identity()).or_insert(values.len());
            places.push(Place {
                value: index,
                span: sighting.spot.span(self.document),
            });
            match values.get_mut(index) {
                None => {
                    let trace = self.trace(&sighting);
                    values.push(Found::new(sighting.value, sighting.confidence, trace));
                }
                Some(known) if known.evidence().len() < MAX_EVIDENCE => {
                    let fresh = known
                        .evidence()
                        .iter()
                        .all(|trace| trace.method != sighting.method);
                    let surer = known.confidence.max(sighting.confidence);
                    let trace = self.trace(&sighting);
                    known.absorb(Found::new(sighting.value, sighting.confidence, trace));
                    known.confidence = if fresh { halved_doubt(surer) } else { surer };
                }
                Some(known) => known.value.complete(&sighting.value),
            }
        }
        Merged { values, places }
    }
}

fn halved_doubt(confidence: Confidence) -> Confidence {
    let joint = f32::midpoint(confidence.get(), 1.0);
    Confidence::clamped(joint).min(Confidence::MAX).max(confidence)
}
