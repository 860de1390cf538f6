//! Where a business lies: degrees that a page states for machines, and those in its links to maps.
//!
//! Structured data (JSON-LD, microdata, RDFa) is read in `contacts`, with everything else that stands there.
//!
//! | file | what |
//! |---|---|
//! | `marked` | `<meta>`, hCards, `data-lat` |
//! | `link` | addresses of maps |

mod link;
mod marked;

use crate::page::{AttrName, Document};
use crate::record::{GeoPoint, Method};
use crate::sighting::{Sighting, Spot};

// No labelled pages tell where places lie; these follow from what each kind is for.
/// The head of the page states it.
const STATED: f32 = 0.9;
/// A pin on a map, a mark on the page.
const PINNED: f32 = 0.85;
/// What a map shows, its middle.
const SHOWN: f32 = 0.7;

/// A page with more maps than these is a directory; the first are kept.
const MOST: usize = 100;

/// Every point that the page states outside of structured data.
pub(crate) fn find(document: &Document, found: &mut Vec<Sighting<GeoPoint>>) {
    if let Some((point, element)) = marked::of_meta(document) {
        let spot = Spot::Element(element);
        found.push(Sighting::new(point, STATED, Method::StructuredData, spot));
    }
    for (point, element) in marked::of_classes(document)
        .into_iter()
        .chain(marked::of_data(document))
    {
        let spot = Spot::Element(element);
        found.push(Sighting::new(point, PINNED, Method::StructuredData, spot));
    }
    let links = document
        .links()
        .map(|link| (link.element(), link.raw_href()))
        .filter(|(_, href)| link::may_be_map(href));
    let frames = document
        .attributes_where(|kind| kind == AttrName::Src)
        .map(|source| (source.element(), source.raw_value()))
        .filter(|(_, address)| link::may_be_map(address));
    let maps = links.chain(frames).filter_map(|(element, address)| {
        let place = link::place_of(address)?;
        let confidence = if place.pinned { PINNED } else { SHOWN };
        let spot = Spot::Element(element.id());
        Some(Sighting::new(place.point, confidence, Method::VisibleText, spot))
    });
    found.extend(maps.take(MOST));
}
