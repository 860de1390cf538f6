//! Numbers in running text, exactly as libphonenumber's `PhoneNumberMatcher` finds them, many times faster.
//!
//! | file | what |
//! |---|---|
//! | `class`, `candidate`, `extension` | what might be a number, by its characters |
//! | `fewest`, `refuse`, `beside` | what shows that it is none |
//! | `inner` | its parts, when the whole is none |
//! | `verify`, `grouping` | whether the number that was read is one, by leniency |
//!
//! The reference does this with a dozen regular expressions and reads every candidate as a number. Here scanners take their
//! place, and a candidate with fewer digits than any number of the region can have is dropped before anything is read.
//! Where the Java original and its Python port differ the port is followed: it is what most people compare with, and its
//! answers are the superset (see `inner`).

mod beside;
mod candidate;
mod class;
mod extension;
mod fewest;
mod grouping;
mod inner;
mod refuse;
mod verify;

#[cfg(test)]
mod tests;

use candidate::Candidate;
use class::{LEAD, STOP};
use fewest::Fewest;

use super::find::NumberMatch;
use super::number::Number;
use super::options::Leniency;
use super::region::Region;
use super::scan::Digits;

/// How to look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Search {
    /// Whose national numbers are read.
    pub(crate) region: Option<Region>,
    pub(crate) leniency: Leniency,
    /// After how many readings that came to nothing to give up; `None` for never.
    pub(crate) max_tries: Option<u64>,
}

impl Search {
    /// To the end of the text.
    pub(crate) fn new(region: Option<Region>, leniency: Leniency) -> Self {
        Self {
            region,
            leniency,
            max_tries: None,
        }
    }
}

/// The numbers of `text`, from left to right.
pub(crate) fn find(text: &str, search: Search) -> Matches<'_> {
    Matches {
        text,
        search,
        fewest: Fewest::of(search),
        tries: search.max_tries.unwrap_or(u64::MAX),
        digits: Digits::new(text),
        at: 0,
    }
}

/// See [`find`].
pub(crate) struct Matches<'a> {
    text: &'a str,
    search: Search,
    fewest: Fewest,
    /// How many more readings may come to nothing.
    tries: u64,
    digits: Digits<'a>,
    /// Where the next candidate may begin.
    at: usize,
}

impl Iterator for Matches<'_> {
    type Item = NumberMatch;

    fn next(&mut self) -> Option<NumberMatch> {
        while self.tries > 0 {
            let digit = self.digits.next(self.at)?;
            if let Some(end) = self.short_run(digit) {
                self.at = end;
                continue;
            }
            let found = self.read(digit, candidate::around(self.text, self.at, digit));
            if found.is_some() {
                return found;
            }
            self.tries = self.tries.saturating_sub(1);
        }
        None
    }
}

impl Matches<'_> {
    /// Where the candidate ends that begins with `digit`, when a glance shows that it is too short for a number: a year, a
    /// price, a day and a month. Where tries are counted, nothing is passed over.
    #[inline]
    fn short_run(&self, digit: usize) -> Option<usize> {
        let byte = |at: usize| self.text.as_bytes().get(at).copied();
        let stops = |byte: Option<u8>| byte.is_none_or(|byte| class::of(byte) & STOP != 0);
        let (mut begin, mut count) = (digit, 0);
        loop {
            let end = self.digits.run_end(begin)?;
            count += end - begin;
            if count >= self.fewest.glance {
                return None;
            }
            let sign = byte(end);
            if stops(sign) {
                return Some(end);
            }
            // Signs that no label of an extension is.
            if !matches!(sign, Some(b' ' | b',' | b'.' | b')' | b'-' | b'/')) {
                return None;
            }
            match byte(end + 1) {
                Some(b'0'..=b'9') if sign != Some(b',') => begin = end + 1,
                next => return stops(next).then_some(end),
            }
        }
    }

    /// The number in a candidate; where to go on is noted.
    #[inline]
    fn read(&mut self, digit: usize, candidate: Candidate) -> Option<NumberMatch> {
        self.at = candidate.end;
        let fewest = if candidate.start < digit {
            self.fewest.international
        } else {
            self.fewest.national
        };
        // Parts have no more digits than the whole. Only who counts tries has to look at them nevertheless, and a letter
        // may be where a second number begins.
        if candidate.most_digits < fewest && !candidate.has_letters && self.search.max_tries.is_none() {
            return None;
        }
        self.read_closely(candidate)
    }

    fn read_closely(&mut self, candidate: Candidate) -> Option<NumberMatch> {
        let whole = self.text.get(candidate.start..candidate.end)?;
        let whole = before_second_number(whole);
        self.at = candidate.start + whole.len();
        let following = self.text.get(self.at..)?;
        if refuse::is_date(whole) || refuse::is_time_stamp(whole, following) {
            return None;
        }
        let found = self
            .verified(whole, candidate.start)
            .or_else(|| self.within(whole, candidate.start))?;
        self.at = found.end;
        Some(found)
    }

    /// The first number among the parts of a candidate that begins at `offset`.
    fn within(&mut self, whole: &str, offset: usize) -> Option<NumberMatch> {
        for way in inner::ways(whole) {
            let mut from = 0;
            while self.tries > 0
                && let Some(part) = way.next(whole, from)
            {
                if from == 0 {
                    // What stands before the first separator is a part too.
                    let before = inner::trimmed(whole.get(..part.separator)?);
                    if let Some(found) = self.tried(before, offset) {
                        return Some(found);
                    }
                }
                let group = inner::trimmed(whole.get(part.range.clone())?);
                if let Some(found) = self.tried(group, offset + part.range.start) {
                    return Some(found);
                }
                from = part.next;
            }
        }
        None
    }

    fn tried(&mut self, candidate: &str, offset: usize) -> Option<NumberMatch> {
        let found = self.verified(candidate, offset);
        if found.is_none() {
            self.tries = self.tries.saturating_sub(1);
        }
        found
    }

    /// `parseAndVerify`: the number that a candidate is, if nothing speaks against it.
    fn verified(&self, candidate: &str, offset: usize) -> Option<NumberMatch> {
        if self.has_too_few_digits(candidate) {
            return None;
        }
        if !refuse::has_matching_brackets(candidate) || refuse::is_pages(candidate) {
            return None;
        }
        let end = offset + candidate.len();
        if self.search.leniency >= Leniency::Valid && self.is_spoilt(candidate, offset, end) {
            return None;
        }
        let number = Number::parse(candidate, self.search.region).ok()?;
        verify::accepts(&number, candidate, self.search.leniency).then_some(NumberMatch {
            start: offset,
            end,
            number,
        })
    }

    /// Whether it can be no number for want of digits; letters may be keys of a telephone.
    fn has_too_few_digits(&self, candidate: &str) -> bool {
        let counts = |byte: &&u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        candidate.as_bytes().iter().filter(counts).count() < self.fewest.international
    }

    /// Whether letters or currency signs touch it; none on the left counts where it begins with a bracket or plus.
    fn is_spoilt(&self, candidate: &str, start: usize, end: usize) -> bool {
        let before = self.text.get(..start).and_then(|head| head.chars().next_back());
        let after = self.text.get(end..).and_then(|tail| tail.chars().next());
        after.is_some_and(beside::spoils)
            || (before.is_some_and(beside::spoils) && class::at(candidate, 0).0 & LEAD == 0)
    }
}

/// Up to where a second number begins: `(530) 583-6985 x302/x2303` (`SECOND_NUMBER_START`, `[\\/] *x`).
fn before_second_number(candidate: &str) -> &str {
    let slashes = memchr::memchr_iter(b'/', candidate.as_bytes());
    let mut firsts = slashes.filter_map(|at| candidate.get(at + 1..).map(|rest| (at, rest)));
    let second = firsts.find(|(_, rest)| rest.trim_start_matches(' ').starts_with('x'));
    second
        .and_then(|(at, _)| candidate.get(..at))
        .unwrap_or(candidate)
}
