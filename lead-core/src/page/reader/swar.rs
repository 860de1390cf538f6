//! Eight bytes at a time in one number (Hacker's Delight, 6-1).
//!
//! Each function sets the high bit of every byte it is asked for. The lowest bit that is set is exact, and none is
//! missing; a byte above one that was found may be marked wrongly.

use super::tokenizer::is_space;

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

/// How many bytes of white space stand at the start, ASCII white space as HTML means it.
///
/// Indentation is a good part of a page, so eight bytes are looked at together as long as all of them are blank.
pub(super) fn blank(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        if *word != *b"        " && !word.iter().all(|byte| is_space(*byte)) {
            break;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| is_space(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(bits: u64) -> u32 {
        bits.trailing_zeros() / 8
    }

    #[test]
    fn white_space_is_counted_wherever_it_ends() {
        for length in 0..40 {
            for blanks in [" ", "\n ", "\t\r\n\u{c}  "] {
                let text: String = blanks.chars().cycle().take(length).collect();
                assert_eq!(blank(text.as_bytes()), length);
                assert_eq!(blank(format!("{text}\u{b}  ").as_bytes()), length);
            }
        }
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
