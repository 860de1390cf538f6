//! Numbers whose groups are parted by what the reference takes for no part of a number: thin blanks, marks of direction
//! and joiners that are not seen, keycaps, dots in the middle, words such as `(dot)`.
//!
//! Such a stretch is written again with plain signs (*folded*), read, and its numbers are put where they stood.

use std::ops::Range;

use super::compat::{self, Search};
use super::find::NumberMatch;
use super::number::sign;
use super::options::Leniency;
use super::region::Region;
use super::scan::AllRuns;
use super::{decoy, shape};

/// A number has no more bytes than these, odd signs and all.
const LONGEST: usize = 160;
/// How far back of the first odd sign a number may begin, in bytes.
const BACK: usize = 24;
/// Signs in a row between two digits.
const MOST_SIGNS: usize = 6;

/// What stands between two digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// Signs that numbers have anyway.
    Plain,
    /// What a reader does not see or takes for a blank, or a word that says which sign is meant.
    Sure,
    /// A visible sign that other figures are parted by too.
    Doubtful,
}

/// The folded numbers of `text`. They take the place of those in `known` that they hold: those are pieces of them.
pub(super) fn find(
    text: &str,
    runs: &AllRuns,
    region: Option<Region>,
    known: &[NumberMatch],
) -> Vec<NumberMatch> {
    let bytes = text.as_bytes();
    let mut found: Vec<NumberMatch> = Vec::new();
    let mut runs = runs.iter();
    while let Some(run) = runs.next() {
        let next = bytes.get(run.end).copied().unwrap_or_default();
        let slashed = next == b'/' && has_plus(bytes, run.start);
        let odd = || gap(text, run.end).is_some_and(|(between, _)| between != Between::Plain);
        if !(slashed || may_begin_odd(bytes, run.end) && odd()) {
            continue;
        }
        let stretch = Stretch::read(text, stretch_before(bytes, run.start), slashed);
        // A stretch reaches back, so it may hold what the one before it gave.
        let floor = found.last().map_or(0, |last| last.end);
        let numbers = stretch.numbers(text, region, known).into_iter();
        found.extend(numbers.filter(|number| number.start >= floor));
        runs.go_on_at(stretch.end.max(run.end));
    }
    found
}

/// `+49/30/23125100`: the reference takes the slashes for a date's.
fn has_plus(bytes: &[u8], run: usize) -> bool {
    run.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'+')
}

/// Whether an odd gap may begin at `at`. Hyphens and blanks begin most plain ones: right before a digit they are all there
/// is, and before a letter only one of [`WORDS`] is odd.
fn may_begin_odd(bytes: &[u8], at: usize) -> bool {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    match byte(at) {
        b' ' | b'-' => match byte(at + 1) {
            b'0'..=b'9' => false,
            letter if letter.is_ascii_alphabetic() => begins_word(letter),
            _ => true,
        },
        first => matches!(
            first,
            b'(' | b'['
                | b'{'
                | b'<'
                | b'_'
                | b'|'
                | b'*'
                | b':'
                | b'='
                | b'd'
                | b'D'
                | 0xC2
                | 0xE2
                | 0xEF
                | 0xE3
        ),
    }
}

/// Whether one of [`WORDS`] begins with this letter.
fn begins_word(letter: u8) -> bool {
    let same = |word: &&str| word.as_bytes().first() == Some(&letter.to_ascii_lowercase());
    WORDS.iter().any(same)
}

/// Where the digits and plain signs before a run begin.
fn stretch_before(bytes: &[u8], run: usize) -> usize {
    let before = bytes.get(..run).unwrap_or_default();
    let fits = |byte: &&u8| {
        matches!(
            byte,
            b'0'..=b'9' | b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'[' | b']' | b'+'
        )
    };
    run - before.iter().rev().take(BACK).take_while(fits).count()
}

/// What stands between the digit that ends at `at` and the next one, and where that begins.
fn gap(text: &str, at: usize) -> Option<(Between, usize)> {
    let rest = text.get(at..)?;
    if let Some(length) = word_gap(rest) {
        return Some((Between::Sure, at + length));
    }
    let mut kind = Between::Plain;
    for (count, (place, c)) in rest.char_indices().enumerate() {
        if sign::digit(c).is_some() {
            return (count > 0).then_some((kind, at + place));
        }
        match (c, kind) {
            _ if count >= MOST_SIGNS => return None,
            _ if is_unseen(c) || is_thin(c) => kind = Between::Sure,
            _ if is_dot(c) && kind != Between::Doubtful => kind = Between::Sure,
            ('_' | '|' | '*' | ':' | '=', Between::Plain) => kind = Between::Doubtful,
            _ if c == ' ' || sign::is_punctuation(c) && !c.is_ascii_alphabetic() => {}
            _ => return None,
        }
    }
    None
}

/// Marks of direction, joiners, the byte order mark, what makes a keycap of a digit: characters without a width.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2061}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
            | '\u{FE0F}' | '\u{20E3}' | '\u{34F}' | '\u{180E}'
    )
}

/// Blanks of other widths than the usual.
fn is_thin(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}')
}

/// Dots that are no full stops.
fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '∙' | '⋅' | '・' | '‧' | '●')
}

/// Words for the sign between two groups: English, German, French, Spanish, Italian, Portuguese.
const WORDS: &[&str] = &[
    "dot",
    "dash",
    "hyphen",
    "minus",
    "point",
    "period",
    "punkt",
    "strich",
    "bindestrich",
    "tiret",
    "punto",
    "guion",
    "guión",
    "trattino",
    "ponto",
    "hífen",
    "space",
];

/// The length of ` (dot) `, ` dot `, `-dash-`, when a digit follows.
fn word_gap(rest: &str) -> Option<usize> {
    let open = |c: char| matches!(c, ' ' | '-' | '(' | '[' | '{' | '<' | '.');
    let close = |c: char| matches!(c, ' ' | '-' | ')' | ']' | '}' | '>' | '.');
    let word = rest.trim_start_matches(open);
    let end = word.find(|c: char| !c.is_alphabetic())?;
    let (word, tail) = word.split_at_checked(end)?;
    if word.is_empty() || word.len() > 11 || !WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) {
        return None;
    }
    let next = tail.trim_start_matches(close);
    let length = rest.len() - next.len();
    let few = length - word.len() <= MOST_SIGNS;
    (few && next.starts_with(|c: char| sign::digit(c).is_some())).then_some(length)
}

/// A stretch of digits and signs, folded.
struct Stretch {
    folded: String,
    /// Where each byte of `folded` stood.
    places: Vec<usize>,
    /// Where odd gaps are, in `folded`, and whether they are doubtful.
    odd: Vec<(usize, bool)>,
    /// Where the stretch ends in the text.
    end: usize,
    /// Whether slashes are folded too.
    slashed: bool,
}

impl Stretch {
    fn read(text: &str, start: usize, slashed: bool) -> Self {
        let mut stretch = Self {
            folded: String::new(),
            places: Vec::new(),
            odd: Vec::new(),
            end: start,
            slashed,
        };
        // What touches the stretch on the left belongs to it: a letter shows that it is no number.
        if let Some(c) = text.get(..start).and_then(|before| before.chars().next_back())
            && c.is_alphanumeric()
        {
            stretch.push(c, start - c.len_utf8());
        }
        let mut at = start;
        while at - start < LONGEST
            && let Some(c) = text.get(at..).and_then(|rest| rest.chars().next())
        {
            if sign::digit(c).is_none() {
                // Leading signs, before the first digit.
                stretch.push(c, at);
                at += c.len_utf8();
                continue;
            }
            stretch.push(c, at);
            at += c.len_utf8();
            let Some((between, next)) = gap(text, at) else {
                if text
                    .get(at..)
                    .is_some_and(|rest| rest.starts_with(|c| sign::digit(c).is_some()))
                {
                    continue;
                }
                break;
            };
            stretch.push_gap(text, at..next, between);
            at = next;
        }
        stretch.end = at;
        if let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            stretch.push(c, at);
        }
        stretch
    }

    fn push(&mut self, c: char, place: usize) {
        self.folded.push(c);
        self.places.extend(std::iter::repeat_n(place, c.len_utf8()));
    }

    fn push_gap(&mut self, text: &str, gap: Range<usize>, between: Between) {
        if self.slashed && text.get(gap.clone()) == Some("/") {
            self.odd.push((self.folded.len(), false));
            self.push(' ', gap.start);
            return;
        }
        if between == Between::Plain {
            for (place, c) in text.get(gap.clone()).unwrap_or_default().char_indices() {
                self.push(c, gap.start + place);
            }
            return;
        }
        self.odd.push((self.folded.len(), between == Between::Doubtful));
        let inner = text.get(gap.clone()).unwrap_or_default();
        // Brackets around an area code stay, as do hyphens: plans and leniencies look at them.
        let all_unseen = inner.chars().all(is_unseen);
        let plain = inner.chars().any(|c| matches!(c, '-' | ')' | '('));
        let is_word = inner.contains(|c: char| c.is_ascii_alphabetic());
        if plain && !is_word {
            for (place, c) in inner.char_indices().filter(|(_, c)| !is_unseen(*c)) {
                let c = if is_thin(c) {
                    ' '
                } else if is_dot(c) {
                    '.'
                } else {
                    c
                };
                self.push(c, gap.start + place);
            }
        } else if !all_unseen {
            self.push(
                if is_word || between == Between::Doubtful {
                    '-'
                } else {
                    ' '
                },
                gap.start,
            );
        }
    }

    /// The numbers that an odd gap runs through.
    fn numbers(&self, text: &str, region: Option<Region>, known: &[NumberMatch]) -> Vec<NumberMatch> {
        let found = compat::find(&self.folded, Search::new(region, Leniency::Valid));
        found.filter_map(|one| self.unfolded(text, &one, known)).collect()
    }

    /// A number of the folded stretch, where it stands in the text.
    fn unfolded(&self, text: &str, one: &NumberMatch, known: &[NumberMatch]) -> Option<NumberMatch> {
        let inside = |(place, _): &&(usize, bool)| (one.start..one.end).contains(place);
        let odd = || self.odd.iter().filter(inside);
        let last = *self.places.get(one.end.checked_sub(1)?)?;
        let span = NumberMatch {
            start: *self.places.get(one.start)?,
            end: last + text.get(last..)?.chars().next()?.len_utf8(),
            number: one.number,
        };
        let piece = self.folded.get(one.start..one.end)?;
        let doubtful = odd().any(|(_, doubtful)| *doubtful);
        let trusted = !doubtful || is_sure(piece, &(span.start..span.end), known);
        (odd().next().is_some() && trusted && !decoy::looks_like_one(text, &span)).then_some(span)
    }
}

/// Whether signs that part other figures too part a number here: it is American by its shape, and no part of it is one by
/// itself.
fn is_sure(folded: &str, range: &Range<usize>, known: &[NumberMatch]) -> bool {
    shape::american(folded, &AllRuns::of(folded)).any(|span| span.end == folded.len())
        && !super::smart::overlaps(known, range)
}
