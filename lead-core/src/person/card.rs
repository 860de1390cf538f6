//! hCards of persons (<https://microformats.org/wiki/hcard>, <https://microformats.org/wiki/h-card>).

use crate::page::{AttrName, Document, Element};
use crate::record::{Method, Person};
use crate::sighting::{Sighting, Spot, mentions};

/// Marked up as a name, inside a card.
const MARKED: f32 = 0.85;

/// A card as it is read.
struct Card<'a> {
    element: Element<'a>,
    name: Option<String>,
    organization: Option<String>,
    function: Option<String>,
    /// The name is that of the organization.
    of_business: bool,
}

/// Every person that a card of the document names. The spot is the card: contacts within it are the person's.
pub(crate) fn find(document: &Document, found: &mut Vec<Sighting<Person>>) {
    let mut open: Option<Card<'_>> = None;
    for attribute in document.attributes_where(|kind| kind == AttrName::Class) {
        let classes = attribute.raw_value();
        let is_card = mentions(classes, "card")
            && classes
                .split_ascii_whitespace()
                .any(|class| matches!(class, "vcard" | "h-card"));
        if !is_card && open.is_none() {
            continue;
        }
        let element = attribute.element();
        let ended = open.as_ref().is_some_and(|card| !inside(element, card.element));
        if is_card || ended {
            found.extend(open.take().and_then(Card::person));
        }
        if is_card {
            open = Some(Card {
                element,
                name: None,
                organization: None,
                function: None,
                of_business: false,
            });
        } else if let Some(card) = &mut open {
            card.part(classes, element);
        }
    }
    found.extend(open.and_then(Card::person));
}

fn inside(element: Element<'_>, card: Element<'_>) -> bool {
    element.ancestors().any(|around| around.id() == card.id())
}

impl Card<'_> {
    fn part(&mut self, classes: &str, element: Element<'_>) {
        let has = |names: &[&str]| {
            classes
                .split_ascii_whitespace()
                .any(|class| names.contains(&class))
        };
        let text = || {
            let text = Some(element.text()).filter(|text| text.len() <= 200)?;
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (2..=80).contains(&line.len()).then_some(line)
        };
        let (names, organizations) = (has(&["fn", "p-name"]), has(&["org", "p-org"]));
        self.of_business |= names && organizations;
        if names && self.name.is_none() {
            self.name = text();
        }
        if organizations && self.organization.is_none() {
            self.organization = text();
        }
        if has(&["title", "p-job-title", "role", "p-role"]) && self.function.is_none() {
            self.function = text();
        }
    }

    /// The person; `None` when the card is that of a business, as one without function and organization may be.
    fn person(self) -> Option<Sighting<Person>> {
        let name = self
            .name
            .filter(|name| !self.of_business && self.organization.as_ref() != Some(name))?;
        let personal = self.function.is_some() || self.organization.is_some();
        let words = name.split_whitespace().count();
        let person = Person {
            name,
            function: self.function,
            ..Person::default()
        };
        let spot = Spot::Element(self.element.id());
        (personal && (2..=5).contains(&words))
            .then(|| Sighting::new(person, MARKED, Method::StructuredData, spot))
    }
}
