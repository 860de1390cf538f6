//! One line of opening hours: which days it names, and which times are theirs.

use super::clock::{Dial, span_of};
use super::token::{Token, tokens};
use super::week::Span;
use super::words::Word;

/// The spans that a line states. `days` are those that the line before named without times, and then those of this one.
pub(super) fn read(line: &str, language: &str, days: &mut u8) -> Vec<Span> {
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
        let hours = span_of(from, to, self.dial)?;
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
