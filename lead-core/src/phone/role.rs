//! What a number is said to be for, by the words beside it.
//!
//! | file | what |
//! |---|---|
//! | `words` | the words, language by language |
//! | `icon` | icons and classes in their place |

mod icon;
mod words;

use std::ops::Range;

use crate::page::Document;
use crate::record::{PhoneRole, PhoneType};
use crate::sighting::{head, tail};

/// How far before a number its label may begin, in bytes.
const REACH: usize = 64;
/// How many words back it may stand.
const WORDS: usize = 6;

/// Single letters, only right before the number and set off by a sign: `T: 030 …`, `(F) 030 …`.
const LETTERS: &[(char, PhoneRole)] = &[
    ('t', PhoneRole::Tel),
    ('p', PhoneRole::Tel),
    ('f', PhoneRole::Fax),
    ('m', PhoneRole::Mobile),
    ('c', PhoneRole::Mobile),
    ('w', PhoneRole::Whatsapp),
];

/// A role, and whether words said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) role: PhoneRole,
    pub(crate) said: bool,
}

impl Label {
    /// Nothing is said.
    pub(crate) const NONE: Self = Self {
        role: PhoneRole::Tel,
        said: false,
    };
}

/// The role of the number at `span` of `text`; `after` is where the number before it ends.
pub(crate) fn of(text: &str, span: &Range<usize>, after: usize) -> Label {
    let before = text.get(after.min(span.start)..span.start).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    let said = |role| Label { role, said: true };
    if let Some(role) = behind_label(behind) {
        return said(role);
    }
    match before_label(tail(before, REACH)) {
        Some(role) => said(role),
        None => Label::NONE,
    }
}

/// What the words of a class, a name or a short text say.
pub(crate) fn of_short_text(text: &str) -> Option<PhoneRole> {
    icon::role_in(text)
}

/// Whether a word of any case, or a single capital letter, is a label: `Tel`, `FAX`, `T`.
pub(crate) fn is_label(word: &str) -> bool {
    let lower = word.to_lowercase();
    words::role_of(&lower).is_some()
        || word.chars().all(char::is_uppercase)
            && LETTERS.iter().any(|(letter, _)| lower.chars().eq([*letter]))
}

/// A telephone whose number is free by its plan is a free one, whatever the words beside it leave out.
pub(crate) fn by_kind(role: PhoneRole, kind: PhoneType) -> PhoneRole {
    match (role, kind) {
        (PhoneRole::Tel, PhoneType::TollFree) => PhoneRole::TollFree,
        (PhoneRole::Tel, PhoneType::Pager) => PhoneRole::Pager,
        (role, _) => role,
    }
}

/// The same on a page: where no words say it, an icon or a class may.
pub(crate) fn on_page(document: &Document, span: &Range<usize>, after: usize) -> Label {
    let label = of(document.text(), span, after);
    if label.said {
        return label;
    }
    match icon::role_beside(document, span, after) {
        Some(role) => Label { role, said: true },
        None => label,
    }
}

/// The label nearest before the number. Lines count as long as they hold little more than the label.
fn before_label(before: &str) -> Option<PhoneRole> {
    let lower = before.to_lowercase();
    let trimmed = lower.trim_end();
    if let Some(role) = letter(trimmed).or_else(|| capital(before)) {
        return Some(role);
    }
    // Past a line end only a line that is a label counts.
    let (line, gap) = match lower.rsplit_once(['\n', '\t']) {
        Some((above, line)) if line.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() => {
            (above.rsplit(['\n', '\t']).next().unwrap_or_default(), true)
        }
        Some((_, line)) => (line, false),
        None => (lower.as_str(), false),
    };
    let words: Vec<&str> = words_of(line);
    if gap && words.len() > 4 {
        return None;
    }
    let (place, role) = words
        .iter()
        .enumerate()
        .rev()
        .take(WORDS)
        .find_map(|(place, word)| words::role_of(word).map(|role| (place, role)))?;
    Some(combined(line, words.get(..place).unwrap_or_default(), role))
}

/// Words for *and* between two labels.
const AND: &[&str] = &[
    "and", "und", "et", "y", "e", "i", "en", "og", "och", "ja", "и", "та", "και", "ve", "si", "și", "és",
    "a", "or",
];

/// `Tel/Fax: …` and `Tel and Fax` are a telephone; `toll free fax` is a fax; `free` alone says nothing.
fn combined(line: &str, before: &[&str], role: PhoneRole) -> PhoneRole {
    let (joined, previous) = match before {
        [.., previous, and] if AND.contains(and) => (true, Some(previous)),
        [.., previous] => (line.contains(['/', '&', '+']), Some(previous)),
        [] => (false, None),
    };
    let previous = previous.and_then(|word| words::role_of(word));
    match (role, previous) {
        (PhoneRole::Fax, Some(PhoneRole::Tel)) if joined => PhoneRole::Tel,
        (PhoneRole::Tel, Some(other)) if !joined => other,
        (role, _) => role,
    }
}

/// Whether a character is of a word: letters and digits, and the marks that scripts write above and below them.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '-' | '#')
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{65F}' | '\u{900}'..='\u{97F}' | '\u{E00}'..='\u{E7F}')
}

fn words_of(line: &str) -> Vec<&str> {
    let line = line.trim_end();
    let mut words: Vec<&str> = line
        .split(|c: char| !is_of_word(c))
        .filter(|word| !word.is_empty())
        .map(|word| word.trim_matches('-'))
        .collect();
    // `toll free` is one label.
    if let [.., "toll", last] = words.as_mut_slice()
        && *last == "free"
    {
        *last = "toll-free";
    }
    words
}

/// A capital on its own with a blank behind, at the start of a line or after a sign: `T 415-555-0134`.
fn capital(before: &str) -> Option<PhoneRole> {
    let bare = before.trim_end_matches([' ', '\u{A0}']);
    let last = bare
        .chars()
        .next_back()
        .filter(|c| c.is_ascii_uppercase() && bare.len() < before.len())?;
    let rest = bare.strip_suffix(last)?;
    let starts = rest.is_empty() || rest.ends_with('\n') || !rest.trim_end().ends_with(char::is_alphanumeric);
    let letter = last.to_ascii_lowercase();
    LETTERS
        .iter()
        .find(|(known, _)| *known == letter && starts)
        .map(|(_, role)| *role)
}

/// `t:`, `(f)`, `m.` at the end of the text before the number.
fn letter(before: &str) -> Option<PhoneRole> {
    let bare = before.strip_suffix([':', '.', ')', '|', ']'])?.trim_end();
    let last = bare.chars().next_back()?;
    let free = !bare
        .strip_suffix(last)
        .unwrap_or_default()
        .ends_with(|c: char| c.is_alphanumeric() || c == '.');
    LETTERS
        .iter()
        .find(|(letter, _)| *letter == last && free)
        .map(|(_, role)| *role)
}

/// `… (fax)`, `… fax`, `… Mobile` right behind the number and not itself a label for the next one.
fn behind_label(behind: &str) -> Option<PhoneRole> {
    let line = head(behind, 24).split(['\n', '\t']).next().unwrap_or_default();
    let word = line.trim_start_matches([' ', '(', '（', '-', '–', '[', ',', '\u{a0}']);
    let end = word
        .find(|c: char| !is_of_word(c) || c.is_ascii_digit())
        .unwrap_or(word.len());
    let rest = word
        .get(end..)
        .unwrap_or_default()
        .trim_start_matches([' ', ')', '）', ']', '.', ',']);
    let bracketed = word
        .get(end..)
        .is_some_and(|rest| rest.starts_with([')', '）', ']']));
    let role = words::role_of(&word.get(..end)?.to_lowercase())?;
    (bracketed || rest.is_empty())
        .then_some(role)
        .filter(|role| *role != PhoneRole::Tel)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(text: &str) -> (PhoneRole, bool) {
        let start = text.find("0478").unwrap();
        let label = of(text, &(start..start + 10), 0);
        (label.role, label.said)
    }

    #[test]
    fn the_nearest_label_counts() {
        for (text, expected) in [
            ("Tel: 0478000001", PhoneRole::Tel),
            ("Fax: 0478000001", PhoneRole::Fax),
            ("Télécopie 0478000001", PhoneRole::Fax),
            ("T: 1 F: 0478000001", PhoneRole::Fax),
            ("Tel. / Fax 0478000001", PhoneRole::Tel),
            ("(F) 0478000001", PhoneRole::Fax),
            ("Fax\n0478000001", PhoneRole::Fax),
            ("Fax number: 0478000001", PhoneRole::Fax),
            ("Mobile phone 0478000001", PhoneRole::Mobile),
            ("Toll free: 0478000001", PhoneRole::TollFree),
            ("0478000001 (fax)", PhoneRole::Fax),
            ("0478000001 Fax", PhoneRole::Fax),
            ("WhatsApp 0478000001", PhoneRole::Whatsapp),
        ] {
            assert_eq!(role(text), (expected, true), "{text}");
        }
        for text in ["We bake since 1901, 0478000001", "0478000001 fax: 1"] {
            assert_eq!(role(text), (PhoneRole::Tel, false), "{text}");
        }
    }
}
