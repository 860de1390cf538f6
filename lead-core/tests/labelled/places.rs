//! Parts of the addresses of the labelled pages.

use std::collections::BTreeMap;

use lead_core::record::{Address, Confidence};

use crate::pages::{PAGES, Page, plain};
use crate::tally::{Half, is_calibrated, report, together};

/// A part of an address: how it is labelled, where it is found, how many are at least, and how many unlabelled ones at most.
type Part = (&'static str, fn(&Address) -> Option<&str>, usize, usize);

const PARTS: [Part; 4] = [
    ("street", |address| address.street.as_deref(), 74, 0),
    ("city", |address| address.city.as_deref(), 123, 4),
    ("state", |address| address.region.as_deref(), 55, 1),
    ("zipcode", |address| address.postal_code.as_deref(), 62, 2),
];

/// What was found as a part, each once with its best confidence.
fn found(page: &Page, part: fn(&Address) -> Option<&str>) -> BTreeMap<String, Confidence> {
    let mut found: BTreeMap<String, Confidence> = BTreeMap::new();
    for address in &page.contacts.findings.addresses {
        let value = part(&address.value).map(plain).filter(|value| !value.is_empty());
        if let Some(value) = value {
            let known = found.entry(value).or_insert(address.confidence);
            *known = address.confidence.max(*known);
        }
    }
    found
}

/// Streets are labelled with more or fewer of their units.
fn same(kind: &str, one: &str, other: &str) -> bool {
    one == other || kind == "street" && (one.contains(other) || other.contains(one))
}

fn halves_of(part: fn(&Address) -> Option<&str>, kind: &str) -> [Half; 2] {
    let mut halves = [Half::default(), Half::default()];
    for page in PAGES.iter().filter(|page| page.is_whole()) {
        let half = &mut halves[page.half];
        let (wanted, found) = (page.plain_labels(kind), found(page, part));
        half.wanted += wanted.len();
        half.hits += wanted
            .iter()
            .filter(|label| found.keys().any(|one| same(kind, one, label)))
            .count();
        for (one, confidence) in &found {
            half.add(*confidence, wanted.iter().any(|label| same(kind, one, label)));
        }
    }
    halves
}

#[test]
fn labelled_contact_pages_give_up_their_addresses() {
    if PAGES.is_empty() {
        return;
    }
    let parts = PARTS.map(|(kind, part, hits, wrong)| {
        let halves = halves_of(part, kind);
        report(kind, &halves);
        let found: usize = halves.iter().map(|half| half.hits).sum();
        let unlabelled: usize = halves.iter().map(|half| half.found.len() - half.right()).sum();
        assert!(
            found >= hits && unlabelled <= wrong,
            "{kind}: {found} found, {unlabelled} unlabelled"
        );
        halves
    });
    // An address has one confidence for all its parts.
    let together = together(&parts);
    report("parts of addresses", &together);
    assert!(is_calibrated(&together));
}
