//! Numbers in links, and in attributes that scripts make links of.
//!
//! | file | what |
//! |---|---|
//! | `address` | addresses that dial: `tel:`, `sms:`, `wa.me` … |
//! | `attributes` | `data-phone`, `onclick` … |

mod address;
mod attributes;

use address::Dialled;

use super::engine::{self, Number};
use super::region::Region;
use super::role;
use crate::page::{AttrName, Document, Element};
use crate::record::{Method, Phone};
use crate::sighting::{self, Sighting, Spot};

/// What a link begins with that is a script.
const SCRIPT: &str = "javascript:";

/// Every number that a link of the document dials, or an attribute states.
pub(crate) fn find(document: &Document, region: Option<Region>, found: &mut Vec<Sighting<Phone>>) {
    for link in document.links().filter(|link| address::may_dial(link.raw_href())) {
        let href = link.href();
        let script = sighting::head(&href, SCRIPT.len()).eq_ignore_ascii_case(SCRIPT);
        let dialled = if script {
            attributes::of_handler(&href)
        } else {
            address::dialled(&href)
        };
        if let Some(dialled) = dialled {
            found.extend(read(document, link.element(), &dialled, region, LINKED));
        }
    }
    let wanted = |kind| matches!(kind, AttrName::Data | AttrName::On);
    for attribute in document.attributes_where(wanted) {
        let raw = attribute.raw_value();
        let data = attribute.kind() == AttrName::Data;
        if data && !attributes::may_state(raw) || !attributes::may_hold(raw) {
            continue;
        }
        let value = attribute.value();
        let dialled = if data {
            attributes::of_data(&attribute.name(), &value)
        } else {
            attributes::of_handler(&value)
        };
        let dialled =
            dialled.and_then(|dialled| read(document, attribute.element(), &dialled, region, STATED));
        found.extend(dialled);
    }
}

fn read(
    document: &Document,
    element: Element<'_>,
    dialled: &Dialled<'_>,
    region: Option<Region>,
    sure: f32,
) -> Option<Sighting<Phone>> {
    let (number, confidence) = number_of(dialled, region, sure)?;
    let span = element.span();
    let text = element.text();
    let raw = if says(text, &number) {
        text
    } else {
        dialled.text.trim()
    };
    let mut phone = number.to_phone(raw);
    let said = || role::on_page(document, &span, span.start.saturating_sub(64)).role;
    phone.role = role::by_kind(dialled.role.unwrap_or_else(said), phone.kind);
    Some(Sighting::new(
        phone,
        confidence,
        Method::TelLink,
        Spot::Element(element.id()),
    ))
}

/// Whether an element's text shows the number itself.
fn says(text: &str, number: &Number) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 6 && text.len() <= 40 && {
        let shown: String = text.chars().filter(char::is_ascii_digit).collect();
        number.e164.to_string().ends_with(shown.trim_start_matches('0'))
    }
}

/// The number, and how sure we are of it.
fn number_of(dialled: &Dialled<'_>, region: Option<Region>, sure: f32) -> Option<(Number, f32)> {
    let text = dialled.text.trim();
    let with_plus = || {
        let digits = text.trim_start_matches(['+', '0']);
        engine::parse(&format!("+{digits}"), None).filter(Number::is_valid)
    };
    if dialled.international {
        return with_plus().map(|number| (number, sure));
    }
    if let Some(number) = engine::parse(text, region).filter(Number::is_valid) {
        let known = text.starts_with('+') || region.is_some();
        return Some((number, if known { sure } else { GUESSED }));
    }
    // `tel:4930123456`: the plus forgotten.
    with_plus().map(|number| (number, GUESSED))
}

/// A link that dials a valid number. The labelled pages have too few for a figure; such links are made on purpose.
const LINKED: f32 = 0.98;
/// An attribute that only a script reads. No labelled page has one.
const STATED: f32 = 0.93;
/// A number read with a guess at its country.
const GUESSED: f32 = 0.9;
