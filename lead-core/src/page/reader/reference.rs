//! Character references (`&amp;`, `&#8217;`, `&copy`), by the rules of the WHATWG HTML standard, section 13.2.5.72 on.

use std::borrow::Cow;

use memchr::memchr3;
use web_atoms::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name: `CounterClockwiseContourIntegral;`.
const LONGEST_NAME: usize = 32;

/// The longest name that is valid without a semicolon: `Aacute`, `thetasym` is not one.
const LONGEST_LEGACY: usize = 6;

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::page) struct Reference {
    pub(in crate::page) first: char,
    /// Some names stand for two code points.
    pub(in crate::page) second: Option<char>,
    /// Bytes from the ampersand to the end of the reference.
    pub(in crate::page) length: usize,
}

impl Reference {
    fn one(first: char, length: usize) -> Self {
        Self {
            first,
            second: None,
            length,
        }
    }
}

/// Reads the reference at the start of `bytes`, which begin with `&`; `None` when it is a plain ampersand.
///
/// In attributes a legacy name that is followed by `=` or a letter or digit stays as it is (`?a=1&copy=2`).
pub(in crate::page) fn read(bytes: &[u8], in_attribute: bool) -> Option<Reference> {
    let after = bytes.get(1..)?;
    match after.first()? {
        b'#' => numeric(after.get(1..)?),
        byte if byte.is_ascii_alphanumeric() => common(after).or_else(|| named(after, in_attribute)),
        _ => None,
    }
}

/// The handful that make nearly all references of real pages.
fn common(after: &[u8]) -> Option<Reference> {
    let (first, length) = match after {
        [b'a', b'm', b'p', b';', ..] => ('&', 5),
        [b'n', b'b', b's', b'p', b';', ..] => ('\u{a0}', 6),
        [b'l', b't', b';', ..] => ('<', 4),
        [b'g', b't', b';', ..] => ('>', 4),
        [b'q', b'u', b'o', b't', b';', ..] => ('"', 6),
        _ => return None,
    };
    Some(Reference::one(first, length))
}

fn named(after: &[u8], in_attribute: bool) -> Option<Reference> {
    let window = after.get(..LONGEST_NAME).unwrap_or(after);
    let run = window
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or(window.len());
    if window.get(run) == Some(&b';') {
        let found = lookup(window.get(..=run)?);
        if found.is_some() {
            return found;
        }
    }
    for length in (2..=run.min(LONGEST_LEGACY)).rev() {
        if let Some(found) = lookup(window.get(..length)?) {
            let next = after.get(length);
            let ambiguous = next.is_some_and(|byte| *byte == b'=' || byte.is_ascii_alphanumeric());
            return (!(in_attribute && ambiguous)).then_some(found);
        }
    }
    None
}

/// The table also holds prefixes of names, which stand for nothing.
fn lookup(name: &[u8]) -> Option<Reference> {
    let (first, second) = *NAMED_ENTITIES.get(std::str::from_utf8(name).ok()?)?;
    let first = char::from_u32(first).filter(|first| *first != '\0')?;
    let second = char::from_u32(second).filter(|second| *second != '\0');
    Some(Reference {
        first,
        second,
        length: name.len() + 1,
    })
}

fn numeric(after_hash: &[u8]) -> Option<Reference> {
    let hex = matches!(after_hash.first(), Some(b'x' | b'X'));
    let digits = if hex { after_hash.get(1..)? } else { after_hash };
    let radix = if hex { 16 } else { 10 };
    let mut value = 0_u32;
    let mut length = 0;
    for byte in digits {
        let Some(digit) = char::from(*byte).to_digit(radix) else {
            break;
        };
        value = value.saturating_mul(radix).saturating_add(digit);
        length += 1;
    }
    if length == 0 {
        return None;
    }
    let semicolon = usize::from(digits.get(length) == Some(&b';'));
    Some(Reference::one(
        code_point(value),
        2 + usize::from(hex) + length + semicolon,
    ))
}

/// NUL, surrogates and what lies beyond Unicode become U+FFFD; 0x80 to 0x9F are read as windows-1252.
fn code_point(value: u32) -> char {
    if let Some(index) = value.checked_sub(0x80)
        && let Some(Some(remapped)) = C1_REPLACEMENTS.get(index as usize)
    {
        return *remapped;
    }
    char::from_u32(value)
        .filter(|value| *value != '\0')
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The value of an attribute: references decoded, line ends made `\n`, NUL made U+FFFD.
pub(in crate::page) fn decode_value(raw: &str) -> Cow<'_, str> {
    decode(raw, true)
}

/// The same for text outside attributes (`<title>`).
pub(in crate::page) fn decode_text(raw: &str) -> Cow<'_, str> {
    decode(raw, false)
}

fn decode(raw: &str, in_attribute: bool) -> Cow<'_, str> {
    let bytes = raw.as_bytes();
    let Some(mut special) = memchr3(b'&', b'\r', 0, bytes) else {
        return Cow::Borrowed(raw);
    };
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    loop {
        out.push_str(raw.get(at..special).unwrap_or_default());
        at = special + decode_special(bytes.get(special..).unwrap_or_default(), in_attribute, &mut out);
        match memchr3(b'&', b'\r', 0, bytes.get(at..).unwrap_or_default()) {
            Some(next) => special = at + next,
            None => break,
        }
    }
    out.push_str(raw.get(at..).unwrap_or_default());
    Cow::Owned(out)
}

/// Writes what the special byte at the start of `rest` means; says how many bytes that took.
fn decode_special(rest: &[u8], in_attribute: bool, out: &mut String) -> usize {
    match rest {
        [b'\r', next, ..] => {
            out.push('\n');
            1 + usize::from(*next == b'\n')
        }
        [b'\r'] => {
            out.push('\n');
            1
        }
        [0, ..] => {
            out.push(char::REPLACEMENT_CHARACTER);
            1
        }
        _ => {
            let Some(reference) = read(rest, in_attribute) else {
                out.push('&');
                return 1;
            };
            out.push(reference.first);
            out.extend(reference.second);
            reference.length
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(raw: &str) -> String {
        decode_text(raw).into_owned()
    }

    #[test]
    fn names_with_and_without_semicolon() {
        assert_eq!(
            text("a &amp; b &AMP c &copy 1 &copyb"),
            "a & b & c \u{a9} 1 \u{a9}b"
        );
        assert_eq!(text("&notit; &notin; &not"), "\u{ac}it; \u{2209} \u{ac}");
        assert_eq!(text("&bogus; &; & &"), "&bogus; &; & &");
        assert_eq!(text("&CounterClockwiseContourIntegral;"), "\u{2233}");
        assert_eq!(text("&NotEqualTilde;"), "\u{2242}\u{338}", "two code points");
        assert_eq!(text("&Aacutex &thetasym &commat;"), "\u{c1}x &thetasym @");
    }

    #[test]
    fn numbers() {
        assert_eq!(text("&#43;&#x2B;&#X2b;&#43 1"), "++++ 1");
        assert_eq!(
            text("&#150;&#x80;&#x81;"),
            "\u{2013}\u{20ac}\u{81}",
            "windows-1252 where it has a character"
        );
        assert_eq!(
            text("&#0;&#xD800;&#x110000;&#99999999999999999999;"),
            "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"
        );
        assert_eq!(text("&#;&#x;&#xg"), "&#;&#x;&#xg");
    }

    #[test]
    fn an_ambiguous_ampersand_stays_in_attributes_only() {
        assert_eq!(decode_value("?a=1&copy=2&copy2&copy"), "?a=1&copy=2&copy2\u{a9}");
        assert_eq!(decode_value("?a=1&copy;=2"), "?a=1\u{a9}=2");
        assert_eq!(text("?a=1&copy=2"), "?a=1\u{a9}=2");
    }

    #[test]
    fn line_ends_and_nul() {
        assert_eq!(decode_value("a\r\nb\rc\0"), "a\nb\nc\u{fffd}");
        assert!(matches!(decode_value("plain"), Cow::Borrowed("plain")));
    }
}
