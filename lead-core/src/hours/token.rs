//! The pieces of a line that speaks of opening hours: words, times, dashes.

use std::ops::Range;

use super::words::{Word, meaning};

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(Word),
    /// Minutes, and whether `am` (false) or `pm` (true) said so; the last: written with minutes.
    Time(u16, Option<bool>, bool),
    Dash,
    Comma,
    Break,
    Other,
}

/// The pieces of a line, in order.
pub(super) fn tokens(line: &str, language: &str) -> Vec<Token> {
    let lower = line.to_lowercase();
    let mut list = Vec::new();
    let mut rest = lower.as_str();
    while let Some(c) = rest.chars().next() {
        let (token, length) = token(rest, c, language);
        list.extend(token);
        rest = rest.get(length.max(c.len_utf8())..).unwrap_or_default();
    }
    list
}

/// The piece that `rest` begins with, and its length.
fn token(rest: &str, first: char, language: &str) -> (Option<Token>, usize) {
    if first.is_ascii_digit() {
        if let Some(length) = all_day(rest) {
            return (Some(Token::Word(Word::Filler)), length);
        }
        return time(rest).map_or_else(
            || {
                (
                    Some(Token::Other),
                    rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()),
                )
            },
            |(token, length)| (Some(token), length),
        );
    }
    if first.is_alphabetic() {
        let length = rest
            .find(|c: char| !c.is_alphabetic() && c != 'ª')
            .unwrap_or(rest.len());
        // `t/m`, `segunda-feira`
        let joined = rest.get(..3).filter(|three| *three == "t/m").map(str::len);
        let length = joined.unwrap_or(length);
        let word = rest.get(..length).unwrap_or_default();
        let token = meaning(word, language).map_or(Token::Other, Token::Word);
        return (Some(token), length);
    }
    let token = match first {
        '-' | '–' | '—' | '‑' | '−' | '~' => Some(Token::Dash),
        ',' | '&' | '+' | '/' => Some(Token::Comma),
        '|' | ';' | '•' | '·' => Some(Token::Break),
        _ => None,
    };
    (token, first.len_utf8())
}

/// `24/7`, `24 hours`: read elsewhere, no time of day.
fn all_day(rest: &str) -> Option<usize> {
    ["24/7", "24 hours", "24 hour", "24h/24", "7 days", "7j/7"]
        .iter()
        .find(|words| rest.starts_with(**words))
        .map(|words| words.len())
}

/// `9`, `9:30`, `17.30`, `9h`, `9h30`, `9am`, `7 p.m.`, `0900`.
fn time(rest: &str) -> Option<(Token, usize)> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = |range: Range<usize>| rest.get(range)?.parse::<u16>().ok();
    let (hour, mut minute, mut at, mut exact) = match digits {
        1 | 2 => (number(0..digits)?, 0, digits, false),
        4 => (number(0..2)?, number(2..4)?, 4, true),
        _ => return None,
    };
    let tail = rest.get(at..)?;
    if digits <= 2 && tail.starts_with([':', '.', 'h', '’']) {
        let two = tail
            .get(1..3)
            .filter(|two| two.bytes().all(|byte| byte.is_ascii_digit()));
        let more = tail
            .get(3..)
            .is_some_and(|more| more.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(two) = two.filter(|_| !more) {
            minute = two.parse().ok()?;
            at += 3;
            exact = true;
        } else if tail.starts_with('h')
            && !tail
                .get(1..)
                .is_some_and(|more| more.starts_with(char::is_alphabetic))
        {
            at += 1;
        }
    }
    let tail = rest.get(at..)?;
    let spaced = tail.trim_start_matches([' ', '\u{a0}']);
    let half = [
        ("a.m.", false),
        ("p.m.", true),
        ("a.m", false),
        ("p.m", true),
        ("am", false),
        ("pm", true),
        ("a", false),
        ("p", true),
    ]
    .iter()
    .find(|(mark, _)| {
        let own = spaced.strip_prefix(mark);
        let ends = own.is_some_and(|more| !more.starts_with(|c: char| c.is_alphanumeric()));
        // `9 a 17` is Spanish for `9 to 17`.
        ends && (mark.len() > 1 || spaced.len() == tail.len())
    });
    if let Some((mark, _)) = half {
        at += tail.len() - spaced.len() + mark.len();
    }
    let behind = rest.get(at..)?;
    let glued = behind.starts_with(|c: char| c.is_ascii_digit())
        || behind
            .trim_start_matches([' ', '\u{a0}'])
            .starts_with(['%', '€', '$', '£']);
    let fits = hour <= 24 && minute < 60 && !glued && (half.is_none() || hour <= 12);
    fits.then_some((
        Token::Time(hour * 60 + minute, half.map(|(_, afternoon)| *afternoon), exact),
        at,
    ))
}
