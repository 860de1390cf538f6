//! hCards of persons (<https://microformats.org/wiki/hcard>, <https://microformats.org/wiki/h-card>).

use crate::page::{AttrName, Document, Element};
use crate::record::{Method, Person};
use crate::sighting::{Sighting, Spot};

/// Marked up as a name, inside a card.
const MARKED: f32 = 0.85;

/// Every person that a card of the document names. The spot is the card: contacts within it are the person's.
pub(crate) fn find(document: &Document, found: &mut Vec<Sighting<Person>>) {
    for attribute in document
        .attributes()
        .filter(|attribute| attribute.kind() == AttrName::Class)
    {
        let raw = attribute.raw_value();
        let is_card = |class: &str| matches!(class, "vcard" | "h-card");
        if (raw.contains("vcard") || raw.contains("h-card")) && raw.split_ascii_whitespace().any(is_card) {
            let card = attribute.element();
            if let Some(person) = read(document, card) {
                found.push(Sighting::new(
                    person,
                    MARKED,
                    Method::StructuredData,
                    Spot::Element(card.id()),
                ));
            }
        }
    }
}

fn read(document: &Document, card: Element<'_>) -> Option<Person> {
    let span = card.span();
    let inside = document
        .elements()
        .skip(card.id().index() + 1)
        .take_while(|element| {
            element.span().start <= span.end && element.ancestors().any(|around| around.id() == card.id())
        });
    let (mut name, mut organization, mut function) = (None, None, None);
    for element in inside.take(200) {
        let Some(classes) = element.attr(AttrName::Class) else {
            continue;
        };
        let has = |names: [&str; 2]| {
            classes
                .split_ascii_whitespace()
                .any(|class| names.contains(&class))
        };
        let text = || {
            Some(element.text().split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|text| (2..=80).contains(&text.len()))
        };
        if has(["fn", "p-name"]) {
            if has(["org", "p-org"]) {
                return None;
            }
            name = name.or_else(text);
        }
        if has(["org", "p-org"]) {
            organization = organization.or_else(text);
        }
        if has(["title", "p-job-title"]) || has(["role", "p-role"]) {
            function = function.or_else(text);
        }
    }
    let name = name.filter(|name| organization.as_ref() != Some(name))?;
    // A card without an organization or function may be that of the business itself.
    let words = name.split_whitespace().count();
    let personal = function.is_some() || organization.is_some();
    (personal && (2..=5).contains(&words)).then(|| Person {
        name,
        function,
        ..Person::default()
    })
}
