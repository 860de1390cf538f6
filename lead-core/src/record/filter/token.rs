//! The pieces a filter is written in.

use crate::{Error, Result};

/// The longest filter taken, in characters.
const MAX_CHARS: usize = 10_000;

/// A piece, and the character it begins at, from 0.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: TokenKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// A run without spaces, or a quoted text.
    Word(String),
    /// `field`, operator, value.
    Term(String, &'static str, String),
}

/// Operators, longer ones first.
const OPERATORS: &[&str] = &["!=", ">=", "<=", ":", "=", "~", ">", "<"];

/// Cuts a filter into its pieces.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>> {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() > MAX_CHARS {
        return Err(Error::invalid("filter", "at most 10000 characters").with("length", chars.len()));
    }
    let mut cutter = Cutter { chars: &chars, at: 0 };
    let mut found = Vec::new();
    while let Some(token) = cutter.next()? {
        found.push(token);
    }
    Ok(found)
}

struct Cutter<'a> {
    chars: &'a [char],
    at: usize,
}

impl Cutter<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Result<Option<Token>> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let at = self.at;
        let kind = match self.peek() {
            None => return Ok(None),
            Some('(') => self.single(TokenKind::Open),
            Some(')') => self.single(TokenKind::Close),
            Some('-') => self.single(TokenKind::Not),
            Some('"') => TokenKind::Word(self.quoted()?),
            Some(_) => self.word_or_term()?,
        };
        Ok(Some(Token { at, kind }))
    }

    fn single(&mut self, kind: TokenKind) -> TokenKind {
        self.at += 1;
        kind
    }

    /// Characters of a field's name, then an operator and a value; or else a plain word.
    fn word_or_term(&mut self) -> Result<TokenKind> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_') {
            self.at += 1;
        }
        let name: String = self
            .chars
            .get(start..self.at)
            .unwrap_or_default()
            .iter()
            .collect();
        if !name.is_empty()
            && let Some(operator) = self.operator()
        {
            return Ok(TokenKind::Term(name, operator, self.value()?));
        }
        self.at = start;
        Ok(match self.bare().as_str() {
            "AND" => TokenKind::And,
            "OR" => TokenKind::Or,
            "NOT" => TokenKind::Not,
            word => TokenKind::Word(word.to_owned()),
        })
    }

    fn operator(&mut self) -> Option<&'static str> {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let begins = |operator: &&&str| operator.chars().eq(rest.iter().take(operator.len()).copied());
        let operator = *OPERATORS.iter().find(begins)?;
        self.at += operator.len();
        Some(operator)
    }

    fn value(&mut self) -> Result<String> {
        if self.peek() == Some('"') {
            return self.quoted();
        }
        let at = self.at;
        let value = self.bare();
        if value.is_empty() {
            return Err(Error::invalid("filter", "a value is wanted here").with("position", at));
        }
        Ok(value)
    }

    /// Up to white space or a parenthesis.
    fn bare(&mut self) -> String {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|c| !c.is_whitespace() && c != '(' && c != ')')
        {
            self.at += 1;
        }
        self.chars
            .get(start..self.at)
            .unwrap_or_default()
            .iter()
            .collect()
    }

    /// Between quotes; `\"` and `\\` stand for themselves.
    fn quoted(&mut self) -> Result<String> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match (c, self.peek()) {
                ('"', _) => return Ok(text),
                ('\\', Some(next @ ('"' | '\\'))) => {
                    text.push(next);
                    self.at += 1;
                }
                _ => text.push(c),
            }
        }
        Err(Error::invalid("filter", "the quote is never closed").with("position", start))
    }
}
