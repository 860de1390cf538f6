//! What a street line looks like, in English and on the continent.

use super::street_words::{ALONE, DIRECTIONS, ENDINGS, HOUSES, LEADS, SUFFIXES, UNITS, WORDS};

fn first_word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || c == '.')
        .next()
        .unwrap_or_default()
}

/// `Suite 300`, `#12`, `2nd Floor`.
pub(super) fn is_unit(segment: &str) -> bool {
    let lower = segment.trim().to_lowercase();
    let word = first_word(&lower);
    UNITS
        .iter()
        .any(|unit| word == *unit || (*unit == "#" && word.starts_with('#')))
        || lower.ends_with(" floor")
}

/// `Mill House`: a name that ends as those of British houses do.
pub(super) fn is_house(segment: &str) -> bool {
    let mut words = segment.split_whitespace().rev();
    let last = words.next().unwrap_or_default().to_lowercase();
    HOUSES.contains(&last.as_str())
        && words.next().is_some()
        && segment
            .split_whitespace()
            .all(|word| word.starts_with(char::is_uppercase))
}

/// `PO Box 12`, `P. O. Box 12`.
pub(super) fn is_box(segment: &str) -> bool {
    let first = segment.chars().find(|c| c.is_alphanumeric());
    if !matches!(first, Some('P' | 'p')) {
        return false;
    }
    let letters: String = segment
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(8)
        .collect::<String>()
        .to_lowercase();
    letters.starts_with("pobox") || letters.starts_with("postfach")
}

/// Whether a segment is a street line: a house number and a name.
pub(super) fn is_street(segment: &str) -> bool {
    let segment = segment.trim();
    if !(5..=90).contains(&segment.len()) || segment.contains(['@', '?', '!']) {
        return false;
    }
    if is_box(segment) {
        return segment.bytes().any(|byte| byte.is_ascii_digit());
    }
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    let letters = segment.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 3 || digits == 0 || digits > 10 {
        return false;
    }
    begins_with_number(segment)
        || has_street_word(segment) && segment.bytes().any(|byte| byte.is_ascii_digit())
}

/// `123 …`, `12-14 …`, `12A …`, `One …` is not read.
fn begins_with_number(segment: &str) -> bool {
    let number = segment.split_whitespace().next().unwrap_or_default();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let name = segment.split_whitespace().nth(1).unwrap_or_default();
    number.starts_with(|c: char| ('1'..='9').contains(&c))
        && (1..=6).contains(&digits)
        && number.len() <= digits + 3
        && (name.starts_with(char::is_uppercase)
            || name.starts_with(|c: char| c.is_ascii_digit())
            || has_street_word(segment))
        && !name.ends_with("am")
        && !name.ends_with("pm")
}

fn is_lead(word: &str) -> bool {
    LEADS.contains(&word) || word.starts_with("c/")
}

fn has_ending(word: &str) -> bool {
    let plain = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | ','));
    ENDINGS
        .iter()
        .any(|ending| plain.len() >= ending.len() && plain.ends_with(ending))
}

/// A continental street line.
pub(super) struct Continental<'a> {
    /// The line, without what stands before the street's name.
    pub(super) text: &'a str,
    /// Whether a word says that it is a street; else only the form does.
    pub(super) worded: bool,
}

/// Reads a segment as a continental street: `Hauptstraße 5`, `12 rue Haute`, `Acme srl Via Roma 2`, `Unter den Linden 7`.
pub(super) fn continental(segment: &str) -> Option<Continental<'_>> {
    let segment = segment.trim();
    if segment.len() < 4 || segment.contains(['@', '?', '!', '%', '€', '$']) {
        return None;
    }
    let words: Vec<&str> = segment.split_whitespace().collect();
    let at = |index: usize| {
        let word = words.get(index)?;
        segment.get(word.as_ptr().addr() - segment.as_ptr().addr()..)
    };
    let lead = words.iter().position(|word| is_lead(&word.to_lowercase()));
    if let Some(lead) = lead.filter(|lead| lead + 1 < words.len() || segment.to_lowercase().contains("c/")) {
        // `12 rue …`, `12 bis, rue …`: the number stands before.
        let numbered = (0..lead).find(|index| {
            words.get(*index..lead).is_some_and(|before| {
                before
                    .iter()
                    .all(|word| is_house_number(word) || matches!(*word, "bis" | "ter" | "B" | "A"))
            })
        });
        let text = at(numbered.unwrap_or(lead))?;
        return (text.chars().count() <= 80).then_some(Continental { text, worded: true });
    }
    if let Some(ending) = words.iter().position(|word| has_ending(&word.to_lowercase())) {
        let compound = words
            .get(ending)
            .is_some_and(|word| !ENDINGS.contains(&&*word.to_lowercase()));
        let from = if compound && words.len() > 4 {
            ending
        } else {
            ending.saturating_sub(3)
        };
        let text = if words.len() > 6 { at(from)? } else { segment };
        let numbered = text.bytes().any(|byte| byte.is_ascii_digit());
        return (numbered && text.chars().count() <= 70).then_some(Continental { text, worded: true });
    }
    let (number, name) = without_door(&words).split_last()?;
    let plain = (1..=4).contains(&name.len())
        && is_house_number(number)
        && !number.ends_with(['.', ':'])
        && name.iter().all(|word| {
            word.chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\''))
        })
        && name.iter().any(|word| word.chars().count() >= 4)
        && name
            .first()
            .is_some_and(|word| word.starts_with(char::is_uppercase));
    (plain && !is_unit(segment)).then_some(Continental {
        text: segment,
        worded: false,
    })
}

/// The words before a door within the house: `Meir 12 bus 3`, `Długa 5 m. 3`, `Kauppakatu 10 A 4`.
fn without_door<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    let [before @ .., mark, door] = words else {
        return words;
    };
    let marks = ["bus", "bte", "boîte", "lok.", "m.", "top", "tür", "apt.", "lgh"];
    let letter = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_uppercase());
    let marked = marks.contains(&&*mark.to_lowercase()) || letter;
    let numbered = before.last().is_some_and(|word| is_house_number(word));
    if marked && numbered && is_house_number(door) {
        before
    } else {
        words
    }
}

/// `5`, `12a`, `12-14`, `7/3`: up to four digits with what may stand about them.
pub(super) fn is_house_number(word: &str) -> bool {
    let word = word.trim_matches([',', '.', '(', ')']);
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let rest = word
        .chars()
        .filter(|c| !c.is_ascii_digit() && !matches!(c, '-' | '–' | '/'))
        .count();
    word.starts_with(|c: char| c.is_ascii_digit())
        && (1..=6).contains(&digits)
        && rest <= 2
        && word.len() <= 9
}

/// What stands behind a street and its comma: `2`, `nº 608`, `1º Andar`, `s/n`, `2. Stock`.
pub(super) fn is_number_part(segment: &str) -> bool {
    let lower = segment.trim().to_lowercase();
    let marked = [
        "nº", "n°", "n.", "no.", "nr", "num", "núm", "piso", "planta", "local", "nave", "esc", "int", "bte",
        "m.", "bp ", "b.p.", "cs ",
    ]
    .iter()
    .any(|mark| lower.starts_with(mark));
    let floor = [
        "andar", "etage", "étage", "stock", "piano", "piso", "planta", "dcha", "izda", "og", "sal", "tr",
    ]
    .iter()
    .any(|word| lower.ends_with(word));
    lower.len() <= 24
        && (lower == "s/n"
            || is_house_number(&lower) && lower.len() <= 6
            || (marked || floor || lower.ends_with(['º', 'ª']) || is_door(&lower))
                && lower.bytes().any(|byte| byte.is_ascii_digit()))
}

/// `3º b`, `2 a`: a floor and a door.
fn is_door(lower: &str) -> bool {
    lower.len() <= 8
        && lower.starts_with(|c: char| c.is_ascii_digit())
        && lower.ends_with(['a', 'b', 'c', 'd'])
}

/// Whether a line is an English street and nothing else: a number, a name, its ending, perhaps a direction or a unit.
pub(super) fn is_street_alone(line: &str) -> bool {
    let line = line.trim();
    let may_end = |word: &str| ALONE.holds(word.trim_end_matches(['.', ',']));
    if line.len() > 60
        || !line.split_whitespace().skip(2).any(may_end)
        || !is_street(line)
        || line.contains(':')
    {
        return false;
    }
    let words: Vec<String> = line
        .split_whitespace()
        .map(|word| word.trim_end_matches(['.', ',']).to_lowercase())
        .collect();
    let named = |word: &String| ALONE.holds(word);
    let Some(ending) = words.iter().skip(2).position(named).map(|at| at + 2) else {
        return false;
    };
    let mut rest = words.iter().skip(ending + 1);
    match rest.next() {
        None => true,
        Some(word) if DIRECTIONS.contains(&word.as_str()) => rest.next().is_none(),
        Some(word) => UNITS.contains(&word.as_str()) || word.starts_with('#'),
    }
}

/// Whether a word of the segment ends or begins a street's name.
pub(super) fn has_street_word(segment: &str) -> bool {
    let lower = segment.to_lowercase();
    let known = |word: &str| {
        SUFFIXES.contains(&word.trim_end_matches('.')) || WORDS.contains(&word) || has_ending(word)
    };
    lower.split(|c: char| c.is_whitespace() || c == ',').any(known)
}

/// Splits `123 Main St Springfield` behind the street's ending, its direction and its unit, when a town may follow; `N.W.
/// Washington` and `Suite 4 Springfield` too, which go on with a street.
pub(super) fn split_town(segment: &str) -> Option<(&str, &str)> {
    let mut cut = None;
    let mut expect_unit = false;
    for (index, word) in segment.split_whitespace().enumerate() {
        let start = word.as_ptr().addr() - segment.as_ptr().addr();
        let end = start + word.len();
        let lower = word.to_lowercase();
        let plain = lower.trim_end_matches(['.', ',']);
        let follows = index == 0 || cut.is_some_and(|at| at + 1 == start);
        if expect_unit || plain.starts_with('#') {
            cut = Some(end);
            expect_unit = false;
        } else if UNITS.contains(&plain) {
            expect_unit = true;
        } else if index >= 2 && SUFFIXES.contains(&plain) || follows && is_direction(word, index) {
            cut = Some(end);
        }
    }
    let (street, town) = segment.split_at_checked(cut?)?;
    let town = town.trim_matches([' ', ',', '-']);
    (!town.is_empty() && town.starts_with(char::is_uppercase)).then_some((street, town))
}

/// `NW`, `N.W.`, `North`; at the beginning of a segment only in letters, as `North Bend` is a town.
fn is_direction(word: &str, index: usize) -> bool {
    let lower = word.to_lowercase();
    let plain = lower.trim_end_matches(['.', ',']);
    DIRECTIONS.contains(&plain) && (index > 0 || plain.len() <= 3)
}

/// Splits `12 Ocean Boulevard Fort Myers` before the longest town that is known.
pub(super) fn split_known_town(segment: &str) -> Option<(&str, &str)> {
    let starts = segment.match_indices(' ').map(|(at, _)| at).skip(1);
    starts
        .filter_map(|at| Some((segment.get(..at)?, segment.get(at + 1..)?)))
        .find(|(_, town)| town.split(' ').count() <= 4 && super::towns::is_known(town))
}
