//! The extension at the end of a number, as libphonenumber finds it in text (`EXTN_PATTERNS_FOR_MATCHING`).
//!
//! It is taken into the candidate even when the candidate turns out to be no number, so it decides where the next one may
//! begin.

use super::class::{self, DIGIT};

/// Digits after `;ext=`, `ext.`, `доб`, `anexo` …
const AFTER_WORD: usize = 20;
/// Digits after `x`, `#`, `~`, `int`.
const AFTER_SIGN: usize = 9;
/// Digits before a closing `#` without any label: `- 503#`.
const BEFORE_HASH: usize = 6;

/// Where the extension that begins at `at` ends, if one does.
#[inline]
pub(super) fn end(text: &str, at: usize) -> Option<usize> {
    if !may_begin(text.as_bytes(), at) {
        return None;
    }
    let rest = text.get(at..)?;
    tail(rest).map(|left| text.len() - left.len())
}

/// Whether any of the forms may begin at `at`, by the first bytes behind blanks: most numbers are followed by a word or a
/// sign that no label begins with.
#[inline]
fn may_begin(bytes: &[u8], at: usize) -> bool {
    let mut at = at;
    while let Some(b' ' | b',' | b'\t' | b'-') = bytes.get(at) {
        at += 1;
    }
    let then = |letter: u8| bytes.get(at + 1).is_some_and(|byte| byte | 0x20 == letter);
    match bytes.get(at) {
        Some(b'e' | b'E') => then(b'x'),
        Some(b'i' | b'I' | b'a' | b'A') => then(b'n'),
        // Signs and digits; a no-break space, a letter i as the Turks write it, Cyrillic, full width, digits of other scripts.
        Some(
            b';'
            | b'#'
            | b'~'
            | b'x'
            | b'X'
            | b'0'..=b'9'
            | 0xC2
            | 0xC4
            | 0xD0
            | 0xD9..=0xE1
            | 0xEA
            | 0xEF
            | 0xF0,
        ) => true,
        _ => false,
    }
}

/// What is left of `rest` after the extension at its start.
fn tail(rest: &str) -> Option<&str> {
    rfc3966(rest).or_else(|| labelled(rest)).or_else(|| hashed(rest))
}

/// `;ext=123`, as in RFC 3966.
fn rfc3966(rest: &str) -> Option<&str> {
    digits(word(rest, ";ext=")?, AFTER_WORD)
}

/// `, ext. 123`, ` x123#`, `#22`.
fn labelled(rest: &str) -> Option<&str> {
    let label = rest.trim_start_matches([' ', '\u{A0}', '\t', ',']);
    if !label.starts_with(begins_label) {
        return None;
    }
    let after = |left, most| {
        let left = strip(left, &[':', '.', '\u{FF0E}']).unwrap_or(left);
        let left = digits(left.trim_start_matches([' ', '\u{A0}', '\t', ',', '-']), most)?;
        Some(left.strip_prefix('#').unwrap_or(left))
    };
    explicit(label)
        .and_then(|left| after(left, AFTER_WORD))
        .or_else(|| ambiguous(label).and_then(|left| after(left, AFTER_SIGN)))
}

/// Whether any of the labels begins with `c`: spares reading them one by one.
fn begins_label(c: char) -> bool {
    match c {
        _ if c.is_ascii() => matches!(c.to_ascii_lowercase(), 'e' | 'x' | 'i' | 'a' | '#' | '~'),
        'İ' | 'ı' | '＃' | '～' | 'ｅ' | 'Ｅ' | 'ｘ' | 'Ｘ' | 'ｉ' | 'Ｉ' | 'д' | 'Д' | '\u{1C81}' => {
            true
        }
        _ => false,
    }
}

/// `(?:e?xt(?:ensi(?:o\u0301?|\u00F3))?n?|\uFF45?\uFF58\uFF54\uFF4E?|доб|anexo)`
fn explicit(label: &str) -> Option<&str> {
    if let Some(left) = word(word(label, "e").unwrap_or(label), "xt") {
        let left = word(left, "ensió")
            .or_else(|| word(left, "ensio").map(|left| left.strip_prefix('\u{301}').unwrap_or(left)))
            .unwrap_or(left);
        return Some(word(left, "n").unwrap_or(left));
    }
    if let Some(left) = word(word(label, "ｅ").unwrap_or(label), "ｘｔ") {
        return Some(word(left, "ｎ").unwrap_or(left));
    }
    word(label, "доб").or_else(|| word(label, "anexo"))
}

/// `(?:[x\uFF58#\uFF03~\uFF5E]|int|\uFF49\uFF4E\uFF54)`
fn ambiguous(label: &str) -> Option<&str> {
    strip(label, &['x', 'ｘ', '#', '＃', '~', '～'])
        .or_else(|| word(label, "int"))
        .or_else(|| word(label, "ｉｎｔ"))
}

/// `[- ]+(\d{1,6})#`: the American way without a label.
fn hashed(rest: &str) -> Option<&str> {
    let left = rest.trim_start_matches(['-', ' ']);
    if left.len() == rest.len() {
        return None;
    }
    digits(left, BEFORE_HASH)?.strip_prefix('#')
}

/// What is left after one to `most` digits.
fn digits(rest: &str, most: usize) -> Option<&str> {
    let mut end = 0;
    for _ in 0..most {
        match class::at(rest, end) {
            (kind, length) if kind & DIGIT != 0 => end += length,
            _ => break,
        }
    }
    rest.get(end..).filter(|_| end > 0)
}

/// What is left after one character of `any`, in either case.
fn strip<'a>(rest: &'a str, any: &[char]) -> Option<&'a str> {
    let mut left = rest.chars();
    let first = lower(left.next()?);
    any.contains(&first).then_some(left.as_str())
}

/// What is left after `word`, which is in lower case.
fn word<'a>(rest: &'a str, word: &str) -> Option<&'a str> {
    let mut left = rest.chars();
    let same = word
        .chars()
        .all(|wanted| left.next().is_some_and(|c| lower(c) == wanted));
    same.then_some(left.as_str())
}

/// The lower case that the reference compares by, for the letters of its labels: that of Python's `re.IGNORECASE`, where
/// `i` has two more forms than elsewhere.
fn lower(c: char) -> char {
    match c {
        'ı' | 'İ' => 'i',
        'ſ' => 's',
        '\u{1C81}' => 'д',
        '\u{1C82}' => 'о',
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> &str {
        end(text, 0).map_or("", |end| &text[..end])
    }

    #[test]
    fn all_forms_of_the_reference_are_read() {
        for text in [
            ";ext=123",
            ";EXT=12345678901234567890",
            " ext. 5",
            " extn: 5",
            ", Extensión 5",
            "xt5",
            " xtn 5",
            "x5",
            " X:5#",
            "#22",
            " # 3",
            "~9",
            " int 3",
            " INT.3",
            "İNT3",
            " доб. 7",
            " ДОБ7",
            " anexo 12",
            " ｅｘｔｎ． 5",
            "extensio\u{301}n 4",
            "- 503#",
            " 1#",
            "ｘ５",
            "＃3",
            "～3",
            "ｉｎｔ3",
            "ext5#",
        ] {
            assert_eq!(taken(text), text);
        }
    }

    #[test]
    fn no_more_is_taken_than_the_reference_takes() {
        for (text, expected) in [
            (" x 1234567890", " x 123456789"),
            (" ext 123456789012345678901", " ext 12345678901234567890"),
            ("- 1234567#", ""),
            (" extra 5", ""),
            (" e 5", ""),
            ("ext", ""),
            (" internal 5", ""),
            ("xn5", ""),
            ("\u{1}5", ""),
            ("extn", ""),
        ] {
            assert_eq!(taken(text), expected, "{text}");
        }
    }
}
