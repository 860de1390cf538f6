//! E-mail addresses: in text, in links, hidden from harvesters.
//!
//! | file | what |
//! |---|---|
//! | `plain`, `spelled` | addresses in a text: around an `@`, or with words for the signs |
//! | `domain`, `kind` | which domains there are; whose mailbox it is |
//! | `text`, `links`, `attributes`, `script` | the places of a page |
//! | `cipher` | the small ciphers used against harvesters |

mod attributes;
mod cipher;
mod domain;
mod kind;
mod links;
mod plain;
mod script;
mod sightings;
mod spelled;
mod style;
mod text;

pub use kind::kind_of;

use crate::page::{AttrName, Document};
use crate::record::{Email, EmailAddress, EmailScheme};
use crate::sighting::{Sighting, Spot};

pub(crate) use crate::sighting::{head, tail};

/// Every address of a document, structured data left out: `contacts` walks that once for all.
pub(crate) fn find(document: &Document, found: &mut Vec<Sighting<Email>>) {
    let mut sink = sightings::Sink::new(found);
    links::find(document, &mut sink);
    let sheet = style::Sheet::of(document);
    text::find(document, &sheet, &mut sink);
    attributes::find(document, &mut sink);
    style::find(document, &sheet, &mut sink);
    for (element, content) in document.scripts() {
        // Data is read as data.
        let data = element
            .attr(AttrName::Type)
            .is_some_and(|kind| kind.contains("json"));
        if data {
            continue;
        }
        let spot = Spot::Element(element.id());
        script::read(content, &mut |address, scheme| {
            sink.add(address, scheme, spot.clone());
        });
    }
}

/// The addresses in a field of structured data: `mailto:` in front or not, several parted by commas.
pub(crate) fn of_field(value: &str) -> Vec<EmailAddress> {
    let rest = value.trim();
    let rest = rest
        .strip_prefix("mailto:")
        .or_else(|| rest.strip_prefix("MAILTO:"))
        .unwrap_or(rest);
    links::mailto(rest)
}

/// An address of structured data.
pub(crate) fn structured(address: EmailAddress, spot: Spot) -> Sighting<Email> {
    sightings::sighting(address, EmailScheme::Structured, spot)
}
