//! The reference's matcher, wary of what only looks like a number, and with rules for how real pages write them.
//!
//! What the matcher finds passes [`decoy`](super::decoy); what it misses is tried again: letters, American shapes beside
//! other digits, numbers of other countries that the page speaks of.

use std::ops::Range;

use super::compat::{self, Search};
use super::engine;
use super::find::NumberMatch;
use super::number::{Number, sign};
use super::options::Leniency;
use super::region::Region;
use super::scan::{AllRuns, Digits};
use super::{decoy, extension, folded, glued, list, role, shape, spelled, vanity};

/// Fewer digits than these are no telephone number that a page could state without context; whole numbers of six
/// digits are those of small plans (Faroe Islands, Greenland).
const FEWEST_DIGITS: usize = 6;
/// With a label before it, even these are enough (Tokelau, Falkland Islands).
const FEWEST_LABELLED: usize = 4;
/// Two groups of digits further apart than this belong to different numbers. The reference allows runs of four
/// punctuation signs, and ` (0) ` between them.
const WIDEST_GAP: usize = 8;
/// What is looked at before a cluster: `(`, `+`, a letter or a currency sign that disqualifies.
const BEFORE: usize = 12;
/// What is looked at after a cluster: the words of an extension and its digits.
const AFTER: usize = 40;

/// Every number of `text`, in order, none overlapping.
pub(crate) fn find(text: &str, region: Option<Region>, leniency: Leniency) -> Vec<NumberMatch> {
    let mut spans: Vec<NumberMatch> = compat::find(text, Search::new(region, leniency))
        .filter(|span| is_one(text, span))
        .collect();
    let runs = AllRuns::of(text);
    if let Some(region) = region {
        let missed = missed_shapes(text, &runs, region, &spans);
        add(&mut spans, missed);
    }
    let folded = folded::find(text, &runs, region, &spans);
    replace(&mut spans, folded);
    let glued = glued::find(text, &runs, region, &spans);
    add(&mut spans, glued);
    let lettered = vanity::find(text, &runs, region, &spans);
    add(&mut spans, lettered);
    let spelled = spelled::find(text, region, &spans);
    add(&mut spans, spelled);
    extension::bind(text, &mut spans);
    list::expand(text, region, &mut spans);
    spans
}

/// Whether a number of the plan is one on the page: it has digits enough, and nothing says that it is something else.
fn is_one(text: &str, span: &NumberMatch) -> bool {
    let raw = text.get(span.start..span.end).unwrap_or_default();
    let digits = raw.chars().filter(|c| sign::digit(*c).is_some()).count();
    is_enough(text, &(span.start..span.end), digits) && !decoy::looks_like_one(text, span)
}

/// Numbers that the home country does not know, read for others the page speaks of.
///
/// Only what a label calls a number, or what is American by its shape, is tried. `home` is what was found already.
pub(crate) fn find_abroad(text: &str, others: &[Region], home: &[NumberMatch]) -> Vec<NumberMatch> {
    let mut known = home.to_vec();
    let mut abroad: Vec<NumberMatch> = Vec::new();
    let labelled: Vec<Range<usize>> = clusters(text)
        .filter(|cluster| !overlaps(home, cluster) && role::of(text, cluster, 0).said)
        .collect();
    for other in others {
        let mut fresh: Vec<NumberMatch> = Vec::new();
        for cluster in labelled.iter().filter(|cluster| !overlaps(&known, cluster)) {
            let around = back(text, cluster.start, BEFORE)..forth(text, cluster.end, AFTER);
            for span in engine_in(text, &around, Some(*other), Leniency::StrictGrouping) {
                let range = span.start..span.end;
                let inside = range.start < cluster.end && cluster.start < range.end;
                let free =
                    !overlaps(&known, &range) && fresh.last().is_none_or(|last| last.end <= range.start);
                if inside && free && !decoy::looks_like_one(text, &span) {
                    fresh.push(span);
                }
            }
        }
        abroad.extend(fresh.iter().copied());
        add(&mut known, fresh);
    }
    abroad.extend(missed_shapes(text, &AllRuns::of(text), Region::US, &known));
    abroad.sort_by_key(|span| span.start);
    abroad
}

/// Whether `range` touches any of `spans`, which are in order and apart.
pub(super) fn overlaps(spans: &[NumberMatch], range: &Range<usize>) -> bool {
    let first = spans.partition_point(|span| span.end <= range.start);
    spans.get(first).is_some_and(|span| span.start < range.end)
}

fn add(spans: &mut Vec<NumberMatch>, more: Vec<NumberMatch>) {
    if !more.is_empty() {
        spans.extend(more);
        spans.sort_by_key(|span| span.start);
    }
}

/// Adds spans in place of those they touch.
fn replace(spans: &mut Vec<NumberMatch>, more: Vec<NumberMatch>) {
    if !more.is_empty() {
        spans.retain(|span| !overlaps(&more, &(span.start..span.end)));
        add(spans, more);
    }
}

fn engine_in<'a>(
    text: &'a str,
    window: &Range<usize>,
    region: Option<Region>,
    leniency: Leniency,
) -> impl Iterator<Item = NumberMatch> + use<'a> {
    let (piece, start) = (text.get(window.clone()).unwrap_or_default(), window.start);
    compat::find(piece, Search::new(region, leniency)).map(move |mut span| {
        span.start += start;
        span.end += start;
        span
    })
}

/// American shapes that the reference lost to what stands beside them: `1.800.669.6607 7am`.
fn missed_shapes(text: &str, runs: &AllRuns, region: Region, known: &[NumberMatch]) -> Vec<NumberMatch> {
    if !engine::same_calling_code(region, Region::US) {
        return Vec::new();
    }
    let free = shape::american(text, runs).filter(|range| !overlaps(known, range));
    let read = free.filter_map(|range| {
        let next = text.get(range.end..).and_then(|rest| rest.chars().next());
        if next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/')) {
            return None;
        }
        let number = Number::parse(text.get(range.clone())?, Some(region))
            .ok()
            .filter(Number::is_valid)?;
        let span = NumberMatch {
            start: range.start,
            end: range.end,
            number,
        };
        (!decoy::looks_like_one(text, &span)).then_some(span)
    });
    read.collect()
}

/// Groups of digits that stand together and are enough for a number, rising.
fn clusters(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut runs = Digits::new(text);
    let mut next = move |from: usize| {
        let start = runs.next(from)?;
        let length = text.get(start..)?.chars().next()?.len_utf8();
        Some(start..start + length)
    };
    let mut at = 0;
    let mut open: Option<(usize, usize, usize)> = None; // start, end, digits
    std::iter::from_fn(move || {
        loop {
            let digit = next(at);
            let done = match (open, &digit) {
                (Some((start, end, digits)), Some(digit)) if belongs_together(text, end, digit.start) => {
                    open = Some((start, digit.end, digits + 1));
                    at = digit.end;
                    continue;
                }
                (done, _) => done,
            };
            open = digit.as_ref().map(|digit| (digit.start, digit.end, 1));
            at = digit.as_ref().map_or(text.len(), |digit| digit.end);
            match done {
                Some((start, end, digits)) if is_enough(text, &(start..end), digits) => {
                    return Some(start..end);
                }
                _ if digit.is_none() => return None,
                _ => {}
            }
        }
    })
}

fn is_enough(text: &str, cluster: &Range<usize>, digits: usize) -> bool {
    digits >= FEWEST_DIGITS || digits >= FEWEST_LABELLED && role::of(text, cluster, 0).said
}

/// Whether what stands between two digits may stand within a number: few signs, and no letters but `x` (`0xx11`).
fn belongs_together(text: &str, end: usize, next: usize) -> bool {
    let Some(gap) = text.get(end..next) else {
        return false;
    };
    gap.len() <= WIDEST_GAP
        && !gap
            .chars()
            .any(|c| (c.is_alphabetic() && !matches!(c, 'x' | 'X')) || matches!(c, '\n' | '\t'))
}

fn back(text: &str, from: usize, by: usize) -> usize {
    let mut at = from.saturating_sub(by);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn forth(text: &str, from: usize, by: usize) -> usize {
    let mut at = (from + by).min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str) -> usize {
        clusters(text).count()
    }

    #[test]
    fn few_digits_are_no_cluster() {
        assert_eq!(groups("Open 9 to 5, founded 1997, page 12 of 40"), 0);
        assert_eq!(groups("call 415-555-2671 or 415-555-2672"), 2);
    }

    #[test]
    fn digits_of_other_scripts_count() {
        assert_eq!(groups("هاتف ٠٢٢٣٤٥٦٧٨٩"), 1);
        assert_eq!(groups("電話 ０３１２３４５６７８"), 1);
    }
}
