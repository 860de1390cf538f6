//! E-mail addresses: those of the labelled pages, and those that pages hide.

use std::collections::BTreeSet;

use lead_core::contacts::ExtractOptions;
use lead_core::extract;
use serde_json::Value;

use crate::pages::{PAGES, shared};
use crate::tally::{Half, is_calibrated, report};

#[test]
fn hidden_addresses_are_found_and_nothing_else() {
    let Some(file) = shared("email/vectors_email.json") else {
        return;
    };
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let cases: Vec<&Value> = cases.iter().filter(|case| case["needs_js"] != true).collect();
    let mut right = 0;
    for case in &cases {
        let html = format!(
            "<!doctype html><html><body>{}</body></html>",
            case["html"].as_str().unwrap()
        );
        let contacts = extract(&html, &ExtractOptions::new()).unwrap();
        let found: BTreeSet<String> = contacts
            .findings
            .emails
            .iter()
            .map(|email| email.address.to_string())
            .collect();
        let list = case["expected"].as_array().cloned().unwrap_or_default();
        let wanted: BTreeSet<String> = list
            .iter()
            .map(|address| address.as_str().unwrap().to_owned())
            .collect();
        right += usize::from(found == wanted);
        assert!(
            !wanted.is_empty() || found.is_empty(),
            "{} gave {found:?}",
            case["html"]
        );
        if found != wanted {
            println!("{}: {} gave {found:?}", case["scheme"], case["html"]);
        }
    }
    println!("hidden addresses: {right} of {}", cases.len());
    assert!(right >= 149, "{right} of {}", cases.len());
}

#[test]
fn labelled_contact_pages_give_up_their_mailboxes() {
    let mut halves = [Half::default(), Half::default()];
    for page in PAGES.iter().filter(|page| page.is_whole()) {
        let half = &mut halves[page.half];
        let labels = page.labels("email").into_iter();
        let wanted: BTreeSet<String> = labels.map(|email| email.trim().to_lowercase()).collect();
        half.wanted += wanted.len();
        for email in &page.contacts.findings.emails {
            let right = wanted.contains(email.address.as_str());
            half.hits += usize::from(right);
            half.add(email.confidence, right);
        }
    }
    if PAGES.is_empty() {
        return;
    }
    report("mailboxes", &halves);
    let right: usize = halves.iter().map(Half::right).sum();
    let wrong = halves.iter().map(|half| half.found.len()).sum::<usize>() - right;
    assert!(right >= 55 && wrong <= 1, "{right} right, {wrong} wrong");
    assert!(is_calibrated(&halves));
}
