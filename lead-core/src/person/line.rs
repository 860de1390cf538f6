//! The lines and cells of a text.

use std::ops::Range;

/// A line or cell without white space at its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// What it says.
    pub(super) text: &'a str,
    /// Where it begins in the whole text.
    pub(super) start: usize,
    /// Where the next one begins.
    next: usize,
}

impl<'a> Line<'a> {
    /// The line that begins at `start`; `None` at the end of the text.
    pub(super) fn at(whole: &'a str, start: usize) -> Option<Self> {
        let rest = whole.get(start..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr2(b'\n', b'\t', rest.as_bytes()).unwrap_or(rest.len());
        let line = rest.get(..length)?;
        let text = line.trim();
        Some(Self {
            text,
            start: start + (line.len() - line.trim_start().len()),
            next: start + length + 1,
        })
    }

    /// The one behind it.
    pub(super) fn next(&self, whole: &'a str) -> Option<Self> {
        Self::at(whole, self.next)
    }

    /// Where a part of it stands in the whole text.
    pub(super) fn range_of(&self, part: &str) -> Range<usize> {
        let start = self.start + part.as_ptr().addr() - self.text.as_ptr().addr();
        start..start + part.len()
    }

    /// The bytes it covers.
    pub(super) fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}
