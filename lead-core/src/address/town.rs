//! What may be the name of a town.

use super::street::{has_street_word, is_unit};
use super::towns;
use crate::calendar::{MONTHS, english_days};

/// Small words within names of towns, in the languages of the formats.
const PARTICLES: &[&str] = &[
    "of", "de", "la", "le", "les", "on", "upon", "the", "am", "an", "der", "im", "in", "bei", "ob", "sur",
    "sous", "en", "aan", "den", "del", "della", "di", "do", "da", "dos", "das", "el", "los", "las", "van",
    "op", "nad", "i", "y", "e", "lès", "und", "à", "aux", "du", "des", "ved", "a.d.", "v.d.",
];

/// Words that stand behind towns or in their place, and belong to none.
const NO_TOWNS: &[&str] = &[
    "tel",
    "tél",
    "telefon",
    "telefono",
    "teléfono",
    "telefoon",
    "telefone",
    "fon",
    "fax",
    "phone",
    "ph",
    "e-mail",
    "email",
    "mobil",
    "mobile",
    "mail",
    "usa",
    "map",
    "directions",
    "office",
    "address",
    "adresse",
    "suite",
    "ste",
    "unit",
    "floor",
    "building",
    "room",
    "box",
    "hours",
    "contact",
    "copyright",
    "inc",
    "llc",
    "ltd",
    "gmbh",
    "web",
    "www",
    "http",
    "p",
    "t",
    "f",
    "m",
    "zip",
    "state",
    "city",
];

/// Words that are part of names of towns, and no name alone.
const NO_NAMES: &[&str] = &[
    "north", "south", "east", "west", "the", "new", "san", "santa", "saint", "st",
];

/// Whether a name is more than a word of other names, of a month or of a day.
fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let others = [NO_NAMES, &MONTHS, english_days()];
    !others.iter().any(|list| list.contains(&lower.as_str()))
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word) || word.starts_with("d'") || word.starts_with("l'") || word.starts_with("d’")
}

/// Whether a word may belong to the name of a town.
pub(super) fn is_town_word(word: &str) -> bool {
    let letters = || {
        word.chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '`' | '‑'))
    };
    let other = || {
        let plain = word.trim_end_matches([':', '.', ',']).to_lowercase();
        NO_TOWNS.contains(&plain.as_str())
    };
    (word.starts_with(char::is_uppercase) || is_particle(word)) && letters() && !other()
}

/// A town at the end of a segment: one to four words that begin with capitals. `None` when the segment says something
/// else.
pub(super) fn at_end(segment: &str) -> Option<&str> {
    let town = segment.rsplit([':', '(', ')', '/']).next()?;
    let town = town.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '-' | '–'));
    let mut start = None;
    for word in town.split_whitespace().rev().take(4) {
        if !is_town_word(word) {
            break;
        }
        if word.starts_with(char::is_uppercase) {
            start = Some(word.as_ptr().addr() - town.as_ptr().addr());
        }
    }
    let name = town.get(start?..)?;
    let whole = name.len() == town.len();
    // In a sentence only the town's own words count, and they must be known.
    let known = || {
        let starts = name
            .match_indices(' ')
            .map(|(at, _)| at + 1)
            .chain(std::iter::once(0));
        let mut starts: Vec<usize> = starts.collect();
        starts.sort_unstable();
        starts
            .iter()
            .filter_map(|at| name.get(*at..))
            .find(|part| towns::is_known(part))
    };
    let name = if whole && !is_sentence(town) {
        name
    } else {
        known().unwrap_or(name)
    };
    let fits = (2..=40).contains(&name.chars().count()) && !is_unit(name);
    let fits = fits && is_name(name);
    (fits && (!has_street_word(name) || towns::is_known(name))).then_some(name)
}

fn is_sentence(text: &str) -> bool {
    text.split_whitespace().count() > 4
}

/// A town that `line` begins with, up to where a word is no name: `Paris Tel. 01…` → `Paris`.
pub(super) fn at_start(line: &str) -> Option<&str> {
    let mut end = None;
    for word in line.split_whitespace().take(5) {
        let closed =
            word.ends_with([':', '.']) && !matches!(word, "St." | "Ste." | "Sankt" | "a.d." | "v.d." | "Bad");
        let plain = word.trim_end_matches([':', '.']);
        if !is_town_word(if closed { plain } else { word }) {
            break;
        }
        let stop =
            word.as_ptr().addr() - line.as_ptr().addr() + if closed { plain.len() } else { word.len() };
        if word.starts_with(char::is_uppercase) {
            end = Some(stop);
        }
        if closed {
            break;
        }
    }
    let name = line.get(..end?)?.trim_start();
    let name = shortened(name);
    ((2..=40).contains(&name.chars().count()) && is_name(name)).then_some(name)
}

/// Of many words in a row, those that make up a known town; else at most three.
fn shortened(name: &str) -> &str {
    let ends: Vec<usize> = name
        .match_indices(' ')
        .map(|(at, _)| at)
        .chain(std::iter::once(name.len()))
        .collect();
    if ends.len() <= 1 || towns::is_known(name) {
        return name;
    }
    let heads = ends.iter().rev().filter_map(|end| name.get(..*end));
    let known = heads.into_iter().find(|head| towns::is_known(head));
    known.or_else(|| name.get(..*ends.get(2)?)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_stand_at_the_ends_of_segments() {
        for (segment, town) in [
            ("Springfield", Some("Springfield")),
            ("Head office: Newcastle upon Tyne", Some("Newcastle upon Tyne")),
            ("we are located in beautiful Chicago", Some("Chicago")),
            ("Suite", None),
            ("12 Main Street", None),
            ("Station Road", None),
            ("North", None),
            ("North Las Vegas", Some("North Las Vegas")),
            ("", None),
        ] {
            assert_eq!(at_end(segment), town, "{segment}");
        }
    }

    #[test]
    fn towns_end_where_another_word_begins() {
        for (line, town) in [
            ("Paris Tel. 01 23", Some("Paris")),
            ("Frankfurt am Main", Some("Frankfurt am Main")),
            ("Berlin Telefon: 030", Some("Berlin")),
            ("Roosendaal Nederland T:0165", Some("Roosendaal")),
            ("1234", None),
        ] {
            assert_eq!(at_start(line), town, "{line}");
        }
    }
}
