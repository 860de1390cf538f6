//! The words of opening hours, in the languages of the pages.

/// What a word of opening hours means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A day: 0 is Monday.
    Day(u8),
    /// Several days, a bit each.
    Days(u8),
    /// From one to the other.
    To,
    /// One and the other.
    And,
    /// Not open.
    Closed,
    /// A time of its own, in minutes.
    Time(u16),
    /// Says nothing: `from`, `open`, `Uhr`.
    Filler,
}

const EVERY: u8 = 0b0111_1111;
const WEEKDAYS: u8 = 0b0001_1111;
const WEEKEND: u8 = 0b0110_0000;

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

/// Words that every language may use, as they are unlike any other's.
const WORDS: &[(&str, Word)] = &[
    ("to", Word::To),
    ("thru", Word::To),
    ("through", Word::To),
    ("till", Word::To),
    ("until", Word::To),
    ("bis", Word::To),
    ("à", Word::To),
    ("au", Word::To),
    ("a", Word::To),
    ("al", Word::To),
    ("hasta", Word::To),
    ("alle", Word::To),
    ("t/m", Word::To),
    ("tot", Word::To),
    ("às", Word::To),
    ("até", Word::To),
    ("do", Word::To),
    ("til", Word::To),
    ("till", Word::To),
    ("and", Word::And),
    ("und", Word::And),
    ("u", Word::And),
    ("et", Word::And),
    ("y", Word::And),
    ("e", Word::And),
    ("en", Word::And),
    ("i", Word::And),
    ("och", Word::And),
    ("og", Word::And),
    ("ja", Word::And),
    ("closed", Word::Closed),
    ("geschlossen", Word::Closed),
    ("ruhetag", Word::Closed),
    ("fermé", Word::Closed),
    ("fermée", Word::Closed),
    ("cerrado", Word::Closed),
    ("chiuso", Word::Closed),
    ("gesloten", Word::Closed),
    ("fechado", Word::Closed),
    ("encerrado", Word::Closed),
    ("nieczynne", Word::Closed),
    ("zamknięte", Word::Closed),
    ("stängt", Word::Closed),
    ("stengt", Word::Closed),
    ("lukket", Word::Closed),
    ("suljettu", Word::Closed),
    ("daily", Word::Days(EVERY)),
    ("everyday", Word::Days(EVERY)),
    ("täglich", Word::Days(EVERY)),
    ("dagelijks", Word::Days(EVERY)),
    ("diariamente", Word::Days(EVERY)),
    ("codziennie", Word::Days(EVERY)),
    ("dagligen", Word::Days(EVERY)),
    ("weekdays", Word::Days(WEEKDAYS)),
    ("werktags", Word::Days(WEEKDAYS)),
    ("werktage", Word::Days(WEEKDAYS)),
    ("vardagar", Word::Days(WEEKDAYS)),
    ("weekend", Word::Days(WEEKEND)),
    ("weekends", Word::Days(WEEKEND)),
    ("noon", Word::Time(12 * 60)),
    ("midday", Word::Time(12 * 60)),
    ("midnight", Word::Time(24 * 60)),
    ("from", Word::Filler),
    ("open", Word::Filler),
    ("hours", Word::Filler),
    ("von", Word::Filler),
    ("uhr", Word::Filler),
    ("h", Word::Filler),
    ("hs", Word::Filler),
    ("hrs", Word::Filler),
    ("uur", Word::Filler),
    ("de", Word::Filler),
    ("du", Word::Filler),
    ("das", Word::Filler),
    ("dal", Word::Filler),
    ("dalle", Word::Filler),
    ("ore", Word::Filler),
    ("van", Word::Filler),
    ("od", Word::Filler),
    ("godz", Word::Filler),
    ("kl", Word::Filler),
    ("klo", Word::Filler),
    ("between", Word::Filler),
    ("the", Word::Filler),
    ("of", Word::Filler),
    ("le", Word::Filler),
    ("los", Word::Filler),
    ("il", Word::Filler),
    ("feira", Word::Filler),
    ("est", Word::Filler),
    ("pst", Word::Filler),
];

/// Names of days that a text of any language shows: in full, in all languages.
fn full_name(word: &str) -> Option<u8> {
    let plural = word.strip_suffix('s').unwrap_or(word);
    LANGUAGES.iter().find_map(|language| {
        let at = language
            .days
            .iter()
            .position(|day| *day == word || *day == plural)?;
        u8::try_from(at).ok()
    })
}

/// What a word in lower case means to a page in `language` (a code of two letters): short names of days are read in its
/// own language, else in English.
pub(super) fn meaning(word: &str, language: &str) -> Option<Word> {
    let own = LANGUAGES
        .iter()
        .find(|known| {
            known.code == language
                || language == "no" && known.code == "da"
                || language == "nb" && known.code == "da"
        })
        .or(LANGUAGES.first())?;
    let short = own
        .short
        .iter()
        .position(|names| names.split(' ').any(|name| name == word))
        .and_then(|at| u8::try_from(at).ok());
    if let Some(day) = short.or_else(|| full_name(word)) {
        return Some(Word::Day(day));
    }
    WORDS
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, meaning)| *meaning)
}
