//! Opening hours in the text: days and times side by side, in a line or over a table.

use std::ops::Range;

use super::week::{Span, render};
use super::words::{Word, meaning};
use crate::page::Document;
use crate::record::{Method, OpeningHours};
use crate::sighting::{Sighting, Spot};

/// Days and times that stand together.
const READ: f32 = 0.8;
/// Longer lines are prose, and so is a week that is parted by more lines than these.
const LONGEST_LINE: usize = 400;
const GAP: usize = 2;
/// More weeks than these are a list of places; the first are kept.
const MAX_WEEKS: usize = 100;

/// Every week of opening hours of the document's text.
pub(crate) fn find(document: &Document, found: &mut Vec<Sighting<OpeningHours>>) {
    let language = document.language().unwrap_or_default().to_lowercase();
    let code = language.split(['-', '_']).next().unwrap_or_default();
    for (hours, span) in weeks(document.text(), code) {
        found.push(Sighting::new(
            OpeningHours::new(hours),
            READ,
            Method::VisibleText,
            Spot::Text(span),
        ));
    }
}

/// The weeks of a text, each with where it stands.
fn weeks(text: &str, language: &str) -> Vec<(String, Range<usize>)> {
    let mut list = Vec::new();
    let mut week = Week::default();
    let mut start = 0;
    for line in text.split('\n') {
        let range = start..start + line.len();
        start = range.end + 1;
        let goes_on = week.days != 0 || !week.spans.is_empty();
        let spans = if worth_reading(line, language, goes_on) {
            read(line, language, &mut week.days)
        } else {
            Vec::new()
        };
        if spans.is_empty() {
            week.blanks += 1;
            if week.blanks > GAP {
                week.flush(&mut list);
            }
            continue;
        }
        week.add(spans, range, &mut list);
        if list.len() >= MAX_WEEKS {
            return list;
        }
    }
    week.flush(&mut list);
    list
}

/// A line may hold hours when it has digits, goes on with a week, or begins with a day.
fn worth_reading(line: &str, language: &str, goes_on: bool) -> bool {
    if !(4..=LONGEST_LINE).contains(&line.len()) {
        return false;
    }
    goes_on
        || line.bytes().any(|byte| byte.is_ascii_digit())
        || line.len() <= 32 && begins_with_day(line, language)
}

fn begins_with_day(line: &str, language: &str) -> bool {
    let word = line
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    (2..=20).contains(&word.len())
        && matches!(
            meaning(&word.to_lowercase(), language),
            Some(Word::Day(_) | Word::Days(_))
        )
}

/// A week as it is read line by line.
#[derive(Default)]
struct Week {
    spans: Vec<Span>,
    span: Range<usize>,
    blanks: usize,
    /// Days of the last line, whose times may stand on the next.
    days: u8,
}

impl Week {
    fn add(&mut self, spans: Vec<Span>, range: Range<usize>, list: &mut Vec<(String, Range<usize>)>) {
        // The same day again with other hours: the week of another place.
        let days = |spans: &[Span]| spans.iter().fold(0, |days, span| days | span.days);
        if days(&self.spans) & days(&spans) != 0 && self.blanks > 0 {
            self.flush(list);
        }
        if self.spans.is_empty() {
            self.span = range.clone();
        }
        self.span.end = range.end;
        self.spans.extend(spans);
        self.blanks = 0;
    }

    fn flush(&mut self, list: &mut Vec<(String, Range<usize>)>) {
        let week = std::mem::take(self);
        if week.spans.iter().any(|span| span.hours.is_some())
            && let Some(hours) = render(&week.spans)
        {
            list.push((hours, week.span));
        }
    }
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Word(Word),
    /// Minutes, and whether `am` (false) or `pm` (true) said so; the last: written with minutes.
    Time(u16, Option<bool>, bool),
    Dash,
    Comma,
    Break,
    Other,
}

/// The spans that a line states. `days` are those that the line before named without times, and then those of this one.
fn read(line: &str, language: &str, days: &mut u8) -> Vec<Span> {
    let tokens = tokens(line, language);
    let mut reader = Reader {
        tokens: &tokens,
        at: 0,
        days: *days,
        closed: false,
        early: Vec::new(),
        times_first: false,
        fresh: false,
        dial: Dial::of(language),
    };
    let spans = reader.read();
    let said = spans.iter().any(|span| span.days == reader.days);
    *days = if said || !reader.fresh { 0 } else { reader.days };
    spans
}

/// Which clock a page goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dial {
    /// `9 - 5` ends in the afternoon.
    Twelve,
    TwentyFour,
}

impl Dial {
    fn of(language: &str) -> Self {
        match language {
            "" | "en" => Self::Twelve,
            _ => Self::TwentyFour,
        }
    }
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    /// The days that times belong to.
    days: u8,
    /// `closed` came before its days.
    closed: bool,
    /// Times that came before their days.
    early: Vec<(u16, u16)>,
    /// Whether days follow their times in this line.
    times_first: bool,
    /// Whether this line named days.
    fresh: bool,
    dial: Dial,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn read(&mut self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut others = 0;
        while let Some(token) = self.peek(0) {
            if let Some(days) = self.days_here() {
                others = 0;
                self.fresh = true;
                self.days = days;
                // `9am - 5pm, Monday to Friday`
                self.times_first |= !self.early.is_empty();
                spans.extend(self.early.drain(..).map(|hours| Span {
                    days,
                    hours: Some(hours),
                }));
                if std::mem::take(&mut self.closed) {
                    spans.push(Span { days, hours: None });
                }
            } else if let Some(hours) = self.range_here() {
                others = 0;
                if self.days == 0 || self.times_first {
                    self.early.push(hours);
                } else {
                    spans.push(Span {
                        days: self.days,
                        hours: Some(hours),
                    });
                }
            } else if token == Token::Word(Word::Closed) {
                self.at += 1;
                let said = spans.iter().any(|span| span.days == self.days);
                if self.days != 0 && !said {
                    spans.push(Span {
                        days: self.days,
                        hours: None,
                    });
                } else {
                    self.closed = true;
                }
            } else {
                self.at += 1;
                others += usize::from(token == Token::Other);
                let far = others > 3;
                if token == Token::Break || far {
                    self.closed = false;
                    self.early.clear();
                }
                if far {
                    self.days = 0;
                }
            }
        }
        spans
    }

    /// `Mon - Fri`, `Mon, Wed & Fri`, `daily`.
    fn days_here(&mut self) -> Option<u8> {
        let mut days = self.one_day()?;
        loop {
            let (join, next) = (self.peek(0), self.peek(1));
            let range = matches!(join, Some(Token::Dash | Token::Word(Word::To)));
            let list = matches!(join, Some(Token::Comma | Token::Word(Word::And)));
            // `Mon - to Fri`, `lundi au vendredi`, `Mon., Fri`
            let step = if matches!(next, Some(Token::Word(Word::Filler | Word::And))) && (range || list) {
                2
            } else {
                1
            };
            let Some(Token::Word(Word::Day(to))) = self.peek(step).filter(|_| range || list) else {
                // `Monday Tuesday` in a row.
                return Some(days);
            };
            self.at += step + 1;
            if range && let Some(from) = last_day(days) {
                let length = (to + 7 - from) % 7;
                days = (0..=length).fold(days, |days, step| days | 1 << ((from + step) % 7));
            } else {
                days |= 1 << to;
            }
        }
    }

    fn one_day(&mut self) -> Option<u8> {
        let days = match self.peek(0)? {
            Token::Word(Word::Day(day)) => 1 << day,
            Token::Word(Word::Days(days)) => days,
            _ => return None,
        };
        self.at += 1;
        Some(days)
    }

    /// `9:00 - 17:00`, `9 to 5`, `from 8am until noon`.
    fn range_here(&mut self) -> Option<(u16, u16)> {
        let from = self.time_at(0)?;
        let mut ahead = 1;
        while matches!(self.peek(ahead), Some(Token::Word(Word::Filler))) {
            ahead += 1;
        }
        if !matches!(self.peek(ahead)?, Token::Dash | Token::Word(Word::To)) {
            return None;
        }
        ahead += 1;
        while matches!(self.peek(ahead), Some(Token::Word(Word::Filler | Word::To))) {
            ahead += 1;
        }
        let to = self.time_at(ahead)?;
        // `2013 - 12 - 24`, `1-800-…`
        if self.peek(ahead + 1) == Some(Token::Dash) && self.time_at(ahead + 2).is_some() {
            return None;
        }
        let hours = clock(from, to, self.dial)?;
        self.at += ahead + 1;
        Some(hours)
    }

    fn time_at(&self, ahead: usize) -> Option<(u16, Option<bool>)> {
        match self.peek(ahead)? {
            Token::Time(minutes, half, _) => Some((minutes, half)),
            Token::Word(Word::Time(minutes)) => Some((minutes, Some(true))),
            _ => None,
        }
    }
}

/// The last of the days, for a range that goes on from it.
fn last_day(days: u8) -> Option<u8> {
    (0..7).rev().find(|day| days & (1 << day) != 0)
}

/// Two times as minutes of the day. Without `am` and `pm` English pages mean a day: `9 - 5` ends in the afternoon.
fn clock(from: (u16, Option<bool>), to: (u16, Option<bool>), dial: Dial) -> Option<(u16, u16)> {
    const NOON: u16 = 12 * 60;
    let half = |minutes: u16, afternoon: bool| match (minutes / 60, afternoon) {
        (12, false) => minutes - NOON,
        (hour, true) if hour < 12 => minutes + NOON,
        _ => minutes,
    };
    let (opens, closes) = match (from, to) {
        ((from, Some(a)), (to, Some(b))) => (half(from, a), half(to, b)),
        ((from, None), (to, Some(b))) => {
            let closes = half(to, b);
            // `1 - 5pm` opens in the afternoon, `9 - 5pm` does not.
            let afternoon = from + NOON < closes && from < 7 * 60;
            (if afternoon { from + NOON } else { from }, closes)
        }
        ((from, Some(a)), (to, None)) => {
            let opens = half(from, a);
            (opens, if to <= opens && to < NOON { to + NOON } else { to })
        }
        ((from, None), (to, None)) if dial == Dial::Twelve && to <= from && to < NOON => (from, to + NOON),
        ((from, None), (to, None)) => (from, to),
    };
    let (opens, closes) = Span::whole_day(opens, closes);
    (opens != closes && opens < 24 * 60 && closes <= 24 * 60).then_some((opens, closes))
}

fn tokens(line: &str, language: &str) -> Vec<Token> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str, language: &str) -> Option<String> {
        weeks(text, language).into_iter().next().map(|(hours, _)| hours)
    }

    #[test]
    fn hours_are_read_in_the_languages_of_pages() {
        for (language, text, expected) in [
            (
                "en",
                "Monday - Friday 9am - 5:30pm\nSat 10-4\nSunday closed",
                "Mo-Fr 09:00-17:30; Sa 10:00-16:00; Su off",
            ),
            ("en", "Open Mon.-Fri. 8:00 a.m. to noon", "Mo-Fr 08:00-12:00"),
            ("en", "9am to 5pm, Monday to Friday", "Mo-Fr 09:00-17:00"),
            (
                "en",
                "Every day\nDaily from 11 a.m. - 10 p.m.",
                "Mo-Su 11:00-22:00",
            ),
            (
                "en",
                "8 am to noon Monday - Friday and 9 am to 11 am Saturday",
                "Mo-Fr 08:00-12:00; Sa 09:00-11:00",
            ),
            ("en", "Friday\n9 to 5\nSunday\nClosed", "Fr 09:00-17:00; Su off"),
            (
                "en",
                "Mon\t9:00 AM - 5:00 PM\nTue\t9:00 AM - 5:00 PM",
                "Mo,Tu 09:00-17:00",
            ),
            (
                "en",
                "Monday - Friday 7a-6p, Saturday & Sunday 8a-6p",
                "Mo-Fr 07:00-18:00; Sa,Su 08:00-18:00",
            ),
            (
                "de",
                "Öffnungszeiten: Mo–Fr 9–12 Uhr und 14–18 Uhr, Sa 9–13 Uhr",
                "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-13:00",
            ),
            (
                "de",
                "Montag bis Freitag: 08.00 - 18.30 Uhr\nMittwoch Ruhetag",
                "Mo-Fr 08:00-18:30",
            ),
            (
                "fr",
                "Du lundi au vendredi de 9h à 12h et de 14h à 18h30",
                "Mo-Fr 09:00-12:00,14:00-18:30",
            ),
            (
                "es",
                "Lunes a viernes de 9:00 a 14:00 y de 16:00 a 20:00",
                "Mo-Fr 09:00-14:00,16:00-20:00",
            ),
            (
                "it",
                "Dal lunedì al venerdì dalle 9:00 alle 13:00",
                "Mo-Fr 09:00-13:00",
            ),
            (
                "nl",
                "Maandag t/m vrijdag van 09.00 tot 17.30 uur",
                "Mo-Fr 09:00-17:30",
            ),
            ("pt", "Segunda a sexta das 9h às 18h", "Mo-Fr 09:00-18:00"),
            (
                "pl",
                "Poniedziałek - piątek: 8:00 - 16:00, sobota nieczynne",
                "Mo-Fr 08:00-16:00; Sa off",
            ),
            (
                "sv",
                "Mån-Fre 09:00-17:00, Lör stängt",
                "Mo-Fr 09:00-17:00; Sa off",
            ),
            ("fi", "ma-pe 9-17", "Mo-Fr 09:00-17:00"),
        ] {
            assert_eq!(first(text, language).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_week_is_none() {
        for text in [
            "Mon 12 March 2013",
            "Call 555-1234 on Monday",
            "Friday 10 - 20 % off",
            "closed on Sundays",
            "pages 9 - 17",
            "",
        ] {
            assert_eq!(first(text, "en"), None, "{text}");
        }
    }

    #[test]
    fn places_keep_their_own_weeks() {
        let text = "North shop\n12 Main Street\nTel\nMonday to Friday 5am to 12am\n\nSouth shop\n1 Oak Street\nMonday to Friday 7am to 9pm";
        let hours: Vec<String> = weeks(text, "en").into_iter().map(|(hours, _)| hours).collect();
        assert_eq!(hours, ["Mo-Fr 05:00-00:00", "Mo-Fr 07:00-21:00"]);
    }
}
