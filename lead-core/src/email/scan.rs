//! Where it is worth looking: cheap looks at sixty-four bytes at once, before anything is read.
//!
//! Most pages hold no hidden address, so what is paid for each byte is paid here. The loops are written so that the
//! compiler turns them into vector code.

/// Places that one look covers.
const BLOCK: usize = 64;
/// How many bytes from its own on a place is judged by.
const REACH: usize = 4;

/// The places whose four bytes from there on pass `test` (1 yes, 0 no); behind the end stand zeros.
fn places(bytes: &[u8], test: impl Fn([u8; REACH]) -> u8 + Copy) -> impl Iterator<Item = usize> {
    let blocks = (0..bytes.len()).step_by(BLOCK);
    let hit = blocks.filter(move |start| {
        let block = bytes.get(*start..).unwrap_or_default();
        block_has(block, test).unwrap_or(true)
    });
    let inside = hit.flat_map(move |start| start..(start + BLOCK).min(bytes.len()));
    inside.filter(move |at| test(window(bytes, *at)) != 0)
}

/// Whether any of the first places passes; `None` at the end, where a block is not whole.
#[inline]
fn block_has(bytes: &[u8], test: impl Fn([u8; REACH]) -> u8) -> Option<bool> {
    let at = |shift: usize| bytes.get(shift..)?.first_chunk::<BLOCK>();
    let (first, second, third, fourth) = (at(0)?, at(1)?, at(2)?, at(3)?);
    let places = first.iter().zip(second).zip(third.iter().zip(fourth));
    let any = places.fold(0, |any, ((a, b), (c, d))| any | test([*a, *b, *c, *d]));
    Some(any != 0)
}

fn window(bytes: &[u8], at: usize) -> [u8; REACH] {
    let mut window = [0; REACH];
    let rest = bytes.get(at..).unwrap_or_default();
    window.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    window
}

/// The places of ` at `, `-at-`, `_at_` and `<at>` in any case: where the sign before the word stands.
pub(super) fn at_words(text: &[u8]) -> impl Iterator<Item = usize> {
    places(text, |[before, a, t, after]| {
        let word = u8::from(a | 0x20 == b'a') & u8::from(t | 0x20 == b't');
        let framed = u8::from(before == b' ') & u8::from(after == b' ')
            | u8::from(before == b'-') & u8::from(after == b'-')
            | u8::from(before == b'_') & u8::from(after == b'_')
            | u8::from(before == b'<') & u8::from(after == b'>');
        word & framed
    })
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

/// Whether a script may put an address together at all: most do not, and reading one costs.
pub(super) fn is_promising_script(script: &str) -> bool {
    let bytes = script.as_bytes();
    let ends = |at: usize, words: &[&[u8]]| {
        let until = bytes.get(..at).unwrap_or_default();
        words.iter().any(|word| until.ends_with(word))
    };
    let mut places = places(bytes, |[first, second, third, fourth]| {
        let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
        let three = |word: [u8; 3]| is(first, word[0]) & is(second, word[1]) & is(third, word[2]);
        // The last letters of the functions.
        let last = three(*b"ode") | three(*b"ape") | three(*b"tob") | three(*b"ptX") | three(*b"ail");
        let to = is(first, b'l') & is(second | 0x20, b't') & is(third, b'o');
        let call = is(fourth, b'(') & (last | to);
        // The codes of `@`: `\x40`, `\u0040`, `%40`, `&#x40`, `&#64`.
        let forty =
            is(second, b'4') & is(third, b'0') & (is(first, b'x') | is(first, b'0') | is(first, b'%'));
        let sixty = is(second, b'6') & is(third, b'4') & (is(first, b'#') | is(first, b'0'));
        is(first, b'@') | call | forty | sixty
    });
    places.any(|at| match bytes.get(at..) {
        Some([b'@', ..]) => joins(bytes, at),
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
    fn words_are_seen_wherever_a_block_ends() {
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
        /// Blocks and bytes one by one say the same.
        #[test]
        fn blocks_miss_nothing(text in "[ atAT<>_-]{0,300}") {
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
