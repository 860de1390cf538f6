//! The texts that a script makes of its literals, found without running it: sums, lists, replacements, calls.
//!
//! No list of tokens is kept: a place in the script is copied and read on from where it takes a look ahead.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::script::MAX_LENGTH;
use super::token::{Token, Tokens, literal, pattern};

/// A text that a script adds to beyond this is no address.
const MAX_TEXT: usize = 1 << 10;

/// What names stand for.
type Known<'a> = BTreeMap<&'a str, String>;

/// Reports every text that the literals of a script make: joined by `+`, in lists that are joined, after replacements;
/// names stand for what was assigned to them before. All texts together are at most some times as long as the script.
pub(super) fn joined(script: &str, report: &mut dyn FnMut(&str)) {
    let mut known = Known::new();
    let mut room = 4 * script.len() + MAX_TEXT;
    let mut add = |text: &str| {
        if let Some(left) = room.checked_sub(text.len()) {
            room = left;
            report(text);
        }
    };
    let mut tokens = Tokens::of(script);
    while let Some(first) = tokens.peek() {
        let target = tokens.target();
        let (text, rest) = text_at(first, tokens, &known);
        tokens = rest;
        let Some(text) = text else { continue };
        if let Some((name, more)) = target {
            let whole = match known.get(name) {
                Some(before) if more => format!("{before}{text}"),
                _ => text.clone(),
            };
            if whole.len() <= MAX_TEXT {
                add(&whole);
                known.insert(name, whole);
            }
        }
        add(&text);
    }
}

/// The text that begins with `first`, the next of `tokens`, and what is left behind it.
fn text_at<'a>(first: Token<'a>, tokens: Tokens<'a>, known: &Known<'_>) -> (Option<String>, Tokens<'a>) {
    let rest = tokens.behind();
    match first {
        Token::Name(name) if rest.peek() == Some(Token::Sign('(')) && names_mail(name) => {
            (called(rest), rest)
        }
        Token::Literal(_) | Token::Name(_) => sum(tokens, known),
        Token::Sign('[') => match list(rest, known) {
            Some((text, rest)) => (Some(text), rest),
            None => (None, rest),
        },
        _ => (None, rest),
    }
}

fn names_mail(name: &str) -> bool {
    let mut words = name.as_bytes().windows(4);
    words.any(|word| word.eq_ignore_ascii_case(b"mail"))
}

/// The sum that begins here. `None` when a name in it is unknown and nothing else is left.
fn sum<'a>(mut tokens: Tokens<'a>, known: &Known<'_>) -> (Option<String>, Tokens<'a>) {
    let mut text = String::new();
    let mut any = false;
    loop {
        let Some(token @ (Token::Literal(_) | Token::Name(_))) = tokens.peek() else {
            return (any.then_some(text), tokens);
        };
        tokens = tokens.behind();
        match value(token, known) {
            Some(value) => {
                text.push_str(&value);
                any = true;
            }
            // Most names of a script end here.
            None if !any && !matches!(tokens.peek(), Some(Token::Plus | Token::Sign('.'))) => {
                return (None, tokens);
            }
            None => text.push(' '),
        }
        tokens = methods_of(tokens, &mut text, known);
        if tokens.peek() != Some(Token::Plus) || text.len() > MAX_LENGTH {
            return (any.then_some(text), tokens);
        }
        tokens = tokens.behind();
    }
}

fn value<'a>(token: Token<'a>, known: &'a Known<'_>) -> Option<Cow<'a, str>> {
    match token {
        Token::Literal(raw) => Some(literal(raw)),
        Token::Name(name) => known.get(name).map(|text| Cow::Borrowed(text.as_str())),
        _ => None,
    }
}

/// Does to `text` what the methods do that follow it, and says what is left behind them.
fn methods_of<'a>(mut tokens: Tokens<'a>, text: &mut String, known: &Known<'_>) -> Tokens<'a> {
    while tokens.peek() == Some(Token::Sign('.')) {
        let mut rest = tokens.behind();
        match (rest.next(), rest.next()) {
            (Some(Token::Name("replace")), Some(Token::Sign('('))) => {
                let Some((from, to)) = replacement(&mut rest) else {
                    break;
                };
                *text = text.replace(&*from, &to);
            }
            (Some(Token::Name("concat")), Some(Token::Sign('('))) => {
                text.push_str(&values(&mut rest, ')', known).concat());
            }
            _ => break,
        }
        tokens = rest;
    }
    tokens
}

/// `'from', 'to')`, what is before it taken: what is replaced, and by what.
fn replacement<'a>(tokens: &mut Tokens<'a>) -> Option<(Cow<'a, str>, Cow<'a, str>)> {
    let from = match tokens.next()? {
        Token::Literal(raw) => literal(raw),
        Token::Pattern(raw) => Cow::Owned(pattern(raw)),
        _ => return None,
    };
    let to = match (tokens.next()?, tokens.next()?, tokens.next()?) {
        (Token::Sign(','), Token::Literal(raw), Token::Sign(')')) => literal(raw),
        _ => return None,
    };
    (!from.is_empty() && to.len() <= 1).then_some((from, to))
}

/// Values parted by commas, up to `end` and with it.
fn values<'v, 's: 'v>(tokens: &mut Tokens<'s>, end: char, known: &'v Known<'_>) -> Vec<Cow<'v, str>> {
    let mut list = Vec::new();
    while let Some(value) = tokens.peek().and_then(|token| value(token, known)) {
        list.push(value);
        *tokens = tokens.behind();
        match tokens.peek() {
            Some(Token::Sign(',')) => *tokens = tokens.behind(),
            Some(Token::Sign(sign)) if sign == end => {
                *tokens = tokens.behind();
                break;
            }
            _ => break,
        }
    }
    list
}

/// `'a', 'b'].join('@')`, the bracket before it taken.
fn list<'a>(mut tokens: Tokens<'a>, known: &Known<'_>) -> Option<(String, Tokens<'a>)> {
    let parts = values(&mut tokens, ']', known);
    match (tokens.next()?, tokens.next()?, tokens.next()?, tokens.next()?) {
        (Token::Sign('.'), Token::Name("join"), Token::Sign('('), Token::Literal(between)) => {
            Some((parts.join(&*literal(between)), tokens))
        }
        _ => None,
    }
}

/// `sendMail('sales', 'example.com')`, `mailto('sales', 'example', 'com')`: functions called so put an address together.
fn called(mut tokens: Tokens<'_>) -> Option<String> {
    let mut texts = Vec::new();
    for before in ['(', ',', ','] {
        match (tokens.next()?, tokens.next()?) {
            (Token::Sign(sign), Token::Literal(raw)) if sign == before => texts.push(literal(raw)),
            _ => return None,
        }
        if tokens.peek() == Some(Token::Sign(')')) {
            break;
        }
    }
    match (texts.as_slice(), tokens.next()?) {
        ([local, domain], Token::Sign(')')) => Some(format!("{local}@{domain}")),
        ([local, host, top], Token::Sign(')')) => Some(format!("{local}@{host}.{top}")),
        _ => None,
    }
}
