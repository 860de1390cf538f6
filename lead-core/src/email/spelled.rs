//! Addresses with words for the signs: `info (at) example (dot) com`, in the languages people write them in.

use super::domain::{is_top_level, leading_domain};
use super::kind;
use super::plain::{FULL_WIDTH, Hit, full_width, run_back, run_forth, without_decoys};
use super::scan;
use crate::record::{EmailAddress, EmailScheme};

/// Words for `@` that stand in brackets: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian.
const AT_WORDS: &[&str] = &[
    "at",
    "a",
    "ät",
    "@",
    "＠",
    "arroba",
    "arobase",
    "chiocciola",
    "apestaartje",
    "malpa",
    "małpa",
    "собака",
    "at sign",
    "klammeraffe",
    "affenschwanz",
    "snabel-a",
];
/// Words for `.` that stand in brackets, in the same languages.
const DOT_WORDS: &[&str] = &[
    "dot",
    "point",
    "punkt",
    "punto",
    "ponto",
    "kropka",
    "точка",
    "period",
    ".",
    "d0t",
    "punt",
];
/// Words for `.` that may stand bare between two spaces.
const BARE_DOTS: &[&str] = &[
    "dot", "DOT", "Dot", "punkt", "PUNKT", "point", "POINT", "punto", "PUNTO", "ponto", "PONTO",
];

/// How the `@` was written: how much the rest has to prove.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// In brackets, hyphens or underscores: `(at)`, `-at-`.
    Marked,
    /// A bare word in capitals: ` AT `.
    Capitals,
    /// A bare word of the language: ` at `, ` chez `; or the sign itself. The dot must be spelled as well.
    Bare,
    /// The sign itself between spaces.
    Spaced,
}

/// Every spelled address of `text`.
pub(crate) fn find(text: &str, hits: &mut Vec<Hit>) {
    let bytes = text.as_bytes();
    for at in memchr::memchr3_iter(b'(', b'[', b'{', bytes) {
        if let Some(length) = bracketed(text.get(at..).unwrap_or_default(), AT_WORDS) {
            try_at(text, at, at + length, Sign::Marked, hits);
        }
    }
    for at in scan::at_words(bytes) {
        let sign = match bytes.get(at..at + 4) {
            Some(b" AT ") => Sign::Capitals,
            Some([b' ', ..]) => Sign::Bare,
            _ => Sign::Marked,
        };
        try_at(text, at, at + 4, sign, hits);
    }
    for word in [" chez ", " arroba "] {
        for at in memchr::memmem::find_iter(bytes, word) {
            try_at(text, at, at + word.len(), Sign::Bare, hits);
        }
    }
    let signs = memchr::memchr_iter(b'@', bytes).map(|at| (at, 1));
    for (at, length) in signs.chain(full_width(text).map(|at| (at, FULL_WIDTH.len()))) {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        match (before, bytes.get(at + length)) {
            (Some(b' '), Some(b' ')) => try_at(text, at - 1, at + length + 1, Sign::Spaced, hits),
            // Set off on one side only it is a handle: `with @name`.
            (Some(b' '), _) | (_, Some(b' ')) => {}
            _ => try_at(text, at, at + length, Sign::Bare, hits),
        }
    }
}

/// The length of a bracketed word of `list` that begins `text`; spaces inside the brackets are allowed.
fn bracketed(text: &str, list: &[&str]) -> Option<usize> {
    let close = match text.as_bytes().first()? {
        b'(' => ')',
        b'[' => ']',
        b'{' => '}',
        b'<' => '>',
        _ => return None,
    };
    let window = super::head(text, 32);
    let end = window.find(close)?;
    let word = window.get(1..end)?.trim();
    let known = if word.is_ascii() {
        list.iter().any(|known| word.eq_ignore_ascii_case(known))
    } else {
        list.contains(&&*word.to_lowercase())
    };
    known.then_some(end + close.len_utf8())
}

fn try_at(text: &str, start: usize, end: usize, sign: Sign, hits: &mut Vec<Hit>) {
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else {
        return;
    };
    let spaces = after.len() - after.trim_start_matches(' ').len();
    let after = after.get(spaces..).unwrap_or_default();
    // Prose is full of these words: nearly all of them end here.
    if sign == Sign::Bare && !has_spelled_dot(after) {
        return;
    }
    let local = run_back(before.trim_end_matches(' '));
    if local.is_empty() {
        return;
    }
    let Some(domain) = spelled_domain(after) else {
        return;
    };
    let enough = match sign {
        Sign::Marked => true,
        Sign::Capitals => !local.chars().all(char::is_uppercase) || domain.spelled,
        Sign::Bare => domain.spelled,
        Sign::Spaced => domain.spelled || local.contains('.') || kind::is_role(local),
    };
    if !enough {
        return;
    }
    let local_text = local.trim_start_matches(['\'', '-', '&', '.']);
    let (clean, host) = without_decoys(local_text, &domain.name);
    let Ok(address) = EmailAddress::new(&format!("{clean}@{host}")) else {
        return;
    };
    let first = before.trim_end_matches(' ').len() - local_text.len();
    hits.push(Hit {
        span: first..end + spaces + domain.length,
        address,
        scheme: EmailScheme::Spelled,
    });
}

/// Whether a word is followed by a dot written in another way.
fn has_spelled_dot(text: &str) -> bool {
    let first = run_forth(text).trim_end_matches(['.', '-']);
    text.get(first.len()..)
        .is_some_and(|rest| spelled_dot(rest).is_some())
}

struct Domain {
    name: String,
    /// How many bytes of the text it took.
    length: usize,
    /// Whether a dot was written in another way than `.`.
    spelled: bool,
}

/// The domain at the start of `text`, its dots written in any way; the longest that ends in a top-level name.
fn spelled_domain(text: &str) -> Option<Domain> {
    let first = run_forth(text).trim_end_matches(['.', '-']);
    if first.is_empty() {
        return None;
    }
    let mut best = leading_domain(first).map(|name| Domain {
        name: name.to_owned(),
        length: name.len(),
        spelled: false,
    });
    let mut name = first.to_owned();
    let mut at = first.len();
    while let Some(length) = spelled_dot(text.get(at..)?) {
        let label = run_forth(text.get(at + length..)?).trim_end_matches(['.', '-']);
        if label.is_empty() {
            break;
        }
        name = format!("{name}.{label}");
        at += length + label.len();
        let top = label.rsplit('.').next().unwrap_or_default();
        if is_top_level(top) && name.len() <= 253 {
            best = Some(Domain {
                name: name.clone(),
                length: at,
                spelled: true,
            });
        }
        if name.len() > 253 {
            break;
        }
    }
    best
}

/// The length of a dot written as a word, or set off by spaces, with the spaces around it.
fn spelled_dot(text: &str) -> Option<usize> {
    let spaces = text.len() - text.trim_start_matches(' ').len();
    let rest = text.get(spaces..)?;
    let trailing = |length: usize| {
        let after = rest.get(length..).unwrap_or_default();
        spaces + length + (after.len() - after.trim_start_matches(' ').len())
    };
    if spaces > 2 {
        return None;
    }
    if let Some(length) = bracketed(rest, DOT_WORDS) {
        return Some(trailing(length));
    }
    if spaces == 0 {
        return None;
    }
    if rest.starts_with(". ") {
        return Some(trailing(1));
    }
    let word = BARE_DOTS.iter().find(|word| {
        rest.strip_prefix(**word)
            .is_some_and(|after| after.starts_with(' '))
    })?;
    Some(trailing(word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut hits = Vec::new();
        find(text, &mut hits);
        hits.iter().map(|hit| hit.address.to_string()).collect()
    }

    #[test]
    fn reads_every_mix_of_signs() {
        for at in [
            " (at) ",
            "(at)",
            " [AT] ",
            " {at} ",
            " <at> ",
            " -at- ",
            " _at_ ",
            " AT ",
            "(ät)",
            " (arroba) ",
            " (собака) ",
        ] {
            for dot in [
                ".",
                " (dot) ",
                " [dot] ",
                " dot ",
                "[punkt]",
                " (point) ",
                " DOT ",
            ] {
                let text = format!("Write to sales{at}example-shop{dot}com today");
                assert_eq!(found(&text), ["sales@example-shop.com"], "{text}");
            }
        }
        for dot in [" (point) ", " dot ", "[punkt]"] {
            assert_eq!(
                found(&format!("à sales chez example-shop{dot}com")),
                ["sales@example-shop.com"]
            );
        }
        assert_eq!(found("sales @ example-shop . com"), ["sales@example-shop.com"]);
    }

    #[test]
    fn prose_is_no_address() {
        for text in [
            "Meet us at example-shop.com today",
            "We arrived at noon dot Then left",
            "Look at this.It works",
            "Chat with us @ example-shop.com",
            "the court (a) decides",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
