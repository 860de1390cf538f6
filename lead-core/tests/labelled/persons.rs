//! Persons of the labelled pages.

use crate::pages::{PAGES, plain};
use crate::tally::{Half, report};

#[test]
fn labelled_pages_give_up_their_persons() {
    if PAGES.is_empty() {
        return;
    }
    let mut halves = [Half::default(), Half::default()];
    for page in PAGES.iter() {
        let half = &mut halves[page.half];
        let wanted = page.plain_labels("per");
        let found = &page.contacts.findings.persons;
        half.wanted += wanted.len();
        let same = |one: &str, label: &str| one == label || one.contains(label) || label.contains(one);
        half.hits += wanted
            .iter()
            .filter(|label| found.iter().any(|one| same(&plain(&one.name), label)))
            .count();
        for person in found {
            half.add(
                person.confidence,
                wanted.iter().any(|label| same(&plain(&person.name), label)),
            );
        }
    }
    // Most labelled persons are authors and persons of stories: only those with a function are looked for.
    report("persons", &halves);
    let right: usize = halves.iter().map(Half::right).sum();
    let wrong = halves.iter().map(|half| half.found.len()).sum::<usize>() - right;
    assert!(right >= 58 && wrong <= 7, "{right} right, {wrong} wrong");
}
