//! Third-party truth for `find_phones`: libphonenumber's own matcher suite and generated sentences.
//!
//! Read in place from `LEAD_SHARED` (default: `../shared` beside the workspace). The counts may only rise.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test harness"
)]

use std::path::PathBuf;

use lead_core::phone::{FindOptions, Leniency, Mode, OffsetUnit, Offsets, find_phones};
use serde_json::Value;

fn shared(path: &str) -> Option<String> {
    let root = std::env::var_os("LEAD_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    let file = root.join("data").join(path);
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        println!("SKIPPED: {} is not there (set LEAD_SHARED)", file.display());
    }
    text
}

/// Whether the call gives exactly the expected spans; `None` when the case has settings we do not have.
fn agrees(case: &Value, mode: Mode) -> Option<bool> {
    if case.get("max_tries").is_some_and(|tries| !tries.is_null()) {
        return None;
    }
    let text = case["text"].as_str()?;
    let expected = case["expected"].as_array()?;
    let leniency: Leniency = case["leniency"].as_str()?.parse().unwrap();
    let mut options = FindOptions::new().leniency(leniency).mode(mode);
    if let Some(region) = case["region"].as_str() {
        options = options.region(region);
    }
    let found = find_phones(text, &options).unwrap();
    let mut offsets = Offsets::new(text, OffsetUnit::CodePoints);
    let same = found.len() == expected.len()
        && found.iter().zip(expected).all(|(ours, theirs)| {
            Some(offsets.at(ours.start) as u64) == theirs["start"].as_u64()
                && Some(offsets.at(ours.end) as u64) == theirs["end"].as_u64()
                && Some(ours.e164.to_string().as_str()) == theirs["e164"].as_str()
        });
    Some(same)
}

fn count<'a>(cases: impl Iterator<Item = &'a Value>, mode: Mode) -> (usize, usize) {
    let results: Vec<bool> = cases.filter_map(|case| agrees(case, mode)).collect();
    (results.iter().filter(|same| **same).count(), results.len())
}

#[test]
fn compat_agrees_with_the_reference_suite() {
    let Some(text) = shared("phone/vectors_matcher.json") else {
        return;
    };
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let (same, all) = count(cases.iter(), Mode::Compat);
    println!("matcher suite: {same} of {all}");
    assert!(same >= 1779, "{same} of {all}");
}

#[test]
fn smart_finds_what_stands_in_plain_sentences() {
    let Some(text) = shared("phone/vectors_examples.jsonl") else {
        return;
    };
    // Every eighth: the whole set takes a minute in a debug build.
    let cases: Vec<Value> = text
        .lines()
        .step_by(8)
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (compat, all) = count(cases.iter(), Mode::Compat);
    let (smart, _) = count(cases.iter(), Mode::Smart);
    println!("sentences: compat {compat}, smart {smart} of {all}");
    assert!(compat >= 2240, "{compat} of {all}");
    assert!(smart >= 2232, "{smart} of {all}");
}
