//! Numbers of the labelled pages.

use std::collections::BTreeSet;

use crate::pages::PAGES;
use crate::tally::{Half, is_calibrated, report};

/// The digits of a labelled number: extension cut off, letters as keys, no trunk zeros.
fn digits(label: &str) -> String {
    let lower = label.to_lowercase();
    let cut = ["ext", " x"]
        .iter()
        .filter_map(|word| lower.find(word))
        .min()
        .unwrap_or(lower.len());
    let label = label.get(..cut).unwrap_or(label).replace("(0)", "");
    let letters = label.chars().filter(char::is_ascii_uppercase).count();
    let keys = |c: char| match c {
        'A'..='Z' if letters >= 4 => "22233344455566677778889999"
            .chars()
            .nth(c as usize - 'A' as usize),
        _ => c.is_ascii_digit().then_some(c),
    };
    label
        .chars()
        .filter_map(keys)
        .collect::<String>()
        .trim_start_matches('0')
        .to_owned()
}

/// A label may hold more than the number: `… 7am-7pm`, two numbers in one.
fn same(found: &str, label: &str) -> bool {
    found.ends_with(label)
        || label.len() > 10 && found.len() > 10 && label.ends_with(&found[found.len() - 8..])
}

#[test]
fn labelled_pages_give_up_their_numbers() {
    let mut halves = [Half::default(), Half::default()];
    for page in PAGES.iter() {
        let half = &mut halves[page.half];
        let labels = [page.labels("tel"), page.labels("fax")].concat();
        let wanted: BTreeSet<String> = labels
            .into_iter()
            .map(digits)
            .filter(|number| number.len() >= 7)
            .collect();
        let found = &page.contacts.findings.phones;
        let found: Vec<_> = found
            .iter()
            .map(|phone| (phone.confidence, phone.e164.to_string()))
            .collect();
        half.wanted += wanted.len();
        half.hits += wanted
            .iter()
            .filter(|label| found.iter().any(|(_, one)| same(one, label)))
            .count();
        for (confidence, one) in &found {
            half.add(*confidence, wanted.iter().any(|label| same(one, label)));
        }
    }
    if PAGES.is_empty() {
        return;
    }
    report("numbers", &halves);
    let hits: usize = halves.iter().map(|half| half.hits).sum();
    let wrong: usize = halves.iter().map(|half| half.found.len() - half.right()).sum();
    assert!(hits >= 517 && wrong <= 4, "{hits} found, {wrong} unlabelled");
    assert!(is_calibrated(&halves));
}
