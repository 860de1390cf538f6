//! The words of opening hours, in the languages of the pages.

use crate::calendar;
use crate::word_list::Sieve;

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

/// Most words that are asked for are none of these.
static SIEVE: Sieve<32> = sieve(false);
/// Those of them that mean days.
static DAYS: Sieve<16> = sieve(true);

#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
const fn sieve<const ROWS: usize>(only_days: bool) -> Sieve<ROWS> {
    let mut sieve = Sieve::new();
    let mut at = 0;
    while at < WORDS.len() {
        let (word, meaning) = (WORDS[at].0.as_bytes(), WORDS[at].1);
        if !only_days || matches!(meaning, Word::Days(_)) {
            sieve.add(word, 0, word.len());
        }
        at += 1;
    }
    sieve
}

/// Whether a word, in any case, names a day or days.
pub(super) fn is_day(word: &str, language: &str) -> bool {
    (calendar::may_be_day(word) || DAYS.may_hold(word))
        && matches!(
            meaning(&word.to_lowercase(), language),
            Some(Word::Day(_) | Word::Days(_))
        )
}

/// What a word in lower case means to a page in `language` (a code of two letters): short names of days are read in its
/// own language, else in English.
pub(super) fn meaning(word: &str, language: &str) -> Option<Word> {
    if let Some(day) = calendar::day(word, language) {
        return Some(Word::Day(day));
    }
    if !SIEVE.may_hold(word) {
        return None;
    }
    WORDS
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, meaning)| *meaning)
}
