//! What each character is to the grammar of a number: digit, sign within a number, sign before one.

use crate::phone::number::sign;

/// A decimal digit of any script.
pub(super) const DIGIT: u8 = 1;
/// What may stand between the digits of a number (`VALID_PUNCTUATION` of libphonenumber, the placeholder `x` included).
pub(super) const SIGN: u8 = 2;
/// What a number may begin with before its first digit: opening brackets and plus signs.
pub(super) const LEAD: u8 = 4;
/// The first byte of a character beyond ASCII; [`wide`] says what it is.
pub(super) const WIDE: u8 = 8;
/// The first byte of a character that neither a number nor an extension goes on with. Those of which only some characters
/// are none of both are left out.
pub(super) const STOP: u8 = 16;

#[expect(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte: u8 = 0;
    loop {
        classes[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            b'(' | b'[' => SIGN | LEAD,
            b'-' | b' ' | b')' | b']' | b'.' | b'/' | b'~' | b'x' | b'X' => SIGN,
            b'+' => LEAD,
            0xC3 | 0xC5..=0xCF | 0xD1..=0xD8 | 0xE4..=0xE9 => WIDE | STOP,
            0xC2..=0xF4 => WIDE,
            // Extensions begin so, and the rest of a character is no beginning at all.
            b',' | b';' | b'\t' | b'#' | b'e' | b'E' | b'i' | b'I' | b'a' | b'A' | 0x80.. => 0,
            _ => STOP,
        };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

/// The class of a byte of UTF-8; none for what can stand in no number.
#[inline]
pub(super) fn of(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(0)
}

/// The class of a character beyond ASCII.
pub(super) fn wide(c: char) -> u8 {
    match c {
        '（' | '［' => SIGN | LEAD,
        _ if sign::is_plus(c) => LEAD,
        _ if sign::is_punctuation(c) => SIGN,
        _ if sign::digit(c).is_some() => DIGIT,
        _ => 0,
    }
}

/// The class of the character that begins at `at`, and its length in bytes; `(0, 0)` at the end.
#[inline]
pub(super) fn at(text: &str, at: usize) -> (u8, usize) {
    match text.as_bytes().get(at) {
        Some(byte) if *byte < 0x80 => (of(*byte), 1),
        Some(_) => wide_at(text, at),
        None => (0, 0),
    }
}

#[cold]
fn wide_at(text: &str, at: usize) -> (u8, usize) {
    let c = text.get(at..).and_then(|rest| rest.chars().next());
    c.map_or((0, 0), |c| (wide(c), c.len_utf8()))
}

/// The class of the character that ends at `at`, and its length in bytes; `(0, 0)` at the start.
pub(super) fn before(text: &str, at: usize) -> (u8, usize) {
    let c = text.get(..at).and_then(|head| head.chars().next_back());
    match c {
        Some(c) if c.is_ascii() => (of(c as u8), 1),
        Some(c) => (wide(c), c.len_utf8()),
        None => (0, 0),
    }
}
