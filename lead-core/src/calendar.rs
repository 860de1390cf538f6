//! Names of days and months, as pages write them.

use crate::word_list::Sieve;

/// A language: its names of the days from Monday on, in full and short.
struct Language {
    code: &'static str,
    days: [&'static str; 7],
    /// Forms beside the name and what it begins with; names of each day parted by spaces.
    short: [&'static str; 7],
}

const LANGUAGES: &[Language] = &[
    Language {
        code: "en",
        days: [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ],
        short: [
            "mon mo m",
            "tue tues tu",
            "wed weds we w",
            "thu thur thurs th",
            "fri fr f",
            "sat sa",
            "sun su",
        ],
    },
    Language {
        code: "de",
        days: [
            "montag",
            "dienstag",
            "mittwoch",
            "donnerstag",
            "freitag",
            "samstag",
            "sonntag",
        ],
        short: [
            "mo mon montags",
            "di die dienstags",
            "mi mit mittwochs",
            "do don donnerstags",
            "fr fre freitags",
            "sa sam sonnabend samstags",
            "so son sonntags",
        ],
    },
    Language {
        code: "fr",
        days: [
            "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
        ],
        short: [
            "lun lu", "mar ma", "mer me", "jeu je", "ven ve", "sam sa", "dim di",
        ],
    },
    Language {
        code: "es",
        days: [
            "lunes",
            "martes",
            "miércoles",
            "jueves",
            "viernes",
            "sábado",
            "domingo",
        ],
        short: [
            "lun lu l",
            "mar ma",
            "mié mie mi miercoles x",
            "jue ju j",
            "vie vi v",
            "sáb sab sa sabado sábados sabados",
            "dom do domingos",
        ],
    },
    Language {
        code: "it",
        days: [
            "lunedì",
            "martedì",
            "mercoledì",
            "giovedì",
            "venerdì",
            "sabato",
            "domenica",
        ],
        short: [
            "lun lu lunedi lunedí",
            "mar ma martedi",
            "mer me mercoledi",
            "gio gi giovedi",
            "ven ve venerdi",
            "sab sa",
            "dom do",
        ],
    },
    Language {
        code: "nl",
        days: [
            "maandag",
            "dinsdag",
            "woensdag",
            "donderdag",
            "vrijdag",
            "zaterdag",
            "zondag",
        ],
        short: [
            "ma maa", "di din", "wo woe", "do don", "vr vrij", "za zat", "zo zon",
        ],
    },
    Language {
        code: "pt",
        days: [
            "segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo",
        ],
        short: [
            "seg segunda-feira 2ª",
            "ter terça-feira terca 3ª",
            "qua quarta-feira 4ª",
            "qui quinta-feira 5ª",
            "sex sexta-feira 6ª",
            "sáb sab sábados sabado",
            "dom domingos",
        ],
    },
    Language {
        code: "pl",
        days: [
            "poniedziałek",
            "wtorek",
            "środa",
            "czwartek",
            "piątek",
            "sobota",
            "niedziela",
        ],
        short: [
            "pon pn poniedziałku",
            "wt wtorku",
            "śr środy",
            "czw cz czwartku",
            "pt pią piątku",
            "sob so soboty",
            "nd niedz ndz niedzieli",
        ],
    },
    Language {
        code: "sv",
        days: [
            "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
        ],
        short: [
            "mån må",
            "tis ti",
            "ons on",
            "tors tor to",
            "fre fr",
            "lör lö",
            "sön sö",
        ],
    },
    Language {
        code: "da",
        days: [
            "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag",
        ],
        short: [
            "man ma",
            "tir tirs ti",
            "ons on",
            "tor tors to",
            "fre fr",
            "lør lø",
            "søn sø",
        ],
    },
    Language {
        code: "fi",
        days: [
            "maanantai",
            "tiistai",
            "keskiviikko",
            "torstai",
            "perjantai",
            "lauantai",
            "sunnuntai",
        ],
        short: ["ma", "ti", "ke", "to", "pe", "la", "su"],
    },
];

/// Most words that are asked for are none of a day.
static SIEVE: Sieve<128> = sieve();

#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
const fn sieve() -> Sieve<128> {
    let mut sieve = Sieve::new();
    let mut at = 0;
    while at < LANGUAGES.len() * 7 {
        let (language, day) = (&LANGUAGES[at / 7], at % 7);
        sieve.add_with_plurals(language.days[day].as_bytes(), b' ');
        sieve.add_with_plurals(language.short[day].as_bytes(), b' ');
        at += 1;
    }
    sieve
}

/// A quick look: whether a word may name a day in any language, in any case.
pub(crate) fn may_be_day(word: &str) -> bool {
    SIEVE.may_hold(word)
}

/// The months in English, in lower case.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The days in English from Monday on, in lower case.
pub(crate) fn english_days() -> &'static [&'static str] {
    LANGUAGES.first().map_or(&[], |english| english.days.as_slice())
}

/// The day that a word in lower case names, 0 for Monday: in full in any language, in short in `language` (a code of two
/// letters, English when it is not known here).
///
/// The languages were chosen for the countries whose addresses are read; names and short forms follow the Unicode CLDR.
pub(crate) fn day(word: &str, language: &str) -> Option<u8> {
    if !may_be_day(word) {
        return None;
    }
    let language = match language {
        "no" | "nb" => "da",
        other => other,
    };
    let own = LANGUAGES.iter().find(|known| known.code == language);
    let short = own.or(LANGUAGES.first())?.short.iter();
    let at = short
        .clone()
        .position(|names| names.split(' ').any(|name| name == word));
    at.or_else(|| full_name(word))
        .and_then(|at| u8::try_from(at).ok())
}

/// A name in full, perhaps with the `s` of a plural.
fn full_name(word: &str) -> Option<usize> {
    let plural = word.strip_suffix('s').unwrap_or(word);
    let named = |language: &Language| {
        language
            .days
            .iter()
            .position(|day| *day == word || *day == plural)
    };
    LANGUAGES.iter().find_map(named)
}

/// What follows the name of a month, in any case, that `text` begins with.
pub(crate) fn strip_month(text: &str) -> Option<&str> {
    MONTHS.iter().find_map(|month| {
        let (head, rest) = text.split_at_checked(month.len())?;
        let ends = !rest.starts_with(char::is_alphanumeric);
        (head.eq_ignore_ascii_case(month) && ends).then_some(rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_named_in_full_anywhere_and_in_short_at_home() {
        for (word, language, expected) in [
            ("monday", "en", Some(0)),
            ("sundays", "de", Some(6)),
            ("samedi", "en", Some(5)),
            ("ma", "fr", Some(1)),
            ("ma", "nl", Some(0)),
            ("ma", "en", None),
            ("tor", "nb", Some(3)),
            ("mo", "xx", Some(0)),
            ("march", "en", None),
        ] {
            assert_eq!(day(word, language), expected, "{word} in {language}");
        }
    }

    #[test]
    fn months_are_words_of_their_own() {
        assert_eq!(strip_month("July 2012"), Some(" 2012"));
        assert_eq!(strip_month("Maybach"), None);
        assert_eq!(strip_month("é"), None);
    }
}
