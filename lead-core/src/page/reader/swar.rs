//! Eight bytes at a time in one number (Hacker's Delight, 6-1).
//!
//! Each function sets the high bit of every byte it is asked for. The lowest bit that is set is exact, and none is
//! missing; a byte above one that was found may be marked wrongly.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The bytes that equal `byte`.
pub(super) fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ (ONES * u64::from(byte)), 1)
}

/// The bytes below `limit`, which is at most 0x80.
pub(super) fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * u64::from(limit)) & !word & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(bits: u64) -> u32 {
        bits.trailing_zeros() / 8
    }

    #[test]
    fn the_first_is_exact_and_none_is_missing() {
        let word = u64::from_le_bytes(*b"ab<\x1f\xff<\x00 ");
        assert_eq!(
            (
                first(equal(word, b'<')),
                first(below(word, b' ')),
                first(below(word, 1))
            ),
            (2, 3, 6)
        );
        assert_eq!(equal(word, b'z'), 0);
        assert_ne!(equal(word, b'<') & (0x80 << 40), 0);
    }
}
