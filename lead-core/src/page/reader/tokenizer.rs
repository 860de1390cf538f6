//! Bytes of HTML to tokens, after the WHATWG HTML standard, section 13.2.5, without a tree and without allocation.
//!
//! Pull-based: [`Tokenizer::next`] gives a token; after a start tag the caller pulls its attributes with
//! [`Tokenizer::attributes`] and, for the elements whose content is not markup, their content with
//! [`Tokenizer::raw_text`]. Every byte is looked at a constant number of times, whatever the input.

use memchr::memchr;
use memchr::memmem::Finder;

use super::lanes;
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
    /// Nothing but white space between two tags.
    Blank(Span),
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
    #[inline]
    pub(super) fn next(&mut self, foreign: bool) -> Token {
        let bytes = self.bytes;
        match bytes.get(self.at) {
            None => Token::Eof,
            Some(b'<') => self.markup(foreign),
            Some(byte) if is_space(*byte) => {
                let words = lanes::blank(bytes, self.at);
                match bytes.get(words) {
                    None | Some(b'<') => Token::Blank(self.span_to(words)),
                    Some(_) => self.text_from(words),
                }
            }
            Some(_) => self.text_from(self.at + 1),
        }
    }

    /// What a `<` begins.
    #[inline]
    fn markup(&mut self, foreign: bool) -> Token {
        match self.bytes.get(self.at + 1) {
            Some(letter) if letter.is_ascii_alphabetic() => self.start_tag(),
            Some(b'/') => self.end_or_comment(),
            Some(b'!') => self.declaration(foreign),
            Some(b'?') => self.bogus_comment(),
            _ => self.text_from(self.at + 1),
        }
    }

    fn span_to(&mut self, end: usize) -> Span {
        let start = self.at;
        self.at = end;
        Span::new(start, end)
    }

    /// Text up to the next `<` at or after `from`.
    fn text_from(&mut self, from: usize) -> Token {
        let end = lanes::find(b'<', self.bytes, from).unwrap_or(self.bytes.len());
        Token::Text(self.span_to(end))
    }

    #[inline]
    fn start_tag(&mut self) -> Token {
        let token = self.tag_token(1);
        self.at = token.name.range().end;
        Token::Start(token)
    }

    #[inline]
    fn tag_token(&self, before: usize) -> TagToken {
        let start = self.at + before;
        let (end, key) = names::scan::<false>(self.bytes, start);
        let tag = match key {
            Some(key) => Tag::from_key(key),
            None => Tag::from_long_name(self.bytes.get(start..end).unwrap_or_default()),
        };
        TagToken {
            tag,
            name: Span::new(start, end),
            at: self.at,
        }
    }

    #[inline]
    fn end_or_comment(&mut self) -> Token {
        match self.bytes.get(self.at + 2) {
            None => Token::Text(self.span_to(self.bytes.len())),
            Some(b'>') => self.skip(3),
            Some(letter) if letter.is_ascii_alphabetic() => {
                let token = self.tag_token(2);
                self.at = token.name.range().end;
                if self.bytes.get(self.at) == Some(&b'>') {
                    self.at += 1;
                    return Token::End(token);
                }
                self.end_with_attributes(token)
            }
            Some(_) => self.bogus_comment(),
        }
    }

    /// An end tag with more than its name: what it says is passed over.
    fn end_with_attributes(&mut self, token: TagToken) -> Token {
        match self.attributes(|_| {}) {
            TagEnd::Cut => Token::Eof,
            TagEnd::Open | TagEnd::SelfClosing => Token::End(token),
        }
    }

    fn skip(&mut self, length: usize) -> Token {
        self.at = (self.at + length).min(self.bytes.len());
        Token::Ignored
    }

    fn bogus_comment(&mut self) -> Token {
        let rest = self.rest();
        self.skip(memchr(b'>', rest).map_or(rest.len(), |end| end + 1))
    }

    fn declaration(&mut self, foreign: bool) -> Token {
        match self.rest() {
            [b'<', b'!', b'-', b'-', content @ ..] => self.skip(4 + self.comment_length(content)),
            [b'<', b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', content @ ..] if foreign => {
                self.cdata(content)
            }
            _ => self.bogus_comment(),
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

    /// Hands over the attributes of the start tag that is open, those of the kept set; says how the tag ended.
    #[inline]
    pub(super) fn attributes(&mut self, mut keep: impl FnMut(AttrRecord)) -> TagEnd {
        let bytes = self.bytes;
        loop {
            let Some(&byte) = bytes.get(self.at) else {
                return TagEnd::Cut;
            };
            // Control characters end a name for our scanner; they carry nothing on their own.
            if byte <= b' ' {
                self.at += 1;
                continue;
            }
            if byte == b'>' {
                self.at += 1;
                return TagEnd::Open;
            }
            if byte == b'/' {
                self.at += 1;
                if bytes.get(self.at) == Some(&b'>') {
                    self.at += 1;
                    return TagEnd::SelfClosing;
                }
                continue;
            }
            let start = self.at;
            let (kind, end) = self.attribute_name(start);
            self.at = end;
            let Some(value) = self.attribute_value() else {
                self.at = bytes.len();
                return TagEnd::Cut;
            };
            if let Some(kind) = kind {
                let name = Span::new(start, end);
                keep(AttrRecord { kind, name, value });
            }
        }
    }

    /// Which attribute's name begins at `start`, if it is kept, and where it ends.
    #[inline]
    fn attribute_name(&self, start: usize) -> (Option<AttrName>, usize) {
        let (mut end, mut key) = names::scan::<true>(self.bytes, start);
        if end == start {
            // Only `=` is left: as the first byte it is part of the name.
            end = names::scan::<true>(self.bytes, start + 1).0;
            key = None;
        }
        let kind = match key {
            Some(key) => AttrName::from_key(key),
            None => AttrName::from_bytes(self.bytes.get(start..end).unwrap_or_default()),
        };
        (kind, end)
    }

    /// The value after a name: quoted, unquoted, or none (an empty span at the name's end). `None`: the document stops in it.
    #[inline]
    fn attribute_value(&mut self) -> Option<Span> {
        let bytes = self.bytes;
        if bytes.get(self.at) == Some(&b'=')
            && let Some(quote @ (b'"' | b'\'')) = bytes.get(self.at + 1)
        {
            return self.quoted(*quote, self.at + 2);
        }
        self.unusual_value()
    }

    /// A value with white space around its `=`, without quotes, or none at all.
    fn unusual_value(&mut self) -> Option<Span> {
        let name_end = self.at;
        let rest = self.rest();
        let blank = rest.iter().take_while(|byte| is_space(**byte)).count();
        if rest.get(blank) != Some(&b'=') {
            return Some(Span::new(name_end, name_end));
        }
        let after = rest.get(blank + 1..).unwrap_or_default();
        let blank_after = after.iter().take_while(|byte| is_space(**byte)).count();
        self.at += blank + 1 + blank_after;
        match after.get(blank_after)? {
            quote @ (b'"' | b'\'') => self.quoted(*quote, self.at + 1),
            b'>' => Some(Span::new(self.at, self.at)),
            _ => Some(self.unquoted()),
        }
    }

    /// The value from `start` up to its quote.
    #[inline]
    fn quoted(&mut self, quote: u8, start: usize) -> Option<Span> {
        let end = lanes::find(quote, self.bytes, start)?;
        self.at = end + 1;
        Some(Span::new(start, end))
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
