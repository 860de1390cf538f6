//! What might be a number, by its characters alone: libphonenumber's `PATTERN`, written as a scanner.
//!
//! ```text
//! (?:LEAD SIGN{0,4}){0,2} DIGIT{1,20} (?:SIGN{0,4} DIGIT{1,20}){0,20} EXTENSION?
//! ```
//!
//! Signs are no digits and a lead holds none, so the expression never has to step back: from the first digit one walk to
//! the left finds the lead, one to the right the end.

use super::class::{self, DIGIT, LEAD, SIGN};
use super::extension;

/// Signs in a row that a number may have (`PUNCTUATION_LIMIT`).
const MOST_SIGNS: usize = 4;
/// Digits in a row that count as one block (`DIGIT_BLOCK_LIMIT`: the longest country code and national number).
const BLOCK: usize = 20;
/// Blocks of digits, the first and twenty more (`BLOCK_LIMIT`).
const MOST_BLOCKS: usize = 21;
/// Lead characters before the first digit (`LEAD_LIMIT`).
const MOST_LEADS: usize = 2;

/// A stretch of text that may be a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// Where it ends, in bytes.
    pub(super) end: usize,
    /// No fewer than the digits that any reading of it, or of a part of it, can have: its digits, and the letters of an
    /// extension, which are keys of a telephone where there are three of them.
    pub(super) most_digits: usize,
    /// Whether a letter `x` stands between its digits.
    pub(super) has_letters: bool,
}

/// The candidate whose first digit stands at `digit`; nothing before `floor` belongs to it.
#[inline]
pub(super) fn around(text: &str, floor: usize, digit: usize) -> Candidate {
    let (end, digits, letters) = body(text, digit);
    let mut candidate = Candidate {
        start: start(text, floor, digit),
        end,
        most_digits: digits + letters,
        has_letters: letters > 0,
    };
    if let Some(end) = extension::end(text, end) {
        candidate.most_digits += end - candidate.end;
        candidate.end = end;
    }
    candidate
}

/// Walks blocks of digits and the signs between them; where they end, how many digits, and how many letters `x`
/// there are.
#[inline]
fn body(text: &str, digit: usize) -> (usize, usize, usize) {
    let (mut at, mut digits, mut letters, mut blocks) = (digit, 0, 0, 0);
    loop {
        let (end, count) = run(text, at, (MOST_BLOCKS - blocks) * BLOCK);
        blocks += count.div_ceil(BLOCK);
        digits += count;
        match gap(text, end) {
            Some((next, more)) if blocks < MOST_BLOCKS => (at, letters) = (next, letters + more),
            _ => return (end, digits, letters),
        }
    }
}

/// Digits in a row from `at`, at most `limit`: where they end, and how many they are.
#[inline]
fn run(text: &str, at: usize, limit: usize) -> (usize, usize) {
    let (mut end, mut count) = (at, 0);
    while count < limit {
        match class::at(text, end) {
            (kind, length) if kind & DIGIT != 0 => (end, count) = (end + length, count + 1),
            _ => break,
        }
    }
    (end, count)
}

/// Where the signs from `at` end, if a digit follows them, and how many of them are letters.
#[inline]
fn gap(text: &str, at: usize) -> Option<(usize, usize)> {
    let (mut end, mut letters) = (at, 0);
    for _ in 0..=MOST_SIGNS {
        match class::at(text, end) {
            (kind, _) if kind & DIGIT != 0 => return Some((end, letters)),
            (kind, length) if kind & SIGN != 0 => {
                letters += usize::from(text.as_bytes().get(end).is_some_and(u8::is_ascii_alphabetic));
                end += length;
            }
            _ => return None,
        }
    }
    None
}

/// Where the lead before `digit` begins.
#[inline]
fn start(text: &str, floor: usize, digit: usize) -> usize {
    let last = digit.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    // A continuation byte has no class: it may end a sign or lead of more than one byte.
    match last {
        Some(byte) if digit > floor && (*byte >= 0x80 || class::of(*byte) & (SIGN | LEAD) != 0) => {
            lead(text, floor, digit, MOST_LEADS)
        }
        _ => digit,
    }
}

/// The leftmost start of `leads` leads, each with up to four signs after it, that end at `digit`.
fn lead(text: &str, floor: usize, digit: usize, leads: usize) -> usize {
    let (mut best, mut at) = (digit, digit);
    if leads == 0 {
        return best;
    }
    for _ in 0..=MOST_SIGNS {
        let (kind, length) = class::before(text, at);
        if length == 0 || at - length < floor {
            break;
        }
        at -= length;
        if kind & LEAD != 0 {
            best = best.min(lead(text, floor, at, leads - 1));
        }
        if kind & SIGN == 0 {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> &str {
        let candidate = around(
            text,
            0,
            text.find(|c| crate::phone::number::sign::digit(c).is_some())
                .unwrap(),
        );
        &text[candidate.start..candidate.end]
    }

    #[test]
    fn a_candidate_is_what_the_pattern_takes() {
        for (text, expected) in [
            ("call (415) 555-2671 now", "(415) 555-2671"),
            ("a + 1 2", "+ 1 2"),
            ("((12", "((12"),
            ("(((12", "(((12"),
            ("((((((((((((12", "((((((((((12"),
            ("++12", "++12"),
            ("+++12", "++12"),
            ("+    12", "+    12"),
            ("+     12", "12"),
            ("( -/.+ 12", "( -/.+ 12"),
            ("1    2     3", "1    2"),
            ("0xx11 2", "0xx11 2"),
            ("0XX11 2", "0XX11 2"),
            ("（０３）１２\u{3000}３４", "（０３）１２\u{3000}３４"),
            ("12, ext. 34 56", "12, ext. 34"),
            ("12 34\n56", "12 34"),
        ] {
            assert_eq!(first(text), expected, "{text}");
        }
    }

    #[test]
    fn long_runs_are_cut_into_blocks_of_twenty() {
        assert_eq!(first(&"1".repeat(1000)).len(), 420);
        // One digit of the second run has to be a block of its own.
        let text = format!("{} {}", "1".repeat(21), "2 ".repeat(30));
        assert_eq!(first(&text).len(), 21 + 19 * 2);
    }
}
