//! The text buffer as it grows: white space collapsed, lines ended where blocks begin and end.

use super::reference;
use super::swar;
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

    /// Appends text of the source: references are decoded, white space is collapsed.
    pub(super) fn push_source(&mut self, raw: &str) {
        self.push(raw, true);
    }

    /// Appends text in which `&` is only an ampersand (CDATA, `xmp`).
    pub(super) fn push_literal(&mut self, raw: &str) {
        self.push(raw, false);
    }

    fn push(&mut self, raw: &str, references: bool) {
        let mut rest = raw;
        if self.preserve == 0 {
            // Most pieces of text are the indentation between two tags, and most others begin with one.
            let blank = swar::blank(raw.as_bytes());
            if blank > 0 {
                self.separate(Gap::Space);
                rest = raw.get(blank..).unwrap_or_default();
            }
        }
        while !rest.is_empty() {
            let plain = if self.preserve > 0 {
                plain_preserved(rest)
            } else {
                plain_collapsed(rest)
            };
            if plain > 0 {
                self.write(rest.get(..plain).unwrap_or_default());
                rest = rest.get(plain..).unwrap_or_default();
                continue;
            }
            let used = self.push_special(rest, references);
            rest = rest.get(used..).unwrap_or_default();
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
            _ => {
                self.separate(Gap::Space);
                swar::blank(bytes).max(1)
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

/// What a byte means to text: copied as it is, a space (copied when it stands alone), or special.
const COPY: u8 = 0;
const SPACE: u8 = 1;
const SPECIAL: u8 = 2;

#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
static CLASS: [u8; 256] = {
    let mut class = [COPY; 256];
    let special = [0, b'\t', b'\n', b'\r', 0x0C, b'&'];
    let mut index = 0;
    while index < special.len() {
        class[special[index] as usize] = SPECIAL;
        index += 1;
    }
    class[b' ' as usize] = SPACE;
    class
};

fn class_of(byte: u8) -> u8 {
    CLASS.get(usize::from(byte)).copied().unwrap_or(SPECIAL)
}

/// Bytes at the start that are copied as they are: up to a reference, a NUL, a line end or two spaces in a row.
fn plain_collapsed(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        if at > 0 {
            at += plain_words(bytes.get(at..).unwrap_or_default());
        }
        let chunk_end = at + 8;
        while at < chunk_end {
            match bytes.get(at).map(|byte| class_of(*byte)) {
                Some(COPY) => at += 1,
                Some(SPACE) if at > 0 && bytes.get(at + 1).is_some_and(|next| class_of(*next) == COPY) => {
                    at += 2;
                }
                _ => return at,
            }
        }
    }
}

/// The same eight bytes at a time, as far as that is simple: no control character, no `&`, no two spaces in a row. Stops
/// early rather than late; a space is never the last byte it passes.
fn plain_words(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*word);
        let spaces = swar::equal(word, b' ');
        if (swar::below(word, b' ') | swar::equal(word, b'&') | (spaces & (spaces >> 8))) != 0 {
            break;
        }
        at += if spaces >> 56 == 0 { 8 } else { 7 };
    }
    at
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
            tape.push_source(piece);
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
        tape.push_source("\na  b\r\n\r\n  c\td\n");
        assert_eq!(tape.finish().0, "a  b\n  c\td");
    }

    #[test]
    fn the_stronger_gap_wins() {
        let mut tape = Tape::with(String::new(), Vec::new());
        tape.separate(Gap::Line);
        tape.push_source("a ");
        tape.separate(Gap::Cell);
        tape.push_source(" b");
        tape.separate(Gap::Line);
        tape.separate(Gap::Cell);
        tape.push_source("c");
        assert_eq!(tape.finish().0, "a\tb\nc");
    }
}
