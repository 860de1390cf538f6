//! Spellings of one word made equal: case, accents, scripts.

/// Lower case in Latin letters, accents gone. `ä` and `ae` come to the same, as do `œ` and `oe`: both are written for each
/// other in names of hosts and in lists.
pub(super) fn fold(text: &str) -> String {
    latin(text)
        .replace("ae", "a")
        .replace("oe", "o")
        .replace("ue", "u")
}

/// Lower case in Latin letters, accents gone.
fn latin(text: &str) -> String {
    let latin = any_ascii::any_ascii(text).to_ascii_lowercase();
    latin.chars().filter(|c| !matches!(c, '\'' | '`')).collect()
}

/// The folded words of a text: runs of letters and digits; `&` and `+` are words of their own.
pub(super) fn words(text: &str) -> Vec<String> {
    cut(&fold(text))
}

/// The same words, pairs such as `ue` as they stand.
pub(super) fn latin_words(text: &str) -> Vec<String> {
    cut(&latin(text))
}

fn cut(text: &str) -> Vec<String> {
    let text = text.replace(['&', '+'], " and ");
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The folded words of a text in one.
pub(super) fn joined(text: &str) -> String {
    words(text).concat()
}

/// Whether the words of `part` stand in `text`, one after the other. Both are folded words.
pub(super) fn holds(text: &[String], part: &[String]) -> bool {
    !part.is_empty() && text.windows(part.len()).any(|place| place == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_are_equal() {
        for (one, other) in [
            ("Bäckerei Müller", "BAECKEREI Mueller"),
            ("L’Étoile d’Or", "L'Etoile d'Or"),
            ("Пекарна", "Pekarna"),
            ("Łódź", "lodz"),
            ("Weiß", "weiss"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
        assert_eq!(words("Krüger & Söhne"), ["kruger", "and", "sohne"]);
    }

    #[test]
    fn words_are_found_whole() {
        assert!(holds(
            &words("Zahnarzt in Bad Muster, seit 1990"),
            &words("Bad Muster")
        ));
        assert!(!holds(&words("Musterstadt"), &words("Muster")));
        assert!(!holds(&words("a"), &[]));
    }
}
