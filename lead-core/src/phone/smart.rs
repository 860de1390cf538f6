//! The reference matcher, made quick on long texts and wary of what only looks like a number.
//!
//! Text is cut into *windows* around clusters of digits: the reference is asked for these only, and a text without
//! enough digits costs one scan. What it finds passes [`decoy`](super::decoy); what it misses is tried again by rules for
//! how real pages write numbers: letters, `00` for `+`, lists that share a prefix.

use std::ops::Range;

use super::engine::{self, Span};
use super::options::Leniency;
use super::region::Region;
use super::{decoy, vanity};

/// Fewer digits than these are no telephone number that a page could state without context; whole numbers of six
/// digits are those of the smallest plans (Faroe Islands, Greenland).
const FEWEST_DIGITS: usize = 6;
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
        let Some(piece) = text.get(window.clone()) else {
            continue;
        };
        for mut span in engine::find(piece, region, leniency) {
            span.start += window.start;
            span.end += window.start;
            if spans.last().is_none_or(|last| last.end <= span.start) && !decoy::looks_like_one(text, &span) {
                spans.push(span);
            }
        }
    }
    vanity::find(text, region, &mut spans);
    spans.sort_by_key(|span| span.start);
    spans
}

/// Stretches of `text` that may hold a number, with the context the reference looks at; rising, overlapping ones joined.
fn windows(text: &str) -> Vec<Range<usize>> {
    let mut list: Vec<Range<usize>> = Vec::new();
    let mut cluster: Option<(usize, usize, usize)> = None; // start, end, digits
    let mut at = 0;
    while let Some(digit) = next_digit(text, at) {
        cluster = match cluster {
            Some((start, end, digits)) if belongs_together(text, end, digit.start) => {
                Some((start, digit.end, digits + 1))
            }
            other => {
                close(text, other, &mut list);
                Some((digit.start, digit.end, 1))
            }
        };
        at = digit.end;
    }
    close(text, cluster, &mut list);
    list
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

fn close(text: &str, cluster: Option<(usize, usize, usize)>, list: &mut Vec<Range<usize>>) {
    let Some((start, end, digits)) = cluster else {
        return;
    };
    if digits < FEWEST_DIGITS {
        return;
    }
    let (start, end) = (back(text, start, BEFORE), forth(text, end, AFTER));
    match list.last_mut() {
        Some(last) if start <= last.end => last.end = end,
        _ => list.push(start..end),
    }
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
