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

/// Whether the call gives exactly the expected spans; `None` when it is no case.
fn agrees(case: &Value, mode: Mode) -> Option<bool> {
    let text = case["text"].as_str().unwrap_or_default(); // one call hands over no text
    let expected = case["expected"].as_array()?;
    let leniency: Leniency = case["leniency"].as_str()?.parse().unwrap();
    let mut options = FindOptions::new().leniency(leniency).mode(mode);
    if let Some(region) = case["region"].as_str() {
        options = options.region(region);
    }
    if let Some(tries) = case.get("max_tries").and_then(Value::as_u64) {
        options = options.max_tries(tries);
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

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Every call of the reference's own suite, the limit of tries included.
#[test]
fn compat_agrees_with_the_reference_suite() {
    let Some(text) = shared("phone/vectors_matcher.json") else {
        return;
    };
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(count(cases.iter(), Mode::Compat), (1784, 1784));
}

/// Texts cut in the middle, on which two reference implementations agree.
#[test]
fn compat_agrees_on_cut_texts() {
    let Some(text) = shared("phone/vectors_matcher_suffixes.jsonl") else {
        return;
    };
    assert_eq!(count(lines(&text).iter(), Mode::Compat), (6000, 6000));
}

/// Sentences with example numbers of all regions, types and formats. Compat is held against the reference, smart against
/// the truth: the number that was planted, and no other.
#[test]
fn compat_agrees_on_plain_sentences_and_smart_finds_what_was_planted() {
    let Some(text) = shared("phone/vectors_examples.jsonl") else {
        return;
    };
    let cases = lines(&text);
    assert_eq!(count(cases.iter(), Mode::Compat), (17920, 17920));
    let right = |mode| cases.iter().filter(|case| finds_the_planted(case, mode)).count();
    let (smart, compat) = (right(Mode::Smart), right(Mode::Compat));
    println!("sentences: smart {smart}, compat {compat} of {}", cases.len());
    // The rest: dates that are valid numbers and those that the rules of the reference do not accept in a text, in both;
    // unlabelled numbers of four and five digits and those written like a decimal fraction, which smart mode leaves out.
    assert!(smart >= SMART_SENTENCES, "smart {smart}, compat {compat}");
}

/// May only rise.
const SMART_SENTENCES: usize = 17285;

fn finds_the_planted(case: &Value, mode: Mode) -> bool {
    let options = FindOptions::new()
        .region(case["region"].as_str().unwrap())
        .mode(mode);
    let found = find_phones(case["text"].as_str().unwrap(), &options).unwrap();
    let planted = case["true_e164"].as_str().unwrap();
    !found.is_empty() && found.iter().all(|one| one.e164.to_string() == planted)
}
