//! Cutting text at characters.

use std::ops::Range;

/// How many characters stand around a value in a snippet, the value itself included.
const SNIPPET: usize = 80;

/// The last `bytes` of `text`, cut at a character.
pub(crate) fn tail(text: &str, bytes: usize) -> &str {
    let mut at = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    text.get(at..).unwrap_or_default()
}

/// The first `bytes` of `text`, cut at a character.
pub(crate) fn head(text: &str, bytes: usize) -> &str {
    let mut at = bytes.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    text.get(..at).unwrap_or_default()
}

/// The words around `span`, on one line, at most [`SNIPPET`] characters.
pub(crate) fn snippet_around(text: &str, span: &Range<usize>) -> String {
    let inner = text.get(span.clone()).unwrap_or_default();
    let room = SNIPPET.saturating_sub(inner.chars().count()) / 2;
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let before = match before.char_indices().rev().take(room).last() {
        Some((at, _)) => whole_words_back(before.get(at..).unwrap_or_default(), at == 0),
        None => "",
    };
    let after = match after.char_indices().nth(room) {
        Some((at, _)) => after
            .get(..at)
            .and_then(|cut| cut.rfind(char::is_whitespace).and_then(|end| cut.get(..end))),
        None => Some(after),
    };
    let whole = [before, inner, after.unwrap_or_default()].concat();
    let mut line = String::with_capacity(whole.len());
    for word in whole.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if let Some((cut, _)) = line.char_indices().nth(SNIPPET) {
        line.truncate(cut);
    }
    line
}

/// `text` without the word it was cut in.
fn whole_words_back(text: &str, whole: bool) -> &str {
    if whole {
        return text;
    }
    match text.find(char::is_whitespace) {
        Some(at) => text.get(at..).unwrap_or_default(),
        None => "",
    }
}

/// Whether the letters of `word` stand in `text` at all, without the searcher that `str::contains` makes at each call: it
/// tells nearly every class of a page apart.
pub(crate) fn mentions(text: &str, word: &str) -> bool {
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    let Some(last) = word.last() else { return true };
    let ends_there = |at: usize| bytes.get(..=at).is_some_and(|before| before.ends_with(word));
    memchr::memchr_iter(*last, bytes).any(ends_there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_found_wherever_they_stand() {
        for (text, word) in [
            ("p-tel", "tel"),
            ("tel", "tel"),
            ("vcard big", "card"),
            ("cad car", "card"),
            ("", "a"),
        ] {
            assert_eq!(mentions(text, word), text.contains(word), "{text} {word}");
        }
    }

    #[test]
    fn a_snippet_is_one_line_of_whole_words() {
        let text = "We are open daily from nine to five, closed in August.\nCall 415-555-2671 for a table, or come along and see for yourself.";
        let at = text.find("415").unwrap();
        let snippet = snippet_around(text, &(at..at + 12));
        assert_eq!(
            snippet,
            "to five, closed in August. Call 415-555-2671 for a table, or come along and"
        );
        assert_eq!(snippet_around("415", &(0..3)), "415");
    }

    #[test]
    fn cuts_at_characters() {
        assert_eq!((head("aé", 2), tail("éa", 2)), ("a", "a"));
    }
}
