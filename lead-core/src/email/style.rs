//! Addresses that style changes before a visitor sees them: written backwards, or completed by generated content.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use memchr::memmem;

use super::attributes::addresses;
use super::sightings::Sink;
use crate::page::{AttrName, Document, Element, Tag};
use crate::record::EmailScheme;
use crate::sighting::Spot;

/// More rules than these are a framework's, and cost too much to try on every element.
const MAX_RULES: usize = 256;
/// Longer texts are no hidden address.
const MAX_TEXT: usize = 256;

/// The rules of the page's own style sheets that matter here, by class.
#[derive(Default)]
pub(super) struct Sheet<'a> {
    /// Classes that are not shown.
    hiding: BTreeSet<&'a str>,
    /// Classes whose elements look other than they are written.
    drawing: BTreeMap<&'a str, Vec<Effect>>,
}

impl<'a> Sheet<'a> {
    /// Reads the sheets of a document; nearly always there is nothing in them for us.
    pub(super) fn of(document: &'a Document) -> Self {
        let mut sheet = Self::default();
        // What is hidden matters beside an `@` only.
        let hides = memchr::memchr(b'@', document.text().as_bytes()).is_some();
        let signs = if hides {
            SIGNS
        } else {
            SIGNS.get(..2).unwrap_or_default()
        };
        for rules in document.styles() {
            rules_with(rules, signs, |rule| sheet.read(rule));
        }
        sheet
    }

    fn read(&mut self, rule: &'a str) {
        let Some((selectors, body)) = rule.rsplit_once('{') else {
            return;
        };
        let content = content_of(body).filter(|text| may_complete(text));
        let reverse = turns(body);
        let hide = body.contains("display:none") || body.contains("display: none");
        if content.is_none() && !reverse && !hide {
            return;
        }
        for selector in selectors.split(',').map(str::trim) {
            let (base, pseudo) = match selector.split_once(':') {
                Some((base, pseudo)) => (base, pseudo.trim_start_matches(':')),
                None => (selector, ""),
            };
            let Some((_, class)) = base.rsplit_once('.') else {
                continue;
            };
            let effect = match (pseudo, &content) {
                ("", _) if reverse => Effect::Reverse,
                ("", _) if hide => {
                    if self.hiding.len() < MAX_RULES {
                        self.hiding.insert(class);
                    }
                    continue;
                }
                ("before", Some(text)) => Effect::Before(text.clone()),
                ("after", Some(text)) => Effect::After(text.clone()),
                _ => continue,
            };
            if self.drawing.len() < MAX_RULES {
                let effects = self.drawing.entry(class).or_default();
                // A rule written again changes nothing that matters here.
                if effects.len() < 4 {
                    effects.push(effect);
                }
            }
        }
    }

    /// The stretches of the text that the sheets do not show.
    pub(super) fn hidden(&self, document: &Document) -> Vec<Range<usize>> {
        if self.hiding.is_empty() {
            return Vec::new();
        }
        let classes = document.attributes_where(|kind| kind == AttrName::Class);
        let hidden = classes.filter(|attribute| {
            attribute
                .value()
                .split_ascii_whitespace()
                .any(|class| self.hiding.contains(class))
        });
        hidden
            .map(|attribute| attribute.element().span())
            .filter(|span| !span.is_empty())
            .collect()
    }
}

/// What the rules that matter here have in them; the last two are those that hide.
const SIGNS: &[&str] = &["bidi-override", "content:", "display:none", "display: none"];

/// Every rule that has one of `signs` in it, in order, each once.
fn rules_with<'a>(rules: &'a str, signs: &[&str], mut read: impl FnMut(&'a str)) {
    let bytes = rules.as_bytes();
    let mut signs: Vec<_> = signs
        .iter()
        .map(|sign| memmem::find_iter(bytes, *sign).peekable())
        .collect();
    let mut done = 0;
    loop {
        let next = signs.iter_mut().filter_map(|places| {
            while places.next_if(|at| *at < done).is_some() {}
            places.peek().copied()
        });
        let Some(at) = next.min() else { return };
        let begin = memchr::memrchr(b'}', bytes.get(..at).unwrap_or_default()).map_or(0, |end| end + 1);
        let length = memchr::memchr(b'}', bytes.get(at..).unwrap_or_default());
        let end = length.map_or(bytes.len(), |length| at + length);
        read(rules.get(begin..end).unwrap_or_default());
        done = end;
    }
}

/// Whether drawn text may be part of an address: an `@`, or an ending such as `.com`. A lone dot clears floats.
fn may_complete(text: &str) -> bool {
    text.contains('@') || text.contains('.') && text.contains(char::is_alphabetic)
}

/// Every address that style turns around or completes.
pub(super) fn find(document: &Document, sheet: &Sheet<'_>, sink: &mut Sink<'_>) {
    let classes = !sheet.drawing.is_empty();
    let wanted = |kind| match kind {
        AttrName::Style | AttrName::Dir => true,
        AttrName::Class => classes,
        _ => false,
    };
    for attribute in document.attributes_where(wanted) {
        match attribute.kind() {
            AttrName::Style if turns(attribute.raw_value()) => reversed(attribute.element(), sink),
            AttrName::Dir
                if attribute.element().tag() == Tag::Bdo
                    && attribute.raw_value().eq_ignore_ascii_case("rtl") =>
            {
                reversed(attribute.element(), sink);
            }
            AttrName::Class => {
                styled(attribute.element(), &attribute.value(), sheet, sink);
            }
            _ => {}
        }
    }
}

/// What only *is* written right to left keeps its order: it takes an override to turn Latin letters around.
fn turns(style: &str) -> bool {
    style.contains("rtl") && style.contains("bidi-override")
}

fn reversed(element: Element<'_>, sink: &mut Sink<'_>) {
    let text = element.text();
    if text.len() > MAX_TEXT {
        return;
    }
    let turned: String = text.chars().rev().collect();
    for (address, _) in addresses(Some(&turned), EmailScheme::Reversed) {
        sink.add(address, EmailScheme::Reversed, Spot::Element(element.id()));
    }
}

/// What a rule does to the elements of a class.
#[derive(Debug, PartialEq)]
enum Effect {
    Reverse,
    Before(String),
    After(String),
}

fn styled(element: Element<'_>, classes: &str, sheet: &Sheet<'_>, sink: &mut Sink<'_>) {
    let (mut before, mut after, mut any) = ("", "", false);
    let effects = classes
        .split_ascii_whitespace()
        .filter_map(|class| sheet.drawing.get(class));
    for effect in effects.flatten() {
        match effect {
            Effect::Reverse => reversed(element, sink),
            Effect::Before(text) => (before, any) = (text, true),
            Effect::After(text) => (after, any) = (text, true),
        }
    }
    if any && element.text().len() <= MAX_TEXT {
        let whole = format!("{before}{}{after}", element.text());
        for (address, _) in addresses(Some(&whole), EmailScheme::Encoded) {
            sink.add(address, EmailScheme::Encoded, Spot::Element(element.id()));
        }
    }
}

/// The string of a `content` declaration, its escapes (CSS Syntax §4.3.7) resolved.
fn content_of(body: &str) -> Option<String> {
    let (_, rest) = body.split_once("content:")?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = rest.get(1..)?.split(quote).next()?;
    // Icons are drawn so, hundreds of them on a page: what has neither sign nor its code completes nothing.
    if !["@", ".", "40", "2e", "2E"]
        .iter()
        .any(|sign| inner.contains(sign))
    {
        return None;
    }
    let mut parts = inner.split('\\');
    let mut out = parts.next()?.to_owned();
    for part in parts {
        // Up to six digits by the standard; people write four and go on with letters.
        let length = if part.starts_with("0040") || part.starts_with("002e") || part.starts_with("002E") {
            4
        } else {
            6
        };
        let digits = part
            .bytes()
            .take(length)
            .take_while(u8::is_ascii_hexdigit)
            .count();
        let code = part
            .get(..digits)
            .and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                let rest = part.get(digits..)?;
                out.push_str(rest.strip_prefix(' ').unwrap_or(rest));
            }
            None => out.push_str(part),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rules_that_matter_are_kept() {
        let mut sheet = Sheet::default();
        for rule in [
            ".a{color:red",
            "span.r, p .q{direction:rtl;unicode-bidi:bidi-override",
            ".m::after{content:\"\\0040shop.test\"",
            ".n:before{content:\"\\f095\"",
            ".clear:after{content:\".\"",
            ".h{display: none",
        ] {
            sheet.read(rule);
        }
        let expected = [
            ("m", vec![Effect::After("@shop.test".to_owned())]),
            ("q", vec![Effect::Reverse]),
            ("r", vec![Effect::Reverse]),
        ];
        assert_eq!(sheet.drawing, BTreeMap::from(expected));
        assert_eq!(sheet.hiding, BTreeSet::from(["h"]));
    }
}
