//! What happens at a start tag, an end tag and text.

use super::attributes::Noted;
use super::stack::{Entry, Stack};
use super::tape::{Gap, Run, Tape};
use super::tokenizer::{TagEnd, TagToken, Token, Tokenizer};
use super::traits::{self, Traits};
use crate::error::{Error, ErrorKind, Result};
use crate::page::attribute::{AttrName, AttrRecord};
use crate::page::block::BlockRecord;
use crate::page::element::ElementRecord;
use crate::page::link::LinkRecord;
use crate::page::options::ParseOptions;
use crate::page::span::{Span, small};
use crate::page::spare;
use crate::page::tag::Tag;
use crate::page::warning::{Warning, WarningKind};

/// No element, no block.
pub(super) const NONE: u32 = u32::MAX;

/// Everything the reader writes down.
#[derive(Debug, Default)]
pub(in crate::page) struct Tapes {
    pub(in crate::page) text: String,
    pub(in crate::page) runs: Vec<Run>,
    pub(in crate::page) elements: Vec<ElementRecord>,
    pub(in crate::page) attributes: Vec<AttrRecord>,
    pub(in crate::page) blocks: Vec<BlockRecord>,
    /// Attributes of `<html>` and `<body>` tags that came after the element had begun, by element.
    pub(in crate::page) late: Vec<(u32, AttrRecord)>,
    pub(in crate::page) links: Vec<LinkRecord>,
    /// `<meta>`, `<link>`, `<base>`.
    pub(in crate::page) metas: Vec<u32>,
    /// Elements with `itemscope` or `itemprop`.
    pub(in crate::page) items: Vec<u32>,
    /// Scripts with their content.
    pub(in crate::page) scripts: Vec<(u32, Span)>,
    /// The contents of `<style>`.
    pub(in crate::page) styles: Vec<Span>,
    /// Stretches of text that browsers do not show.
    pub(in crate::page) hidden: Vec<Span>,
    /// The content of the first `<title>`, as the source has it.
    pub(in crate::page) title: Option<Span>,
    pub(in crate::page) warnings: Vec<Warning>,
}

impl Tapes {
    /// The same buffers with nothing in them.
    pub(in crate::page) fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
        self.elements.clear();
        self.attributes.clear();
        self.blocks.clear();
        self.late.clear();
        self.links.clear();
        self.metas.clear();
        self.items.clear();
        self.scripts.clear();
        self.styles.clear();
        self.hidden.clear();
        self.title = None;
        self.warnings.clear();
    }

    /// What the larger of them hold, in bytes.
    pub(in crate::page) fn capacity(&self) -> usize {
        self.text.capacity()
            + self.elements.capacity() * size_of::<ElementRecord>()
            + self.attributes.capacity() * size_of::<AttrRecord>()
            + self.blocks.capacity() * size_of::<BlockRecord>()
            + self.links.capacity() * size_of::<LinkRecord>()
            + self.runs.capacity() * size_of::<Run>()
    }
}

/// Reads a whole document.
///
/// # Errors
/// [`ErrorKind::TooLarge`] when it has more elements than the options allow.
pub(in crate::page) fn read(source: &str, options: &ParseOptions) -> Result<Tapes> {
    let mut builder = Builder::new(source, options);
    loop {
        let foreign = builder.in_foreign();
        match builder.tokens.next(foreign) {
            Token::Blank(span) => builder.blank(span),
            Token::Text(span) => builder.text(span),
            Token::Cdata(span) => builder.literal(span),
            Token::Start(token) => {
                builder.start_tag(token);
                if builder.out.elements.len() > options.max_elements {
                    return Err(too_many_elements(options.max_elements));
                }
            }
            Token::End(token) => builder.end_tag(token),
            Token::Ignored => {}
            Token::Eof => break,
        }
    }
    Ok(builder.finish())
}

fn too_many_elements(limit: usize) -> Error {
    let error = Error::new(
        ErrorKind::TooLarge,
        "page.parse",
        "the document has too many elements",
    );
    error.with("limit", limit)
}

/// Where in the document the reader is, as far as head and body go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    BeforeHead,
    InHead,
    AfterHead,
    InBody,
}

pub(super) struct Builder<'a> {
    pub(super) source: &'a str,
    pub(super) tokens: Tokenizer<'a>,
    pub(super) tape: Tape,
    pub(super) stack: Stack,
    pub(super) out: Tapes,
    pub(super) phase: Phase,
    max_depth: usize,
    /// Where the attributes of the tag that is being read begin; their end where none is.
    pub(super) first_attribute: usize,
    /// Elements that were too deep to be opened and whose end tags are still to come.
    pub(super) overflow: usize,
    /// Open elements whose text is no text of the page.
    pub(super) muted: u32,
    /// Open elements that are not shown, and where the outermost began.
    hidden: u32,
    hidden_start: u32,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str, options: &ParseOptions) -> Self {
        let mut out = spare::tapes();
        Self {
            source,
            tokens: Tokenizer::new(source),
            tape: Tape::with(std::mem::take(&mut out.text), std::mem::take(&mut out.runs)),
            stack: Stack::new(),
            out,
            phase: Phase::BeforeHead,
            max_depth: options.max_depth.max(8),
            first_attribute: 0,
            overflow: 0,
            muted: 0,
            hidden: 0,
            hidden_start: 0,
        }
    }

    fn finish(mut self) -> Tapes {
        while self.stack.len() > 0 {
            self.pop();
        }
        if !self.out.late.is_empty() {
            self.out.items.sort_unstable();
            self.out.items.dedup();
        }
        (self.out.text, self.out.runs) = self.tape.finish();
        self.out
    }

    pub(super) fn slice(&self, span: Span) -> &'a str {
        span.of(self.source)
    }

    fn blank(&mut self, span: Span) {
        if self.muted == 0 && self.phase == Phase::InBody {
            let raw = self.slice(span);
            self.tape.push_blank(raw);
        }
    }

    fn text(&mut self, span: Span) {
        self.first_attribute = self.out.attributes.len();
        if self.muted > 0 {
            return;
        }
        let raw = self.slice(span);
        if self.phase != Phase::InBody {
            if raw.bytes().all(super::tokenizer::is_space) {
                return;
            }
            self.ensure_body(span.range().start);
        }
        let ahead = self.source.get(span.range().start..).unwrap_or_default();
        self.tape.push_source(ahead, raw.len());
    }

    fn literal(&mut self, span: Span) {
        self.ensure_body(span.range().start);
        if self.muted == 0 {
            let raw = self.slice(span);
            self.tape.push_literal(raw);
        }
    }

    fn start_tag(&mut self, token: TagToken) {
        self.first_attribute = self.out.attributes.len();
        let (end, noted) = self.pull_attributes(token.at);
        if end == TagEnd::Cut {
            self.forget_attributes();
            self.warn_once(
                WarningKind::Truncated,
                "the document stops inside a tag",
                token.at,
            );
            return;
        }
        let foreign = self.in_foreign() && !self.breaks_out(token.tag);
        let traits = Traits::of(token.tag);
        if !foreign && !self.make_room(token, traits) {
            self.take_late(token.tag);
            self.forget_attributes();
            return;
        }
        if self.muted > 0 {
            self.forget_attributes();
        }
        let element = self.record(token.tag, token.at, token.name);
        self.note(token.tag, element, noted);
        self.content(token, traits, element, noted.hidden, foreign, end);
        self.first_attribute = self.out.attributes.len();
    }

    /// Opens the element, reads its content if that is not markup, and closes it if nothing else will.
    fn content(
        &mut self,
        token: TagToken,
        traits: Traits,
        element: u32,
        hidden: bool,
        foreign: bool,
        end: TagEnd,
    ) {
        let empty = if foreign || matches!(token.tag, Tag::Svg | Tag::Math) {
            end == TagEnd::SelfClosing
        } else {
            traits.has(traits::VOID)
        };
        let raw = !foreign && traits.has(traits::RAW);
        let seen = self.muted == 0;
        let too_deep = self.is_too_deep();
        if empty && traits.block.is_none() && !too_deep {
            // What can hold nothing needs no place among the open elements.
            self.part(token.tag, traits);
            self.close_record(element);
            return;
        }
        if too_deep {
            self.pass_over(token, !empty && !raw);
        } else {
            self.open(token.tag, element, hidden, foreign);
        }
        if raw {
            self.raw_content(token.tag, element, seen);
        }
        if too_deep {
            self.close_record(element);
        } else if empty || raw {
            self.pop();
        }
    }

    fn forget_attributes(&mut self) {
        self.out.attributes.truncate(self.first_attribute);
    }

    /// Writes an element down; its attributes are those pulled last. An implied element is written before the tag that
    /// implies it, so both begin at the same attribute and the implied one has none.
    pub(super) fn record(&mut self, tag: Tag, at: usize, name: Span) -> u32 {
        let index = small(self.out.elements.len());
        let top = self.stack.top();
        self.out.elements.push(ElementRecord {
            tag,
            parent: top.map_or(NONE, |entry| entry.element),
            source: small(at),
            name_length: name.end - name.start,
            text: Span {
                start: self.tape.next_start(),
                end: 0,
            },
            block: top.map_or(NONE, |entry| entry.block),
            attributes: small(self.first_attribute),
        });
        index
    }

    pub(super) fn note(&mut self, tag: Tag, element: u32, noted: Noted) {
        if self.muted > 0 {
            return;
        }
        match tag {
            Tag::A | Tag::Area if noted.has(AttrName::Href) => {
                let own = self.out.attributes.get(self.first_attribute..);
                let href = own
                    .unwrap_or_default()
                    .iter()
                    .find(|record| record.kind == AttrName::Href);
                let link = href.map(|record| LinkRecord {
                    element,
                    href: record.value,
                });
                self.out.links.extend(link);
            }
            Tag::Meta | Tag::Link | Tag::Base => self.out.metas.push(element),
            _ => {}
        }
        if noted.has(AttrName::Itemscope) || noted.has(AttrName::Itemprop) {
            self.out.items.push(element);
        }
    }

    /// Opens an element that is written down: its line, its block, what it does to the text inside it.
    pub(super) fn open(&mut self, tag: Tag, element: u32, hidden: bool, foreign: bool) {
        let traits = Traits::of(tag);
        self.part(tag, traits);
        let mut block = self.stack.top().map_or(NONE, |entry| entry.block);
        if let Some(kind) = traits.block {
            let record = BlockRecord {
                kind,
                element,
                parent: block,
                end: 0,
            };
            block = small(self.out.blocks.len());
            self.out.blocks.push(record);
            self.tape.block = block;
        }
        if let Some(record) = self.out.elements.get_mut(element as usize) {
            record.block = block;
            record.text.start = self.tape.next_start();
        }
        let hidden = hidden || traits.has(traits::UNSEEN);
        if hidden {
            if self.hidden == 0 {
                self.hidden_start = self.tape.next_start();
            }
            self.hidden += 1;
        }
        self.muted += u32::from(traits.has(traits::MUTED));
        self.tape.preserve += u32::from(traits.has(traits::PRESERVED));
        let bounds = !foreign || matches!(tag, Tag::Foreignobject | Tag::Desc | Tag::Title);
        self.stack.push(tag, element, block, hidden, bounds);
    }

    /// The separator before and after an element.
    pub(super) fn part(&mut self, tag: Tag, traits: Traits) {
        if self.muted > 0 {
            return;
        }
        match tag {
            Tag::Td | Tag::Th => self.tape.separate(Gap::Cell),
            Tag::Br => self.tape.separate(Gap::Line),
            _ if traits.block.is_some() => self.tape.separate(Gap::Line),
            _ if traits.has(traits::WORD) => self.tape.separate(Gap::Space),
            _ => {}
        }
    }

    pub(super) fn is_too_deep(&self) -> bool {
        self.stack.len() >= self.max_depth
    }

    /// Reads content that is no markup. `seen`: no element around it mutes it.
    fn raw_content(&mut self, tag: Tag, element: u32, seen: bool) {
        let span = self.tokens.raw_text(tag);
        let raw = self.slice(span);
        match tag {
            _ if !seen => {}
            Tag::Script => self.out.scripts.push((element, span)),
            Tag::Style => self.out.styles.push(span),
            Tag::Title if self.out.title.is_none() => self.out.title = Some(span),
            // The line end right after the tag is no text.
            Tag::Textarea => {
                let text = without_first_line_end(raw);
                self.tape.push_source(text, text.len());
            }
            Tag::Xmp | Tag::Plaintext => self.tape.push_literal(raw),
            _ => {}
        }
    }

    /// Closes the topmost element.
    pub(super) fn pop(&mut self) {
        if let Some(entry) = self.stack.pop() {
            // What was too deep stood inside the element that ends here.
            self.overflow = 0;
            if !entry.dead {
                self.close(entry);
            }
            self.tape.block = self
                .stack
                .top()
                .map_or(0, |top| if top.block == NONE { 0 } else { top.block });
        }
    }

    pub(super) fn close(&mut self, entry: Entry) {
        let traits = Traits::of(entry.tag);
        self.close_record(entry.element);
        if traits.block.is_some() {
            let end = small(self.out.blocks.len());
            if let Some(record) = self.out.blocks.get_mut(entry.block as usize) {
                record.end = end;
            }
        }
        if entry.hidden {
            self.hidden -= 1;
            let span = self.tape.span_from(self.hidden_start);
            if self.hidden == 0 && span.start < span.end {
                self.out.hidden.push(span);
            }
        }
        self.muted -= u32::from(traits.has(traits::MUTED));
        self.tape.preserve -= u32::from(traits.has(traits::PRESERVED));
        self.part(entry.tag, traits);
    }

    fn close_record(&mut self, element: u32) {
        if let Some(record) = self.out.elements.get_mut(element as usize) {
            record.text = self.tape.span_from(record.text.start);
        }
    }

    pub(super) fn warn_once(&mut self, kind: WarningKind, message: &str, at: usize) {
        if self.out.warnings.iter().all(|warning| warning.kind != kind) {
            self.out.warnings.push(Warning::new(kind, message).at(at));
        }
    }

    /// The name of an open element as the source has it.
    pub(super) fn source_name(&self, element: u32) -> &'a str {
        let Some(record) = self.out.elements.get(element as usize) else {
            return "";
        };
        let start = record.source as usize + 1;
        self.source
            .get(start..start + record.name_length as usize)
            .unwrap_or_default()
    }

    pub(super) fn token_name(&self, token: TagToken) -> &'a str {
        self.slice(token.name)
    }

    /// Asks for a line end.
    pub(super) fn end_line(&mut self) {
        if self.muted == 0 {
            self.tape.separate(Gap::Line);
        }
    }
}

fn without_first_line_end(raw: &str) -> &str {
    let ends = ["\r\n", "\n", "\r"];
    ends.iter().find_map(|end| raw.strip_prefix(end)).unwrap_or(raw)
}
