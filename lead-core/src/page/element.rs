//! Elements: every tag of the document in document order, with what it covers.

use std::borrow::Cow;
use std::ops::Range;

use super::attribute::{AttrName, Attribute};
use super::block::{Block, BlockId};
use super::document::Document;
use super::locator;
use super::span::Span;
use super::tag::Tag;

/// An element as it lies on the tape.
#[derive(Clone, Copy, Debug)]
pub(super) struct ElementRecord {
    pub(super) tag: Tag,
    /// `u32::MAX` for the root.
    pub(super) parent: u32,
    /// Offset of the start tag in the source.
    pub(super) source: u32,
    /// Length of the name in the source; 0 when the element is implied.
    pub(super) name_length: u32,
    /// The text it covers.
    pub(super) text: Span,
    /// The innermost block that is or holds it; `u32::MAX` outside the body.
    pub(super) block: u32,
    /// Its first attribute on the attribute tape; they end where the next element's begin.
    pub(super) attributes: u32,
}

/// An element's place on the list of elements, in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ElementId(pub(super) u32);

impl ElementId {
    /// The index among [`Document::elements`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An element of a document.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    pub(super) document: &'a Document,
    pub(super) index: u32,
}

impl<'a> Element<'a> {
    fn record(&self) -> Option<&'a ElementRecord> {
        self.document.element_record(self.index)
    }

    /// Its place among the elements.
    pub fn id(&self) -> ElementId {
        ElementId(self.index)
    }

    /// Its tag.
    pub fn tag(&self) -> Tag {
        self.record().map_or(Tag::Other, |record| record.tag)
    }

    /// Its name in lower case, also when [`Element::tag`] is [`Tag::Other`].
    pub fn name(&self) -> Cow<'a, str> {
        match self.record() {
            Some(record) if record.tag == Tag::Other => {
                let start = record.source as usize + 1;
                let name = self
                    .document
                    .source()
                    .get(start..start + record.name_length as usize);
                Cow::Owned(name.unwrap_or_default().to_ascii_lowercase())
            }
            Some(record) => Cow::Borrowed(record.tag.name()),
            None => Cow::Borrowed(""),
        }
    }

    /// The bytes of [`Document::text`] it covers, without white space at its ends; empty where it shows nothing.
    pub fn span(&self) -> Range<usize> {
        self.record().map_or(0..0, |record| record.text.range())
    }

    /// The text it covers.
    pub fn text(&self) -> &'a str {
        self.document.text().get(self.span()).unwrap_or_default()
    }

    /// Where its start tag begins in [`Document::source`], in bytes. An implied element stands where it was implied.
    pub fn source_offset(&self) -> usize {
        self.record().map_or(0, |record| record.source as usize)
    }

    /// The element around it.
    pub fn parent(&self) -> Option<Element<'a>> {
        let parent = self.record()?.parent;
        self.document.element_record(parent).map(|_| Element {
            document: self.document,
            index: parent,
        })
    }

    /// The elements around it, from the nearest outwards.
    pub fn ancestors(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        std::iter::successors(self.parent(), Element::parent)
    }

    /// Whether it has elements in it.
    pub(crate) fn has_children(&self) -> bool {
        self.document
            .element_record(self.index + 1)
            .is_some_and(|next| next.parent == self.index)
    }

    /// The innermost block that is this element or holds it; `None` in the head.
    pub fn block(&self) -> Option<Block<'a>> {
        self.document.block(BlockId(self.record()?.block))
    }

    /// The value of an attribute, character references decoded; empty when it has no value.
    pub fn attr(&self, name: AttrName) -> Option<Cow<'a, str>> {
        self.attributes()
            .find(|attribute| attribute.kind() == name)
            .map(|found| found.value())
    }

    /// Its kept attributes, in the order of the source; of two with one name only the first is there.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
        let Self { document, index } = *self;
        let records = document
            .attribute_records(index)
            .iter()
            .chain(document.late_attributes(index));
        records.map(move |record| Attribute {
            document,
            element: index,
            record: *record,
        })
    }

    /// Whether one of its classes is `class`, compared byte for byte.
    pub fn has_class(&self, class: &str) -> bool {
        self.attr(AttrName::Class)
            .is_some_and(|value| value.split_ascii_whitespace().any(|one| one == class))
    }

    /// A CSS selector that leads to it, made only when asked for: see [`locator`](super::locator).
    pub fn locator(&self) -> String {
        locator::of(*self)
    }
}

impl std::fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}", self.name())?;
        self.attributes()
            .try_for_each(|attribute| write!(f, " {attribute:?}"))?;
        write!(f, "> {:?}", self.text())
    }
}
