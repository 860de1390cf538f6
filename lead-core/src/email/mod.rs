//! E-mail addresses: in text, in links, hidden from harvesters.
//!
//! | file | what |
//! |---|---|
//! | `plain`, `spelled` | addresses in a text: around an `@`, or with words for the signs |
//! | `domain`, `kind` | which domains there are; whose mailbox it is |
//! | `text`, `links`, `attributes`, `style`, `script` | the places of a page |
//! | `scan` | where it is worth looking |
//! | `doubt` | which addresses are for something else |
//! | `token`, `fold` | the pieces of a script, and what it makes of its literals |
//! | `cipher` | the small ciphers used against harvesters |

mod attributes;
mod cipher;
mod domain;
mod doubt;
mod fold;
mod kind;
mod links;
mod plain;
mod scan;
mod script;
mod sightings;
mod spelled;
mod style;
mod text;
mod token;

pub use kind::kind_of;

use std::collections::BTreeSet;

use crate::page::{AttrName, Document};
use crate::record::{Email, EmailAddress, EmailScheme};
use crate::sighting::{Sighting, Spot};

pub(crate) use crate::sighting::{head, tail};

/// The addresses of a document, structured data left out, each once, in the order they were found.
///
/// Those that a page names for something else than reaching who stands behind it are there too: see
/// [`ExtractOptions::doubtful`](crate::contacts::ExtractOptions::doubtful).
///
/// ```
/// use lead_core::page::{Document, ParseOptions};
/// let document = Document::from_html("<p>info (at) bakery (dot) example</p>", &ParseOptions::new())?;
/// let emails = lead_core::email::find_emails(&document);
/// assert_eq!(emails[0].address.as_str(), "info@bakery.example");
/// # Ok::<(), lead_core::Error>(())
/// ```
pub fn find_emails(document: &Document) -> Vec<Email> {
    let mut found = Vec::new();
    find(document, true, &mut found);
    let mut seen = BTreeSet::new();
    found
        .into_iter()
        .map(|sighting| sighting.value)
        .filter(|email| seen.insert(email.address.clone()))
        .collect()
}

/// Every address of a document, structured data left out: `contacts` walks that once for all. Doubtful ones (see
/// [`doubt`]) only where they are wanted.
pub(crate) fn find(document: &Document, doubtful: bool, found: &mut Vec<Sighting<Email>>) {
    let mut sink = sightings::Sink::new(found);
    let links = links::find(document, &mut sink);
    let sheet = style::Sheet::of(document);
    text::find(document, &sheet, &links, &mut sink);
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
    doubt::weigh(document, found);
    if !doubtful {
        doubt::drop_doubtful(found);
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
