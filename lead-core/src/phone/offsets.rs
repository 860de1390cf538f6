//! Byte offsets in other units: Python counts code points, JavaScript UTF-16 units.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an offset counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OffsetUnit {
    /// Bytes of UTF-8, as Rust slices.
    #[default]
    Bytes,
    /// Unicode code points, as Python slices.
    CodePoints,
    /// UTF-16 code units, as JavaScript slices.
    Utf16,
}

/// Converts byte offsets of one text, in any order; rising ones cost one pass in all.
#[derive(Clone, Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    unit: OffsetUnit,
    byte: usize,
    counted: usize,
}

impl<'a> Offsets<'a> {
    /// A converter for `text`.
    pub fn new(text: &'a str, unit: OffsetUnit) -> Self {
        Self {
            text,
            unit,
            byte: 0,
            counted: 0,
        }
    }

    /// The offset that `byte` has in the unit. Past the end it is that of the end; within a character, that of its start.
    pub fn at(&mut self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        if self.unit == OffsetUnit::Bytes {
            return byte;
        }
        if byte < self.byte {
            (self.byte, self.counted) = (0, 0);
        }
        let passed = self.text.get(self.byte..byte).unwrap_or_default();
        self.counted += match self.unit {
            OffsetUnit::Utf16 => passed.chars().map(char::len_utf16).sum(),
            _ => passed.chars().count(),
        };
        self.byte = byte;
        self.counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_each_language_counts() {
        let text = "a😀é+1";
        let at = |unit, byte| Offsets::new(text, unit).at(byte);
        assert_eq!(at(OffsetUnit::Bytes, 7), 7);
        assert_eq!(at(OffsetUnit::CodePoints, 7), 3);
        assert_eq!(at(OffsetUnit::Utf16, 7), 4);
        let mut back = Offsets::new(text, OffsetUnit::CodePoints);
        assert_eq!((back.at(99), back.at(1), back.at(3)), (5, 1, 1));
    }
}
