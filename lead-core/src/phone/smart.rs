//! The reference matcher, made quick on long texts and wary of what only looks like a number.
//!
//! Text is cut into *windows* around clusters of digits: the reference is asked for these only, and a text without
//! enough digits costs one scan. What it finds passes [`decoy`](super::decoy); what it misses is tried again by rules for
//! how real pages write numbers: letters, `00` for `+`, lists that share a prefix.

use std::ops::Range;

use super::engine::{self, Span};
use super::options::Leniency;
use super::region::Region;
use super::{decoy, role, shape, vanity};

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
pub(crate) fn find(text: &str, region: Option<Region>, leniency: Leniency) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for window in windows(text) {
        for span in engine_in(text, &window, region, leniency) {
            if spans.last().is_none_or(|last| last.end <= span.start) && !decoy::looks_like_one(text, &span) {
                spans.push(span);
            }
        }
    }
    if let Some(region) = region {
        let missed = missed_shapes(text, region, &spans);
        add(&mut spans, missed);
    }
    let lettered = vanity::find(text, region, &spans);
    add(&mut spans, lettered);
    spans
}

/// Numbers that the home country does not know, read for others the page speaks of.
///
/// Only what a label calls a number, or what is American by its shape, is tried. `home` is what was found already.
pub(crate) fn find_abroad(text: &str, others: &[Region], home: &[Span]) -> Vec<Span> {
    let mut known = home.to_vec();
    let mut abroad: Vec<Span> = Vec::new();
    for other in others {
        let mut fresh: Vec<Span> = Vec::new();
        for cluster in clusters(text) {
            if overlaps(&known, &cluster) || !role::of(text, &cluster, 0).said {
                continue;
            }
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
        abroad.extend(fresh.iter().cloned());
        add(&mut known, fresh);
    }
    abroad.extend(missed_shapes(text, Region::US, &known));
    abroad.sort_by_key(|span| span.start);
    abroad
}

/// Whether `range` touches any of `spans`, which are in order and apart.
pub(super) fn overlaps(spans: &[Span], range: &Range<usize>) -> bool {
    let first = spans.partition_point(|span| span.end <= range.start);
    spans.get(first).is_some_and(|span| span.start < range.end)
}

fn add(spans: &mut Vec<Span>, more: Vec<Span>) {
    if !more.is_empty() {
        spans.extend(more);
        spans.sort_by_key(|span| span.start);
    }
}

fn engine_in(text: &str, window: &Range<usize>, region: Option<Region>, leniency: Leniency) -> Vec<Span> {
    let piece = text.get(window.clone()).unwrap_or_default();
    let mut spans = engine::find(piece, region, leniency);
    for span in &mut spans {
        span.start += window.start;
        span.end += window.start;
    }
    spans
}

/// American shapes that the reference lost to what stands beside them: `1.800.669.6607 7am`.
fn missed_shapes(text: &str, region: Region, known: &[Span]) -> Vec<Span> {
    if !engine::same_calling_code(region, Region::US) {
        return Vec::new();
    }
    let free = shape::american(text).filter(|range| !overlaps(known, range));
    let read = free.filter_map(|range| {
        let next = text.get(range.end..).and_then(|rest| rest.chars().next());
        if next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/')) {
            return None;
        }
        let number =
            engine::parse(text.get(range.clone())?, Some(region)).filter(engine::Number::is_valid)?;
        let span = Span {
            start: range.start,
            end: range.end,
            number,
        };
        (!decoy::looks_like_one(text, &span)).then_some(span)
    });
    read.collect()
}

/// Stretches of `text` that may hold a number, with the context the reference looks at; rising, overlapping ones joined.
fn windows(text: &str) -> Vec<Range<usize>> {
    let mut list: Vec<Range<usize>> = Vec::new();
    for cluster in clusters(text) {
        let (start, end) = (back(text, cluster.start, BEFORE), forth(text, cluster.end, AFTER));
        match list.last_mut() {
            Some(last) if start <= last.end => last.end = end,
            _ => list.push(start..end),
        }
    }
    list
}

/// Groups of digits that stand together and are enough for a number, rising.
fn clusters(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    let mut open: Option<(usize, usize, usize)> = None; // start, end, digits
    std::iter::from_fn(move || {
        loop {
            let digit = next_digit(text, at);
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

/// The next decimal digit of any script at or after `from`.
fn next_digit(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.as_bytes().get(from..)?;
    let hit = rest
        .iter()
        .position(|byte| byte.is_ascii_digit() || *byte >= 0xD9)?;
    let mut at = from + hit;
    if text.as_bytes().get(at)?.is_ascii_digit() {
        return Some(at..at + 1);
    }
    // A character beyond U+0640: perhaps a digit of another script.
    loop {
        let next = text.get(at..)?.chars().next()?;
        let end = at + next.len_utf8();
        if next.is_numeric() {
            return Some(at..end);
        }
        let rest = text.as_bytes().get(end..)?;
        let hit = rest
            .iter()
            .position(|byte| byte.is_ascii_digit() || *byte >= 0xD9)?;
        at = end + hit;
        if text.as_bytes().get(at)?.is_ascii_digit() {
            return Some(at..at + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_enough_digits_has_no_window() {
        assert!(windows("Open 9 to 5, founded 1997, page 12 of 40").is_empty());
        assert_eq!(windows("call 415-555-2671 or 415-555-2672").len(), 1);
    }

    #[test]
    fn digits_of_other_scripts_count() {
        assert_eq!(windows("هاتف ٠٢٢٣٤٥٦٧٨٩").len(), 1);
        assert_eq!(windows("電話 ０３１２３４５６７８").len(), 1);
    }
}
