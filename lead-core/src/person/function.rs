//! Lines and labels that say what a person does.

use std::sync::LazyLock;

use super::words::{LABELS, NO_TITLES, SENTENCE, SURE, WORDS};

/// Whether a word in any case is one of titles.
pub(super) fn is_title_word(word: &str) -> bool {
    WORDS.holds(word) || is_compound(word)
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

/// The words of a line, without the signs around them.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        rest = rest.get(length_where(rest, true)..)?;
        let (word, behind) = rest.split_at_checked(length_where(rest, false))?;
        rest = behind;
        (!word.is_empty()).then_some(word)
    })
}

/// How far `text` goes on with signs that part words, or with none of them. Bytes are looked at, as most are letters; a space
/// that does not break has two.
fn length_where(text: &str, signs: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (is_sign, width) = match byte {
            b' ' | b',' | b':' | b';' | b'(' | b')' | b'.' | b'&' => (true, 1),
            0xc2 if bytes.get(at + 1) == Some(&0xa0) => (true, 2),
            _ => (false, 1),
        };
        if is_sign != signs {
            break;
        }
        at += width;
    }
    at
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
        && words(line).any(|word| is_title_word(word) && !NO_TITLES.holds(word))
        && !words(line).any(|word| SENTENCE.holds(word))
}

/// A label as it is looked for.
struct Label {
    first: char,
    text: &'static str,
    /// A name may follow without a colon.
    sure: bool,
}

/// The labels, in the order of their first letters.
static BY_LETTER: LazyLock<Vec<Label>> = LazyLock::new(|| {
    let parted = [(SURE, true), (LABELS, false)];
    let labels = parted.iter().flat_map(|(list, sure)| {
        list.split('|').filter_map(|text| {
            let first = text.chars().next()?;
            Some(Label {
                first,
                text,
                sure: *sure,
            })
        })
    });
    let mut labels: Vec<Label> = labels.collect();
    labels.sort_by_key(|label| label.first);
    labels
});

/// A label at the beginning of a line: its end, and whether a name may follow without a colon. The longest counts.
pub(super) fn label_at_start(line: &str) -> Option<(usize, bool)> {
    let first = line.chars().next()?.to_lowercase().next()?;
    let begin = BY_LETTER.partition_point(|label| label.first < first);
    let alike = BY_LETTER
        .iter()
        .skip(begin)
        .take_while(|label| label.first == first);
    alike
        .filter_map(|label| Some((folded_prefix(line, label.text)?, label.sure)))
        .max()
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
