//! Texts by the first digits of a number: carriers, areas, time zones.
//!
//! The blobs are written by `scripts/numbering/names.py`, which tells their layout. The longest prefix known counts.

use super::blob::{number, section};

/// Marks an edge that ends at a text; others lead to a place in the tree.
const LEAF: usize = 1 << 23;

/// A blob of texts by prefix.
pub(super) struct Prefixes {
    blob: &'static [u8],
    root: usize,
    tree: &'static [u8],
    ends: &'static [[u8; 4]],
    texts: &'static [u8],
}

impl Prefixes {
    /// A blob's sections; evaluated at compile time.
    pub(super) const fn new(blob: &'static [u8]) -> Self {
        Self {
            blob,
            root: number(section(blob, 1), 0),
            tree: section(blob, 2),
            ends: section(blob, 3).as_chunks().0,
            texts: section(blob, 4),
        }
    }

    /// What the blob holds beside its tree.
    #[cfg_attr(
        not(feature = "areas"),
        expect(dead_code, reason = "only the areas' blob has more")
    )]
    pub(super) const fn more(&self) -> &'static [u8] {
        section(self.blob, 5)
    }

    /// The text of the longest prefix of `digits` (ASCII) that has one; empty when none has.
    pub(super) fn find(&self, mut digits: impl Iterator<Item = u8>) -> &'static str {
        let mut edge = self.root;
        while edge & LEAF == 0
            && let Some(digit) = digits.next()
        {
            edge = self.follow(edge, digit).unwrap_or(LEAF);
        }
        self.text(self.text_at(edge).unwrap_or(0))
    }

    /// The text an edge leads to, if nothing longer does.
    fn text_at(&self, edge: usize) -> Option<usize> {
        if edge & LEAF == 0 {
            self.word(edge + 2)
        } else {
            Some(edge & !LEAF)
        }
    }

    /// The edge of a digit from the node at `place`.
    fn follow(&self, place: usize, digit: u8) -> Option<usize> {
        let digits = self.word(place)?;
        let bit = 1 << digit.wrapping_sub(b'0').min(15);
        if digits & bit == 0 {
            return self.text_at(place).map(|text| LEAF | text);
        }
        let before = (digits & (bit - 1)).count_ones() as usize;
        let at = place + 4 + 3 * before;
        match self.tree.get(at..at + 3)? {
            [low, middle, high] => Some(u32::from_le_bytes([*low, *middle, *high, 0]) as usize),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> Option<usize> {
        match self.tree.get(at..at + 2) {
            Some([low, high]) => Some(usize::from(u16::from_le_bytes([*low, *high]))),
            _ => None,
        }
    }

    fn text(&self, id: usize) -> &'static str {
        let end = |id: usize| {
            self.ends
                .get(id)
                .map_or(0, |end| u32::from_le_bytes(*end) as usize)
        };
        let begin = id.checked_sub(1).map_or(0, end);
        let text = self.texts.get(begin..end(id)).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }
}
