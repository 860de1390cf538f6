//! Lists: the first number is written out, of the others only what differs.
//!
//! `(415) 555-0134 / 35`, `020 7946 0101/02/03`, `030 23125-10 bis -19`, `415-555-0134 or 555-0167`. Of a range the two
//! ends are given, as only they are written.
//!
//! What follows a number is another one only when it says so: it stands after a slash, a comma or a word for *or*, *and*,
//! *to*; it replaces the end of the number before it; it counts up from there, or has as many digits as the group it
//! replaces; and the numbering plan has the outcome.

use std::ops::Range;

use super::compat::{self, Search};
use super::decoy;
use super::find::NumberMatch;
use super::number::Number;
use super::options::Leniency;
use super::region::Region;

/// Digits of a tail that replaces the last ones alone; more are a number without its area code.
const SHORT: usize = 4;
/// Digits of a number without its area code.
const LOCAL: std::ops::RangeInclusive<usize> = 6..=8;
/// Fewer digits than these before a slash are no number whose end could be replaced.
const FEWEST_IN_HEAD: usize = 7;
/// How far a tail may count up from the number before it, when nothing else shows that it is one.
const STEP: u32 = 20;
/// How far back of a slash the number it belongs to may begin, in bytes.
const BACK: usize = 28;

/// Adds the numbers of lists to `spans`, which are in order, and cuts lists out of those that swallowed one.
pub(super) fn expand(text: &str, region: Option<Region>, spans: &mut Vec<NumberMatch>) {
    let mut heads = heads(text, region, spans);
    if !heads.is_empty() {
        spans.append(&mut heads);
        spans.sort_by_key(|span| span.start);
    }
    let mut members = Vec::new();
    let mut nexts = spans
        .iter()
        .skip(1)
        .map(|next| next.start)
        .collect::<Vec<_>>()
        .into_iter();
    for span in spans.iter_mut() {
        let end = nexts.next().unwrap_or(text.len());
        if let Some(head) = swallowed(text, span, region) {
            *span = head;
        }
        members.extend(Members {
            text,
            last: *span,
            end,
        });
    }
    if !members.is_empty() {
        spans.append(&mut members);
        spans.sort_by_key(|span| span.start);
    }
}

/// Numbers before slashes that the reference took for dates: `020 7946 0101/02/03` holds `1/02/03`.
fn heads(text: &str, region: Option<Region>, known: &[NumberMatch]) -> Vec<NumberMatch> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut found: Vec<NumberMatch> = Vec::new();
    for slash in memchr::memchr_iter(b'/', bytes) {
        if !digit(slash.checked_sub(1)) || !digit(Some(slash + 1)) {
            continue;
        }
        let start = stretch_before(text, slash);
        let piece = text.get(start..slash).unwrap_or_default();
        let taken = super::smart::overlaps(known, &(start..slash))
            || found.last().is_some_and(|last| last.end > start);
        if taken || piece.bytes().filter(u8::is_ascii_digit).count() < FEWEST_IN_HEAD {
            continue;
        }
        let ends_here = |one: &NumberMatch| one.end == piece.len();
        let one = compat::find(piece, Search::new(region, Leniency::Valid)).find(ends_here);
        let one = one.map(|one| NumberMatch {
            start: start + one.start,
            end: slash,
            number: one.number,
        });
        found.extend(one.filter(|one| !decoy::looks_like_one(text, one)));
    }
    found
}

/// Where the digits and signs before `end` begin, at most [`BACK`] bytes of them.
fn stretch_before(text: &str, end: usize) -> usize {
    let bytes = text.as_bytes().get(..end).unwrap_or_default();
    let fits = |byte: &&u8| matches!(byte, b'0'..=b'9' | b' ' | b'-' | b'.' | b'(' | b')' | b'+');
    end - bytes.iter().rev().take(BACK).take_while(fits).count()
}

/// The number before the first slash of one that holds a whole list: plans without a fixed length take the digits of
/// `030 23125-100/101` for one number.
fn swallowed(text: &str, span: &NumberMatch, region: Option<Region>) -> Option<NumberMatch> {
    let raw = text.get(span.start..span.end)?;
    memchr::memchr_iter(b'/', raw.as_bytes()).find_map(|slash| {
        let head = raw.get(..slash)?.trim_end();
        if head.bytes().filter(u8::is_ascii_digit).count() < FEWEST_IN_HEAD {
            return None;
        }
        let number = Number::parse(head, region).ok().filter(Number::is_valid)?;
        let head = NumberMatch {
            start: span.start,
            end: span.start + head.len(),
            number,
        };
        let last = Members {
            text,
            last: head,
            end: span.end,
        }
        .last()?;
        (last.end == span.end).then_some(head)
    })
}

/// The further numbers of a list, each after the one before it.
struct Members<'a> {
    text: &'a str,
    last: NumberMatch,
    /// Where the next number begins that is written out.
    end: usize,
}

impl Iterator for Members<'_> {
    type Item = NumberMatch;

    fn next(&mut self) -> Option<NumberMatch> {
        let head = self.last;
        if !head.number.extension().is_empty() {
            return None;
        }
        let rest = self.text.get(head.end..self.end)?;
        let (link, length) = Link::at(rest)?;
        let tail = Tail::at(self.text, head.end + length)?;
        let raw = self.text.get(head.start..head.end)?;
        let follows = self.text.get(tail.range.end..)?;
        let written = self.text.get(tail.range.clone())?;
        if tail.range.end > self.end || is_figure(follows) || decoy::is_figure(written) {
            return None;
        }
        let member = joined(raw, &head.number, &tail, link, follows).filter(Number::is_valid)?;
        self.last = NumberMatch {
            start: tail.range.start,
            end: tail.range.end,
            number: member.with_country_code_source(head.number.country_code_source()),
        };
        Some(self.last)
    }
}

/// What links two numbers of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Slash,
    Comma,
    Word,
}

/// *Or*, *and*, *to* in English, German, French, Spanish, Italian, Portuguese, Dutch, the Nordic languages, Polish, Czech,
/// Hungarian, Romanian, Turkish and Russian.
const WORDS: &[&str] = &[
    "or", "and", "to", "oder", "od", "und", "bis", "ou", "et", "à", "o", "u", "y", "e", "ed", "al", "a",
    "of", "en", "tot", "eller", "och", "og", "till", "til", "tai", "ja", "lub", "i", "do", "nebo", "až",
    "vagy", "és", "sau", "și", "veya", "ve", "или", "и", "до",
];

impl Link {
    /// The link at the start of `rest`, and its length.
    fn at(rest: &str) -> Option<(Self, usize)> {
        const BLANKS: [char; 2] = [' ', '\u{A0}'];
        let inner = rest.trim_start_matches(BLANKS);
        let first = inner.chars().next()?;
        let (link, left) = match first {
            '/' => (Self::Slash, inner.get(1..)?),
            ',' | ';' | '&' | '|' => (Self::Comma, inner.get(1..)?),
            _ if first.is_alphabetic() && inner.len() < rest.len() => {
                let end = inner.find(|c: char| !c.is_alphabetic())?;
                let word = inner.get(..end)?;
                WORDS.contains(&word).then_some(())?;
                let left = inner.get(end..)?;
                (Self::Word, left.strip_prefix('.').unwrap_or(left))
            }
            _ => return None,
        };
        let tail = left.trim_start_matches(BLANKS);
        Some((link, rest.len() - tail.len()))
    }
}

/// Whether this is all that stands between two numbers of one list.
pub(super) fn is_link(between: &str) -> bool {
    Link::at(between).is_some_and(|(_, length)| matches!(between.get(length..), Some("" | "-")))
}

/// The digits that replace the end of a number.
#[derive(Debug)]
struct Tail {
    range: Range<usize>,
    digits: String,
    /// Whether a hyphen before them shows what they replace: `-19`.
    marked: bool,
}

impl Tail {
    fn at(text: &str, at: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let marked = bytes.get(at) == Some(&b'-');
        let start = at + usize::from(marked);
        let mut digits = String::new();
        let mut end = start;
        loop {
            let run = bytes
                .get(end..)?
                .iter()
                .take(9)
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            digits.push_str(text.get(end..end + run)?);
            end += run;
            let goes_on = matches!(bytes.get(end), Some(b' ' | b'-' | b'.'))
                && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            if run == 0 || digits.len() > *LOCAL.end() {
                return None;
            }
            if !goes_on || marked {
                break;
            }
            end += 1;
        }
        Some(Self {
            range: start..end,
            digits,
            marked,
        })
    }
}

/// Whether digits are part of a figure, by what follows them: a time, a share, a price, a date, a word.
fn is_figure(follows: &str) -> bool {
    let mut chars = follows.chars();
    match chars.next() {
        Some(':' | '.' | '-' | '–') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric() || matches!(c, '%' | '€' | '$' | '£' | '@' | '_'),
        None => false,
    }
}

/// The number that a tail makes of the one before it.
fn joined(raw: &str, head: &Number, tail: &Tail, link: Link, follows: &str) -> Option<Number> {
    let national = head.national_significant();
    let national = national.as_str();
    let group = raw.bytes().rev().take_while(u8::is_ascii_digit).count();
    let hyphen = raw
        .len()
        .checked_sub(group + 1)
        .and_then(|at| raw.as_bytes().get(at))
        == Some(&b'-');
    let count = tail.digits.len();
    let replaced = |count: usize| {
        let kept = national.get(..national.len().checked_sub(count)?)?;
        let number = Number::new(head.calling_code(), &format!("{kept}{}", tail.digits))?;
        (number.national_significant().as_str() != national).then_some(number)
    };
    if LOCAL.contains(&count) {
        return (begins_group(raw, count) && !names_a_place(link, follows)).then(|| replaced(count))?;
    }
    if count > SHORT {
        return None;
    }
    // `-10 bis -19`, `-0 / -15`, `-0 / 15`: the extension of a switchboard takes the place of the last group.
    let switchboard = hyphen && group <= SHORT;
    if switchboard && (tail.marked || raw.ends_with("-0")) {
        return replaced(group)
            .filter(Number::is_valid)
            .or_else(|| replaced(count));
    }
    let old: u32 = national.get(national.len().checked_sub(count)?..)?.parse().ok()?;
    let new: u32 = tail.digits.parse().ok()?;
    let same_group = count == group && count >= 2;
    let counts_up = new > old && new - old <= STEP;
    let is_member = match link {
        Link::Slash => counts_up || same_group && (new > old || count > 2),
        Link::Comma | Link::Word => {
            counts_up && count >= 2 && (same_group && count > 2 || !goes_on_with_word(follows))
        }
    };
    is_member.then(|| replaced(count))?
}

/// Whether the last `count` digits of `raw` begin a group of their own, so that what stands before is the area code.
fn begins_group(raw: &str, count: usize) -> bool {
    let digits = raw
        .bytes()
        .enumerate()
        .rev()
        .filter(|(_, byte)| byte.is_ascii_digit());
    let first = digits.map(|(at, _)| at).nth(count - 1);
    let before = first
        .and_then(|at| at.checked_sub(1))
        .and_then(|at| raw.as_bytes().get(at));
    before.is_none_or(|byte| !byte.is_ascii_digit())
}

/// A figure before a word counts something, or is a postal code or the number of a house: `, 35 rooms`.
fn goes_on_with_word(follows: &str) -> bool {
    let word = follows.trim_start_matches([' ', '\u{A0}']);
    let end = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    let word = word.get(..end).unwrap_or_default();
    word.len() < follows.len() && !word.is_empty() && !WORDS.contains(&word)
}

/// `, 101150 Berlin`
fn names_a_place(link: Link, follows: &str) -> bool {
    link == Link::Comma && goes_on_with_word(follows)
}
