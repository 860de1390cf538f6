//! The tokens of a script that matter here, read one by one where they stand.

use std::borrow::Cow;

/// A piece of a script.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// With its quotes: see [`literal`].
    Literal(&'a str),
    Name(&'a str),
    Plus,
    /// `=` or `+=`, the flag tells.
    Assign(bool),
    /// A regular expression, with its slashes and flags: see [`pattern`].
    Pattern(&'a str),
    Sign(char),
}

/// A place in a script. Cheap to copy, for a look ahead.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The two tokens before it.
    before: [Token<'a>; 2],
}

impl<'a> Tokens<'a> {
    pub(super) fn of(script: &'a str) -> Self {
        Self {
            rest: script,
            before: [Token::Sign(' '); 2],
        }
    }

    /// The next token, which stays.
    pub(super) fn peek(mut self) -> Option<Token<'a>> {
        self.next()
    }

    /// The place behind the next token.
    pub(super) fn behind(mut self) -> Self {
        self.next();
        self
    }

    /// The next token, which is taken.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.rest.trim_start();
        let (token, length) = self.token(rest, rest.chars().next()?);
        let [_, last] = self.before;
        *self = Self {
            rest: rest.get(length..).unwrap_or_default(),
            before: [last, token],
        };
        Some(token)
    }

    /// The name that what begins here is assigned to, and whether it is added.
    pub(super) fn target(self) -> Option<(&'a str, bool)> {
        match self.before {
            [Token::Name(name), Token::Assign(more)] => Some((name, more)),
            _ => None,
        }
    }

    /// The token that begins `rest` with `first`, and its length.
    fn token(self, rest: &'a str, first: char) -> (Token<'a>, usize) {
        let upto = |length: usize| rest.get(..length).unwrap_or(rest);
        match first {
            '\'' | '"' | '`' => {
                let length = literal_length(rest.as_bytes(), first as u8);
                (Token::Literal(upto(length)), length)
            }
            '/' if self.takes_pattern() => {
                let length = pattern_length(rest);
                (Token::Pattern(upto(length)), length)
            }
            '+' if rest.starts_with("+=") => (Token::Assign(true), 2),
            '+' => (Token::Plus, 1),
            '=' if rest.starts_with("==") => (Token::Sign('='), 2),
            '=' => (Token::Assign(false), 1),
            first if first.is_alphabetic() || matches!(first, '_' | '$') => {
                let length = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
                (Token::Name(upto(length)), length)
            }
            sign => (Token::Sign(sign), sign.len_utf8()),
        }
    }

    /// Whether a slash begins a regular expression here: as what is replaced.
    fn takes_pattern(self) -> bool {
        matches!(self.before, [Token::Name(name), Token::Sign('(')] if name.ends_with("replace"))
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '.')
}

/// The length of the regular expression that begins `text`, with its flags.
fn pattern_length(text: &str) -> usize {
    let body = text.get(1..).unwrap_or_default();
    let Some(end) = body.find('/') else {
        return text.len();
    };
    let flags = body.get(end + 1..).unwrap_or_default();
    let flags = flags.len() - flags.trim_start_matches(|c: char| c.is_ascii_lowercase()).len();
    end + 2 + flags
}

/// What a regular expression finds, when it stands for itself but for escapes; else nothing.
pub(super) fn pattern(raw: &str) -> String {
    let body = raw.get(1..).unwrap_or_default();
    let Some((plain, _)) = body.split_once('/') else {
        return String::new();
    };
    let special = plain
        .replace("\\[", "")
        .replace("\\]", "")
        .replace("\\(", "")
        .replace("\\)", "");
    if special.contains(['[', '(', '*', '+', '?', '|', '^', '$', '{', '.']) {
        String::new()
    } else {
        plain.replace('\\', "")
    }
}

/// The length of the literal that begins `bytes`, its quotes counted; all of them when it does not end.
fn literal_length(bytes: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| memchr::memchr2(quote, b'\\', rest))
    {
        at += found + 1;
        if bytes.get(at - 1) == Some(&quote) {
            return at;
        }
        // What is escaped ends nothing.
        at += 1;
    }
    bytes.len()
}

/// The text of a literal, its escapes resolved.
pub(super) fn literal(raw: &str) -> Cow<'_, str> {
    let inner = raw.get(1..).unwrap_or_default();
    let quote = raw.chars().next().unwrap_or_default();
    if memchr::memchr(b'\\', raw.as_bytes()).is_none() {
        return Cow::Borrowed(inner.strip_suffix(quote).unwrap_or(inner));
    }
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.char_indices();
    while let Some((_, c)) = chars.next() {
        if c == quote {
            break;
        }
        if c != '\\' {
            out.push(c);
            continue;
        }
        let Some((at, escaped)) = chars.next() else { break };
        let width = match escaped {
            'x' => 2,
            'u' => 4,
            _ => 0,
        };
        let code = inner
            .get(at + 1..at + 1 + width)
            .filter(|_| width > 0)
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32);
        match (code, escaped) {
            (Some(c), _) => {
                out.push(c);
                for _ in 0..width {
                    chars.next();
                }
            }
            (None, 'n' | 'r' | 't') => out.push(' '),
            (None, other) => out.push(other),
        }
    }
    Cow::Owned(out)
}
