//! Pages.

use lead_core::contacts::ExtractOptions;
use lead_core::page::{Document, ParseOptions};
use lead_core::record::{Contacts, Found, Trace};

/// Any bytes as a page: its tape is sound, and every contact found has its proof.
pub fn html(data: &[u8]) {
    let parse = ParseOptions::new().max_bytes(1 << 20);
    if let Ok(document) = Document::parse(data, &parse) {
        sound(&document);
    }
    for region in ["US", "DE"] {
        let options = ExtractOptions::new()
            .region(region)
            .base_url("https://firm.example/a/b");
        if let Ok(contacts) = lead_core::extract(data, &options) {
            proven(&contacts);
        }
    }
}

/// Any text as the structured data of a page.
pub fn json_ld(data: &[u8]) {
    let mut page = b"<!doctype html><script type=\"application/ld+json\">".to_vec();
    page.extend_from_slice(data);
    page.extend_from_slice(b"</script><p>Tel. +1 415-555-2671");
    html(&page);
}

/// Every span lies in the text, on the borders of characters, and children within their parents.
fn sound(document: &Document) {
    let text = document.text();
    for block in document.blocks() {
        let span = block.span();
        assert!(
            text.get(span.clone()).is_some(),
            "a block outside the text: {span:?} of {}",
            text.len()
        );
        if let Some(parent) = block.parent() {
            let outer = parent.span();
            assert!(
                outer.start <= span.start && span.end <= outer.end,
                "{span:?} is not within {outer:?}"
            );
        }
    }
    for element in document.elements() {
        let span = element.span();
        assert!(
            text.get(span.clone()).is_some(),
            "an element outside the text: {span:?}"
        );
    }
    for link in document.links() {
        assert!(
            text.get(link.element().span()).is_some(),
            "a link outside the text"
        );
    }
}

fn proven(contacts: &Contacts) {
    let found = &contacts.findings;
    ordered(&found.organizations);
    ordered(&found.phones);
    ordered(&found.emails);
    ordered(&found.socials);
    ordered(&found.addresses);
    ordered(&found.hours);
    ordered(&found.locations);
    ordered(&found.persons);
    let phones = found
        .locations
        .iter()
        .flat_map(|it| &it.phones)
        .chain(found.persons.iter().flat_map(|it| &it.phones));
    assert!(
        phones.into_iter().all(|at| *at < found.phones.len()),
        "a phone that is not there"
    );
    let emails = found
        .locations
        .iter()
        .flat_map(|it| &it.emails)
        .chain(found.persons.iter().flat_map(|it| &it.emails));
    assert!(
        emails.into_iter().all(|at| *at < found.emails.len()),
        "a mailbox that is not there"
    );
    assert!(
        found
            .locations
            .iter()
            .filter_map(|it| it.address)
            .all(|at| at < found.addresses.len()),
        "an address that is not there"
    );
    let json = serde_json::to_string(contacts).unwrap_or_default();
    let again: Result<Contacts, _> = serde_json::from_str(&json);
    assert!(
        again.is_ok_and(|again| again == *contacts),
        "the JSON says something else: {json}"
    );
}

/// The surest first, each with evidence.
fn ordered<T>(list: &[Found<T, Trace>]) {
    let falls = list
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if a.confidence >= b.confidence));
    assert!(falls, "not ordered by confidence");
    let sure = |found: &Found<T, Trace>| (0.0..=1.0).contains(&found.confidence.get());
    assert!(list.iter().all(sure), "a confidence that is no probability");
}
