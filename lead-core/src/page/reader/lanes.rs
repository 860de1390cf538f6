//! Sixteen bytes at a time, in the vectors that every x86-64 and AArch64 processor has.
//!
//! Each question gives a mask with a bit a byte, the first byte's lowest.

use wide::u8x16;

use super::tokenizer::is_space;

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub(super) struct Lanes(u8x16);

/// How many bytes stand in one.
pub(super) const WIDTH: usize = 16;

impl Lanes {
    /// The bytes from `at` on; `None` when fewer are left.
    #[inline]
    pub(super) fn at(bytes: &[u8], at: usize) -> Option<Self> {
        let chunk = bytes.get(at..)?.first_chunk::<WIDTH>()?;
        Some(Self(u8x16::new(*chunk)))
    }

    /// Those that are `byte`.
    #[inline]
    pub(super) fn equal(self, byte: u8) -> u32 {
        self.0.simd_eq(u8x16::splat(byte)).to_bitmask()
    }

    /// Those that are any of four.
    #[inline]
    pub(super) fn any_of(self, bytes: [u8; 4]) -> u32 {
        let [a, b, c, d] = bytes.map(|byte| self.0.simd_eq(u8x16::splat(byte)));
        ((a | b) | (c | d)).to_bitmask()
    }

    /// Those up to `most`, or any of three.
    #[inline]
    pub(super) fn up_to_or(self, most: u8, bytes: [u8; 3]) -> u32 {
        let low = self.0.min(u8x16::splat(most)).simd_eq(self.0);
        let [a, b, c] = bytes.map(|byte| self.0.simd_eq(u8x16::splat(byte)));
        ((low | a) | (b | c)).to_bitmask()
    }
}

/// The place of a mask's first bit.
#[inline]
pub(super) fn first(mask: u32) -> usize {
    mask.trailing_zeros() as usize
}

/// Where a byte stands first at or after `from`. The usual ways are short, and a call costs more than they do.
#[inline]
pub(super) fn find(byte: u8, bytes: &[u8], from: usize) -> Option<usize> {
    const SHORT: usize = 4 * WIDTH;
    let mut at = from;
    while let Some(lanes) = Lanes::at(bytes, at) {
        let found = lanes.equal(byte);
        if found != 0 {
            return Some(at + first(found));
        }
        at += WIDTH;
        if at - from >= SHORT {
            break;
        }
    }
    memchr::memchr(byte, bytes.get(at..)?).map(|more| at + more)
}

/// Where white space that begins at `from` ends, ASCII white space as HTML means it.
#[inline]
pub(super) fn blank(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(lanes) = Lanes::at(bytes, at) {
        let words = lanes.any_of([b' ', b'\n', b'\t', b'\r']) ^ 0xFFFF;
        at += first(words | 1 << WIDTH);
        if words != 0 {
            // What ends it is a form feed once in a blue moon.
            if bytes.get(at) != Some(&0x0C) {
                return at;
            }
            at += 1;
        }
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| is_space(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_counted_wherever_it_ends() {
        for length in 0..40 {
            for blanks in [" ", "\n ", "\t\r\n\u{c}  "] {
                let text: String = blanks.chars().cycle().take(length).collect();
                assert_eq!(blank(text.as_bytes(), 0), length);
                assert_eq!(
                    blank(format!("x{text}\u{b}  and more of it").as_bytes(), 1),
                    length + 1
                );
            }
        }
    }

    #[test]
    fn a_byte_is_found_near_and_far() {
        for before in [0, 1, 7, 15, 16, 17, 63, 64, 65, 200] {
            let text = format!("{}<{}", "x".repeat(before), "y".repeat(9));
            for from in [0, 1, 8, 70] {
                let tail = text.as_bytes().get(from..).unwrap_or_default();
                let found = tail.iter().position(|byte| *byte == b'<');
                assert_eq!(
                    find(b'<', text.as_bytes(), from),
                    found.map(|at| at + from),
                    "{before} {from}"
                );
            }
            assert_eq!(find(b'z', text.as_bytes(), 0), None);
        }
        assert_eq!(find(b'<', b"", 0), None);
        assert_eq!(find(b'<', b"a", 5), None);
    }

    #[test]
    fn questions_are_answered_a_bit_a_byte() {
        let lanes = Lanes::at(b"ab<\x1f\xff<\x00 =/>xyz \n", 0).unwrap();
        assert_eq!(lanes.equal(b'<'), 0b10_0100);
        assert_eq!(lanes.up_to_or(b' ', [b'/', b'>', b'=']), 0b1100_0111_1100_1000);
        assert_eq!(lanes.any_of([b' ', b'\n', b'\t', b'\r']), 0b1100_0000_1000_0000);
        assert!(Lanes::at(b"short", 0).is_none());
    }
}
