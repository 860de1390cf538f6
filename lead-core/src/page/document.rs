//! The document: the tapes, and the views on them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use url::Url;

use super::attribute::{AttrName, AttrRecord, Attribute};
use super::block::{Block, BlockId};
use super::charset::{self, Encoding};
use super::element::{Element, ElementId, ElementRecord};
use super::link::Link;
use super::locator::Siblings;
use super::options::ParseOptions;
use super::reader::{self, Tapes, reference};
use super::span::small;
use super::spare;
use super::structured::{self, HeadLink, Meta, Structured};
use super::tag::Tag;
use super::warning::{Warning, WarningKind};
use crate::error::{Error, ErrorKind, Result};

/// A page as contact finders read it: one text, its blocks, its attributes, its structured data.
///
/// All offsets are bytes: into [`Document::text`] for spans, into [`Document::source`] for places in the page.
///
/// ```
/// use lead_core::page::{Document, ParseOptions};
///
/// let html = "<footer><p>Bakery <b>Rossi</b><br>Call <a href='tel:+390612345'>06 12<i>345</i></a></footer>";
/// let document = Document::from_html(html, &ParseOptions::new())?;
/// assert_eq!(document.text(), "Bakery Rossi\nCall 06 12345");
/// let link = document.links().next().unwrap();
/// assert_eq!((&*link.href(), link.text()), ("tel:+390612345", "06 12345"));
/// assert_eq!(link.element().locator(), "html > body > footer > p > a");
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Document {
    source: String,
    tapes: Tapes,
    title: Option<String>,
    base: Option<Url>,
    content_language: Option<String>,
    encoding: Encoding,
    max_depth: usize,
    structured: OnceLock<Structured>,
    meta: OnceLock<Meta>,
    head_links: OnceLock<Vec<HeadLink>>,
    siblings: OnceLock<Siblings>,
}

impl Drop for Document {
    fn drop(&mut self) {
        spare::keep(std::mem::take(&mut self.source), std::mem::take(&mut self.tapes));
    }
}

impl Document {
    /// Reads a document from bytes, as they came over the wire after content decoding.
    ///
    /// The character encoding is found as browsers find it ([`charset`](super::charset)). What calls itself
    /// `text/plain` is read by [`Document::from_text`], everything else as HTML.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] above [`ParseOptions::max_bytes`] or [`ParseOptions::max_elements`];
    /// [`ErrorKind::Decode`] when the bytes are no text (a picture, an archive, a PDF …). No bytes at all are an empty
    /// document with a [`WarningKind::Empty`].
    pub fn parse(bytes: &[u8], options: &ParseOptions) -> Result<Self> {
        check_size(bytes.len(), options)?;
        let host = options.base_url.as_ref().and_then(Url::host_str);
        let (source, encoding) = charset::decode(bytes, options.content_type.as_deref(), host)?;
        check_size(source.len(), options)?;
        let plain = options.is_plain_text();
        let source = match source {
            Cow::Borrowed(text) => {
                let mut source = spare::source();
                source.push_str(text);
                source
            }
            Cow::Owned(text) => text,
        };
        Self::read(source, encoding, plain, options)
    }

    /// Reads HTML that is decoded already.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] as [`Document::parse`].
    pub fn from_html(html: impl Into<String>, options: &ParseOptions) -> Result<Self> {
        let html = html.into();
        check_size(html.len(), options)?;
        Self::read(html, Encoding::given(), false, options)
    }

    /// Takes plain text as it is: every byte of it is text, paragraphs (parted by blank lines) are the blocks.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] as [`Document::parse`].
    pub fn from_text(text: impl Into<String>, options: &ParseOptions) -> Result<Self> {
        let text = text.into();
        check_size(text.len(), options)?;
        Self::read(text, Encoding::given(), true, options)
    }

    fn read(source: String, encoding: Encoding, plain: bool, options: &ParseOptions) -> Result<Self> {
        let mut tapes = if plain {
            reader::read_plain(&source)
        } else {
            reader::read(&source, options)?
        };
        if source.trim_ascii().is_empty() {
            tapes
                .warnings
                .push(Warning::new(WarningKind::Empty, "the document is empty"));
        }
        if encoding.replaced {
            tapes.warnings.push(Warning::new(
                WarningKind::Replaced,
                "bytes that are not of the encoding were replaced",
            ));
        }
        let mut document = Self {
            source,
            tapes,
            title: None,
            base: options.base_url.clone(),
            content_language: options.content_language.clone(),
            encoding,
            max_depth: options.max_depth,
            structured: OnceLock::new(),
            meta: OnceLock::new(),
            head_links: OnceLock::new(),
            siblings: OnceLock::new(),
        };
        document.title = document.find_title();
        document.base = document.find_base();
        Ok(document)
    }

    fn find_title(&self) -> Option<String> {
        let raw = self.tapes.title?.of(&self.source);
        let title = reference::decode_text(raw);
        let words: Vec<&str> = title.split_ascii_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// The first `<base>` with an address, resolved against where the document came from.
    fn find_base(&self) -> Option<Url> {
        let mut bases = self.metas().filter(|element| element.tag() == Tag::Base);
        let declared = bases.find_map(|element| element.attr(AttrName::Href));
        let Some(declared) = declared else {
            return self.base.clone();
        };
        let resolved = match &self.base {
            Some(base) => base.join(declared.trim()).ok(),
            None => Url::parse(declared.trim()).ok(),
        };
        resolved
            .filter(|url| !url.cannot_be_a_base())
            .or_else(|| self.base.clone())
    }

    /// The visible text: see [the module](super) for its rules.
    pub fn text(&self) -> &str {
        &self.tapes.text
    }

    /// The document as it was read, decoded.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The blocks, in document order: a block comes before those inside it.
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = Block<'_>> + DoubleEndedIterator {
        let records = self.tapes.blocks.iter().enumerate();
        records.map(|(index, record)| Block {
            document: self,
            index: small(index),
            record: *record,
        })
    }

    /// A block by its place.
    pub fn block(&self, id: BlockId) -> Option<Block<'_>> {
        let record = self.tapes.blocks.get(id.index())?;
        Some(Block {
            document: self,
            index: id.0,
            record: *record,
        })
    }

    /// The innermost block that holds the character at `offset` of the text; a separator belongs to the block before it.
    pub fn block_at(&self, offset: usize) -> Option<Block<'_>> {
        let offset = small(offset);
        let after = self.tapes.runs.partition_point(|run| run.start <= offset);
        let run = self.tapes.runs.get(after.checked_sub(1)?)?;
        self.block(BlockId(run.block))
    }

    /// The elements, in document order.
    pub fn elements(&self) -> impl ExactSizeIterator<Item = Element<'_>> + DoubleEndedIterator {
        (0..self.tapes.elements.len()).map(|index| Element {
            document: self,
            index: small(index),
        })
    }

    /// The elements whose text begins at or before `offset` of the text, the last one first.
    pub(crate) fn elements_until(&self, offset: usize) -> impl Iterator<Item = Element<'_>> {
        let after = self
            .tapes
            .elements
            .partition_point(|element| element.text.start as usize <= offset);
        (0..after).rev().map(|index| Element {
            document: self,
            index: small(index),
        })
    }

    /// An element by its place.
    pub fn element(&self, id: ElementId) -> Option<Element<'_>> {
        self.element_record(id.0).map(|_| Element {
            document: self,
            index: id.0,
        })
    }

    /// Every kept attribute of every element, in document order.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'_>> {
        self.elements().flat_map(|element| element.attributes())
    }

    /// The attributes whose kind is wanted: one look at each, without walking the elements. Those that a later tag gave
    /// to `<html>` or `<body>` come last.
    pub(crate) fn attributes_where(
        &self,
        wanted: impl Fn(AttrName) -> bool + Copy,
    ) -> impl Iterator<Item = Attribute<'_>> {
        let elements = &self.tapes.elements;
        let records = self.tapes.attributes.iter().enumerate();
        // Both tapes are in document order, so the element is looked for from the last one on.
        let mut element = 0;
        let own = records
            .filter(move |(_, record)| wanted(record.kind))
            .map(move |(at, record)| {
                let begun = |next: &&ElementRecord| next.attributes as usize <= at;
                let later = elements.get(element + 1..).unwrap_or_default();
                element += later.iter().take_while(begun).count();
                (small(element), record)
            });
        let late = self
            .tapes
            .late
            .iter()
            .filter(move |(_, record)| wanted(record.kind));
        own.chain(late.map(|(element, record)| (*element, record)))
            .map(|(element, record)| Attribute {
                document: self,
                element,
                record: *record,
            })
    }

    /// The links: `<a>` and `<area>` with `href`.
    pub fn links(&self) -> impl ExactSizeIterator<Item = Link<'_>> {
        self.tapes.links.iter().map(|link| Link {
            element: Element {
                document: self,
                index: link.element,
            },
            href: link.href,
        })
    }

    /// The scripts, each with its content as the source has it.
    pub fn scripts(&self) -> impl ExactSizeIterator<Item = (Element<'_>, &str)> {
        let scripts = self.tapes.scripts.iter();
        scripts.map(|(index, content)| {
            (
                Element {
                    document: self,
                    index: *index,
                },
                content.of(&self.source),
            )
        })
    }

    /// What the page's own style sheets say, as the source has it.
    pub(crate) fn styles(&self) -> impl ExactSizeIterator<Item = &str> {
        self.tapes.styles.iter().map(|content| content.of(&self.source))
    }

    /// The elements with `itemscope` or `itemprop`, in document order.
    pub(super) fn items(&self) -> impl Iterator<Item = Element<'_>> {
        self.tapes.items.iter().map(|index| Element {
            document: self,
            index: *index,
        })
    }

    /// `<meta>`, `<link>` and `<base>`, in document order.
    pub(super) fn metas(&self) -> impl Iterator<Item = Element<'_>> {
        self.tapes.metas.iter().map(|index| Element {
            document: self,
            index: *index,
        })
    }

    /// The stretches of the text that browsers do not show (`hidden`, `display: none` and the like), in order, apart.
    pub fn hidden_spans(&self) -> impl ExactSizeIterator<Item = Range<usize>> {
        self.tapes.hidden.iter().map(|span| span.range())
    }

    /// Whether any of the text in `span` is not shown.
    pub fn is_hidden(&self, span: Range<usize>) -> bool {
        let first = self
            .tapes
            .hidden
            .partition_point(|hidden| hidden.end as usize <= span.start);
        self.tapes
            .hidden
            .get(first)
            .is_some_and(|hidden| (hidden.start as usize) < span.end)
    }

    /// The first `<title>`, white space collapsed; `None` when absent or blank.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// What relative addresses resolve against: the document's `<base>`, else where it came from.
    pub fn base(&self) -> Option<&Url> {
        self.base.as_ref()
    }

    /// The language of the document as a BCP 47 tag (`en`, `pt-BR`), as declared: by `<html lang>`, else the meta
    /// `content-language`, `og:locale`, the `lang` that covers most of the text, or the response's `Content-Language`.
    /// Nothing is guessed from the words.
    pub fn language(&self) -> Option<String> {
        super::language::of(self)
    }

    pub(super) fn response_language(&self) -> Option<&str> {
        self.content_language.as_deref()
    }

    /// JSON-LD, microdata and RDFa, in one form. Read at the first call.
    pub fn structured(&self) -> &Structured {
        self.structured.get_or_init(|| Structured::of(self))
    }

    /// OpenGraph and `<meta>`. Read at the first call.
    pub fn meta(&self) -> &Meta {
        self.meta.get_or_init(|| Meta::of(self))
    }

    /// Every `<link>` with `rel` and `href`, in document order. Read at the first call.
    pub fn head_links(&self) -> &[HeadLink] {
        self.head_links.get_or_init(|| structured::head_links(self))
    }

    /// Everything that was wrong, the warnings of [`Document::structured`] included.
    pub fn warnings(&self) -> impl Iterator<Item = &Warning> {
        self.tapes.warnings.iter().chain(self.structured().warnings())
    }

    /// Which encoding the bytes were decoded from, and by which rule.
    pub fn encoding(&self) -> &Encoding {
        &self.encoding
    }

    /// A DOM for CSS selectors, built anew at each call: keep it.
    ///
    /// Built as by a browser without scripts, so it has the elements this document has, those of `<noscript>` too. It
    /// costs many times what reading the document did, and cannot be shared between threads, so it is neither built
    /// before it is asked for nor kept.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] for a document nested deeper than [`ParseOptions::max_depth`]: tree builders take
    /// quadratic time there.
    pub fn dom(&self) -> Result<scraper::Html> {
        if self
            .tapes
            .warnings
            .iter()
            .any(|warning| warning.kind == WarningKind::TooDeep)
        {
            return Err(Error::new(
                ErrorKind::TooLarge,
                "page.dom",
                "the document is nested too deep for a DOM",
            )
            .with("limit", self.max_depth));
        }
        Ok(super::dom::build(&self.source))
    }

    pub(super) fn element_record(&self, index: u32) -> Option<&ElementRecord> {
        self.tapes.elements.get(index as usize)
    }

    pub(super) fn attribute_records(&self, index: u32) -> &[AttrRecord] {
        let Some(record) = self.element_record(index) else {
            return &[];
        };
        let end = self
            .element_record(index + 1)
            .map_or(self.tapes.attributes.len(), |next| next.attributes as usize);
        self.tapes
            .attributes
            .get(record.attributes as usize..end)
            .unwrap_or_default()
    }

    /// Attributes that a later tag gave to `<html>` or `<body>`.
    pub(super) fn late_attributes(&self, index: u32) -> impl Iterator<Item = &AttrRecord> {
        self.tapes
            .late
            .iter()
            .filter(move |(element, _)| *element == index)
            .map(|(_, record)| record)
    }

    /// The siblings of all elements. Found at the first call.
    pub(super) fn siblings(&self) -> &Siblings {
        self.siblings.get_or_init(|| Siblings::of(&self.tapes.elements))
    }
}

fn check_size(bytes: usize, options: &ParseOptions) -> Result<()> {
    // Offsets are stored in four bytes.
    let limit = options.max_bytes.min((u32::MAX - 1) as usize);
    if bytes <= limit {
        return Ok(());
    }
    let error = Error::new(
        ErrorKind::TooLarge,
        "page.parse",
        "the document is larger than the cap",
    );
    Err(error.with("bytes", bytes).with("limit", limit))
}
