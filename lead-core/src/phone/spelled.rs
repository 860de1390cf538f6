//! Numbers spelled out, a word a digit: `four one five, five five five …`.
//!
//! Only few texts hold any, and every text is searched. A spelled number is long: a few letters in fourteen are looked at,
//! and the words around them are read only where these letters follow each other in words for digits.

mod letters;

use super::compat::{self, Search};
use super::find::NumberMatch;
use super::options::Leniency;
use super::region::Region;
use super::smart;

/// So many words for digits in a row are no accident.
const FEWEST_WORDS: usize = 7;
/// How many bytes a look takes in.
const LOOK: usize = 6;
/// How far apart the looks at the text are: seven words of two letters and the signs between them are twenty bytes, so
/// that one look falls into them as a whole.
const STRIDE: usize = 14;
/// What stands between two words has no more signs.
const MOST_SIGNS: usize = 3;
/// No word for a digit has more letters than `quattro`, and `fünf` and `zéro` are longer in bytes.
const LONGEST: usize = 8;
/// No number has more digits, the international prefix included.
const MOST_DIGITS: usize = 20;

/// Words for the digits in English, German, French, Spanish, Italian, Portuguese and Dutch.
const WORDS: &[(char, &[&str])] = &[
    ('0', &["zero", "oh", "null", "cero", "nul", "zéro"]),
    ('1', &["one", "eins", "un", "uno", "um", "een"]),
    ('2', &["two", "zwei", "zwo", "deux", "dos", "due", "dois", "twee"]),
    ('3', &["three", "drei", "trois", "tres", "tre", "drie", "três"]),
    ('4', &["four", "vier", "quatre", "cuatro", "quattro", "quatro"]),
    ('5', &["five", "cinq", "cinco", "cinque", "vijf", "fünf"]),
    ('6', &["six", "sechs", "seis", "sei", "zes"]),
    (
        '7',
        &["seven", "sieben", "sept", "siete", "sette", "sete", "zeven"],
    ),
    ('8', &["eight", "acht", "huit", "ocho", "otto", "oito"]),
    ('9', &["nine", "neun", "neuf", "nueve", "nove", "negen"]),
];

fn digit_of(word: &str) -> Option<char> {
    let named = |(_, words): &&(char, &[&str])| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    WORDS.iter().find(named).map(|(digit, _)| *digit)
}

/// The spelled numbers of `text` that touch nothing in `known`, which is in order.
pub(super) fn find(text: &str, region: Option<Region>, known: &[NumberMatch]) -> Vec<NumberMatch> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(look) = bytes.get(at..).and_then(<[u8]>::first_chunk::<LOOK>) {
        if !letters::may_be_spelled(*look) {
            at += STRIDE;
            continue;
        }
        let Some(mut words) = word_at(bytes, at).and_then(|start| Words::around(text, start)) else {
            at += STRIDE;
            continue;
        };
        at = words.end.max(at) + STRIDE;
        if words.count >= FEWEST_WORDS {
            words.take_figures(text);
            let free = !smart::overlaps(known, &(words.start..words.end));
            found.extend(words.number(region).filter(|_| free));
        }
    }
    found
}

/// Where the word begins that holds the letter at `at`, or stands behind the signs there.
fn word_at(bytes: &[u8], at: usize) -> Option<usize> {
    let letter = |at: usize| bytes.get(at).is_some_and(|byte| is_letter(*byte));
    if !letter(at) {
        return (at + 1..=at + MOST_SIGNS).find(|at| letter(*at));
    }
    let back = (1..=LONGEST).find(|by| at.checked_sub(*by).is_none_or(|at| !letter(at)))?;
    Some(at + 1 - back)
}

/// A letter of a word, or part of one beyond ASCII.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

/// Words for digits in a row.
struct Words {
    start: usize,
    end: usize,
    count: usize,
    digits: String,
}

impl Words {
    /// Those around the one that begins at `start`.
    fn around(text: &str, start: usize) -> Option<Self> {
        let (end, digit) = word(text, start)?;
        let mut words = Self {
            start,
            end,
            count: 1,
            digits: String::from(digit),
        };
        while let Some((start, digit)) = word_before(text, words.start) {
            words.start = start;
            words.digits.insert(0, digit);
            words.count += 1;
            if words.count > MOST_DIGITS {
                break;
            }
        }
        while let Some((end, digit)) = signs(text, words.end).and_then(|at| word(text, at)) {
            words.end = end;
            words.digits.push(digit);
            words.count += 1;
        }
        Some(words)
    }

    /// Takes in a group of digits before and behind: `415 five five five …`.
    fn take_figures(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        if let Some(end) = signs_back(text, self.start) {
            let start = (0..end).rev().take(4).take_while(|at| digit(*at)).last();
            if let Some(start) = start.filter(|start| start.checked_sub(1).is_none_or(|at| !digit(at))) {
                self.digits
                    .insert_str(0, text.get(start..end).unwrap_or_default());
                self.start = start;
            }
        }
        if let Some(start) = signs(text, self.end) {
            let end = (start..)
                .take(5)
                .take_while(|at| digit(*at))
                .last()
                .map_or(start, |last| last + 1);
            if (1..=4).contains(&(end - start)) {
                self.digits.push_str(text.get(start..end).unwrap_or_default());
                self.end = end;
            }
        }
    }

    /// The number they spell, when the plan has it. Counting is not spelling.
    fn number(&self, region: Option<Region>) -> Option<NumberMatch> {
        let digits = self.digits.as_bytes();
        let counting = digits
            .iter()
            .zip(digits.iter().skip(1))
            .all(|(one, next)| one + 1 == *next);
        if counting || digits.len() > MOST_DIGITS {
            return None;
        }
        let mut found = compat::find(&self.digits, Search::new(region, Leniency::Valid));
        let whole = found
            .next()
            .filter(|one| (one.start, one.end) == (0, digits.len()))?;
        Some(NumberMatch {
            start: self.start,
            end: self.end,
            number: whole.number,
        })
    }
}

/// The end of the word that begins at `start`, and its digit.
fn word(text: &str, start: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes().get(start..)?;
    let length = bytes
        .iter()
        .take(LONGEST + 1)
        .take_while(|byte| is_letter(**byte))
        .count();
    let digit = digit_of(text.get(start..start + length)?)?;
    Some((start + length, digit))
}

/// The start of the word before `end`, and its digit.
fn word_before(text: &str, end: usize) -> Option<(usize, char)> {
    let end = signs_back(text, end)?;
    let bytes = text.as_bytes().get(..end)?;
    let length = bytes
        .iter()
        .rev()
        .take(LONGEST + 1)
        .take_while(|byte| is_letter(**byte))
        .count();
    let start = end - length;
    Some((start, digit_of(text.get(start..end)?)?))
}

/// What stands between two words of a number: a blank, a hyphen, a comma and a blank.
fn is_sign(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b',' | b'.')
}

fn signs(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(at..)?;
    let count = bytes
        .iter()
        .take(MOST_SIGNS + 1)
        .take_while(|byte| is_sign(**byte))
        .count();
    (1..=MOST_SIGNS).contains(&count).then_some(at + count)
}

fn signs_back(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(..at)?;
    let count = bytes
        .iter()
        .rev()
        .take(MOST_SIGNS + 1)
        .take_while(|byte| is_sign(**byte))
        .count();
    (1..=MOST_SIGNS).contains(&count).then_some(at - count)
}
