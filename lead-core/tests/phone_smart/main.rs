//! What the smart mode reads in running text, case by case: how people write numbers, and what only looks like one.
//!
//! The numbers are of the ranges that are kept for fiction (555-01xx, 020 7946 0xxx, 030 23125 xxx, 01 99 00 xx xx) or
//! invented; none is anybody's.
#![allow(clippy::unwrap_used, reason = "a test harness")]

mod decoys;
mod extensions;
mod lists;
mod writing;

use lead_core::phone::{FindOptions, find_phones};

/// What is found in a text: each number in E.164 form, its extension behind a semicolon.
pub(crate) fn found(text: &str, region: &str) -> Vec<String> {
    let found = find_phones(text, &FindOptions::new().region(region)).unwrap();
    let written = |phone: &lead_core::phone::PhoneMatch| match &phone.extension {
        Some(extension) => format!("{};{extension}", phone.e164),
        None => phone.e164.to_string(),
    };
    found.iter().map(written).collect()
}

/// A region, a text, and the numbers in it.
pub(crate) type Case<'a> = (&'a str, &'a str, &'a [&'a str]);

/// Checks every case and names all that fail.
#[track_caller]
pub(crate) fn check(cases: &[Case<'_>]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(region, text, wanted)| found(text, region) != *wanted)
        .map(|(region, text, wanted)| {
            format!(
                "{region} {text:?}\n  wanted {wanted:?}\n  found  {:?}",
                found(text, region)
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}
