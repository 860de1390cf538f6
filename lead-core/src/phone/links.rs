//! Numbers in links: `tel:` (RFC 3966), `sms:` (RFC 5724), `callto:`, and messengers that are dialled by number.

use std::borrow::Cow;

use super::engine::{self, Number};
use super::region::Region;
use super::role;
use crate::page::{Document, Link};
use crate::record::{Method, Phone, PhoneRole};
use crate::sighting::{Sighting, Spot};

/// A number that a link dials.
struct Dialled<'a> {
    text: Cow<'a, str>,
    /// The role that the scheme itself says.
    role: Option<PhoneRole>,
    /// Whether the digits begin with the country code even without `+`.
    international: bool,
}

/// Every number that a link of the document dials.
pub(crate) fn find(document: &Document, region: Option<Region>, found: &mut Vec<Sighting<Phone>>) {
    for link in document.links() {
        let href = link.href();
        if let Some(dialled) = dialled(&href) {
            found.extend(read(document, link, &dialled, region));
        }
    }
}

/// Schemes whose rest is a number.
const SCHEMES: &[(&str, Option<PhoneRole>)] = &[
    ("tel:", None),
    ("callto:", None),
    ("phone:", None),
    ("sms:", Some(PhoneRole::Sms)),
    ("smsto:", Some(PhoneRole::Sms)),
    ("fax:", Some(PhoneRole::Fax)),
    ("facetime:", None),
    ("skype:", None),
];

/// Addresses with a number as path or parameter; the number is in international form with or without `+`.
const MESSENGERS: &[&str] = &[
    "wa.me/",
    "api.whatsapp.com/send",
    "web.whatsapp.com/send",
    "chat.whatsapp.com/send",
    "whatsapp://send",
];

fn dialled(href: &str) -> Option<Dialled<'_>> {
    let lower = crate::sighting::head(href, 48).to_ascii_lowercase();
    for (scheme, role) in SCHEMES {
        if lower.starts_with(scheme) {
            let rest = href.get(scheme.len()..)?.trim_start_matches('/');
            let number = rest.split(['?', '#']).next().unwrap_or_default();
            let text = decode(number);
            return text.contains(|c: char| c.is_ascii_digit()).then_some(Dialled {
                text,
                role: *role,
                international: false,
            });
        }
    }
    let bare = lower
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches("www.");
    let messenger = MESSENGERS.iter().find(|prefix| bare.starts_with(**prefix))?;
    let rest = href.get(lower.find(messenger)? + messenger.len()..)?;
    let number = match rest.split_once("phone=") {
        Some((_, parameter)) => parameter.split(['&', '#']).next()?,
        None if messenger.ends_with('/') => rest.split(['?', '/', '#']).next()?,
        None => return None,
    };
    Some(Dialled {
        text: decode(number),
        role: Some(PhoneRole::Whatsapp),
        international: true,
    })
}

fn decode(text: &str) -> Cow<'_, str> {
    if text.contains('%') {
        percent_encoding::percent_decode_str(text).decode_utf8_lossy()
    } else {
        Cow::Borrowed(text)
    }
}

fn read(
    document: &Document,
    link: Link<'_>,
    dialled: &Dialled<'_>,
    region: Option<Region>,
) -> Option<Sighting<Phone>> {
    let (number, confidence) = number_of(dialled, region)?;
    let span = link.element().span();
    let raw = if says(link.text(), &number) {
        link.text()
    } else {
        dialled.text.trim()
    };
    let mut phone = number.to_phone(raw);
    phone.role = dialled
        .role
        .unwrap_or_else(|| role::of(document.text(), &span, span.start.saturating_sub(64)).role);
    Some(Sighting::new(
        phone,
        confidence,
        Method::TelLink,
        Spot::Element(link.element().id()),
    ))
}

/// Whether the link's text shows the number itself.
fn says(text: &str, number: &Number) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 6 && text.len() <= 40 && {
        let shown: String = text.chars().filter(char::is_ascii_digit).collect();
        number.e164.to_string().ends_with(shown.trim_start_matches('0'))
    }
}

/// The number, and how sure a dialling link makes us of it.
fn number_of(dialled: &Dialled<'_>, region: Option<Region>) -> Option<(Number, f32)> {
    let text = dialled.text.trim();
    let with_plus = || {
        let digits = text.trim_start_matches(['+', '0']);
        engine::parse(&format!("+{digits}"), None).filter(Number::is_valid)
    };
    if dialled.international {
        return with_plus().map(|number| (number, LINKED));
    }
    if let Some(number) = engine::parse(text, region).filter(Number::is_valid) {
        let sure = text.starts_with('+') || region.is_some();
        return Some((number, if sure { LINKED } else { GUESSED }));
    }
    // `tel:4930123456`: the plus forgotten.
    with_plus().map(|number| (number, GUESSED))
}

/// A link that dials a valid number. The labelled pages have too few for a figure; such links are made on purpose.
const LINKED: f32 = 0.98;
/// The same, read with a guess at its country.
const GUESSED: f32 = 0.9;
