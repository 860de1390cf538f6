//! `<meta charset>` in the first bytes: the WHATWG HTML standard's "prescan a byte stream to determine its encoding"
//! (section 13.2.3.2).

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// Bytes that are looked at.
const PRESCANNED: usize = 1024;

/// The encoding a `<meta>` declares.
pub(super) fn meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut scan = Prescan {
        bytes: bytes.get(..PRESCANNED).unwrap_or(bytes),
        at: 0,
    };
    while scan.at < scan.bytes.len() {
        match scan.rest() {
            [b'<', b'!', b'-', b'-', ..] => scan.comment(),
            [b'<', name @ ..] if is_meta(name) => {
                scan.at += 5;
                if let Some(encoding) = scan.meta_element() {
                    return Some(encoding);
                }
            }
            [b'<', b'/', letter, ..] | [b'<', letter, ..] if letter.is_ascii_alphabetic() => scan.tag(),
            [b'<', b'!' | b'/' | b'?', ..] => scan.skip_to_close(),
            _ => scan.skip_to_next_tag(),
        }
    }
    None
}

fn is_meta(name: &[u8]) -> bool {
    let named = name
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"meta"));
    named && name.get(4).is_some_and(|next| is_space(*next) || *next == b'/')
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

struct Prescan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Prescan<'a> {
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn skip_to(&mut self, found: Option<usize>, length: usize) {
        self.at = found.map_or(self.bytes.len(), |found| self.at + found + length);
    }

    /// The dashes of `<!--` may be those of `-->`.
    fn comment(&mut self) {
        self.at += 2;
        self.skip_to(memchr::memmem::find(self.rest(), b"-->"), 3);
    }

    fn skip_to_close(&mut self) {
        self.skip_to(memchr::memchr(b'>', self.rest()), 1);
    }

    fn skip_to_next_tag(&mut self) {
        let next = memchr::memchr(b'<', self.rest().get(1..).unwrap_or_default());
        self.skip_to(next, 1);
    }

    fn tag(&mut self) {
        let end = self
            .rest()
            .iter()
            .position(|byte| is_space(*byte) || *byte == b'>');
        self.skip_to(end, 0);
        while self.attribute().is_some() {}
        self.at += 1;
    }

    fn meta_element(&mut self) -> Option<&'static Encoding> {
        let (mut charset, mut content, mut is_content_type) = (None, None, false);
        while let Some((name, value)) = self.attribute() {
            match name.as_slice() {
                b"charset" if charset.is_none() => charset = Some(value),
                b"content" if content.is_none() => content = Some(value),
                b"http-equiv" => is_content_type |= value == b"content-type",
                _ => {}
            }
        }
        let by_charset = charset.and_then(|label| Encoding::for_label(&label));
        let by_content = || of_content(&content.filter(|_| is_content_type)?);
        by_charset.or_else(by_content).map(as_declared)
    }

    /// "Get an attribute": name and value in lower case.
    fn attribute(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        self.skip_while(|byte| is_space(byte) || byte == b'/');
        if matches!(self.rest().first(), None | Some(b'>')) {
            return None;
        }
        let start = self.at;
        self.at += 1;
        self.skip_while(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let name = self.since(start);
        self.skip_while(is_space);
        if self.rest().first() != Some(&b'=') {
            return Some((name, Vec::new()));
        }
        self.at += 1;
        self.skip_while(is_space);
        Some((name, self.value()))
    }

    fn value(&mut self) -> Vec<u8> {
        let quote = self
            .rest()
            .first()
            .copied()
            .filter(|byte| matches!(byte, b'"' | b'\''));
        self.at += usize::from(quote.is_some());
        let start = self.at;
        match quote {
            Some(quote) => self.skip_while(|byte| byte != quote),
            None => self.skip_while(|byte| !is_space(byte) && byte != b'>'),
        }
        let value = self.since(start);
        self.at += usize::from(quote.is_some());
        value
    }

    fn skip_while(&mut self, matches: impl Fn(u8) -> bool) {
        self.at += self.rest().iter().take_while(|byte| matches(**byte)).count();
    }

    fn since(&self, start: usize) -> Vec<u8> {
        self.bytes
            .get(start..self.at)
            .unwrap_or_default()
            .to_ascii_lowercase()
    }
}

/// "Extract a character encoding from a meta element": the value after `charset=` in `content`, which is in lower case.
fn of_content(content: &[u8]) -> Option<&'static Encoding> {
    let mut rest = content;
    loop {
        let found = memchr::memmem::find(rest, b"charset")?;
        rest = rest.get(found + 7..)?;
        let after = rest.trim_ascii_start();
        if let Some(value) = after.strip_prefix(b"=") {
            return Encoding::for_label(label(value.trim_ascii_start())?);
        }
    }
}

fn label(value: &[u8]) -> Option<&[u8]> {
    if let Some(quote @ (b'"' | b'\'')) = value.first() {
        let content = value.get(1..)?;
        return content.get(..memchr::memchr(*quote, content)?);
    }
    value.split(|byte| is_space(*byte) || *byte == b';').next()
}

/// A document whose `<meta>` could be read is not in UTF-16, whatever it says.
fn as_declared(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else if encoding == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(html: &str) -> Option<&'static str> {
        meta(html.as_bytes()).map(Encoding::name)
    }

    #[test]
    fn both_forms_of_declaration() {
        assert_eq!(
            name("<html><head><META CharSet = 'ISO-8859-1'>"),
            Some("windows-1252")
        );
        assert_eq!(
            name("<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>"),
            Some("Shift_JIS")
        );
        assert_eq!(
            name("<meta content='text/html; charset=\"gb2312\"' http-equiv=content-type />"),
            Some("GBK")
        );
        assert_eq!(
            name("<meta content='text/html; charset=gbk'>"),
            None,
            "content alone declares nothing"
        );
        assert_eq!(name("<meta charset=bogus><meta charset=utf-8>"), Some("UTF-8"));
    }

    #[test]
    fn what_is_no_meta_is_passed_over() {
        assert_eq!(
            name("<!-- <meta charset=koi8-r> --><meta charset=big5>"),
            Some("Big5")
        );
        assert_eq!(name("<!--><meta charset=big5>"), Some("Big5"));
        assert_eq!(
            name("<a title='<meta charset=koi8-r>'></a><metadata charset=koi8-r>"),
            None
        );
        assert_eq!(
            name("<!doctype html><?xml encoding='koi8-r'?><meta/charset=big5>"),
            Some("Big5")
        );
        assert_eq!(name("< meta charset=big5>"), None);
    }

    #[test]
    fn a_readable_declaration_of_utf_16_is_wrong() {
        assert_eq!(name("<meta charset=utf-16le>"), Some("UTF-8"));
        assert_eq!(name("<meta charset=x-user-defined>"), Some("windows-1252"));
    }

    #[test]
    fn only_the_first_1024_bytes_count() {
        assert_eq!(
            name(&format!("{}<meta charset=big5>", " ".repeat(1000))),
            Some("Big5")
        );
        assert_eq!(name(&format!("{}<meta charset=big5>", " ".repeat(1024))), None);
    }
}
