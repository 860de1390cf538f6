//! Where the cells of a row stand in a file's bytes.
//!
//! A reader of CSV that trusts quotes loses everything behind one that is not closed. Here a cell in quotes that goes on over line ends
//! must be clean (quotes in it are doubled) and of bounded length; else its first line is given up and the next is read.

use std::ops::Range;

use memchr::{memchr, memchr2};

/// The most lines and bytes of one cell in quotes.
const LINES: u64 = 256;
const QUOTED: usize = 256 * 1024;
/// The most bytes of a row.
pub(super) const LONGEST: usize = 1024 * 1024;

/// A cell's place, and whether quotes in it are doubled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) place: Range<usize>,
    pub(super) doubled: bool,
}

/// What stands at the beginning of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scan {
    /// A row of so many bytes.
    Row { length: usize },
    /// A row whose end is not there yet.
    More,
    /// A line that opens a quote which nothing closes.
    Unclosed,
    /// A line that is too long.
    TooLong,
}

/// A part of a row.
enum Part {
    /// A cell, and where it ends: at a delimiter or a line's end.
    Cell(Span, usize),
    Stop(Scan),
}

/// Finds the cells of the first row. `over` says that no more bytes come.
pub(super) fn scan(bytes: &[u8], delimiter: u8, over: bool, spans: &mut Vec<Span>) -> Scan {
    spans.clear();
    let mut at = 0;
    loop {
        let part = match bytes.get(at) {
            Some(b'"') => quoted(bytes, at + 1, delimiter, over),
            _ => plain(bytes, at, delimiter, over),
        };
        let (span, end) = match part {
            Part::Stop(scan) => return scan,
            Part::Cell(span, end) => (span, end),
        };
        spans.push(span);
        if bytes.get(end) == Some(&delimiter) {
            at = end + 1;
            continue;
        }
        let length = (end + 1).min(bytes.len());
        return Scan::Row { length };
    }
}

fn plain(bytes: &[u8], at: usize, delimiter: u8, over: bool) -> Part {
    let rest = bytes.get(at..).unwrap_or_default();
    let end = match memchr2(delimiter, b'\n', rest) {
        Some(end) => at + end,
        None if bytes.len() > LONGEST => return Part::Stop(Scan::TooLong),
        None if over => bytes.len(),
        None => return Part::Stop(Scan::More),
    };
    let cell = bytes.get(at..end).unwrap_or_default();
    // Only a line's end may have one before it.
    let shorter = usize::from(cell.ends_with(b"\r") && bytes.get(end) != Some(&delimiter));
    let span = Span {
        place: at..end - shorter,
        doubled: false,
    };
    Part::Cell(span, end)
}

fn quoted(bytes: &[u8], start: usize, delimiter: u8, over: bool) -> Part {
    let (mut at, mut lines, mut doubled, mut lone) = (start, 0, false, false);
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(next) = memchr2(b'"', b'\n', rest) else {
            let long = bytes.len() - start > QUOTED;
            return Part::Stop(if over || long { Scan::Unclosed } else { Scan::More });
        };
        at += next;
        if bytes.get(at) == Some(&b'\n') {
            lines += 1;
            if lone || lines > LINES || at - start > QUOTED {
                return Part::Stop(Scan::Unclosed);
            }
            at += 1;
            continue;
        }
        match (bytes.get(at + 1), bytes.get(at + 2)) {
            (Some(b'"'), _) => {
                doubled = true;
                at += 2;
            }
            (None, _) | (Some(b'\r'), None) if !over => return Part::Stop(Scan::More),
            (None, _) => return closed(start..at, doubled, at + 1),
            (Some(b'\r'), None | Some(b'\n')) => return closed(start..at, doubled, at + 2),
            (Some(next), _) if *next == delimiter || *next == b'\n' => {
                return closed(start..at, doubled, at + 1);
            }
            // Within a line it is how somebody wrote; past a line's end it opens another row's cell.
            _ if lines > 0 => return Part::Stop(Scan::Unclosed),
            _ => {
                lone = true;
                at += 1;
            }
        }
    }
}

fn closed(place: Range<usize>, doubled: bool, end: usize) -> Part {
    Part::Cell(Span { place, doubled }, end)
}

/// The bytes up to and with the first line's end.
pub(super) fn line(bytes: &[u8]) -> usize {
    memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        let scan = scan(text.as_bytes(), b',', true, &mut spans);
        assert!(
            matches!(scan, Scan::Row { length } if length == text.len()),
            "{scan:?}"
        );
        spans.into_iter().map(|span| &text[span.place]).collect()
    }

    #[test]
    fn cells_stand_between_delimiters_and_quotes() {
        assert_eq!(cells("a,b c,\r\n"), ["a", "b c", ""]);
        assert_eq!(cells("\"a,b\",\"\",\"c\"\n"), ["a,b", "", "c"]);
        assert_eq!(
            cells("\"a\r\nb\",\"say \"\"x\"\"\"\r\n"),
            ["a\r\nb", "say \"\"x\"\""]
        );
        assert_eq!(
            cells("\"the \"best\" one\",5\" nail"),
            ["the \"best\" one", "5\" nail"]
        );
        assert_eq!(cells("\"a\"\r\n"), ["a"]);
    }

    /// Guards: a quote that is not closed took the rows behind it along.
    #[test]
    fn a_quote_that_is_not_closed_is_given_up() {
        for text in ["\"a,b\nc,\"d\",e\n", "\"a,b\n", "x,\"a \"b\nc\"\n", "\"aa\nb\nc"] {
            assert_eq!(
                scan(text.as_bytes(), b',', true, &mut Vec::new()),
                Scan::Unclosed,
                "{text}"
            );
        }
        let endless = format!("\"{}", "a\n".repeat(1000));
        assert_eq!(
            scan(endless.as_bytes(), b',', false, &mut Vec::new()),
            Scan::Unclosed
        );
        assert_eq!(scan(b"\"a", b',', false, &mut Vec::new()), Scan::More);
        assert_eq!(scan(b"a,b", b',', false, &mut Vec::new()), Scan::More);
    }
}
