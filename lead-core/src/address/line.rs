//! The segments before a postal code: what commas, line ends and cells part.

use std::ops::Range;

/// A stretch of an address between two separators, as a range of the text.
pub(super) type Segment = Range<usize>;

/// At most so many segments before a code, over so many lines.
const MAX_SEGMENTS: usize = 6;
const MAX_LINES: usize = 4;

/// The segments that end at `end`, from the nearest back; each without white space at its ends.
pub(super) fn before(text: &str, end: usize) -> Vec<Segment> {
    let mut list = Vec::new();
    let mut lines = 1;
    let mut stop = end;
    let from = crate::sighting::tail(text.get(..end).unwrap_or_default(), 400).len();
    let floor = end - from;
    loop {
        let head = text.get(floor..stop).unwrap_or_default();
        let cut = head.rfind([',', '\n', '\t', '|', '•', '·', ';']);
        let start = cut.map_or(floor, |at| {
            floor
                + at
                + head
                    .get(at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(1, char::len_utf8)
        });
        push(text, start..stop, &mut list);
        let Some(at) = cut else { return list };
        stop = floor + at;
        if text.as_bytes().get(stop) == Some(&b'\n') {
            lines += 1;
        }
        if list.len() >= MAX_SEGMENTS || lines > MAX_LINES {
            return list;
        }
    }
}

fn push(text: &str, range: Range<usize>, list: &mut Vec<Segment>) {
    let piece = text.get(range.clone()).unwrap_or_default();
    let trimmed = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '-' | '–'));
    if !trimmed.is_empty() {
        let start = trimmed.as_ptr().addr() - text.as_ptr().addr();
        list.push(start..start + trimmed.len());
    }
}
