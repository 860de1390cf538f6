//! What no number looks like: dates, times, page numbers, brackets that do not pair.
//!
//! Each function is one regular expression of libphonenumber's matcher, named beside it. Digits are those of any script.

use super::class::{self, DIGIT};

/// `SLASH_SEPARATED_DATES`: `1/12/2024`, `31/3/09`, anywhere in the candidate.
///
/// Of the expression's ways only this much matters for whether it matches: a digit, a slash, a digit or two of which the
/// first is at most 3, a slash, two digits.
pub(super) fn is_date(candidate: &str) -> bool {
    let slashes = memchr::memchr_iter(b'/', candidate.as_bytes());
    let mut slashes = slashes.filter(|slash| class::before(candidate, *slash).0 & DIGIT != 0);
    slashes.any(|slash| {
        let day = slash + 1;
        let one = digit(candidate, day);
        let two = one.filter(|_| matches!(candidate.as_bytes().get(day), Some(b'0'..=b'3')));
        let two = two.and_then(|end| digit(candidate, end));
        [one, two]
            .into_iter()
            .flatten()
            .any(|end| is_year(candidate, end))
    })
}

/// A slash and two digits.
fn is_year(candidate: &str, at: usize) -> bool {
    candidate.as_bytes().get(at) == Some(&b'/')
        && digit(candidate, at + 1).is_some_and(|end| digit(candidate, end).is_some())
}

/// The end of the digit that begins at `at`.
fn digit(candidate: &str, at: usize) -> Option<usize> {
    let (kind, length) = class::at(candidate, at);
    (kind & DIGIT != 0).then_some(at + length)
}

/// `TIME_STAMPS` with `TIME_STAMPS_SUFFIX`: `2012-01-02 08` where `:00` follows.
pub(super) fn is_time_stamp(candidate: &str, following: &str) -> bool {
    let minutes = matches!(following.as_bytes(), [b':', b'0'..=b'5', ..]) && digit(following, 2).is_some();
    minutes && ends_in_hour(candidate).is_some()
}

/// `[12]\d{3}[-/]?[01]\d[-/]?[0-3]\d +[0-2]\d$`, read from its end.
fn ends_in_hour(candidate: &str) -> Option<()> {
    let mut back = Backwards(candidate);
    back.digit()?;
    back.one(|byte| matches!(byte, b'0'..=b'2'))?;
    back.one(|byte| byte == b' ')?;
    while back.one(|byte| byte == b' ').is_some() {}
    back.digit()?;
    back.one(|byte| matches!(byte, b'0'..=b'3'))?;
    back.one(|byte| matches!(byte, b'-' | b'/'));
    back.digit()?;
    back.one(|byte| matches!(byte, b'0' | b'1'))?;
    back.one(|byte| matches!(byte, b'-' | b'/'));
    back.digit()?;
    back.digit()?;
    back.digit()?;
    back.one(|byte| matches!(byte, b'1' | b'2'))
}

/// What is left of a text that is read from its end.
struct Backwards<'a>(&'a str);

impl Backwards<'_> {
    fn digit(&mut self) -> Option<()> {
        let (kind, length) = class::before(self.0, self.0.len());
        self.step(kind & DIGIT != 0, length)
    }

    fn one(&mut self, wanted: impl Fn(u8) -> bool) -> Option<()> {
        let last = *self.0.as_bytes().last()?;
        self.step(wanted(last), 1)
    }

    fn step(&mut self, good: bool, length: usize) -> Option<()> {
        if good {
            self.0 = self.0.get(..self.0.len() - length)?;
        }
        good.then_some(())
    }
}

/// `PUB_PAGES`: `\d{1,5}-+\d{1,5}\s{0,4}\(\d{1,4}`, as in `Computing Complex Systems 8 (1), 34-35(2009)`.
pub(super) fn is_pages(candidate: &str) -> bool {
    let mut brackets = memchr::memchr_iter(b'(', candidate.as_bytes());
    brackets.any(|bracket| {
        let page = candidate.get(..bracket).unwrap_or_default();
        digit(candidate, bracket + 1).is_some() && ends_in_pages(page)
    })
}

/// `\d{1,5}-+\d{1,5}\s{0,4}$`
fn ends_in_pages(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..4 {
        rest = rest.strip_suffix(char::is_whitespace).unwrap_or(rest);
    }
    let mut at = rest.len();
    for _ in 0..5 {
        match class::before(rest, at) {
            (kind, length) if kind & DIGIT != 0 => at -= length,
            _ => break,
        }
    }
    let pages = rest.get(..at).unwrap_or_default();
    let first = pages.trim_end_matches('-');
    at < rest.len() && first.len() < pages.len() && class::before(first, first.len()).0 & DIGIT != 0
}

/// `MATCHING_BRACKETS`: at most one bracket is left open or unopened, at the start; then up to three pairs, side by side.
///
/// ```text
/// OPEN? (?:OTHER+ CLOSE)? OTHER+ (?:OPEN OTHER+ CLOSE){0,3} OTHER*
/// ```
pub(super) fn has_matching_brackets(candidate: &str) -> bool {
    let rest = candidate.strip_prefix(OPENING).unwrap_or(candidate);
    let Some(mut rest) = others(rest) else {
        return false;
    };
    if let Some(second) = rest.strip_prefix(CLOSING) {
        match others(second) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    for _ in 0..3 {
        let pair = rest.strip_prefix(OPENING).and_then(others);
        match pair.and_then(|inside| inside.strip_prefix(CLOSING)) {
            Some(after) => rest = after,
            None => break,
        }
    }
    others(rest).unwrap_or(rest).is_empty()
}

const OPENING: [char; 4] = ['(', '[', '\u{FF08}', '\u{FF3B}'];
const CLOSING: [char; 4] = [')', ']', '\u{FF09}', '\u{FF3D}'];

/// What is left after one or more characters that are no brackets.
fn others(text: &str) -> Option<&str> {
    let bracket = |c: char| OPENING.contains(&c) || CLOSING.contains(&c);
    let rest = text.trim_start_matches(|c| !bracket(c));
    (rest.len() < text.len()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_known_by_their_slashes() {
        for date in ["1/12/2024", "31/3/09", "23 4/5/67", "12/31/99x", "٣/٣/٢٠"] {
            assert!(is_date(date), "{date}");
        }
        for none in ["1/2", "1/2/3", "12/45/1999", "/1/12", "1//12/1999", "030/123/456"] {
            assert!(!is_date(none), "{none}");
        }
    }

    #[test]
    fn a_time_stamp_needs_its_minutes() {
        for stamp in ["2012-01-02 08", "20120102 08", "1 2012/01-02   23"] {
            assert!(is_time_stamp(stamp, ":00"), "{stamp}");
            assert!(!is_time_stamp(stamp, ": 0") && !is_time_stamp(stamp, ":6"));
        }
        for none in [
            "2012-01-02",
            "2012-21-02 08",
            "3012-01-02 08",
            "2012--01-02 08",
            "2012-01-0208",
        ] {
            assert!(!is_time_stamp(none, ":00"), "{none}");
        }
    }

    #[test]
    fn pages_have_a_year_in_brackets() {
        for pages in ["34-35(2009)", "1 12--35   (9", "123456-12345\u{a0}(2"] {
            assert!(is_pages(pages), "{pages}");
        }
        for none in [
            "34-123456(2009",
            "34-35     (2009",
            "34-(2009",
            "-35(2009",
            "34-35()",
            "34 35(2",
        ] {
            assert!(!is_pages(none), "{none}");
        }
    }

    #[test]
    fn brackets_pair_as_the_reference_wants_it() {
        for good in [
            "1",
            "(650) 253",
            "(1",
            "1)2",
            "(1)2(3)",
            "1(2)(3)(4)5",
            "（1）2",
            "[1) 2",
        ] {
            assert!(has_matching_brackets(good), "{good}");
        }
        for bad in [
            "",
            "(",
            "((1",
            "1)",
            ")1",
            "1(2",
            "1(2)3(4)",
            "1(2)(3)(4)(5)",
            "1()2",
            "(1)(2)",
        ] {
            assert!(!has_matching_brackets(bad), "{bad}");
        }
    }
}
