//! Addresses marked with the classes of hCard and h-card (<https://microformats.org/wiki/hcard>, `adr`).

use super::country::country_of_name;
use super::schema::{collapse, finished};
use crate::page::{AttrName, Document, Element};
use crate::record::{Address, Method};
use crate::sighting::{Sighting, Spot, mentions};

/// Marked up part by part: as good as structured data.
const MARKED: f32 = 0.9;

/// Every `adr` of the document.
pub(crate) fn find(document: &Document, found: &mut Vec<Sighting<Address>>) {
    if memchr::memmem::find(document.source().as_bytes(), b"adr").is_none() {
        return;
    }
    let mut open: Option<(Element<'_>, Address)> = None;
    for attribute in document.attributes_where(|kind| kind == AttrName::Class) {
        let raw = attribute.raw_value();
        if !mentions(raw, "adr") && (open.is_none() || !is_part(raw)) {
            continue;
        }
        let element = attribute.element();
        if let Some((card, _)) = &open
            && !inside(element, *card)
        {
            close(open.take(), found);
        }
        let has = |classes: [&str; 2]| raw.split_ascii_whitespace().any(|class| classes.contains(&class));
        if has(["adr", "p-adr"]) || has(["h-adr", "vcard-adr"]) {
            close(open.take(), found);
            open = Some((element, Address::default()));
        } else if let Some((_, address)) = &mut open {
            part(raw, element, address);
        }
    }
    close(open, found);
}

const PARTS: [&str; 5] = [
    "street-address",
    "locality",
    "region",
    "postal-code",
    "country-name",
];

fn is_part(classes: &str) -> bool {
    PARTS.iter().any(|part| classes.contains(part))
}

fn inside(element: Element<'_>, card: Element<'_>) -> bool {
    element.ancestors().any(|around| around.id() == card.id())
}

fn part(classes: &str, element: Element<'_>, address: &mut Address) {
    let has = |name: &str| {
        classes
            .split_ascii_whitespace()
            .any(|class| class.strip_prefix("p-").unwrap_or(class) == name)
    };
    if element.text().len() > 200 {
        return;
    }
    let text = collapse(element.text());
    if text.is_empty() {
        return;
    }
    if has("street-address") {
        address.street = Some(match address.street.take() {
            Some(before) => format!("{before}, {text}"),
            None => text,
        });
    } else if has("locality") {
        address.city.get_or_insert(text);
    } else if has("region") {
        address.region.get_or_insert(text);
    } else if has("postal-code") {
        address.postal_code.get_or_insert(text);
    } else if has("country-name") {
        address.country = address.country.or_else(|| country_of_name(&text));
    }
}

fn close(card: Option<(Element<'_>, Address)>, found: &mut Vec<Sighting<Address>>) {
    if let Some((element, address)) = card
        && let Some(address) = finished(address)
    {
        found.push(Sighting::new(
            address,
            MARKED,
            Method::StructuredData,
            Spot::Element(element.id()),
        ));
    }
}
