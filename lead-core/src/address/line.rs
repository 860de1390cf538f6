//! The segments around a postal code: what commas, line ends, cells and ornaments part.

use std::ops::Range;

use crate::sighting::tail;

/// A stretch of an address between two separators, as a range of the text.
pub(super) type Segment = Range<usize>;

/// At most so many segments before a code, over so many lines, within so many bytes.
const MAX_SEGMENTS: usize = 7;
const MAX_LINES: usize = 5;
const REACH: usize = 400;

/// The segments that end at `end`, from the nearest back; each without white space at its ends.
pub(super) fn before(text: &str, end: usize) -> Vec<Segment> {
    let mut list = Vec::new();
    let mut lines = 1;
    let mut stop = end;
    let floor = end - tail(text.get(..end).unwrap_or_default(), REACH).len();
    loop {
        let head = text.get(floor..stop).unwrap_or_default();
        let cut = last_separator(head);
        let start = cut.map_or(floor, |(at, width)| floor + at + width);
        push(text, start..stop, &mut list);
        let Some((at, _)) = cut else { return list };
        stop = floor + at;
        if text.as_bytes().get(stop) == Some(&b'\n') {
            lines += 1;
        }
        if list.len() >= MAX_SEGMENTS || lines > MAX_LINES {
            return list;
        }
    }
}

/// The last separator of `text`: where it is, and its length.
fn last_separator(text: &str) -> Option<(usize, usize)> {
    text.char_indices()
        .rev()
        .find(|(at, c)| is_separator(*c) || matches!(c, '-' | '–' | '—') && stands_free(text, *at, *c))
        .map(|(at, c)| (at, c.len_utf8()))
}

/// Signs that part the lines of an address written in one: punctuation of lists, and ornaments of any script.
pub(super) fn is_separator(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ',' | '\n' | '\t' | '|' | ';' | '*' | '~' | '>' | '<' | '=');
    }
    !c.is_alphanumeric()
        && !c.is_whitespace()
        && !matches!(
            c,
            '’' | '‘' | '´' | '–' | '—' | '‑' | 'º' | 'ª' | '°' | '№' | '¼'..='¾' | '\u{300}'..='\u{36f}' | '\u{ad}'
                | '\u{200b}'..='\u{200f}'
        )
}

/// A dash between spaces parts; one between numbers is a range.
fn stands_free(text: &str, at: usize, dash: char) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at + dash.len_utf8()..).unwrap_or_default();
    let spaced = before.ends_with([' ', '\u{a0}']) && after.starts_with([' ', '\u{a0}']);
    let digit = |text: &str, at_end: bool| {
        let mut signs = text.trim().chars();
        let sign = if at_end { signs.next_back() } else { signs.next() };
        sign.is_some_and(|c| c.is_ascii_digit())
    };
    spaced && !(digit(before, true) && digit(after, false))
}

fn push(text: &str, range: Range<usize>, list: &mut Vec<Segment>) {
    let piece = text.get(range).unwrap_or_default();
    let trimmed = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'));
    if !trimmed.is_empty() {
        list.push(range_of(text, trimmed));
    }
}

/// Where a part of `text` lies in it.
pub(super) fn range_of(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segments(text: &str) -> Vec<&str> {
        before(text, text.len())
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn ornaments_and_free_dashes_part() {
        assert_eq!(
            segments("Rossi ◊ 12 Main St, Town "),
            ["Town", "12 Main St", "Rossi"]
        );
        assert_eq!(segments("Via Roma, 2 - "), ["2", "Via Roma"]);
        assert_eq!(segments("12 - 14 High St"), ["12 - 14 High St"]);
        assert_eq!(segments("Saint-Denis\n"), ["Saint-Denis"]);
        assert!(segments("").is_empty());
    }
}
