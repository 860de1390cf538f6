//! Names of the businesses of the labelled pages.

use crate::pages::{PAGES, plain};
use crate::tally::{Half, report};

/// Labels name a business with more or fewer of its words.
fn same(found: &str, label: &str) -> bool {
    !found.is_empty() && label.len() > 2 && (found.contains(label) || label.contains(found))
}

#[test]
fn labelled_contact_pages_give_up_their_names() {
    if PAGES.is_empty() {
        return;
    }
    let mut first = [Half::default(), Half::default()];
    let mut all = [Half::default(), Half::default()];
    for page in PAGES.iter().filter(|page| page.is_whole()) {
        let wanted = page.plain_labels("org");
        if wanted.is_empty() {
            continue;
        }
        first[page.half].wanted += 1;
        all[page.half].wanted += 1;
        for (index, name) in page.contacts.findings.organizations.iter().enumerate() {
            let found = plain(&name.name);
            let right = wanted.iter().any(|label| same(&found, label));
            all[page.half].add(name.confidence, right);
            if index == 0 {
                first[page.half].hits += usize::from(right);
                first[page.half].add(name.confidence, right);
            }
        }
    }
    report("first names", &first);
    report("all names", &all);
    let hits: usize = first.iter().map(|half| half.hits).sum();
    assert!(hits >= 50, "{hits} first names");
    // The name a lead goes by. A page more or less is 0.04 in either half, so they are held to it together; the other names
    // of a page, right by halves, are too few to be.
    assert!(first_of_both(first).calibration_error() <= 0.03);
}

fn first_of_both([mut one, other]: [Half; 2]) -> Half {
    one.found.extend(other.found);
    one
}
