//! Addresses in attributes that a script puts together: Cloudflare, TYPO3, Joomla, WordPress plug-ins, hand-made ones.

use std::borrow::Cow;

use super::cipher;
use super::links::mailto;
use super::plain::{self, Hit};
use super::sightings::Sink;
use super::{script, spelled};
use crate::page::{AttrName, Attribute, Document, Element, Tag};
use crate::record::{EmailAddress, EmailScheme};
use crate::sighting::Spot;

/// Every address in attributes other than `href`.
pub(super) fn find(document: &Document, sink: &mut Sink<'_>) {
    let wanted = |kind| {
        use AttrName::{Alt, Data, Itemprop, On};
        matches!(kind, Data | On | Itemprop | Alt)
    };
    for attribute in document.attributes_where(wanted) {
        match attribute.kind() {
            AttrName::Data => {
                let Some(reader) = named(attribute).and_then(|name| reader_of(&name)) else {
                    continue;
                };
                let element = attribute.element();
                let spot = Spot::Element(element.id());
                for (address, scheme) in reader(element, &attribute.value()) {
                    sink.add(address, scheme, spot.clone());
                }
            }
            AttrName::On => {
                let spot = Spot::Element(attribute.element().id());
                let value = attribute.value();
                if value.contains("mail") || value.contains('@') || value.contains("znvy") {
                    script::read(&value, &mut |address, scheme| {
                        sink.add(address, scheme, spot.clone());
                    });
                }
            }
            AttrName::Itemprop if attribute.raw_value().trim() == "email" => {
                let element = attribute.element();
                let stated = element.attr(AttrName::Content);
                let text = stated.as_deref().unwrap_or_else(|| element.text());
                for (address, scheme) in addresses(Some(text), EmailScheme::Structured) {
                    sink.add(address, scheme, Spot::Element(element.id()));
                }
            }
            // What a picture of an address says to those who do not see it. Other words about elements name users.
            AttrName::Alt if attribute.raw_value().contains('@') => {
                let spot = Spot::Element(attribute.element().id());
                for (address, scheme) in addresses(Some(&attribute.value()), EmailScheme::Attributes) {
                    sink.add(address, scheme, spot.clone());
                }
            }
            _ => {}
        }
    }
    head(document, sink);
    joomla(document, sink);
}

/// What the head says of how to reach the business (ogp.me, as Facebook extended it). `reply-to` and the like name who
/// made the page: on the labelled pages three of three.
fn head(document: &Document, sink: &mut Sink<'_>) {
    const NAMES: &[&str] = &["og:email", "business:contact_data:email"];
    for entry in document.meta().entries() {
        if NAMES.contains(&&*entry.name) {
            for (address, scheme) in addresses(Some(&entry.content), EmailScheme::Structured) {
                sink.add(address, scheme, Spot::Element(entry.element));
            }
        }
    }
}

/// The name of a `data-*` attribute, when it begins like one that [`reader_of`] knows.
fn named(attribute: Attribute<'_>) -> Option<Cow<'_, str>> {
    let first = attribute.raw_name().as_bytes().get("data-".len())?;
    matches!(first.to_ascii_lowercase(), b'c' | b'd' | b'e' | b'h' | b'm').then(|| attribute.name())
}

type Reader = fn(Element<'_>, &str) -> Vec<(EmailAddress, EmailScheme)>;

fn reader_of(name: &str) -> Option<Reader> {
    Some(match name {
        "data-cfemail" => |_, value| addresses(cipher::cloudflare(value).as_deref(), EmailScheme::Cloudflare),
        "data-mailto-token" => token,
        // WordPress's Email Encoder Bundle turns the letters by thirteen and leaves `[at]` alone.
        "data-enc-email" => |_, value| {
            let plain = cipher::rot13(&value.replace("[at]", "@"));
            addresses(Some(&plain), EmailScheme::Encoded)
        },
        "data-domain" | "data-host" => parts,
        "data-email" | "data-mail" | "data-mailto" | "data-email-address" | "data-contact-email" => {
            |_, value| addresses(Some(value), EmailScheme::Attributes)
        }
        _ => return None,
    })
}

/// All addresses in a decoded value, written in any way.
pub(super) fn addresses(text: Option<&str>, scheme: EmailScheme) -> Vec<(EmailAddress, EmailScheme)> {
    let Some(text) = text else { return Vec::new() };
    let mut hits: Vec<Hit> = Vec::new();
    plain::find(text, &mut hits);
    spelled::find(text, &mut hits);
    hits.into_iter().map(|hit| (hit.address, scheme)).collect()
}

fn data(element: Element<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .find(|attribute| attribute.kind() == AttrName::Data && attribute.name() == name)
        .map(|attribute| attribute.value().into_owned())
}

/// TYPO3 since version 11: token and vector.
fn token(element: Element<'_>, value: &str) -> Vec<(EmailAddress, EmailScheme)> {
    let vector = data(element, "data-mailto-vector").and_then(|vector| vector.trim().parse().ok());
    let plain = match vector {
        Some(vector) => Some(cipher::typo3(value, vector)).filter(|plain| plain.starts_with("mailto:")),
        None => None,
    };
    let plain = plain.or_else(|| cipher::typo3_any(value));
    let rest = plain.as_deref().and_then(|plain| plain.strip_prefix("mailto:"));
    rest.map(mailto)
        .unwrap_or_default()
        .into_iter()
        .map(|address| (address, EmailScheme::Encoded))
        .collect()
}

/// `data-name`, `data-domain`, `data-tld`: the parts of an address.
fn parts(element: Element<'_>, domain: &str) -> Vec<(EmailAddress, EmailScheme)> {
    let names = ["data-name", "data-user", "data-local", "data-mailbox", "data-u"];
    let Some(name) = names.iter().find_map(|name| data(element, name)) else {
        return Vec::new();
    };
    let domain = match data(element, "data-tld").or_else(|| data(element, "data-ext")) {
        Some(top) => format!("{}.{}", domain.trim(), top.trim().trim_start_matches('.')),
        None => domain.trim().to_owned(),
    };
    addresses(
        Some(&format!("{}@{domain}", name.trim())),
        EmailScheme::Attributes,
    )
}

/// `<joomla-hidden-mail first="…" last="…">`: both halves in base64. Its attributes are read from the source: no other
/// element has them.
fn joomla(document: &Document, sink: &mut Sink<'_>) {
    const NAME: &[u8] = b"<joomla-hidden-mail";
    let source = document.source();
    let others = document.elements().filter(|element| element.tag() == Tag::Other);
    for element in others {
        let tag = source.get(element.source_offset()..).unwrap_or_default();
        let begin = tag.as_bytes().get(..NAME.len());
        if !begin.is_some_and(|begin| begin.eq_ignore_ascii_case(NAME))
            || element.name() != "joomla-hidden-mail"
        {
            continue;
        }
        let tag = tag.split('>').next().unwrap_or_default();
        let half = |name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            cipher::base64(rest.split('"').next()?)
        };
        if let (Some(first), Some(last)) = (half("first"), half("last")) {
            for (address, scheme) in addresses(Some(&format!("{first}@{last}")), EmailScheme::Encoded) {
                sink.add(address, scheme, Spot::Element(element.id()));
            }
        }
    }
}
