//! The attributes of a start tag: which are kept, and what they say to the reader itself.

use super::builder::Builder;
use super::tokenizer::TagEnd;
use crate::page::attribute::{AttrName, AttrRecord};
use crate::page::tag::Tag;
use crate::page::warning::WarningKind;

/// The most attributes of one element that are kept: templates of frameworks have some dozens.
const MAX_ATTRIBUTES: usize = 128;

/// What the attributes of a start tag say to the reader itself.
#[derive(Clone, Copy, Default)]
pub(super) struct Noted {
    kinds: u64,
    /// The element is not shown.
    pub(super) hidden: bool,
}

impl Noted {
    /// Whether the tag has an attribute.
    pub(super) fn has(self, kind: AttrName) -> bool {
        self.kinds & (1 << kind as u8) != 0
    }
}

impl Builder<'_> {
    /// Pulls the attributes of the start tag that is open onto the tape.
    #[inline]
    pub(super) fn pull_attributes(&mut self, tag_at: usize) -> (TagEnd, Noted) {
        let (source, first) = (self.source, self.first_attribute);
        let kept = &mut self.out.attributes;
        let mut noted = Noted::default();
        let (mut families, mut too_many) = (0_u64, false);
        let end = self.tokens.attributes(|record| {
            if kept.len() - first >= MAX_ATTRIBUTES {
                too_many = true;
                return;
            }
            let repeated = match record.kind {
                AttrName::Data | AttrName::On => repeats(
                    source,
                    kept.get(first..).unwrap_or_default(),
                    record,
                    &mut families,
                ),
                kind => noted.has(kind),
            };
            if repeated {
                return;
            }
            noted.kinds |= 1 << record.kind as u8;
            noted.hidden |= hides(source, record);
            kept.push(record);
        });
        if too_many {
            self.warn_once(
                WarningKind::TooManyAttributes,
                "an element has too many attributes",
                tag_at,
            );
        }
        (end, noted)
    }

    /// A second `<html>` or `<body>` tag gives its attributes to the first, where that has none of the name.
    pub(super) fn take_late(&mut self, tag: Tag) {
        if !matches!(tag, Tag::Html | Tag::Body) || self.muted > 0 {
            return;
        }
        let Some(element) = self.stack.topmost_element(tag) else {
            return;
        };
        let late = self.out.attributes.split_off(self.first_attribute);
        for record in late {
            let same = |other: &AttrRecord| other.kind == record.kind && record.kind.is_single();
            let of_element = self.out.late.iter().filter(|(of, _)| *of == element);
            let repeated =
                self.own_attributes(element).iter().any(same) || of_element.map(|(_, own)| own).any(same);
            if repeated || self.out.late.len() >= MAX_ATTRIBUTES {
                continue;
            }
            self.out.late.push((element, record));
            if matches!(record.kind, AttrName::Itemscope | AttrName::Itemprop) {
                self.out.items.push(element);
            }
        }
    }

    fn own_attributes(&self, element: u32) -> &[AttrRecord] {
        let begin = |index: u32| {
            self.out
                .elements
                .get(index as usize)
                .map(|record| record.attributes as usize)
        };
        let end = begin(element + 1).unwrap_or(self.first_attribute);
        self.out
            .attributes
            .get(begin(element).unwrap_or(end)..end)
            .unwrap_or_default()
    }
}

/// Whether an attribute of a family has the name of an earlier one. `seen` spares most comparisons: a bit a length and
/// last letter.
fn repeats(source: &str, earlier: &[AttrRecord], record: AttrRecord, seen: &mut u64) -> bool {
    let name = record.name.of(source);
    let last = name.as_bytes().last().map_or(0, u8::to_ascii_lowercase);
    let bit = 1 << ((name.len() * 7 + usize::from(last)) % 64);
    let maybe = *seen & bit != 0;
    *seen |= bit;
    maybe
        && earlier
            .iter()
            .any(|other| other.name.of(source).eq_ignore_ascii_case(name))
}

/// Whether the attribute hides its element: `hidden`, or a style without display or visibility.
#[inline]
fn hides(source: &str, record: AttrRecord) -> bool {
    match record.kind {
        AttrName::Hidden => true,
        AttrName::Style => style_hides(record.value.of(source)),
        _ => false,
    }
}

/// Whether a style attribute has `display: none` or `visibility: hidden`.
fn style_hides(style: &str) -> bool {
    let declares = |property: &str, value: &str| {
        style.split(';').any(|declaration| {
            declaration.split_once(':').is_some_and(|(name, given)| {
                let given = given.split('!').next().unwrap_or_default();
                name.trim().eq_ignore_ascii_case(property) && given.trim().eq_ignore_ascii_case(value)
            })
        })
    };
    // Both names have a `y`; most styles, which set widths and colours, have none.
    let may_declare = memchr::memchr2(b'y', b'Y', style.as_bytes()).is_some();
    may_declare && (declares("display", "none") || declares("visibility", "hidden"))
}
