//! Addresses that style changes before a visitor sees them: written backwards, or completed by generated content.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::addresses;
use super::sightings::Sink;
use crate::page::{AttrName, Document, Element, Tag};
use crate::record::EmailScheme;
use crate::sighting::Spot;

/// More rules than these are a framework's, and cost too much to try on every element.
const MAX_RULES: usize = 256;
/// Longer texts are no hidden address.
const MAX_TEXT: usize = 256;

/// The rules of the page's own style sheets that matter here.
pub(super) struct Sheet<'a>(Vec<Rule<'a>>);

impl<'a> Sheet<'a> {
    /// Reads the sheets of a document; nearly always there is nothing in them for us.
    pub(super) fn of(document: &'a Document) -> Self {
        Self(rules(document))
    }

    /// The stretches of the text that the sheets do not show.
    pub(super) fn hidden(&self, document: &Document) -> Vec<Range<usize>> {
        let hiding: Vec<&str> = self
            .0
            .iter()
            .filter(|(_, effect)| *effect == Effect::Hide)
            .map(|(class, _)| *class)
            .collect();
        if hiding.is_empty() {
            return Vec::new();
        }
        let classes = document.attributes_where(|kind| kind == AttrName::Class);
        let hidden = classes.filter(|attribute| {
            attribute
                .value()
                .split_ascii_whitespace()
                .any(|class| hiding.contains(&class))
        });
        hidden
            .map(|attribute| attribute.element().span())
            .filter(|span| !span.is_empty())
            .collect()
    }
}

/// Every address that style turns around or completes.
pub(super) fn find(document: &Document, sheet: &Sheet<'_>, sink: &mut Sink<'_>) {
    let rules = &sheet.0;
    let classes = !rules.is_empty();
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
                styled(attribute.element(), &attribute.value(), rules, sink);
            }
            _ => {}
        }
    }
}

/// What only *is* written right to left keeps its order: it takes an override to turn Latin letters around.
fn turns(style: &str) -> bool {
    style.contains("bidi-override") && style.contains("rtl")
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
    Hide,
    Before(String),
    After(String),
}

/// A class, and what is done to its elements.
type Rule<'a> = (&'a str, Effect);

/// The rules of the page's own sheets that matter here; nearly always none.
fn rules(document: &Document) -> Vec<Rule<'_>> {
    let mut list = Vec::new();
    for element in document.elements().filter(|element| element.tag() == Tag::Style) {
        let rest = document
            .source()
            .get(element.source_offset()..)
            .unwrap_or_default();
        let body = rest.split_once('>').map_or("", |(_, body)| body);
        let end = memchr::memmem::find(body.as_bytes(), b"</").unwrap_or(body.len());
        let sheet = body.get(..end).unwrap_or_default();
        let has = |sign: &&str| memchr::memmem::find(sheet.as_bytes(), sign.as_bytes()).is_some();
        if ["bidi-override", "content:", "display:none", "display: none"]
            .iter()
            .any(has)
        {
            sheet.split('}').for_each(|rule| read(rule, &mut list));
            list.truncate(MAX_RULES);
        }
    }
    list
}

fn read<'a>(rule: &'a str, list: &mut Vec<Rule<'a>>) {
    let Some((selectors, body)) = rule.rsplit_once('{') else {
        return;
    };
    let content = content_of(body).filter(|text| text.contains(['@', '.']));
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
            ("", _) if hide => Effect::Hide,
            ("before", Some(text)) => Effect::Before(text.clone()),
            ("after", Some(text)) => Effect::After(text.clone()),
            _ => continue,
        };
        list.push((class, effect));
    }
}

fn styled(element: Element<'_>, classes: &str, rules: &[Rule<'_>], sink: &mut Sink<'_>) {
    let own = |class: &str| classes.split_ascii_whitespace().any(|one| one == class);
    let (mut before, mut after, mut any) = ("", "", false);
    for (_, effect) in rules.iter().filter(|(class, _)| own(class)) {
        match effect {
            Effect::Reverse => reversed(element, sink),
            Effect::Hide => {}
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
    let inner: Cow<'_, str> = rest.get(1..)?.split(quote).next()?.into();
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
        let mut list = Vec::new();
        for rule in [
            ".a{color:red",
            "span.r, p .q{direction:rtl;unicode-bidi:bidi-override",
            ".m::after{content:\"\\0040shop.test\"",
            ".n:before{content:\"\\f095\"",
        ] {
            read(rule, &mut list);
        }
        let expected = [
            ("r", Effect::Reverse),
            ("q", Effect::Reverse),
            ("m", Effect::After("@shop.test".to_owned())),
        ];
        assert_eq!(list, expected);
    }
}
