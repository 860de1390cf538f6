//! Addresses that a script puts together, read without running it.
//!
//! The literals of a script are joined where `+` joins them, variables that hold a literal are put in their place, and
//! the usual wrappings are taken off: escapes, `unescape`, `atob`, `String.fromCharCode`, reversal, ROT13, TYPO3's cipher.
//! What then holds an `@` is read like text. Scripts that compute more than that stay unread.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::cipher;
use super::fold::joined;
use super::links::decode;
use super::plain::{self, Hit};
use super::scan::is_promising_script;
use crate::record::{EmailAddress, EmailScheme};

/// Longer scripts are libraries, not the ten lines that hide an address.
pub(super) const MAX_LENGTH: usize = 16 << 10;

/// Reports every address that `script` puts together.
pub(super) fn read(script: &str, report: &mut dyn FnMut(EmailAddress, EmailScheme)) {
    if script.len() > MAX_LENGTH || !is_promising_script(script) {
        return;
    }
    let wraps = wraps_of(script);
    let mut seen = BTreeSet::new();
    let mut read_text = |text: &str| {
        let unwrapped = wraps.iter().filter_map(|unwrap| unwrap(text).map(Cow::Owned));
        for plain in std::iter::once(Cow::Borrowed(text)).chain(unwrapped) {
            for address in addresses(&plain) {
                if seen.insert(address.clone()) {
                    report(address, EmailScheme::Script);
                }
            }
        }
    };
    joined(script, &mut read_text);
    for text in char_codes(script) {
        read_text(&text);
    }
}

/// A way of unwrapping.
type Unwrap = fn(&str) -> Option<String>;

/// Each way of unwrapping, and the words of a script that name it.
const WRAPS: &[(&[&str], Unwrap)] = &[
    (&["reverse()"], |text| Some(text.chars().rev().collect())),
    (&["unescape("], |text| Some(decode(text).into_owned())),
    (&["decodeURI"], |text| Some(decode(text).into_owned())),
    (&["atob("], cipher::base64),
    (&["fromCharCode", "13"], |text| Some(cipher::rot13(text))),
    (&["UnCryptMailto"], cipher::typo3_any),
    (&["DeCryptX"], cipher::cryptx),
];

/// The ways of unwrapping that the script names.
fn wraps_of(script: &str) -> Vec<Unwrap> {
    let has = |word: &&str| memchr::memmem::find(script.as_bytes(), word.as_bytes()).is_some();
    let named = WRAPS.iter().filter(|(words, _)| words.iter().all(has));
    named.map(|(_, unwrap)| *unwrap).collect()
}

fn addresses(text: &str) -> Vec<EmailAddress> {
    if memchr::memchr3(b'@', b'&', b'%', text.as_bytes()).is_none() {
        return Vec::new();
    }
    if !text.contains('@') && !text.contains("&#64;") && !text.contains("%40") {
        return Vec::new();
    }
    let mut text = Cow::Borrowed(text);
    if text.contains("&#") {
        text = Cow::Owned(references(&text));
    }
    if text.contains("%40") {
        text = Cow::Owned(decode(&text).into_owned());
    }
    if text.contains("mailto:") {
        text = Cow::Owned(text.replace("mailto:", " "));
    }
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
            "e.href = 'mailto:' + ['sales', 'example-shop.com'].join('@')",
            "e.href = ['mailto:sales', '@', 'example-shop', '.', 'com'].join('')",
            "e.href = ['mailto:sales@example-shop', 'com'].join(\".\")",
            "'mailto:sales'.concat('@', 'example-shop', '.com')",
            "sendMail('sales', 'example-shop.com')",
            "location = mailTo('sales','example-shop','com');",
            "document.write('sales#example-shop.com'.replace('#', '@'))",
            "document.write('sales[at]example-shop.com'.replace(/\\[at\\]/g, \"@\"))",
            "DeCryptX('1t0a3o1f3v0@1f0x2c2o1q0l0e1.0s0h2q1q0.0c0o0m')",
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
            "mailTo('sales', 'list', 'x')",
            "['a', 'b'].join(",
            "'a@'.concat(b",
        ] {
            assert_eq!(found(script), [""; 0], "{script}");
        }
    }
}
