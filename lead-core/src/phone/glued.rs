//! Numbers that a word touches: `Tel030 23125-100`, `030 23125100E-Mail`. Markup that parts them by style alone is lost in
//! the text. The reference refuses any Latin letter beside a number; here the words that stand beside numbers may.

use std::ops::Range;

use super::compat::{self, Search};
use super::find::NumberMatch;
use super::options::Leniency;
use super::region::Region;
use super::scan::AllRuns;
use super::{decoy, role, smart};

/// Words that begin the next line of a contact.
const NEXT: &[&str] = &[
    "e",
    "email",
    "mail",
    "web",
    "website",
    "www",
    "http",
    "https",
    "internet",
    "homepage",
    "url",
    "address",
    "adresse",
    "adres",
    "open",
    "hours",
    "skype",
    "contact",
    "kontakt",
    "directions",
    "map",
    "site",
    "correo",
    "courriel",
    "posta",
    "monday",
    "mon",
    "ust",
    "facebook",
    "instagram",
    "get",
    "visit",
    "send",
];
/// Fewer digits than these beside a letter are a code.
const FEWEST_DIGITS: usize = 7;
/// How far a number reaches from the letter that touches it, in bytes.
const REACH: usize = 28;

/// The numbers of `text` that a word touches; none that touch `known`, which is in order.
pub(super) fn find(
    text: &str,
    runs: &AllRuns,
    region: Option<Region>,
    known: &[NumberMatch],
) -> Vec<NumberMatch> {
    let bytes = text.as_bytes();
    let letter = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_alphabetic)
    };
    let mut found: Vec<NumberMatch> = Vec::new();
    for run in runs.iter() {
        let (left, right) = (letter(run.start.checked_sub(1)), letter(Some(run.end)));
        if !left && !right {
            continue;
        }
        let range = if left {
            run.start..stretch(bytes, run.start)
        } else {
            stretch_back(bytes, run.end)..run.end
        };
        let floor = found.last().map_or(0, |last| last.end);
        if range.start < floor || smart::overlaps(known, &range) {
            continue;
        }
        let one = number(text, &range, region, left);
        found.extend(one.filter(|one| !decoy::looks_like_one(text, one)));
    }
    found
}

fn fits(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'+')
}

/// The end of the digits and signs from `start`.
fn stretch(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take(REACH).take_while(|byte| fits(**byte)).count()
}

/// The start of the digits and signs before `end`.
fn stretch_back(bytes: &[u8], end: usize) -> usize {
    let before = bytes.get(..end).unwrap_or_default();
    end - before
        .iter()
        .rev()
        .take(REACH)
        .take_while(|byte| fits(**byte))
        .count()
}

/// The number in a stretch that touches its letters, when they are words that stand beside numbers.
fn number(text: &str, range: &Range<usize>, region: Option<Region>, left: bool) -> Option<NumberMatch> {
    let piece = text.get(range.clone())?;
    if piece.bytes().filter(u8::is_ascii_digit).count() < FEWEST_DIGITS {
        return None;
    }
    let found = compat::find(piece, Search::new(region, Leniency::Valid));
    let one = found
        .map(|one| NumberMatch {
            start: range.start + one.start,
            end: range.start + one.end,
            number: one.number,
        })
        .find(|one| {
            if left {
                one.start == range.start
            } else {
                one.end == range.end
            }
        })?;
    let before = text.get(..one.start)?;
    let after = text.get(one.end..)?;
    (is_label(before) && is_next(after)).then_some(one)
}

/// Whether the letters that end `before` are a label: a word for a telephone, or one of its letters.
fn is_label(before: &str) -> bool {
    let start = before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| {
        at + before
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8)
    });
    let word = before.get(start..).unwrap_or_default();
    word.is_empty() || role::is_label(word)
}

/// Whether the letters that `after` begins with are a label of what comes next.
fn is_next(after: &str) -> bool {
    let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
    let word = after.get(..end).unwrap_or_default();
    word.is_empty()
        || role::is_label(word)
        || word.len() <= 12 && NEXT.contains(&word.to_lowercase().as_str())
}
