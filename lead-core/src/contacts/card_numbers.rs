//! Numbers that hCards mark (<https://microformats.org/wiki/hcard#tel_property>): markup parts them where the text may not.

use super::structured::Number;
use crate::page::{AttrName, Document, Element};
use crate::record::PhoneRole;
use crate::sighting::{Spot, mentions};

/// Longer texts hold more than a number.
const LONGEST: usize = 60;
/// More numbers than these are a directory's, which the text gives up as well.
const MOST: usize = 200;

/// The elements of class `tel` within cards.
pub(super) fn read(document: &Document) -> Vec<Number> {
    let classes = document.attributes_where(|kind| kind == AttrName::Class);
    let marked = classes
        .map(|class| (class, class.raw_value()))
        .filter(|(_, names)| mentions(names, "tel") && has(names, &["tel", "p-tel"]))
        .map(|(class, _)| class);
    let inside = marked.filter(|class| {
        let mut around = class.element().ancestors();
        around.any(|card| {
            has(
                &card.attr(AttrName::Class).unwrap_or_default(),
                &["vcard", "h-card"],
            )
        })
    });
    inside
        .filter_map(|class| number(class.element()))
        .take(MOST)
        .collect()
}

fn has(classes: &str, wanted: &[&str]) -> bool {
    classes
        .split_ascii_whitespace()
        .any(|class| wanted.contains(&class))
}

/// `<p class="tel"><span class="type">Fax</span>: <span class="value">…</span></p>`
fn number(element: Element<'_>) -> Option<Number> {
    let text = Some(element.text()).filter(|text| text.len() <= LONGEST)?;
    // A link says the number itself.
    if element.attr(AttrName::Href).is_some() {
        return None;
    }
    let lower = text.to_lowercase();
    let role = if lower.contains("fax") {
        PhoneRole::Fax
    } else if ["cell", "mobil"].iter().any(|word| lower.contains(word)) {
        PhoneRole::Mobile
    } else {
        PhoneRole::Tel
    };
    let from = text.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '('))?;
    Some(Number {
        text: text.get(from..)?.to_owned(),
        role,
        spot: Spot::Element(element.id()),
    })
}
