//! Blocks: the elements that stand on lines of their own.

use std::ops::Range;

use super::document::Document;
use super::element::Element;

/// What kind of block it is, by its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// `<body>`, the outermost.
    Body,
    /// `<p>`, and each paragraph of plain text.
    Paragraph,
    /// `<h1>` to `<h6>`, `<hgroup>` as level 0.
    Heading(u8),
    /// `<ul>`, `<ol>`, `<menu>`, `<dir>`, `<dl>`.
    List,
    /// `<li>`.
    ListItem,
    /// `<dt>`.
    Term,
    /// `<dd>`.
    Description,
    /// `<table>`, and its `<thead>`, `<tbody>`, `<tfoot>`.
    Table,
    /// `<tr>`.
    Row,
    /// `<td>`, `<th>`: cells of a row are parted by a tab, not a line end.
    Cell,
    /// `<address>`.
    Address,
    /// `<article>`.
    Article,
    /// `<section>`, `<search>`.
    Section,
    /// `<aside>`.
    Aside,
    /// `<header>`.
    Header,
    /// `<footer>`.
    Footer,
    /// `<nav>`.
    Nav,
    /// `<main>`.
    Main,
    /// `<div>`, `<center>`.
    Division,
    /// `<blockquote>`.
    Quote,
    /// `<pre>`, `<listing>`, `<xmp>`, `<plaintext>`: white space is kept.
    Preformatted,
    /// `<form>`, `<fieldset>`.
    Form,
    /// `<figure>`.
    Figure,
    /// `<caption>`, `<figcaption>`, `<legend>`, `<summary>`.
    Caption,
    /// `<option>`, `<optgroup>`.
    Choice,
    /// `<details>`, `<dialog>`.
    Disclosure,
    /// `<noframes>`: what browsers with frames never show.
    Fallback,
    /// `<hr>`.
    Rule,
}

/// A block's place on the list of blocks, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockId(pub(super) u32);

impl BlockId {
    /// The index among [`Document::blocks`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A block as it lies on the tape.
#[derive(Clone, Copy, Debug)]
pub(super) struct BlockRecord {
    pub(super) kind: BlockKind,
    pub(super) element: u32,
    /// `u32::MAX` for the outermost.
    pub(super) parent: u32,
    /// One past the last block inside this one.
    pub(super) end: u32,
}

/// A block of a document.
#[derive(Clone, Copy)]
pub struct Block<'a> {
    pub(super) document: &'a Document,
    pub(super) index: u32,
    pub(super) record: BlockRecord,
}

impl<'a> Block<'a> {
    /// Its place among the blocks.
    pub fn id(&self) -> BlockId {
        BlockId(self.index)
    }

    /// Its kind.
    pub fn kind(&self) -> BlockKind {
        self.record.kind
    }

    /// The element it is: attributes, locator, place in the source.
    pub fn element(&self) -> Element<'a> {
        Element {
            document: self.document,
            index: self.record.element,
        }
    }

    /// The bytes of [`Document::text`] it covers, the blocks inside it included; without white space at its ends.
    pub fn span(&self) -> Range<usize> {
        self.element().span()
    }

    /// The text it covers.
    pub fn text(&self) -> &'a str {
        self.element().text()
    }

    /// The block around it.
    pub fn parent(&self) -> Option<Block<'a>> {
        self.document.block(BlockId(self.record.parent))
    }

    /// The blocks around it, from the nearest outwards.
    pub fn ancestors(&self) -> impl Iterator<Item = Block<'a>> + use<'a> {
        std::iter::successors(self.parent(), Block::parent)
    }

    /// The blocks inside it, at any depth, in document order.
    pub fn descendants(&self) -> impl Iterator<Item = Block<'a>> + use<'a> {
        let document = self.document;
        (self.index + 1..self.record.end).filter_map(move |index| document.block(BlockId(index)))
    }

    /// Whether `other` is this block or stands inside it.
    pub fn contains(&self, other: BlockId) -> bool {
        (self.index..self.record.end).contains(&other.0)
    }

    /// Whether it covers more than one line or cell.
    pub fn has_several_lines(&self) -> bool {
        memchr::memchr2(b'\n', b'\t', self.text().as_bytes()).is_some()
    }

    /// The nearest card-like block: this one or one around it that is likely to speak of one place or person.
    ///
    /// List items, rows, articles, sections, addresses, asides, headers, footers, navigation, figures and forms count as
    /// they are; divisions, cells, quotes, lists and details count when they cover more than one line. The body ends the
    /// search.
    pub fn group(&self) -> Block<'a> {
        let around = std::iter::once(*self).chain(self.ancestors());
        around.into_iter().find(Block::is_card).unwrap_or(*self)
    }

    fn is_card(&self) -> bool {
        use BlockKind as Kind;
        match self.record.kind {
            Kind::Division | Kind::Cell | Kind::Quote | Kind::List | Kind::Disclosure | Kind::Description => {
                self.has_several_lines()
            }
            Kind::Body | Kind::ListItem | Kind::Row | Kind::Address | Kind::Article | Kind::Section => true,
            kind => matches!(
                kind,
                Kind::Aside
                    | Kind::Header
                    | Kind::Footer
                    | Kind::Nav
                    | Kind::Main
                    | Kind::Figure
                    | Kind::Form
            ),
        }
    }
}

impl std::fmt::Debug for Block<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}", self.record.kind, self.text())
    }
}
