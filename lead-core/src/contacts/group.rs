//! Which contacts belong together: those of one node of structured data, and those of one card on the page.

use std::collections::BTreeMap;
use std::ops::Range;

use super::merge::{Merged, Place};
use super::structured::{Entity, Kind};
use crate::page::{Block, BlockKind, Document};
use crate::person::Spoken;
use crate::record::{Address, Found, GeoPoint, Location, Method, OpeningHours, Person, Trace};
use crate::sighting::{Sighting, Spot};

/// For each node, the values that are its own.
pub(super) type ByNode = BTreeMap<usize, Vec<usize>>;

/// Values by the node that owns them.
pub(super) struct Owned {
    pub(super) phones: ByNode,
    pub(super) emails: ByNode,
    pub(super) addresses: ByNode,
}

/// Where values stand on the page.
pub(super) struct Grouped<'a> {
    pub(super) phones: &'a [Place],
    pub(super) emails: &'a [Place],
    pub(super) addresses: &'a [Place],
    pub(super) hours: &'a Merged<OpeningHours>,
    pub(super) geo: &'a Merged<GeoPoint>,
}

/// The owners of the first sightings, turned to values.
pub(super) fn by_node(owners: &[usize], places: &[Place]) -> ByNode {
    let mut map = ByNode::new();
    for (owner, place) in owners.iter().zip(places) {
        let list = map.entry(*owner).or_default();
        if !list.contains(&place.value) {
            list.push(place.value);
        }
    }
    map
}

fn of(map: &ByNode, node: usize) -> Vec<usize> {
    let mut list = map.get(&node).cloned().unwrap_or_default();
    list.sort_unstable();
    list
}

// A node states what is its own; a card only holds what stands close together.
const STATED: f32 = 0.93;
const CARD: f32 = 0.75;

/// Places that structured data states.
pub(super) fn of_entities(entities: &[Entity], owned: &Owned) -> Vec<Sighting<Location>> {
    let businesses = entities.iter().filter(|entity| entity.kind == Kind::Business);
    let located = businesses.filter_map(|entity| {
        let mut location = Location::default();
        location.name.clone_from(&entity.name);
        location.address = of(&owned.addresses, entity.node).first().copied();
        location.phones = of(&owned.phones, entity.node);
        location.emails = of(&owned.emails, entity.node);
        location.hours.clone_from(&entity.hours);
        location.geo = entity.geo;
        let is_place = location.address.is_some() || location.geo.is_some() || location.hours.is_some();
        is_place.then(|| Sighting::new(location, STATED, Method::StructuredData, entity.spot.clone()))
    });
    located.collect()
}

/// Persons that structured data states.
pub(super) fn persons_of_entities(entities: &[Entity], owned: &Owned) -> Vec<Sighting<Person>> {
    let persons = entities.iter().filter(|entity| entity.kind == Kind::Person);
    let named = persons.filter_map(|entity| {
        let person = Person {
            name: entity.name.clone()?,
            function: entity.function.clone(),
            phones: of(&owned.phones, entity.node),
            emails: of(&owned.emails, entity.node),
        };
        Some(Sighting::new(
            person,
            STATED,
            Method::StructuredData,
            entity.spot.clone(),
        ))
    });
    named.collect()
}

/// The values that stand within a stretch of the text.
fn within(places: &[Place], span: &Range<usize>) -> Vec<usize> {
    let inside = |place: &&Place| {
        place
            .span
            .as_ref()
            .is_some_and(|own| span.start <= own.start && own.end <= span.end)
    };
    let mut list: Vec<usize> = places.iter().filter(inside).map(|place| place.value).collect();
    list.sort_unstable();
    list.dedup();
    list
}

/// The value that stands within a stretch of the text, when it is the only one there.
fn only<'a, T>(merged: &'a Merged<T>, span: &Range<usize>) -> Option<&'a T> {
    match within(&merged.places, span).as_slice() {
        [one] => merged.values.get(*one).map(|found| &found.value),
        _ => None,
    }
}

/// Gives persons the contacts of their cards.
pub(super) fn persons_of_cards(
    document: &Document,
    cards: Vec<Sighting<Person>>,
    grouped: &Grouped<'_>,
) -> Vec<Sighting<Person>> {
    let with_contacts = |mut card: Sighting<Person>| {
        if let Some(span) = card.spot.span(document) {
            card.value.phones = within(grouped.phones, &span);
            card.value.emails = within(grouped.emails, &span);
        }
        card
    };
    cards.into_iter().take(MAX_PLACES).map(with_contacts).collect()
}

/// Gives persons of the text the contacts on their line, and on a team page those of their card up to the next person.
pub(super) fn persons_of_text(
    document: &Document,
    mut spoken: Vec<Spoken>,
    grouped: &Grouped<'_>,
) -> Vec<Sighting<Person>> {
    let starts: Vec<usize> = spoken
        .iter()
        .filter_map(|one| Some(one.sighting.spot.span(document)?.start))
        .collect();
    for (index, one) in spoken.iter_mut().enumerate() {
        let Some(span) = one.sighting.spot.span(document) else {
            continue;
        };
        let next = starts.get(index + 1).copied().unwrap_or(document.text().len());
        let region = if one.with_card {
            person_region(document, &span, next)
        } else {
            span.start..end_of_lines(document.text(), span.end, 1).min(next)
        };
        one.sighting.value.phones = within(grouped.phones, &region);
        one.sighting.value.emails = within(grouped.emails, &region);
    }
    spoken.into_iter().map(|one| one.sighting).collect()
}

/// How many lines below a name and a function still speak of the person.
const PERSON_LINES: usize = 5;

/// From the name to the end of its card, at the next person, at most a few lines.
fn person_region(document: &Document, span: &Range<usize>, next: usize) -> Range<usize> {
    let card = document.block_at(span.start).map(|block| block.group().span());
    let end = card.map_or(span.end, |card| card.end);
    let lines = end_of_lines(document.text(), span.end, PERSON_LINES);
    // A heading's own block ends with the name: its card is the one around.
    let end = if end <= span.end { lines } else { end.min(lines) };
    span.start..end.min(next).max(span.end)
}

/// Where the `count`-th line ends that goes on or begins behind `at`.
fn end_of_lines(text: &str, at: usize, count: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let mut ends = memchr::memchr_iter(b'\n', rest.as_bytes());
    ends.nth(count - 1).map_or(text.len(), |end| at + end)
}

/// Places that stand on the page: an address with the contacts of its card, or of what follows it up to the next address.
///
/// A town that is only named is no place of the business.
pub(super) fn of_blocks(
    document: &Document,
    grouped: &Grouped<'_>,
    addresses: &[Found<Address, Trace>],
) -> Vec<Sighting<Location>> {
    let is_place = |place: &&Place| {
        let address = addresses.get(place.value).map(|found| &found.value);
        address.is_some_and(|address| address.street.is_some() || address.postal_code.is_some())
    };
    let mut placed: Vec<(&Place, &Range<usize>)> = grouped
        .addresses
        .iter()
        .filter(is_place)
        .filter_map(|place| Some((place, place.span.as_ref()?)))
        .collect();
    placed.sort_by_key(|(_, span)| span.start);
    placed.truncate(MAX_PLACES);
    let distinct = placed
        .iter()
        .map(|(place, _)| place.value)
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    let mut list = Vec::new();
    for (index, (place, span)) in placed.iter().enumerate() {
        let next = placed
            .iter()
            .skip(index + 1)
            .find(|(other, _)| other.value != place.value);
        let previous = placed
            .iter()
            .take(index)
            .rev()
            .find(|(other, _)| other.value != place.value);
        let floor = previous.map_or(0, |(_, span)| span.end);
        let ceiling = next.map_or(document.text().len(), |(_, span)| span.start);
        let Some((card, region)) = card_of(document, span, floor, ceiling, grouped) else {
            continue;
        };
        let mut location = Location {
            address: Some(place.value),
            ..Location::default()
        };
        location.phones = within(grouped.phones, &region);
        location.emails = within(grouped.emails, &region);
        location.hours = only(grouped.hours, &region).map(|open| open.hours.clone());
        location.geo = only(grouped.geo, &region).copied();
        // The one map of a page with one place shows it.
        if distinct == 1
            && let [point] = grouped.geo.values.as_slice()
        {
            location.geo = Some(point.value);
        }
        let alone = location.phones.is_empty() && location.emails.is_empty() && location.hours.is_none();
        if alone && distinct < 2 {
            continue;
        }
        location.name = name_of(card, span);
        list.push(Sighting::new(
            location,
            CARD,
            Method::VisibleText,
            Spot::Text((*span).clone()),
        ));
    }
    list
}

/// More places than these are a directory: only the first are grouped.
const MAX_PLACES: usize = 300;
/// How far a card may be widened in search of contacts, in bytes of text.
const WIDEST: usize = 600;

/// The card around an address: the innermost one with a contact in it, as far as it reaches no other address.
fn card_of<'a>(
    document: &'a Document,
    span: &Range<usize>,
    floor: usize,
    ceiling: usize,
    grouped: &Grouped<'_>,
) -> Option<(Block<'a>, Range<usize>)> {
    let first = document.block_at(span.start)?.group();
    let mut card = first;
    loop {
        let own = card.span();
        let shared = own.start < floor || own.end > ceiling;
        // Several addresses in one card: what follows one belongs to it.
        let region = if shared {
            span.start..own.end.min(ceiling)
        } else {
            own.clone()
        };
        let reached = [grouped.phones, grouped.emails, &grouped.hours.places]
            .iter()
            .any(|places| !within(places, &region).is_empty());
        if reached || shared || own.len() > WIDEST {
            return Some((card, region));
        }
        match card.parent().map(|parent| parent.group()) {
            Some(wider) if wider.id() != card.id() && wider.span().len() <= 4 * WIDEST => card = wider,
            _ => return Some((first, first.span())),
        }
    }
}

/// The heading of a card, when it stands before the address.
fn name_of(card: Block<'_>, span: &Range<usize>) -> Option<String> {
    let heading = card
        .descendants()
        .take_while(|block| block.span().start < span.start)
        .filter(|block| matches!(block.kind(), BlockKind::Heading(_)))
        .last()?;
    let text = heading.text().split_whitespace().collect::<Vec<_>>().join(" ");
    (2..=80).contains(&text.chars().count()).then_some(text)
}
