//! The texts that a script makes of its literals, found without running it: sums, lists, replacements, calls.

use std::collections::BTreeMap;

use super::script::MAX_LENGTH;

/// A piece of a script that matters here.
#[derive(Debug, PartialEq)]
enum Token {
    Literal(String),
    Name(String),
    Plus,
    /// `=` or `+=`, the flag tells.
    Assign(bool),
    /// A regular expression, without its slashes and flags.
    Pattern(String),
    Sign(char),
}

/// A text that a script adds to beyond this is no address.
const MAX_TEXT: usize = 1 << 10;

/// What names stand for.
type Known<'a> = BTreeMap<&'a str, String>;

/// Every text that the literals of a script make: joined by `+`, in lists that are joined, after replacements; names
/// stand for what was assigned to them before. All texts together are at most some times as long as the script.
pub(super) fn joined(script: &str) -> Vec<String> {
    let tokens = tokens(script);
    let mut known = Known::new();
    let mut texts = Texts::new(script);
    let mut at = 0;
    while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        let (text, length) = text_at(rest, &known);
        let start = at;
        at += length.max(1);
        let Some(text) = text else { continue };
        if let Some((name, more)) = target(&tokens, start) {
            let whole = match known.get(name) {
                Some(before) if more => format!("{before}{text}"),
                _ => text.clone(),
            };
            if whole.len() <= MAX_TEXT {
                known.insert(name, whole.clone());
                texts.add(whole);
            }
        }
        texts.add(text);
    }
    texts.list
}

/// The texts found, until there are too many of them.
struct Texts {
    list: Vec<String>,
    room: usize,
}

impl Texts {
    fn new(script: &str) -> Self {
        Self {
            list: Vec::new(),
            room: 4 * script.len() + MAX_TEXT,
        }
    }

    fn add(&mut self, text: String) {
        if let Some(room) = self.room.checked_sub(text.len()) {
            self.room = room;
            self.list.push(text);
        }
    }
}

/// The name that what begins at `at` is assigned to, and whether it is added.
fn target(tokens: &[Token], at: usize) -> Option<(&str, bool)> {
    match tokens.get(at.checked_sub(2)?..at)? {
        [Token::Name(name), Token::Assign(more)] => Some((name, *more)),
        _ => None,
    }
}

/// The text that begins here, and how many tokens it takes.
fn text_at(tokens: &[Token], known: &Known<'_>) -> (Option<String>, usize) {
    match tokens {
        [Token::Name(name), Token::Sign('('), ..] if name.to_ascii_lowercase().contains("mail") => {
            (called(tokens), 1)
        }
        [Token::Literal(_) | Token::Name(_), ..] => sum(tokens, known),
        [Token::Sign('['), rest @ ..] => list(rest, known).unwrap_or((None, 1)),
        _ => (None, 1),
    }
}

/// The sum that begins here. `None` when a name in it is unknown and nothing else is left.
fn sum(tokens: &[Token], known: &Known<'_>) -> (Option<String>, usize) {
    let mut text = String::new();
    let (mut any, mut at) = (false, 0);
    loop {
        match tokens.get(at).and_then(|token| value(token, known)) {
            Some(value) => {
                text.push_str(value);
                any = true;
            }
            None if matches!(tokens.get(at), Some(Token::Name(_))) => text.push(' '),
            None => return (any.then_some(text), at),
        }
        at += 1;
        let methods = tokens.get(at..).unwrap_or_default();
        at += methods_of(methods, &mut text, known);
        if tokens.get(at) != Some(&Token::Plus) || text.len() > MAX_LENGTH {
            return (any.then_some(text), at);
        }
        at += 1;
    }
}

fn value<'a>(token: &'a Token, known: &'a Known<'_>) -> Option<&'a str> {
    match token {
        Token::Literal(literal) => Some(literal),
        Token::Name(name) => known.get(name.as_str()).map(String::as_str),
        _ => None,
    }
}

/// Does to `text` what the methods do that follow it, and says how many tokens they take.
fn methods_of(tokens: &[Token], text: &mut String, known: &Known<'_>) -> usize {
    use Token::{Literal, Name, Pattern, Sign};
    let mut at = 0;
    loop {
        match tokens.get(at..).unwrap_or_default() {
            [
                Sign('.'),
                Name(name),
                Sign('('),
                Literal(from) | Pattern(from),
                Sign(','),
                Literal(to),
                Sign(')'),
                ..,
            ] if name == "replace" && !from.is_empty() && to.len() <= 1 => {
                *text = text.replace(from, to);
                at += 7;
            }
            [Sign('.'), Name(name), Sign('('), parts @ ..] if name == "concat" => {
                let (parts, length) = values(parts, ')', known);
                text.push_str(&parts.concat());
                at += 3 + length;
            }
            _ => return at,
        }
    }
}

/// Values parted by commas, up to `end` and with it.
fn values<'a>(tokens: &'a [Token], end: char, known: &'a Known<'_>) -> (Vec<&'a str>, usize) {
    let mut list = Vec::new();
    let mut at = 0;
    while let Some(value) = tokens.get(at).and_then(|token| value(token, known)) {
        list.push(value);
        at += 1;
        match tokens.get(at) {
            Some(Token::Sign(',')) => at += 1,
            Some(Token::Sign(sign)) if *sign == end => return (list, at + 1),
            _ => break,
        }
    }
    (list, at)
}

/// `'a', 'b'].join('@')`, the bracket before it taken.
fn list(tokens: &[Token], known: &Known<'_>) -> Option<(Option<String>, usize)> {
    let (parts, length) = values(tokens, ']', known);
    match tokens.get(length..)? {
        [
            Token::Sign('.'),
            Token::Name(name),
            Token::Sign('('),
            Token::Literal(between),
            ..,
        ] if name == "join" => Some((Some(parts.join(between)), length + 5)),
        _ => None,
    }
}

/// `sendMail('sales', 'example.com')`, `mailto('sales', 'example', 'com')`: functions called so put an address together.
fn called(tokens: &[Token]) -> Option<String> {
    use Token::{Literal, Sign};
    match tokens.get(1..)? {
        [
            Sign('('),
            Literal(local),
            Sign(','),
            Literal(domain),
            Sign(')'),
            ..,
        ] => Some(format!("{local}@{domain}")),
        [
            Sign('('),
            Literal(local),
            Sign(','),
            Literal(host),
            Sign(','),
            Literal(top),
            Sign(')'),
            ..,
        ] => Some(format!("{local}@{host}.{top}")),
        _ => None,
    }
}

fn tokens(script: &str) -> Vec<Token> {
    let mut list = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let skip = |count: usize| rest.get(count..).unwrap_or_default();
        if c.is_whitespace() {
            rest = rest.trim_start();
        } else if matches!(c, '\'' | '"' | '`') {
            let (literal, length) = literal(rest, c);
            list.push(Token::Literal(literal));
            rest = skip(length);
        } else if c.is_alphabetic() || matches!(c, '_' | '$') {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '.')))
                .unwrap_or(rest.len());
            list.push(Token::Name(rest.get(..end).unwrap_or_default().to_owned()));
            rest = skip(end);
        } else if c == '/' && takes_pattern(&list) {
            let (pattern, length) = pattern(rest);
            list.push(Token::Pattern(pattern));
            rest = skip(length);
        } else if rest.starts_with("+=") {
            list.push(Token::Assign(true));
            rest = skip(2);
        } else if rest.starts_with("==") {
            list.push(Token::Sign('='));
            rest = skip(2);
        } else {
            list.push(match c {
                '+' => Token::Plus,
                '=' => Token::Assign(false),
                sign => Token::Sign(sign),
            });
            rest = skip(c.len_utf8());
        }
    }
    list
}

/// Whether a slash begins a regular expression here: as what is replaced.
fn takes_pattern(before: &[Token]) -> bool {
    matches!(before, [.., Token::Name(name), Token::Sign('(')] if name.ends_with("replace"))
}

/// The regular expression that begins `text`, when it stands for itself but for escapes; and its length with its flags.
fn pattern(text: &str) -> (String, usize) {
    let body = text.get(1..).unwrap_or_default();
    let Some(end) = body.find('/') else {
        return (String::new(), text.len());
    };
    let flags = body.get(end + 1..).unwrap_or_default();
    let flags = flags.len() - flags.trim_start_matches(|c: char| c.is_ascii_lowercase()).len();
    let plain = body.get(..end).unwrap_or_default();
    let special = plain
        .replace("\\[", "")
        .replace("\\]", "")
        .replace("\\(", "")
        .replace("\\)", "");
    let plain = if special.contains(['[', '(', '*', '+', '?', '|', '^', '$', '{', '.']) {
        String::new()
    } else {
        plain.replace('\\', "")
    };
    (plain, end + 2 + flags)
}

/// The literal that begins `text`, its escapes resolved, and its length in the source.
fn literal(text: &str, quote: char) -> (String, usize) {
    let mut out = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            return (out, at + 1);
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
        let code = text
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
    (out, text.len())
}
