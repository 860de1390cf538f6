//! The parameters of RFC 3966 that change a number: `;phone-context=`, `;isub=`.

use super::ParseError;
use super::sign;

const PHONE_CONTEXT: &str = ";phone-context=";
const SUBADDRESS: &str = ";isub=";
const SCHEME: &str = "tel:";

/// A phone context in a text.
pub(super) struct Context {
    /// Where the parameter begins.
    at: usize,
    /// Where its value is.
    value: std::ops::Range<usize>,
}

/// Finds the phone context.
///
/// # Errors
/// [`ParseError::NotANumber`] when its value is neither a global number nor a domain name (RFC 3966, section 3).
pub(super) fn of(text: &[char]) -> Result<Option<Context>, ParseError> {
    let Some(at) = find(text, PHONE_CONTEXT) else {
        return Ok(None);
    };
    let begin = at + PHONE_CONTEXT.len();
    let rest = text.get(begin..).unwrap_or_default();
    let end = begin + rest.iter().position(|c| *c == ';').unwrap_or(rest.len());
    let value = text.get(begin..end).unwrap_or_default();
    if is_global_number(value) || is_domain(value) {
        Ok(Some(Context {
            at,
            value: begin..end,
        }))
    } else {
        Err(ParseError::NotANumber)
    }
}

impl Context {
    /// The number with its context before it, where that is a number's beginning; a domain says nothing.
    pub(super) fn joined<'j>(&self, text: &[char], joined: &'j mut [char]) -> &'j [char] {
        let value = text.get(self.value.clone()).unwrap_or_default();
        let value = if value.first() == Some(&'+') { value } else { &[] };
        let begin = find(text, SCHEME).map_or(0, |at| at + SCHEME.len());
        let number = text.get(begin..self.at).unwrap_or_default();
        let mut length = 0;
        for (place, c) in joined.iter_mut().zip(value.iter().chain(number)) {
            *place = *c;
            length += 1;
        }
        joined.get(..length).unwrap_or_default()
    }
}

/// Cuts off an ISDN subaddress and all behind it.
pub(super) fn without_subaddress(text: &[char]) -> &[char] {
    match find(text, SUBADDRESS) {
        Some(at) if at > 0 => text.get(..at).unwrap_or_default(),
        _ => text,
    }
}

fn find(text: &[char], literal: &str) -> Option<usize> {
    let length = literal.len(); // ASCII
    (0..(text.len() + 1).saturating_sub(length)).find(|at| {
        let there = text.get(*at..at + length).unwrap_or_default();
        there.iter().copied().eq(literal.chars())
    })
}

/// `RFC3966_GLOBAL_NUMBER_DIGITS`
fn is_global_number(value: &[char]) -> bool {
    let [plus, digits @ ..] = value else {
        return false;
    };
    *plus == '+'
        && digits.iter().any(|c| sign::digit(*c).is_some())
        && digits
            .iter()
            .all(|c| sign::digit(*c).is_some() || matches!(c, '-' | '.' | '(' | ')'))
}

/// `RFC3966_DOMAINNAME`
fn is_domain(value: &[char]) -> bool {
    let value = value.strip_suffix(&['.']).unwrap_or(value);
    let is_part = |c: &char| c.is_ascii_alphabetic() || sign::digit(*c).is_some();
    let is_label = |label: &[char]| {
        label.first().is_some_and(is_part)
            && label.last().is_some_and(is_part)
            && label.iter().all(|c| is_part(c) || *c == '-')
    };
    let last = value.rsplit(|c| *c == '.').next().unwrap_or_default();
    value.split(|c| *c == '.').all(is_label) && last.first().is_some_and(char::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts() {
        let check = |value: &str| {
            let text: Vec<char> = format!("1234{PHONE_CONTEXT}{value}").chars().collect();
            of(&text).is_ok()
        };
        for good in ["+1", "+1-(650)", "example.com", "a.", "1a.b-c", "+1;x=y"] {
            assert!(check(good), "{good}");
        }
        for bad in ["", "+", "+a", "64", "a..b", "-a", "a-", "a.1", "64;x"] {
            assert!(!check(bad), "{bad}");
        }
    }
}
