//! Addresses, hours, registrations, persons: what is found in a text is what the text says.

use lead_core::contacts::{ExtractOptions, extract_document};
use lead_core::page::{Document, ParseOptions};
use lead_core::record::{Findings, Found, Method, Trace};

/// What is found in any text, in a few regions.
fn found_in(text: &str) -> Vec<Findings<Trace>> {
    let Ok(document) = Document::from_text(text, &ParseOptions::new().max_bytes(1 << 20)) else {
        return Vec::new();
    };
    let options = ["US", "GB", "DE", "IT"].map(|region| ExtractOptions::new().region(region));
    let found = options
        .iter()
        .map(|options| extract_document(&document, options).findings);
    found.collect()
}

/// Letters and digits: what white space and signs do not change.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a value was read in the text.
fn is_read<T>(found: &Found<T, Trace>) -> bool {
    found
        .evidence()
        .iter()
        .all(|trace| trace.method == Method::VisibleText)
}

/// Any text: each part of an address stands in it, and within the address.
pub fn addresses(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let whole = plain(&text);
    for findings in found_in(&text) {
        for address in findings.addresses.iter().filter(|address| is_read(address)) {
            let own = plain(&address.text);
            assert!(whole.contains(&own), "{:?} is not in {text:?}", address.text);
            let parts = [
                &address.street,
                &address.city,
                &address.region,
                &address.postal_code,
            ];
            for part in parts.into_iter().flatten() {
                assert!(!part.trim().is_empty(), "{address:?} has an empty part");
                assert!(whole.contains(&plain(part)), "{part:?} is not in {text:?}");
            }
        }
    }
}

/// Any text: hours are in OpenStreetMap's form, and read back as themselves.
pub fn hours(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for findings in found_in(&text) {
        for open in &findings.hours {
            let page = format!(
                "<script type='application/ld+json'>{{\"@type\":\"Store\",\"openingHours\":\"{}\"}}</script>",
                open.hours
            );
            let again = lead_core::extract(&page, &ExtractOptions::new());
            let again = again.map(|contacts| contacts.findings.hours).unwrap_or_default();
            assert!(
                again.iter().any(|again| again.hours == open.hours),
                "{:?} reads back as {again:?}",
                open.hours
            );
        }
    }
}

/// Any text: the numbers of registers stand in it.
pub fn registrations(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let whole = plain(&text);
    for findings in found_in(&text) {
        for number in &findings.registrations {
            assert!(
                whole.contains(&plain(&number.value.value)),
                "{number:?} is not in {text:?}"
            );
            assert!(
                number.value.value.bytes().any(|byte| byte.is_ascii_digit()),
                "{number:?}"
            );
        }
    }
}

/// Any text: persons stand in it, by whole names.
pub fn persons(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let whole = plain(&text);
    for findings in found_in(&text) {
        for person in &findings.persons {
            assert!(
                whole.contains(&plain(&person.name)),
                "{:?} is not in {text:?}",
                person.name
            );
            assert!(person.name.contains(' '), "{:?} is half a name", person.name);
        }
    }
}
