//! Where it is worth looking: all words that tell are looked for at once, before anything is read.
//!
//! Most pages hold no hidden address, so what is paid for each byte is paid here.

use std::sync::LazyLock;

use crate::word_places::WordPlaces;

/// ` at `, `-at-`, `_at_` and `<at>` in any case.
static AT_WORDS: LazyLock<WordPlaces> = LazyLock::new(|| {
    let framed = |word: &str| {
        [(' ', ' '), ('-', '-'), ('_', '_'), ('<', '>')].map(|(open, close)| format!("{open}{word}{close}"))
    };
    let words = ["at", "At", "aT", "AT"];
    WordPlaces::of(words.iter().flat_map(|word| framed(word)))
});

/// The places of ` at `, `-at-`, `_at_` and `<at>` in any case: where the sign before the word stands.
pub(super) fn at_words(text: &[u8]) -> impl Iterator<Item = usize> {
    AT_WORDS.places(text)
}

/// The names of functions that put addresses together, or their ends.
const FUNCTIONS: &[&[u8]] = &[
    b"fromCharCode",
    b"unescape",
    b"atob",
    b"UnCryptMailto",
    b"DeCryptX",
    b"mail",
    b"Mail",
    b"mailto",
    b"mailTo",
    b"MailTo",
];

/// The last letters of the functions, called, and the codes of `@`: `\x40`, `\u0040`, `%40`, `&#x40`, `&#64`.
static SIGNS: LazyLock<WordPlaces> = LazyLock::new(|| {
    let signs = [
        "ode(", "ape(", "tob(", "ptX(", "ail(", "lto(", "lTo(", "x40", "040", "%40", "#64", "064",
    ];
    WordPlaces::of(signs)
});

/// Whether a script may put an address together at all: most do not, and reading one costs.
pub(super) fn is_promising_script(script: &str) -> bool {
    let bytes = script.as_bytes();
    let ends = |at: usize, words: &[&[u8]]| {
        let until = bytes.get(..at).unwrap_or_default();
        words.iter().any(|word| until.ends_with(word))
    };
    let mut ats = memchr::memchr_iter(b'@', bytes);
    ats.any(|at| joins(bytes, at))
        || SIGNS.places(bytes).any(|at| match bytes.get(at..) {
            Some([_, b'4', ..]) => ends(at + 1, &[b"\\x", b"\\u00", b"%", b"&#x"]),
            Some([_, b'6', ..]) => ends(at + 1, &[b"&#", b"&#0"]),
            _ => ends(at + 3, FUNCTIONS),
        })
}

/// Whether an `@` may be that of an address: style sheets and decorators are full of those that nothing stands before.
fn joins(bytes: &[u8], at: usize) -> bool {
    let before = at
        .checked_sub(1)
        .and_then(|at| bytes.get(at))
        .copied()
        .unwrap_or(b' ');
    let after = bytes.get(at + 1).copied().unwrap_or(b' ');
    before.is_ascii_alphanumeric()
        || matches!(before, b'.' | b'_' | b'-')
        || !after.is_ascii_alphabetic() && after != b' '
        || matches!(before, b'\'' | b'"') && matches!(after, b'\'' | b'"')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_seen_wherever_they_stand() {
        for shift in 0..200 {
            for word in [" at ", " AT ", "-at-", "_aT_", "<at>"] {
                let text = format!("{}{word}{}", "x".repeat(shift), "y".repeat(130));
                assert_eq!(at_words(text.as_bytes()).collect::<Vec<_>>(), [shift], "{text}");
            }
            let text = format!("{}what-at least (at)", "x".repeat(shift));
            assert_eq!(at_words(text.as_bytes()).count(), 0, "{text}");
        }
    }

    #[test]
    fn scripts_that_hide_something_are_read() {
        for script in [
            "x='a@b'",
            "x='\\x40'",
            "'\\u0040'",
            "'%40'",
            "'&#64;'",
            "'&#064;'",
            "'&#x40;'",
            "String.fromCharCode(1)",
            "unescape('')",
            "atob('')",
            "linkTo_UnCryptMailto('')",
            "u+'@'+d",
            "sendMail('a', 'b')",
            "DeCryptX('')",
        ] {
            for shift in [0, 40, 62, 63, 64, 100] {
                let script = format!("{}{script}{}", " ".repeat(shift), " ".repeat(100));
                assert!(is_promising_script(&script), "{script}");
            }
        }
        for script in ["", "@media screen{}", "fone(40, 64)", "x = true(1)", "'@import'"] {
            assert!(!is_promising_script(script), "{script}");
        }
    }

    proptest! {
        /// Words that share a sign with the next are all found.
        #[test]
        fn none_is_missed(text in "[ atAT<>_-]{0,300}") {
            let bytes = text.as_bytes();
            let close = |byte| match byte { b'<' => b'>', other => other };
            let plain: Vec<usize> = (0..bytes.len())
                .filter(|at| match bytes.get(*at..at + 4) {
                    Some([before @ (b' ' | b'-' | b'_' | b'<'), a, t, after]) => {
                        [*a, *t].eq_ignore_ascii_case(b"at") && *after == close(*before)
                    }
                    _ => false,
                })
                .collect();
            prop_assert_eq!(at_words(bytes).collect::<Vec<_>>(), plain);
        }
    }
}
