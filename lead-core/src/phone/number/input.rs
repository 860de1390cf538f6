//! From a text to the digits of a number: what is cut off, what is refused, which letters count.
//!
//! Plain input (ASCII digits and the usual punctuation) takes a short way; all else goes through the reference's steps:
//! `buildNationalNumberForParsing`, `isViablePhoneNumber`, `maybeStripExtension`, `normalize`.

use super::ParseError;
use super::buffer::Buffer;
use super::{context, extension, sign};
use crate::phone::digits::Digits;

/// `MAX_INPUT_STRING_LENGTH`, in characters.
pub(super) const MAX_INPUT: usize = 250;

/// What a text holds.
pub(super) struct Input {
    /// The digits, without those of the extension.
    pub(super) digits: Buffer,
    /// Whether a plus sign stands before them.
    pub(super) plus: bool,
    pub(super) extension: Digits,
    /// Whether the extension is written in ASCII digits.
    pub(super) plain_extension: bool,
}

impl Input {
    /// Nothing yet. What a text holds is written in place: it is too large to be handed on by each step.
    pub(super) const EMPTY: Self = Self {
        digits: Buffer::new(),
        plus: false,
        extension: Digits::EMPTY,
        plain_extension: true,
    };

    /// Reads a text; to be done once.
    #[inline]
    pub(super) fn read(&mut self, text: &str) -> Result<(), ParseError> {
        if let Some(plus) = read_plain(text.as_bytes(), &mut self.digits) {
            self.plus = plus?;
        } else {
            *self = read_any(text)?;
        }
        Ok(())
    }
}

/// The short way: whether there is a plus sign before the digits. `None` when there is anything in the text that asks for
/// the long one.
#[inline]
fn read_plain(text: &[u8], digits: &mut Buffer) -> Option<Result<bool, ParseError>> {
    if text.len() > MAX_INPUT {
        return None;
    }
    let start = text
        .iter()
        .position(|byte| matches!(byte, b'0'..=b'9' | b'+' | b';' | 0x80..));
    let Some(number) = start.and_then(|start| text.get(start..)) else {
        return Some(Err(ParseError::NotANumber));
    };
    let (mut in_pluses, mut plus, mut late_plus, mut apart) = (true, false, false, false);
    let mut count = 0usize;
    for byte in number {
        match byte {
            b'0'..=b'9' if late_plus => return Some(Err(ParseError::NotANumber)), // a plus sign amid the digits
            b'0'..=b'9' => {
                digits.push(*byte);
                count += 1;
            }
            b'+' if in_pluses => {
                plus = true;
                continue;
            }
            b'+' => late_plus = true,
            b' ' | b'-' | b'(' | b')' | b'.' | b'/' | b'[' | b']' => apart |= count == 1,
            _ => return None,
        }
        in_pluses = false;
    }
    // Three digits, or two and nothing else.
    if count < 3 && (count < 2 || plus || apart) {
        return Some(Err(ParseError::NotANumber));
    }
    Some(Ok(plus))
}

/// The long way.
#[cold]
fn read_any(text: &str) -> Result<Input, ParseError> {
    let mut input = [char::default(); MAX_INPUT];
    let mut chars = text.chars();
    let mut count = 0;
    for (place, c) in input.iter_mut().zip(&mut chars) {
        *place = c;
        count += 1;
    }
    if chars.next().is_some() {
        return Err(ParseError::TooLong);
    }
    let input = input.get(..count).unwrap_or_default();
    let mut joined = [char::default(); MAX_INPUT];
    let national = match context::of(input)? {
        Some(context) => context.joined(input, &mut joined),
        None => possible_number(input),
    };
    let national = context::without_subaddress(national);
    if !is_viable(national) {
        return Err(ParseError::NotANumber);
    }
    let (number, extension) = split_extension(national);
    let rest = national.get(number.len()..).unwrap_or_default();
    let plus = number.first().is_some_and(|c| sign::is_plus(*c));
    Ok(Input {
        digits: digits_of(number),
        plus,
        extension,
        plain_extension: rest.iter().all(|c| c.is_ascii() || sign::digit(*c).is_none()),
    })
}

/// `extractPossibleNumber`: from the first sign that may begin a number, without what cannot end one, up to a second
/// number's beginning.
pub(super) fn possible_number(text: &[char]) -> &[char] {
    let Some(start) = text
        .iter()
        .position(|c| sign::is_plus(*c) || sign::digit(*c).is_some())
    else {
        return &[];
    };
    let number = text.get(start..).unwrap_or_default();
    let end = number
        .iter()
        .rposition(|c| *c == '#' || sign::is_letter_or_number(*c))
        .map_or(0, |last| last + 1);
    let number = number.get(..end).unwrap_or_default();
    let second = (0..number.len()).find(|at| begins_second_number(number.get(*at..).unwrap_or_default()));
    number.get(..second.unwrap_or(end)).unwrap_or_default()
}

/// `SECOND_NUMBER_START`: `/ x`, as in `530-583-6985 x302/x2303`.
fn begins_second_number(text: &[char]) -> bool {
    match text {
        ['\\' | '/', rest @ ..] => rest.iter().find(|c| **c != ' ') == Some(&'x'),
        _ => false,
    }
}

/// `isViablePhoneNumber`
pub(super) fn is_viable(text: &[char]) -> bool {
    if let [first, second] = text
        && sign::digit(*first).is_some()
        && sign::digit(*second).is_some()
    {
        return true;
    }
    let pluses = text.iter().take_while(|c| sign::is_plus(**c)).count();
    // Three digits with punctuation between …
    let mut at = pluses;
    let mut digits = 0;
    while digits < 3 {
        match text.get(at) {
            Some(c) if sign::digit(*c).is_some() => digits += 1,
            Some(c) if is_filler(*c) => {}
            _ => return false,
        }
        at += 1;
    }
    // … then letters too, and perhaps an extension.
    let tail = text.get(at..).unwrap_or_default();
    let most = at
        + tail
            .iter()
            .take_while(|c| is_filler(**c) || sign::is_letter(**c) || sign::digit(**c).is_some())
            .count();
    most == text.len() || extension::begins_in(text, at..=most)
}

fn is_filler(c: char) -> bool {
    c == '*' || sign::is_punctuation(c)
}

/// `maybeStripExtension`
fn split_extension(text: &[char]) -> (&[char], Digits) {
    if let Some((at, digits)) = extension::find(text)
        && let Some(number) = text.get(..at)
        && is_viable(number)
    {
        return (number, digits);
    }
    (text, Digits::EMPTY)
}

/// A text without its extension.
pub(super) fn split_text(text: &str) -> String {
    let text: Vec<char> = text.chars().collect();
    split_extension(&text).0.iter().collect()
}

/// `normalize`: with three letters or more it is a vanity number, else letters are dropped.
fn digits_of(text: &[char]) -> Buffer {
    let vanity = text.iter().filter(|c| c.is_ascii_alphabetic()).count() >= 3;
    let mut digits = Buffer::new();
    for c in text {
        // A vanity number's digits are ASCII ones: the reference looks them up in the same map as the letters.
        let digit = if vanity {
            sign::digit(*c)
                .filter(|_| c.is_ascii())
                .or_else(|| sign::keypad(*c))
        } else {
            sign::digit(*c)
        };
        if let Some(digit) = digit {
            digits.push(digit);
        }
    }
    digits
}

/// Whether a text is a vanity number (`isAlphaNumber`).
pub(super) fn is_vanity(text: &str) -> bool {
    if text.len() > MAX_INPUT && text.chars().nth(MAX_INPUT).is_some() {
        return false;
    }
    let text: Vec<char> = text.chars().collect();
    is_viable(&text)
        && split_extension(&text)
            .0
            .iter()
            .filter(|c| c.is_ascii_alphabetic())
            .count()
            >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Option<String> {
        let mut input = Input::EMPTY;
        input.read(text).ok()?;
        let digits = String::from_utf8(input.digits.as_bytes().to_vec()).unwrap();
        Some(if input.plus { format!("+{digits}") } else { digits })
    }

    #[test]
    fn the_short_way_and_the_long_one_agree() {
        for text in [
            "030 123456",
            "+49 30 123456",
            "++49 30 1",
            "tel 1-2-3",
            "1-2",
            "12",
            "+12",
            "(12)",
            "12+",
            "1+2+3",
            "123+4",
            "+ +123",
            "((0)30) 12 +",
            "[030] 1/2",
            "",
            "+",
            "a",
            "12345678901234567890",
        ] {
            let plain = read_plain(text.as_bytes(), &mut Buffer::new()).expect(text);
            assert_eq!(plain, read_any(text).map(|input| input.plus), "{text}");
        }
    }

    #[test]
    fn what_a_text_holds() {
        for (text, expected) in [
            ("Tel: (0)30/123456 --", Some("030123456")),
            ("1-800-FLOWERS", Some("18003569377")),
            ("1-800-FL", Some("1800")),
            ("+٤٩ ３０ 123456", Some("+4930123456")),
            ("tel:030123456;phone-context=+49", Some("+49030123456")),
            ("030 123456;isub=12", Some("030123456")),
            ("530 583 6985 x302/x2303", Some("5305836985")),
            ("call", None),
            ("1-5", None),
            ("12", Some("12")),
        ] {
            assert_eq!(digits(text).as_deref(), expected, "{text}");
        }
        assert!(is_vanity("1800 six-flags") && !is_vanity("1800 123"));
    }
}
