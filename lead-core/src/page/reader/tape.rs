//! The text buffer as it grows: white space collapsed, lines ended where blocks begin and end.

use super::lanes::{self, Lanes};
use super::reference;
use super::tokenizer::is_space;
use crate::page::span::{Span, small};

/// What is to be written before the next visible character. The greater wins; it is one byte in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    /// Between words.
    Space,
    /// Between the cells of a row.
    Cell,
    /// Between lines.
    Line,
}

impl Gap {
    fn as_char(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::Space => Some(' '),
            Self::Cell => Some('\t'),
            Self::Line => Some('\n'),
        }
    }
}

/// From `start` on the text belongs to `block`, up to the next run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::page) struct Run {
    pub(in crate::page) start: u32,
    pub(in crate::page) block: u32,
}

pub(super) struct Tape {
    text: String,
    runs: Vec<Run>,
    gap: Gap,
    /// The innermost block that is open.
    pub(super) block: u32,
    /// How many elements that keep white space as it is are open (`pre`).
    pub(super) preserve: u32,
}

impl Tape {
    /// An empty tape that writes into these buffers.
    pub(super) fn with(text: String, runs: Vec<Run>) -> Self {
        Self {
            text,
            runs,
            gap: Gap::None,
            block: 0,
            preserve: 0,
        }
    }

    pub(super) fn finish(self) -> (String, Vec<Run>) {
        (self.text, self.runs)
    }

    /// Asks for a separator before the next visible character.
    pub(super) fn separate(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// Where the next visible character will stand, as far as is known: a gap that is asked for counts.
    pub(super) fn next_start(&self) -> u32 {
        let gap = usize::from(self.gap != Gap::None && !self.text.is_empty());
        small(self.text.len() + gap)
    }

    /// The span of an element that began at `start` and ends here, without white space at its start.
    pub(super) fn span_from(&self, start: u32) -> Span {
        let end = small(self.text.len());
        let start = start.min(end);
        let first = self.text.as_bytes().get(start as usize).copied();
        let skip = u32::from(start < end && first.is_some_and(is_space));
        Span {
            start: start + skip,
            end,
        }
    }

    /// Appends text of the source, the first `length` bytes of `ahead`: references are decoded, white space is collapsed.
    pub(super) fn push_source(&mut self, ahead: &str, length: usize) {
        self.push(ahead, length, true);
    }

    /// Appends text in which `&` is only an ampersand (CDATA, `xmp`).
    pub(super) fn push_literal(&mut self, raw: &str) {
        self.push(raw, raw.len(), false);
    }

    /// Appends white space of the source.
    #[inline]
    pub(super) fn push_blank(&mut self, raw: &str) {
        if self.preserve == 0 {
            self.separate(Gap::Space);
        } else {
            self.push(raw, raw.len(), false);
        }
    }

    /// What follows the text may be looked at, not taken: so the end of a piece needs no care.
    fn push(&mut self, ahead: &str, length: usize, references: bool) {
        let mut at = 0;
        if self.preserve == 0 {
            // Most pieces of text begin with indentation.
            at = lanes::blank(ahead.as_bytes(), 0).min(length);
            if at > 0 {
                self.separate(Gap::Space);
            }
        }
        while at < length {
            let plain = if self.preserve > 0 {
                plain_preserved(ahead.get(at..length).unwrap_or_default())
            } else {
                plain_collapsed(ahead.as_bytes(), at, length) - at
            };
            if plain > 0 {
                self.write(ahead.get(at..at + plain).unwrap_or_default());
                at += plain;
            } else {
                at += self.push_special(ahead.get(at..length).unwrap_or_default(), references);
            }
        }
    }

    /// Handles the byte at the start of `rest` that cannot simply be copied; says how many bytes it took.
    fn push_special(&mut self, rest: &str, references: bool) -> usize {
        let bytes = rest.as_bytes();
        match bytes.first() {
            Some(0) => 1,
            Some(b'&') => self.push_reference(bytes, references),
            Some(b'\r') if self.preserve > 0 => {
                self.separate(Gap::Line);
                1 + usize::from(bytes.get(1) == Some(&b'\n'))
            }
            Some(b'\n') if self.preserve > 0 => {
                self.separate(Gap::Line);
                1
            }
            Some(byte) if is_space(*byte) => {
                self.separate(Gap::Space);
                lanes::blank(bytes, 0)
            }
            // A control character, which is a character like others.
            _ => {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                self.write(rest.get(..length).unwrap_or_default());
                length
            }
        }
    }

    fn push_reference(&mut self, bytes: &[u8], references: bool) -> usize {
        let Some(found) = reference::read(bytes, false).filter(|_| references) else {
            self.write("&");
            return 1;
        };
        self.push_char(found.first);
        found.second.into_iter().for_each(|second| self.push_char(second));
        found.length
    }

    fn push_char(&mut self, decoded: char) {
        match decoded {
            '\n' | '\r' if self.preserve > 0 => self.separate(Gap::Line),
            ' ' | '\t' if self.preserve > 0 => self.write_char(decoded),
            ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.separate(Gap::Space),
            visible => self.write_char(visible),
        }
    }

    fn write_char(&mut self, decoded: char) {
        self.flush();
        self.text.push(decoded);
    }

    fn write(&mut self, plain: &str) {
        self.flush();
        self.text.push_str(plain);
    }

    /// Writes the gap that was asked for and notes the block when it changed.
    fn flush(&mut self) {
        if self.gap != Gap::None {
            if let Some(separator) = self.gap.as_char().filter(|_| !self.text.is_empty()) {
                self.text.push(separator);
            }
            self.gap = Gap::None;
        }
        if self.runs.last().is_none_or(|run| run.block != self.block) {
            self.runs.push(Run {
                start: small(self.text.len()),
                block: self.block,
            });
        }
    }
}

/// Where the bytes end that are copied as they are, from `start` on and before `end`: at a reference, a control character
/// or two spaces in a row. A space is never the last of them: what follows it decides.
fn plain_collapsed(bytes: &[u8], start: usize, end: usize) -> usize {
    let first = bytes.get(start).copied().unwrap_or_default();
    if is_special(first) || first == b' ' {
        return start;
    }
    let mut at = start;
    while at < end {
        let Some(lanes) = Lanes::at(bytes, at) else {
            return without_last_space(bytes, slow_plain(bytes, at, end));
        };
        let spaces = lanes.equal(b' ');
        let stops = lanes.up_to_or(0x1F, [b'&'; 3]) | (spaces & (spaces >> 1));
        if stops != 0 {
            at += lanes::first(stops);
            break;
        }
        // A space at the end may be the first of two.
        at += lanes::WIDTH - (spaces >> (lanes::WIDTH - 1)) as usize;
    }
    without_last_space(bytes, at.min(end))
}

/// The same where the document is about to end.
fn slow_plain(bytes: &[u8], start: usize, end: usize) -> usize {
    let stop = |at: &usize| {
        let byte = bytes.get(*at).copied().unwrap_or_default();
        is_special(byte) || byte == b' ' && bytes.get(at + 1) == Some(&b' ')
    };
    (start..end).find(stop).unwrap_or(end)
}

/// Bytes that are not simply copied; control characters that are come to the same in a round of their own.
fn is_special(byte: u8) -> bool {
    byte < b' ' || byte == b'&'
}

fn without_last_space(bytes: &[u8], end: usize) -> usize {
    let last = end.checked_sub(1);
    match last {
        Some(last) if bytes.get(last) == Some(&b' ') => last,
        _ => end,
    }
}

/// The same where white space is kept: up to a reference, a NUL or a line end.
fn plain_preserved(text: &str) -> usize {
    let stops = |byte: &u8| matches!(byte, b'&' | 0 | b'\n' | b'\r');
    text.as_bytes().iter().position(stops).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collapsed(pieces: &[&str]) -> String {
        let mut tape = Tape::with(String::new(), Vec::new());
        for piece in pieces {
            tape.push_source(piece, piece.len());
        }
        tape.finish().0
    }

    #[test]
    fn white_space_collapses_across_pieces_and_references() {
        assert_eq!(collapsed(&["  a  b\r\n", "\t c&#32;&#10; d", "e "]), "a b c de");
        assert_eq!(
            collapsed(&["a&nbsp; b&shy;c\u{200b}d"]),
            "a\u{a0} b\u{ad}c\u{200b}d"
        );
        assert_eq!(collapsed(&["a\0b & c&amp"]), "ab & c&");
        assert_eq!(collapsed(&["é ü  ß"]), "é ü ß");
    }

    /// Long enough for eight bytes at a time, with the telling byte at every place.
    #[test]
    fn white_space_collapses_wherever_it_stands() {
        for before in 0..20 {
            for (raw, read) in [
                ("  ", " "),
                ("\n ", " "),
                (" \n", " "),
                ("&amp; ", "& "),
                (" &lt;", " <"),
                ("\0", ""),
                (" ", " "),
                (" ! ", " ! "),
            ] {
                let (start, end) = ("a".repeat(before + 1), "z y x ".repeat(4));
                assert_eq!(
                    collapsed(&[&format!("{start}{raw}{end}")]),
                    format!("{start}{read}{}", end.trim_end())
                );
            }
        }
    }

    #[test]
    fn preserved_white_space_keeps_lines() {
        let mut tape = Tape::with(String::new(), Vec::new());
        tape.preserve = 1;
        tape.push_source("\na  b\r\n\r\n  c\td\n", "\na  b\r\n\r\n  c\td\n".len());
        assert_eq!(tape.finish().0, "a  b\n  c\td");
    }

    #[test]
    fn the_stronger_gap_wins() {
        let mut tape = Tape::with(String::new(), Vec::new());
        tape.separate(Gap::Line);
        tape.push_source("a ", "a ".len());
        tape.separate(Gap::Cell);
        tape.push_source(" b", " b".len());
        tape.separate(Gap::Line);
        tape.separate(Gap::Cell);
        tape.push_source("c", "c".len());
        assert_eq!(tape.finish().0, "a\tb\nc");
    }
}
