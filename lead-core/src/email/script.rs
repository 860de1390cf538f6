//! Addresses that a script puts together, read without running it.
//!
//! The literals of a script are joined where `+` joins them, variables that hold a literal are put in their place, and
//! the usual wrappings are taken off: escapes, `unescape`, `atob`, `String.fromCharCode`, reversal, ROT13, TYPO3's cipher.
//! What then holds an `@` is read like text. Scripts that compute more than that stay unread.

use std::collections::BTreeMap;

use super::cipher;
use super::links::decode;
use super::plain::{self, Hit};
use crate::record::{EmailAddress, EmailScheme};

/// Longer scripts are libraries, not the ten lines that hide an address.
const MAX_LENGTH: usize = 16 << 10;

/// Reports every address that `script` puts together.
pub(super) fn read(script: &str, report: &mut dyn FnMut(EmailAddress, EmailScheme)) {
    if script.len() > MAX_LENGTH || !is_promising(script) {
        return;
    }
    let mut texts = joined(script);
    texts.extend(char_codes(script));
    let mut seen = Vec::new();
    for text in &texts {
        for plain in unwrapped(script, text) {
            for address in addresses(&plain) {
                if !seen.contains(&address) {
                    seen.push(address.clone());
                    report(address, EmailScheme::Script);
                }
            }
        }
    }
}

/// Whether the script may hold an address at all: most do not, and reading one costs.
fn is_promising(script: &str) -> bool {
    const SIGNS: &[&[u8]] = &[
        b"fromCharCode(",
        b"atob(",
        b"unescape(",
        b"\\x40",
        b"\\u0040",
        b"%40",
        b"&#64",
        b"&#x40",
        b"UnCryptMailto",
    ];
    let bytes = script.as_bytes();
    // Style sheets and decorators are full of `@` that nothing stands before.
    let joins = |at: usize| {
        let before = at
            .checked_sub(1)
            .and_then(|at| bytes.get(at))
            .copied()
            .unwrap_or(b' ');
        let after = bytes.get(at + 1).copied().unwrap_or(b' ');
        before.is_ascii_alphanumeric()
            || matches!(before, b'.' | b'_' | b'-')
            || !after.is_ascii_alphabetic() && after != b' '
            || matches!(before, b'\'' | b'"') && matches!(after, b'\'' | b'"')
    };
    memchr::memchr_iter(b'@', bytes).any(joins)
        || SIGNS
            .iter()
            .any(|sign| memchr::memmem::find(bytes, sign).is_some())
}

/// The forms a literal may have been wrapped in; each is tried only where the script names the unwrapping.
fn unwrapped(script: &str, text: &str) -> Vec<String> {
    let mut forms = vec![text.to_owned()];
    let has = |sign: &str| script.contains(sign);
    if has("reverse()") {
        forms.push(text.chars().rev().collect());
    }
    if has("unescape(") || has("decodeURI") {
        forms.push(decode(text).into_owned());
    }
    if has("atob(") {
        forms.extend(cipher::base64(text));
    }
    if has("fromCharCode") && (has("13") || has("rot13")) {
        forms.push(cipher::rot13(text));
    }
    if has("UnCryptMailto") {
        forms.extend(cipher::typo3_any(text));
    }
    forms
}

fn addresses(text: &str) -> Vec<EmailAddress> {
    if !text.contains('@') && !text.contains("&#64;") && !text.contains("%40") {
        return Vec::new();
    }
    let text = if text.contains("&#") {
        references(text)
    } else {
        text.to_owned()
    };
    let text = if text.contains("%40") {
        decode(&text).into_owned()
    } else {
        text
    };
    let text = text.replace("mailto:", " ");
    let mut hits: Vec<Hit> = Vec::new();
    plain::find(&text, &mut hits);
    hits.into_iter().map(|hit| hit.address).collect()
}

/// Numeric character references, which a script may write into the page.
fn references(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("&#") {
        out.push_str(before);
        let end = after
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(after.len());
        let digits = after.get(..end).unwrap_or_default();
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        };
        if let Some(c) = code.and_then(char::from_u32) {
            out.push(c);
            rest = after.get(end..).unwrap_or_default();
            rest = rest.strip_prefix(';').unwrap_or(rest);
        } else {
            out.push_str("&#");
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// The numbers of each `fromCharCode(…)`, as text.
fn char_codes(script: &str) -> Vec<String> {
    script
        .split("fromCharCode(")
        .skip(1)
        .filter_map(|rest| {
            let list = rest.split(')').next()?;
            list.split(',')
                .map(|code| code.trim().parse().ok().and_then(char::from_u32))
                .collect::<Option<String>>()
        })
        .filter(|text| text.len() > 4)
        .collect()
}

/// A piece of a script that matters here.
#[derive(Debug, PartialEq)]
enum Token {
    Literal(String),
    Name(String),
    Plus,
    /// `=` or `+=`, the flag tells.
    Assign(bool),
    Other,
}

/// Every text that literals, joined by `+`, make; names stand for what was assigned to them before.
fn joined(script: &str) -> Vec<String> {
    let tokens = tokens(script);
    let mut known: BTreeMap<&str, String> = BTreeMap::new();
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let target = match (
            at.checked_sub(2).and_then(|at| tokens.get(at)),
            at.checked_sub(1).and_then(|at| tokens.get(at)),
        ) {
            (Some(Token::Name(name)), Some(Token::Assign(more))) => Some((name.as_str(), *more)),
            _ => None,
        };
        if !matches!(token, Token::Literal(_) | Token::Name(_)) {
            at += 1;
            continue;
        }
        let (text, next) = sum(&tokens, at, &known);
        at = next.max(at + 1);
        let Some(text) = text else { continue };
        if let Some((name, more)) = target {
            let whole = match known.get(name) {
                Some(before) if more => format!("{before}{text}"),
                _ => text.clone(),
            };
            if whole.len() <= MAX_LENGTH {
                known.insert(name, whole.clone());
                texts.push(whole);
            }
        }
        texts.push(text);
    }
    texts
}

/// The sum that begins at `at`, and where it ends. `None` when a name in it is unknown and nothing else is left.
fn sum(tokens: &[Token], mut at: usize, known: &BTreeMap<&str, String>) -> (Option<String>, usize) {
    let mut text = String::new();
    let mut any = false;
    loop {
        match tokens.get(at) {
            Some(Token::Literal(literal)) => {
                text.push_str(literal);
                any = true;
            }
            Some(Token::Name(name)) => match known.get(name.as_str()) {
                Some(value) => {
                    text.push_str(value);
                    any = true;
                }
                None => text.push(' '),
            },
            _ => return (any.then_some(text), at),
        }
        at += 1;
        if tokens.get(at) != Some(&Token::Plus) || text.len() > MAX_LENGTH {
            return (any.then_some(text), at);
        }
        at += 1;
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
        } else if rest.starts_with("+=") {
            list.push(Token::Assign(true));
            rest = skip(2);
        } else if rest.starts_with("==") {
            list.push(Token::Other);
            rest = skip(2);
        } else {
            list.push(match c {
                '+' => Token::Plus,
                '=' => Token::Assign(false),
                _ => Token::Other,
            });
            rest = skip(c.len_utf8());
        }
    }
    list
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(script: &str) -> Vec<String> {
        let mut list = Vec::new();
        read(script, &mut |address, _| list.push(address.to_string()));
        list
    }

    #[test]
    fn literals_are_joined_and_unwrapped() {
        for script in [
            "document.write('<a href=\"mai'+'lto:sal'+'es'+'@'+'example-shop'+'.com\">mail</a>')",
            r"var e='\x73\x61\x6c\x65\x73\x40\x65\x78ample-shop.com'",
            r"var e='\u0073\u0061\u006c\u0065\u0073\u0040example-shop.com'",
            "document.write('moc.pohs-elpmaxe@selas'.split('').reverse().join(''))",
            "document.write(unescape('%73%61%6C%65%73%40example-shop.com'))",
            "var u=\"sales\";var d=\"example-shop.com\";document.write(u+\"@\"+d);",
            "document.write(String.fromCharCode(115,97,108,101,115,64,101,120,97,109,112,108,101,45,115,104,111,112,46,99,111,109))",
            "var a = 's&#97;les' + '&#64;'; a = a + 'example-shop' + '&#46;' + 'com'; x.innerHTML += a;",
        ] {
            assert_eq!(found(script), ["sales@example-shop.com"], "{script}");
        }
    }

    #[test]
    fn other_scripts_say_nothing() {
        for script in [
            "",
            "'",
            "\"\\",
            "a+b",
            "var x = '@media screen'; y = '@import'",
            "'\\u00'",
            "fromCharCode(99999999999)",
        ] {
            assert_eq!(found(script), [""; 0], "{script}");
        }
    }
}
