//! Bytes of HTML to tokens, after the WHATWG HTML standard, section 13.2.5, without a tree and without allocation.
//!
//! Pull-based: [`Tokenizer::next`] gives a token; after a start tag the caller pulls its attributes with
//! [`Tokenizer::attribute`] and, for the elements whose content is not markup, their content with
//! [`Tokenizer::raw_text`]. Every byte is looked at a constant number of times, whatever the input.

use memchr::memchr;
use memchr::memmem::Finder;

use super::names;
use super::script;
use crate::page::attribute::{AttrName, AttrRecord};
use crate::page::span::Span;
use crate::page::tag::Tag;

/// A piece of markup. Spans are offsets into the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Text in which character references are not yet decoded.
    Text(Span),
    /// The content of a CDATA section: text without references. Only in foreign content.
    Cdata(Span),
    /// `<name`: the attributes and the `>` are still to be pulled.
    Start(TagToken),
    /// `</name …>`, whole.
    End(TagToken),
    /// A comment of any kind, a doctype, a processing instruction: nothing to read.
    Ignored,
    /// Nothing is left.
    Eof,
}

/// The name of a tag and where the tag begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TagToken {
    pub(super) tag: Tag,
    /// The name as the source has it.
    pub(super) name: Span,
    /// Offset of the `<`.
    pub(super) at: usize,
}

/// How a start tag ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagEnd {
    /// With `>`.
    Open,
    /// With `/>`, which means something in foreign content only.
    SelfClosing,
    /// Not at all: the document stops inside the tag, which is dropped.
    Cut,
}

pub(super) struct Tokenizer<'a> {
    bytes: &'a [u8],
    at: usize,
    end_tag: Finder<'static>,
    dashes: Finder<'static>,
}

impl<'a> Tokenizer<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            bytes: source.as_bytes(),
            at: 0,
            end_tag: Finder::new("</"),
            dashes: Finder::new("--"),
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The next token. `foreign`: the current node is SVG or MathML, where CDATA sections are text.
    pub(super) fn next(&mut self, foreign: bool) -> Token {
        let rest = self.rest();
        match rest {
            [] => Token::Eof,
            [b'<', b'/', ..] => self.end_or_comment(rest),
            [b'<', b'!', ..] => self.declaration(rest, foreign),
            [b'<', b'?', ..] => self.bogus_comment(rest),
            [b'<', letter, ..] if letter.is_ascii_alphabetic() => self.start_tag(rest),
            [b'<', more @ ..] => self.text(1 + memchr(b'<', more).unwrap_or(more.len())),
            _ => self.text(memchr(b'<', rest).unwrap_or(rest.len())),
        }
    }

    fn text(&mut self, length: usize) -> Token {
        let start = self.at;
        self.at += length;
        Token::Text(Span::new(start, self.at))
    }

    fn start_tag(&mut self, rest: &[u8]) -> Token {
        let token = self.tag_token(rest, 1);
        self.at = token.name.range().end;
        Token::Start(token)
    }

    fn tag_token(&self, rest: &[u8], before: usize) -> TagToken {
        let from_name = rest.get(before..).unwrap_or_default();
        let (length, key) = names::scan::<false>(from_name);
        let tag = Tag::from_scan(key, from_name.get(..length).unwrap_or_default());
        let start = self.at + before;
        TagToken {
            tag,
            name: Span::new(start, start + length),
            at: self.at,
        }
    }

    fn end_or_comment(&mut self, rest: &[u8]) -> Token {
        match rest.get(2) {
            None => self.text(2),
            Some(b'>') => self.skip(3),
            Some(letter) if letter.is_ascii_alphabetic() => {
                let token = self.tag_token(rest, 2);
                self.at = token.name.range().end;
                if self.bytes.get(self.at) == Some(&b'>') {
                    self.at += 1;
                    return Token::End(token);
                }
                self.end_with_attributes(token)
            }
            Some(_) => self.bogus_comment(rest),
        }
    }

    /// An end tag with more than its name: what it says is passed over.
    fn end_with_attributes(&mut self, token: TagToken) -> Token {
        loop {
            match self.attribute() {
                Ok(_) => {}
                Err(TagEnd::Cut) => return Token::Eof,
                Err(TagEnd::Open | TagEnd::SelfClosing) => return Token::End(token),
            }
        }
    }

    fn skip(&mut self, length: usize) -> Token {
        self.at = (self.at + length).min(self.bytes.len());
        Token::Ignored
    }

    fn bogus_comment(&mut self, rest: &[u8]) -> Token {
        self.skip(memchr(b'>', rest).map_or(rest.len(), |end| end + 1))
    }

    fn declaration(&mut self, rest: &[u8], foreign: bool) -> Token {
        match rest {
            [b'<', b'!', b'-', b'-', content @ ..] => self.skip(4 + self.comment_length(content)),
            [b'<', b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', content @ ..] if foreign => {
                self.cdata(content)
            }
            _ => self.bogus_comment(rest),
        }
    }

    fn cdata(&mut self, content: &[u8]) -> Token {
        let start = self.at + "<![CDATA[".len();
        let length = memchr::memmem::find(content, b"]]>");
        let end = start + length.unwrap_or(content.len());
        self.at = length.map_or(self.bytes.len(), |_| end + 3);
        Token::Cdata(Span::new(start, end))
    }

    /// Bytes of a comment after `<!--`, its end included: `-->`, `--!>`, or at once `>` and `->`.
    fn comment_length(&self, content: &[u8]) -> usize {
        match content {
            [b'>', ..] => return 1,
            [b'-', b'>', ..] => return 2,
            _ => {}
        }
        let mut from = 0;
        while let Some(found) = self.dashes.find(content.get(from..).unwrap_or_default()) {
            let after = from + found + 2;
            match content.get(after..).unwrap_or_default() {
                [b'>', ..] => return after + 1,
                [b'!', b'>', ..] => return after + 2,
                _ => from = after - 1,
            }
        }
        content.len()
    }

    /// The next attribute of the start tag that is open, or how the tag ended.
    ///
    /// Attributes outside the kept set are passed over here.
    #[inline]
    pub(super) fn attribute(&mut self) -> Result<AttrRecord, TagEnd> {
        loop {
            self.skip_to_attribute_name()?;
            let start = self.at;
            let rest = self.rest();
            let (mut length, mut key) = names::scan::<true>(rest);
            if length == 0 {
                // Only `=` is left: as the first byte it is part of the name.
                length = 1 + names::scan::<true>(rest.get(1..).unwrap_or_default()).0;
                key = None;
            }
            let name = rest.get(..length).unwrap_or_default();
            self.at += length;
            let value = self.attribute_value()?;
            if let Some(kind) = AttrName::from_scan(key, name) {
                return Ok(AttrRecord {
                    kind,
                    name: Span::new(start, start + length),
                    value,
                });
            }
        }
    }

    /// Passes white space and slashes before an attribute's name.
    fn skip_to_attribute_name(&mut self) -> Result<(), TagEnd> {
        loop {
            match self.rest() {
                [] => return Err(TagEnd::Cut),
                [b'>', ..] => {
                    self.at += 1;
                    return Err(TagEnd::Open);
                }
                [b'/', b'>', ..] => {
                    self.at += 2;
                    return Err(TagEnd::SelfClosing);
                }
                // Control characters end a name for our scanner; they carry nothing on their own.
                [byte, ..] if *byte <= b' ' || *byte == b'/' => self.at += 1,
                _ => return Ok(()),
            }
        }
    }

    /// The value after a name: quoted, unquoted, or none (an empty span at the name's end).
    fn attribute_value(&mut self) -> Result<Span, TagEnd> {
        let name_end = self.at;
        let rest = self.rest();
        if let [b'=', quote @ (b'"' | b'\''), ..] = rest {
            self.at += 1;
            return self.quoted(*quote);
        }
        let blank = rest.iter().take_while(|byte| is_space(**byte)).count();
        if rest.get(blank) != Some(&b'=') {
            return Ok(Span::new(name_end, name_end));
        }
        let after = rest.get(blank + 1..).unwrap_or_default();
        let blank_after = after.iter().take_while(|byte| is_space(**byte)).count();
        self.at += blank + 1 + blank_after;
        match after.get(blank_after) {
            None => Err(TagEnd::Cut),
            Some(quote @ (b'"' | b'\'')) => self.quoted(*quote),
            Some(b'>') => Ok(Span::new(self.at, self.at)),
            Some(_) => Ok(self.unquoted()),
        }
    }

    fn quoted(&mut self, quote: u8) -> Result<Span, TagEnd> {
        let start = self.at + 1;
        let content = self.bytes.get(start..).unwrap_or_default();
        let Some(length) = memchr(quote, content) else {
            self.at = self.bytes.len();
            return Err(TagEnd::Cut);
        };
        self.at = start + length + 1;
        Ok(Span::new(start, start + length))
    }

    fn unquoted(&mut self) -> Span {
        let start = self.at;
        let rest = self.rest();
        self.at += rest
            .iter()
            .position(|byte| is_space(*byte) || *byte == b'>')
            .unwrap_or(rest.len());
        Span::new(start, self.at)
    }

    /// The content of an element whose content is not markup, up to its end tag (which stays to be read) or to the end.
    pub(super) fn raw_text(&mut self, tag: Tag) -> Span {
        let start = self.at;
        let content = self.rest();
        let length = match tag {
            Tag::Plaintext => content.len(),
            Tag::Script => script::length(content, &self.end_tag),
            _ => end_tag_at(content, tag.name(), &self.end_tag).unwrap_or(content.len()),
        };
        self.at = start + length;
        Span::new(start, self.at)
    }
}

/// Where the end tag of `name` begins: `</name` before white space, `/` or `>`.
pub(super) fn end_tag_at(content: &[u8], name: &str, finder: &Finder<'_>) -> Option<usize> {
    let mut from = 0;
    loop {
        let found = from + finder.find(content.get(from..)?)?;
        if is_name_here(content.get(found + 2..)?, name) {
            return Some(found);
        }
        from = found + 2;
    }
}

/// Whether `rest` begins with `name` in any case, and the name ends there.
pub(super) fn is_name_here(rest: &[u8], name: &str) -> bool {
    let same = rest
        .get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
    same && rest
        .get(name.len())
        .is_some_and(|next| is_space(*next) || matches!(next, b'/' | b'>'))
}

/// ASCII white space as HTML means it (section 13.2.5.32 and others): no vertical tab.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}
