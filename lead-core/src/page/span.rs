//! Offsets of four bytes: half the memory of `Range<usize>`, and no document is larger.

use std::ops::Range;

/// A range of bytes in the text or in the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self {
            start: small(start),
            end: small(end),
        }
    }

    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// What it covers, or nothing when it does not fit.
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

/// An offset or index as it is stored.
#[allow(
    clippy::cast_possible_truncation,
    reason = "documents of 4 GiB are refused before they are read, and nothing in one has more places than it has bytes"
)]
pub(super) fn small(value: usize) -> u32 {
    value as u32
}
