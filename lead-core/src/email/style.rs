//! Addresses that style changes before a visitor sees them: written backwards, or completed by generated content.

use std::borrow::Cow;

use super::attributes::addresses;
use super::sightings::Sink;
use crate::page::{AttrName, Document, Element, Tag};
use crate::record::EmailScheme;
use crate::sighting::Spot;

/// Every address that style turns around or completes.
pub(super) fn find(document: &Document, sink: &mut Sink<'_>) {
    let sheet = sheets(document);
    let sheet = sheet.as_deref().unwrap_or_default();
    for element in document.elements() {
        if is_reversed(element, sheet) && element.text().len() <= 512 {
            let turned: String = element.text().chars().rev().collect();
            for (address, _) in addresses(Some(&turned), EmailScheme::Reversed) {
                sink.add(address, EmailScheme::Reversed, Spot::Element(element.id()));
            }
        }
    }
    if sheet.contains("content:") {
        generated(document, sheet, sink);
    }
}

/// The style sheets inside the page, when they turn text around or generate any.
fn sheets(document: &Document) -> Option<Cow<'_, str>> {
    let source = document.source();
    let mut whole: Option<Cow<'_, str>> = None;
    for element in document.elements().filter(|element| element.tag() == Tag::Style) {
        let rest = source.get(element.source_offset()..)?;
        let body = rest.split_once('>').map(|(_, body)| body)?;
        let end = memchr::memmem::find(body.as_bytes(), b"</").unwrap_or(body.len());
        let body = body.get(..end)?;
        if body.contains("rtl") || body.contains("content:") {
            whole = Some(match whole {
                None => Cow::Borrowed(body),
                Some(before) => Cow::Owned(format!("{before}\n{body}")),
            });
        }
    }
    whole
}

/// `<bdo dir=rtl>`, or a style of bidi override; what only *is* written right to left keeps its order.
fn is_reversed(element: Element<'_>, sheet: &str) -> bool {
    if element.tag() == Tag::Bdo {
        return element
            .attr(AttrName::Dir)
            .is_some_and(|dir| dir.eq_ignore_ascii_case("rtl"));
    }
    let turns = |rules: &str| rules.contains("bidi-override") && rules.contains("rtl");
    if element.attr(AttrName::Style).is_some_and(|style| turns(&style)) {
        return true;
    }
    sheet.contains("bidi-override")
        && element.attr(AttrName::Class).is_some_and(|classes| {
            classes
                .split_ascii_whitespace()
                .any(|class| rules_of(sheet, class, "").any(turns))
        })
}

/// The bodies of rules whose selector ends in `.class` and `suffix` (`::after`).
fn rules_of<'a>(sheet: &'a str, class: &'a str, suffix: &'a str) -> impl Iterator<Item = &'a str> {
    sheet.split('}').filter_map(move |rule| {
        let (selectors, body) = rule.split_once('{')?;
        let wanted = selectors.split(',').any(|selector| {
            let selector = selector.trim();
            let bare = selector.strip_suffix(suffix).unwrap_or_default();
            bare.strip_suffix(class).is_some_and(|rest| rest.ends_with('.'))
        });
        wanted.then_some(body)
    })
}

/// `.m::after { content: "@example.com" }` behind or before a text.
fn generated(document: &Document, sheet: &str, sink: &mut Sink<'_>) {
    for element in document.elements() {
        let Some(classes) = element.attr(AttrName::Class) else {
            continue;
        };
        for class in classes.split_ascii_whitespace() {
            let content = |suffixes: [&str; 2]| {
                let texts: Vec<String> = suffixes
                    .iter()
                    .flat_map(|suffix| {
                        rules_of(sheet, class, suffix)
                            .filter_map(content_of)
                            .collect::<Vec<_>>()
                    })
                    .collect();
                texts.into_iter().next().unwrap_or_default()
            };
            let (before, after) = (content(["::before", ":before"]), content(["::after", ":after"]));
            if before.is_empty() && after.is_empty() || element.text().len() > 128 {
                continue;
            }
            let whole = format!("{before}{}{after}", element.text());
            for (address, _) in addresses(Some(&whole), EmailScheme::Encoded) {
                sink.add(address, EmailScheme::Encoded, Spot::Element(element.id()));
            }
        }
    }
}

/// The string of a `content` declaration, its escapes (CSS Syntax §4.3.7) resolved.
fn content_of(body: &str) -> Option<String> {
    let (_, rest) = body.split_once("content:")?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = rest.get(1..)?.split(quote).next()?;
    let mut out = String::new();
    let mut parts = inner.split('\\');
    out.push_str(parts.next()?);
    for part in parts {
        let digits = part.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
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
