//! Addresses in the text, found by their postal codes: each run of digits is looked at once.

use std::ops::Range;

use super::named::{self, Reason};
use super::schema::collapse;
use super::street::is_street_alone;
use super::{anglo, continental, international};
use crate::page::Document;
use crate::phone::Region;
use crate::places::{Digit, Places};
use crate::record::{Address, CountryCode, Method};
use crate::sighting::{Sighting, Spot};

// How often the parts of what was found are right on half of the sites of the labelled contact pages
// (`lead-core/tests/labelled`), drawn to the middle where there were few.
/// Street, town and code: 138 of 142 parts.
const WHOLE: f32 = 0.97;
/// Town and code only.
const TOWN: f32 = 0.95;
/// Street, town and state, no code.
const CODELESS: f32 = 0.95;
/// A street alone on its line: none there.
const STREET: f32 = 0.9;
/// A town and its state or country: a single one there.
const NAMED: f32 = 0.8;
/// A town among others: 61 of 61, all of a few pages.
const LISTED: f32 = 0.95;

/// An address in a text.
pub(super) struct Hit {
    pub(super) span: Range<usize>,
    pub(super) address: Address,
}

/// Every address of the document's text, then the towns it names besides.
pub(crate) fn find(document: &Document, region: Option<Region>, found: &mut Vec<Sighting<Address>>) {
    let text = document.text();
    let mut push = |hit: Hit, confidence: f32| {
        let spot = Spot::Text(hit.span);
        found.push(Sighting::new(hit.address, confidence, Method::VisibleText, spot));
    };
    let mut hits = all(text, region);
    hits.extend(international::find(text, &spans(&hits)));
    hits.sort_by_key(|hit| hit.span.start);
    let taken = spans(&hits);
    let streets = streets_of(&hits);
    for hit in hits {
        let confidence = if hit.address.street.is_some() { WHOLE } else { TOWN };
        push(hit, confidence);
    }
    let named = named::find(text, &taken, region);
    let mut taken = taken;
    taken.extend(named.iter().map(|named| named.hit.span.clone()));
    taken.sort_by_key(|span| span.start);
    for named in named {
        let confidence = match named.reason {
            _ if named.hit.address.street.is_some() => CODELESS,
            Reason::State | Reason::Country => NAMED,
            Reason::List => LISTED,
        };
        push(named.hit, confidence);
    }
    for hit in streets_alone(text, &taken, &streets) {
        push(hit, STREET);
    }
}

fn spans(hits: &[Hit]) -> Vec<Range<usize>> {
    hits.iter().map(|hit| hit.span.clone()).collect()
}

fn streets_of(hits: &[Hit]) -> Vec<String> {
    hits.iter().filter_map(|hit| hit.address.street.clone()).collect()
}

/// Lines that are a street and nothing else: `123 Elizabeth Street`.
fn streets_alone(text: &str, taken: &[Range<usize>], known: &[String]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut start = 0;
    let ends = memchr::memchr2_iter(b'\n', b'\t', text.as_bytes()).chain(std::iter::once(text.len()));
    for end in ends {
        let range = start..end;
        start = end + 1;
        if !text.as_bytes().get(range.start).is_some_and(u8::is_ascii_digit) {
            continue;
        }
        let line = text.get(range.clone()).unwrap_or_default();
        if !is_street_alone(line) {
            continue;
        }
        let after = taken.partition_point(|span| span.end <= range.start);
        let is_taken = taken.get(after).is_some_and(|span| span.start < range.end);
        if !is_taken && !known.iter().any(|street| street.contains(line.trim())) {
            let address = Address {
                text: collapse(line),
                street: Some(collapse(line)),
                ..Address::default()
            };
            hits.push(Hit { span: range, address });
        }
    }
    hits
}

/// The first address of a text.
pub(super) fn first_of(text: &str) -> Option<Address> {
    all(text, None).into_iter().next().map(|hit| hit.address)
}

pub(super) fn country(code: &str) -> Option<CountryCode> {
    CountryCode::new(code).ok()
}

/// Whether no letter or digit follows.
pub(super) fn is_free_after(text: &str, end: usize) -> bool {
    text.get(end..)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

pub(super) fn all(text: &str, region: Option<Region>) -> Vec<Hit> {
    let bytes = text.as_bytes();
    let mut hits: Vec<Hit> = Vec::new();
    let mut digits = Places::<Digit>::of(text);
    let mut at = 0;
    while let Some(start) = digits.next(at) {
        let length = bytes.get(start..).map_or(0, |rest| {
            rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        });
        at = start + length;
        if let Some(hit) = hit_at(text, start, length, region) {
            at = at.max(hit.span.end);
            hits.push(hit);
        }
    }
    hits
}

/// The address whose code has the `length` digits at `start`.
fn hit_at(text: &str, start: usize, length: usize, region: Option<Region>) -> Option<Hit> {
    let last = start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    let glued = last.is_some_and(u8::is_ascii_alphanumeric);
    match length {
        1 => anglo::canadian(text, start).or_else(|| anglo::british(text, start)),
        2 if glued => anglo::irish(text, start),
        5 => anglo::zip(text, start).or_else(|| continental_at(text, start, length, region)),
        4 if !glued => {
            anglo::southern(text, start, region).or_else(|| continental_at(text, start, length, region))
        }
        2 | 3 => continental_at(text, start, length, region),
        _ => None,
    }
}

/// No part of a longer number: `+49 89 12345`, `3-12345`, `1.2345`.
fn continental_at(text: &str, start: usize, length: usize, region: Option<Region>) -> Option<Hit> {
    let before = text.get(..start)?;
    let mut last = before.chars().rev();
    let follows_number = match last.next() {
        Some('-' | '.' | '/' | '+') => last.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    (!follows_number)
        .then(|| continental::at(text, start, length, region))
        .flatten()
}

#[cfg(test)]
mod countries;
#[cfg(test)]
mod tests;
