//! The attribute side channel: every attribute a contact may hide in, with its element.

use std::borrow::Cow;
use std::ops::Range;

use super::document::Document;
use super::element::Element;
use super::reader::names::NameTable;
use super::reader::reference;
use super::span::Span;

macro_rules! attributes {
    ($($name:ident = $text:literal,)+) => {
        /// The attributes that are kept; all others are dropped while reading.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum AttrName {
            /// A `data-*` attribute: see [`Attribute::name`].
            Data,
            /// An event handler (`onclick`, …): see [`Attribute::name`].
            On,
            $(#[doc = concat!("`", $text, "`")] $name,)+
        }

        const ATTRIBUTES: &[AttrName] = &[$(AttrName::$name,)+];
        const NAMES: &[&str] = &[$($text,)+];
    };
}

attributes! {
    About = "about", Action = "action", Alt = "alt", AriaLabel = "aria-label", Charset = "charset", Cite = "cite",
    Class = "class", Content = "content", Datetime = "datetime", Dir = "dir", Hidden = "hidden", Href = "href",
    Hreflang = "hreflang", HttpEquiv = "http-equiv", Id = "id", Itemid = "itemid", Itemprop = "itemprop", Itemref = "itemref",
    Itemscope = "itemscope", Itemtype = "itemtype", Lang = "lang", Media = "media", Name = "name", Open = "open",
    Placeholder = "placeholder", Poster = "poster", Prefix = "prefix", Property = "property", Rel = "rel",
    Resource = "resource", Role = "role", Src = "src", Srcdoc = "srcdoc", Style = "style", Title = "title",
    Type = "type", Typeof = "typeof", Value = "value", Vocab = "vocab", XmlLang = "xml:lang",
}

static TABLE: NameTable = NameTable::new(NAMES);

impl AttrName {
    /// The attribute of a name in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::from_bytes(name.as_bytes())
    }

    /// The attribute of a name in any case. Long names are nearly always those of a family.
    pub(super) fn from_bytes(name: &[u8]) -> Option<Self> {
        Self::by_prefix(name).or_else(|| Self::numbered(TABLE.find(NAMES, name)))
    }

    /// The attribute of a name as the scanner packed it.
    #[inline]
    pub(super) fn from_key(key: u64) -> Option<Self> {
        // The packed form of `on…` and `data-…`: the first letter is the lowest byte.
        const ON: u64 = u64::from_le_bytes(*b"on\0\0\0\0\0\0");
        const DATA: u64 = u64::from_le_bytes(*b"data-\0\0\0");
        Self::numbered(TABLE.get(key)).or_else(|| {
            if key & 0xFFFF == ON && key > ON {
                return Some(Self::On);
            }
            (key & 0xFF_FFFF_FFFF == DATA && key > DATA).then_some(Self::Data)
        })
    }

    fn numbered(number: u8) -> Option<Self> {
        usize::from(number)
            .checked_sub(1)
            .and_then(|index| ATTRIBUTES.get(index))
            .copied()
    }

    fn by_prefix(name: &[u8]) -> Option<Self> {
        let starts = |prefix: &[u8]| {
            name.len() > prefix.len()
                && name
                    .get(..prefix.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        if starts(b"data-") {
            return Some(Self::Data);
        }
        starts(b"on").then_some(Self::On)
    }

    /// Whether it is one attribute, not a family of them.
    pub(super) fn is_single(self) -> bool {
        !matches!(self, Self::Data | Self::On)
    }

    /// The name in lower case; `data-` and `on` for the two families.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Data => "data-",
            Self::On => "on",
            known => (known as usize)
                .checked_sub(2)
                .and_then(|index| NAMES.get(index))
                .copied()
                .unwrap_or_default(),
        }
    }
}

/// An attribute as it lies on the tape: where its name and value stand in the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct AttrRecord {
    pub(super) kind: AttrName,
    pub(super) name: Span,
    pub(super) value: Span,
}

impl AttrRecord {
    /// The value with its character references decoded and its line ends normalised.
    pub(super) fn value_in(self, source: &str) -> Cow<'_, str> {
        reference::decode_value(self.value.of(source))
    }
}

/// An attribute of an [`Element`].
#[derive(Clone, Copy)]
pub struct Attribute<'a> {
    pub(super) document: &'a Document,
    pub(super) element: u32,
    pub(super) record: AttrRecord,
}

impl<'a> Attribute<'a> {
    /// Which attribute it is.
    pub fn kind(&self) -> AttrName {
        self.record.kind
    }

    /// Its name in lower case (`data-phone`).
    pub fn name(&self) -> Cow<'a, str> {
        match self.record.kind {
            AttrName::Data | AttrName::On => {
                let raw = self.raw_name();
                if raw.bytes().any(|byte| byte.is_ascii_uppercase()) {
                    return Cow::Owned(raw.to_ascii_lowercase());
                }
                Cow::Borrowed(raw)
            }
            known => Cow::Borrowed(known.as_str()),
        }
    }

    /// Its name as the source has it.
    pub(crate) fn raw_name(&self) -> &'a str {
        self.record.name.of(self.document.source())
    }

    /// Its value, character references decoded; empty when it has none.
    pub fn value(&self) -> Cow<'a, str> {
        self.record.value_in(self.document.source())
    }

    /// Its value as the source has it. One memory search tells whether a rare attribute is worth decoding.
    pub fn raw_value(&self) -> &'a str {
        self.record.value.of(self.document.source())
    }

    /// The element it stands on.
    pub fn element(&self) -> Element<'a> {
        Element {
            document: self.document,
            index: self.element,
        }
    }

    /// Where its value stands in [`Document::source`], in bytes.
    pub fn source_span(&self) -> Range<usize> {
        self.record.value.range()
    }
}

impl std::fmt::Debug for Attribute<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={:?}", self.name(), self.value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::ParseOptions;

    #[test]
    fn names_and_numbers_agree() {
        for (index, name) in NAMES.iter().enumerate() {
            assert_eq!(
                AttrName::from_name(&name.to_uppercase()),
                ATTRIBUTES.get(index).copied()
            );
            assert_eq!(AttrName::from_name(name).map(AttrName::as_str), Some(*name));
        }
        assert_eq!(AttrName::from_name("data-phone"), Some(AttrName::Data));
        assert_eq!(AttrName::from_name("OnClick"), Some(AttrName::On));
        assert_eq!(AttrName::from_name("width"), None);
        assert_eq!(AttrName::from_name("on"), None);
    }

    #[test]
    fn wanted_attributes_are_those_of_a_walk() {
        let html = "<p><br><a href=a class=b><i></i><i title=t></i></a><b></b><img alt=c src=d><p id=e><body class=late>";
        let document = Document::from_html(html, &ParseOptions::new()).unwrap();
        let wanted = |kind| {
            matches!(
                kind,
                AttrName::Class | AttrName::Alt | AttrName::Id | AttrName::Title
            )
        };
        let place = |attribute: Attribute<'_>| (attribute.element().id(), attribute.kind());
        let mut found: Vec<_> = document.attributes_where(wanted).map(place).collect();
        found.sort_unstable();
        let walked = document.attributes().filter(|attribute| wanted(attribute.kind()));
        assert_eq!(found, walked.map(place).collect::<Vec<_>>());
        assert_eq!(found.len(), 5);
    }
}
