//! Numbers written with letters: `1-800-FLOWERS`, `303.333.PAUL`, `1300 BAKERS`. Read where such numbers live: in the North
//! American plan, and free ones in a few countries more.

use std::ops::Range;

use super::engine;
use super::find::NumberMatch;
use super::number::{Number, sign};
use super::region::Region;
use super::scan::AllRuns;
use super::{role, smart};

/// The lettered numbers of `text` that touch nothing in `known`, which is in order.
pub(super) fn find(
    text: &str,
    runs: &AllRuns,
    region: Option<Region>,
    known: &[NumberMatch],
) -> Vec<NumberMatch> {
    match region {
        Some(region) if engine::same_calling_code(region, Region::US) => american(text, runs, region, known),
        Some(region) if FREE_ELSEWHERE.iter().any(|(code, _)| *code == region.as_str()) => {
            free(text, runs, region, known)
        }
        _ => Vec::new(),
    }
}

/// The form asked for: an area code of three digits (after an optional `1`), then seven signs or more of which at least
/// three in a row are capital letters; the signs stand in groups, as numbers do.
fn american(text: &str, runs: &AllRuns, region: Region, known: &[NumberMatch]) -> Vec<NumberMatch> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut runs = runs.iter();
    while let Some(run) = runs.next() {
        let area = run.start;
        let Some(end) = is_area_code(bytes, &run).then(|| end_of(bytes, area)).flatten() else {
            continue;
        };
        if smart::overlaps(known, &(area..end)) {
            continue;
        }
        let start = with_prefix(bytes, area);
        let number = text
            .get(start..end)
            .filter(|raw| !is_name(raw) || role::of(text, &(start..end), 0).said)
            .and_then(|raw| Number::parse(raw, Some(region)).ok());
        if let Some(number) = number.filter(Number::is_valid) {
            found.push(NumberMatch { start, end, number });
            runs.go_on_at(end);
        }
    }
    found
}

/// `ISO 900 COMPANY`: three digits and a word, with a blank between. Only numbers that are free begin so without a label.
fn is_name(raw: &str) -> bool {
    let free = raw.starts_with('8') && matches!(raw.as_bytes(), [_, a, b, ..] if a == b); // 800, 888, 877, 866 …
    let (area, rest) = raw.split_at_checked(3).unwrap_or_default();
    let three = area.bytes().all(|byte| byte.is_ascii_digit());
    three && !free && rest.starts_with(' ') && !rest.bytes().any(|byte| byte.is_ascii_digit())
}

/// Where free and shared-cost numbers are written with letters too, and the digits these begin with.
const FREE_ELSEWHERE: &[(&str, &[&str])] = &[
    ("AU", &["13", "1300", "1800"]),
    ("NZ", &["0800", "0508"]),
    ("GB", &["0800", "0808"]),
    ("IE", &["1800"]),
    ("ZA", &["0800", "0860"]),
];

/// `1300 BAKERS`, `13 CABS`: such a beginning, a sign, four capital letters or more of which the first ones are dialled.
fn free(text: &str, runs: &AllRuns, region: Region, known: &[NumberMatch]) -> Vec<NumberMatch> {
    let beginnings = FREE_ELSEWHERE.iter().find(|(code, _)| *code == region.as_str());
    let beginnings = beginnings.map_or(&[] as &[&str], |(_, beginnings)| beginnings);
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for run in runs.iter() {
        if !text
            .get(run.clone())
            .is_some_and(|digits| beginnings.contains(&digits))
        {
            continue;
        }
        let first = run.end + 1;
        let letters = bytes.get(first..).unwrap_or_default();
        let count = letters
            .iter()
            .take_while(|byte| byte.is_ascii_uppercase())
            .count();
        let next = letters.get(count).copied().unwrap_or_default();
        let alone = !next.is_ascii_alphanumeric() && next < 0x80 && is_free_standing(bytes, &run);
        if !alone || !(4..=10).contains(&count) || smart::overlaps(known, &(run.start..first + count)) {
            continue;
        }
        let dialled = (4..=count).rev().find_map(|count| {
            let keys = text
                .get(first..first + count)?
                .chars()
                .filter_map(sign::keypad)
                .map(char::from);
            let digits: String = text.get(run.clone())?.chars().chain(keys).collect();
            Number::parse(&digits, Some(region)).ok().filter(Number::is_valid)
        });
        found.extend(dialled.map(|number| NumberMatch {
            start: run.start,
            end: first + count,
            number,
        }));
    }
    found
}

/// Nothing alphanumeric before the digits and a separator behind.
fn is_free_standing(bytes: &[u8], run: &Range<usize>) -> bool {
    let before = run.start.checked_sub(1).and_then(|at| bytes.get(at));
    before.is_none_or(|byte| !byte.is_ascii_alphanumeric())
        && bytes.get(run.end).is_some_and(|byte| is_separator(*byte))
}

/// Three digits that stand free.
fn is_area_code(bytes: &[u8], run: &Range<usize>) -> bool {
    run.len() == 3 && is_free_standing(bytes, run)
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b'-' | b'.' | b' ' | b')' | b'/')
}

/// The end of a number whose area code begins at `start`, when it has letters: exactly seven signs, or up to ten when
/// the last group is letters (callers dial the first seven).
fn end_of(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 3;
    let (mut signs, mut run, mut longest) = (0, 0, 0);
    let mut gap = 0;
    let mut end = at;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_uppercase() {
            (run, gap, signs) = (run + 1, 0, signs + 1);
            longest = longest.max(run);
        } else if byte.is_ascii_digit() {
            (run, gap, signs) = (0, 0, signs + 1);
        } else if is_separator(*byte) && gap < 2 && signs < 7 {
            (run, gap) = (0, gap + 1);
            at += 1;
            continue;
        } else {
            break;
        }
        at += 1;
        end = at;
    }
    let next = bytes.get(at).copied().unwrap_or(b' ');
    let whole = !next.is_ascii_alphanumeric() && next != b'@' && next < 0x80;
    ((7..=10).contains(&signs) && longest >= 3 && whole).then_some(end)
}

/// Takes in `1-`, `+1 (` and the like before the area code.
fn with_prefix(bytes: &[u8], start: usize) -> usize {
    let before = |at: usize| at.checked_sub(1).and_then(|at| bytes.get(at)).copied();
    let mut at = start;
    if before(at) == Some(b'(') {
        at -= 1;
    }
    let bracket = at;
    while before(at).is_some_and(is_separator) && bracket - at < 2 {
        at -= 1;
    }
    if before(at) != Some(b'1') {
        return bracket;
    }
    at -= 1;
    match before(at) {
        Some(b'+') => at - 1,
        Some(byte) if byte.is_ascii_alphanumeric() => bracket,
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, &str)> {
        find(text, &AllRuns::of(text), Some(Region::US), &[])
            .iter()
            .map(|span| {
                (
                    span.number.e164().unwrap().to_string(),
                    &text[span.start..span.end],
                )
            })
            .collect()
    }

    #[test]
    fn reads_letters_as_keys() {
        assert_eq!(
            found("Call 1-800-FLOWERS now"),
            [("+18003569377".into(), "1-800-FLOWERS")]
        );
        assert_eq!(found("303.333.PAUL"), [("+13033337285".into(), "303.333.PAUL")]);
        assert_eq!(
            found("(734) 668-TIME"),
            [("+17346688463".into(), "(734) 668-TIME")]
        );
    }

    #[test]
    fn words_are_no_numbers() {
        for text in [
            "room 212 BUILDING",
            "Suite 300 NORTH STREET",
            "call 415 PLEASE",
            "ABC-800-FLOWERSHOPS24",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
