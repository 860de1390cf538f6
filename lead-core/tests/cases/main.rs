//! The cases that Rust, Python and Node share: see tests/cases/README.md.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test harness"
)]

mod images;
mod numbers;

use std::path::PathBuf;

use lead_core::Error;
use lead_core::contacts::{ExtractOptions, Part, Parts};
use lead_core::phone::{FindOptions, OffsetUnit, Offsets};
use lead_core::record::Contacts;
use serde_json::{Value, json};

/// Answers each case of a file and compares; with `UPDATE` set it writes the answers instead.
fn suite(name: &str, answer: impl Fn(&Value) -> Vec<(&'static str, Value)>) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../tests/cases/{name}.json"));
    let text = std::fs::read_to_string(&file).unwrap();
    let mut cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(!cases.is_empty());
    for case in &mut cases {
        for (field, value) in answer(case) {
            case[field] = value;
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, serde_json::to_string_pretty(&cases).unwrap() + "\n").unwrap();
        return;
    }
    let before: Vec<Value> = serde_json::from_str(&text).unwrap();
    for (before, now) in before.iter().zip(&cases) {
        assert_eq!(before, now, "{name}: {} (UPDATE=1 writes it anew)", now["name"]);
    }
}

/// The case's document: a string, or one character a byte.
fn document(case: &Value, field: &str) -> Vec<u8> {
    match case["bytes"].as_str() {
        Some(bytes) => bytes
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect(),
        None => case[field].as_str().unwrap().as_bytes().to_vec(),
    }
}

/// As the bindings do it: text options are parsed, and a string is not decoded again.
fn extract(case: &Value, field: &str) -> Result<Contacts, Error> {
    let given = &case["options"];
    let mut options: ExtractOptions = serde_json::from_value(without_words(given)).unwrap();
    if let Some(mode) = given["mode"].as_str() {
        options.mode = mode.parse()?;
    }
    if let Some(names) = given["only"].as_array() {
        let parts: Result<Vec<Part>, _> = names.iter().map(|name| name.as_str().unwrap().parse()).collect();
        options.parts = Parts::of(parts?);
    }
    if case["bytes"].is_null() {
        options = options.decoded();
    }
    lead_core::extract(document(case, field), &options)
}

fn find(case: &Value, field: &str) -> Result<Vec<lead_core::phone::PhoneMatch>, Error> {
    lead_core::find_phones(case[field].as_str().unwrap(), &find_options(&case["options"])?)
}

fn find_options(given: &Value) -> Result<FindOptions, Error> {
    let mut options: FindOptions = serde_json::from_value(without_words(given)).unwrap();
    if let Some(mode) = given["mode"].as_str() {
        options.mode = mode.parse()?;
    }
    if let Some(leniency) = given["leniency"].as_str() {
        options.leniency = leniency.parse()?;
    }
    Ok(options)
}

/// Options without those that are parsed: a word nobody knows is one of our errors, not serde's.
fn without_words(options: &Value) -> Value {
    let mut options = options.as_object().cloned().unwrap_or_default();
    for word in ["mode", "leniency", "only"] {
        options.remove(word);
    }
    options.into()
}

/// As its JSON text says it: a confidence of 0.97, not its nearest double.
fn plain(value: &impl serde::Serialize) -> Value {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

#[test]
fn extraction() {
    suite("extract", |case| {
        vec![("expected", plain(&extract(case, "html").unwrap()))]
    });
}

#[test]
fn numbers_in_text() {
    suite("find_phones", |case| {
        let found = find(case, "text").unwrap();
        let text = case["text"].as_str().unwrap();
        let places = |unit| {
            let mut offsets = Offsets::new(text, unit);
            found
                .iter()
                .map(|one| json!([offsets.at(one.start), offsets.at(one.end)]))
                .collect::<Value>()
        };
        vec![
            ("code_points", places(OffsetUnit::CodePoints)),
            ("utf16", places(OffsetUnit::Utf16)),
            ("expected", plain(&found)),
        ]
    });
}

#[test]
fn numbers_as_values() {
    suite("numbers", |case| vec![("expected", numbers::answer(case))]);
}

#[test]
fn errors() {
    suite("errors", |case| {
        let error = match case["call"].as_str().unwrap() {
            "extract" => extract(case, "input").unwrap_err(),
            _ => find(case, "input").unwrap_err(),
        };
        let expected = json!({
            "kind": error.kind().name(),
            "code": error.kind().code(),
            "operation": error.operation(),
            "retryable": error.is_retryable(),
            "message": error.to_string(),
        });
        vec![("expected", expected)]
    });
}
