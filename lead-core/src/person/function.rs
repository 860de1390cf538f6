//! Lines and labels that say what a person does.

use super::words::{LABELS, NO_TITLES, SENTENCE, SURE, WORDS};

/// A bit for each pair of a word's length and its first byte: most words of a text fall through.
const SEEN: [u64; 64] = seen();

#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
const fn seen() -> [u64; 64] {
    let mut bits = [0; 64];
    let list = WORDS.as_bytes();
    let (mut start, mut at) = (0, 0);
    while at <= list.len() {
        if at == list.len() || list[at] == b'|' {
            bits[(at - start) & 63] |= 1 << (list[start] & 63);
            start = at + 1;
        }
        at += 1;
    }
    bits
}

/// Whether a word in any case is one of titles.
pub(super) fn is_title_word(word: &str) -> bool {
    is_listed(word, WORDS) || is_compound(word)
}

/// `Vertriebsleiterin`, `Kundenberater`: German puts the field before the function.
fn is_compound(word: &str) -> bool {
    const ENDS: [&str; 8] = [
        "leiter",
        "leiterin",
        "berater",
        "beraterin",
        "führer",
        "führerin",
        "meister",
        "meisterin",
    ];
    word.len() >= 10
        && (word.ends_with("er") || word.ends_with("in"))
        && ENDS.iter().any(|end| word.ends_with(end))
}

fn is_listed(word: &str, list: &str) -> bool {
    let Some(first) = word.as_bytes().first() else {
        return false;
    };
    // A capital beyond ASCII has another first byte in lower case only where the alphabet changes block: never here.
    let first = if first.is_ascii() { first | 0x20 } else { *first };
    let row = SEEN.get(word.len() & 63).copied().unwrap_or_default();
    row & (1 << (first & 63)) != 0 && holds(list, word)
}

/// Whether a list parted by bars holds a word, in any case.
pub(super) fn holds(list: &str, word: &str) -> bool {
    let lower = word.to_lowercase();
    list.split('|').any(|one| one == lower)
}

/// The words of a line, without the signs around them.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', '\u{a0}', ',', ':', ';', '(', ')', '.', '&'])
        .filter(|word| !word.is_empty())
}

/// Whether a line holds a word of titles.
pub(super) fn has_title_word(line: &str) -> bool {
    words(line).any(is_title_word)
}

/// Longer lines are no titles.
const LONGEST: usize = 70;

/// Whether a line is a title and nothing else: `Sales Manager`, `Founder & CEO`, `Leiterin Vertrieb`.
pub(super) fn is_title(line: &str) -> bool {
    let line = line.trim();
    let plain = (3..=LONGEST).contains(&line.len().max(3))
        && line.starts_with(|c: char| c.is_alphabetic())
        && !line.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '?' | '!' | ':' | '"' | '©'))
        && ![". ", " - ", " – ", " at ", "...", "…"]
            .iter()
            .any(|sign| line.contains(sign));
    plain
        && words(line).count() <= 8
        && words(line).any(|word| is_title_word(word) && !holds(NO_TITLES, word))
        && !words(line).any(|word| holds(SENTENCE, word))
}

/// A label at the beginning of a line: its end, and whether a name may follow without a colon.
pub(super) fn label_at_start(line: &str) -> Option<(usize, bool)> {
    let longest = |list: &str| {
        list.split('|')
            .filter_map(|label| folded_prefix(line, label))
            .max()
    };
    match (longest(SURE), longest(LABELS)) {
        (Some(sure), label) if label.is_none_or(|label| label <= sure) => Some((sure, true)),
        (_, label) => label.map(|end| (end, false)),
    }
}

/// Whether a line is a label and nothing else, in any case.
pub(super) fn is_label(text: &str) -> bool {
    let text = text.trim_end_matches([':', ' ', '\u{a0}']);
    label_at_start(text).is_some_and(|(end, _)| end == text.len())
}

/// The length of `label` at the beginning of `line`, in any case, when the word ends there; with the `in`, `/in`, `(s)` that
/// may follow it.
fn folded_prefix(line: &str, label: &str) -> Option<usize> {
    let mut signs = line.char_indices();
    for wanted in label.chars() {
        let (_, own) = signs.next()?;
        if own != wanted && !own.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    let mut end = line.len() - signs.as_str().len();
    for form in ["/-in", "/in", ":in", "*in", "(in)", "(s)", "(n)", "(r)"] {
        if line.get(end..).is_some_and(|rest| rest.starts_with(form)) {
            end += form.len();
        }
    }
    let ends = !line
        .get(end..)?
        .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '*'));
    ends.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_lines_of_their_own() {
        for line in [
            "CEO",
            "Sales & Marketing Manager",
            "Founder & CEO",
            "Leiterin Vertrieb",
            "Directrice commerciale",
            "Prezes",
        ] {
            assert!(is_title(line), "{line}");
        }
        for line in [
            "Meet our manager",
            "Marketing",
            "Contact",
            "Ask for the manager!",
            "Manager Login",
            "",
            "12 managers",
        ] {
            assert!(!is_title(line), "{line}");
        }
    }

    #[test]
    fn labels_begin_lines() {
        for (line, label, sure) in [
            ("Geschäftsführer: A", "Geschäftsführer", true),
            ("GESCHÄFTSFÜHRERIN A", "GESCHÄFTSFÜHRERIN", true),
            (
                "Vertreten durch den Vorstand: A",
                "Vertreten durch den Vorstand",
                true,
            ),
            (
                "Directeur de la publication : A",
                "Directeur de la publication",
                false,
            ),
            ("Inhaber/in: A", "Inhaber/in", true),
        ] {
            let found = label_at_start(line).map(|(end, sure)| (&line[..end], sure));
            assert_eq!(found, Some((label, sure)), "{line}");
        }
        assert_eq!(label_at_start("Ownership"), None);
        assert_eq!(label_at_start(""), None);
        assert!(is_label("Legale rappresentante:") && !is_label("Owner Ada"));
    }

    #[test]
    fn every_label_begins_with_a_word_that_is_looked_for() {
        for label in SURE.split('|').chain(LABELS.split('|')) {
            assert!(has_title_word(label), "{label}");
        }
    }
}
