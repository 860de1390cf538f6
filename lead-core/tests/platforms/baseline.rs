//! What the saved answers are like, field by field and reader by reader: `baseline.json` of each platform. `UPDATE=1` writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lead_core::ErrorKind;
use lead_core::source::adapter::{Adapter, Census, Outcome, ParseRequest};

/// The census of every platform over its saved answers.
fn censuses() -> Option<BTreeMap<String, Census>> {
    super::shared()?;
    let mut all: BTreeMap<String, Census> = BTreeMap::new();
    for file in super::table::files() {
        let platform = file.split('/').next().unwrap().to_owned();
        if let Some(Ok(Outcome::Listings(reading))) = super::parse(&file) {
            all.entry(platform).or_default().add(&reading);
        }
    }
    Some(all)
}

/// A field a line, so that a change can be read.
fn written(census: &Census) -> String {
    let value = serde_json::to_value(census).unwrap();
    let mut text = "{\"pages\": {\n".to_owned();
    let pages = value["pages"].as_object().unwrap();
    for (number, (name, page)) in (1..).zip(pages) {
        writeln!(
            text,
            "{name:?}: {{\"entries\": {}, \"fields\": {{",
            page["entries"]
        )
        .unwrap();
        let fields = page["fields"].as_object().unwrap();
        for (number, (field, wins)) in (1..).zip(fields) {
            let comma = if number < fields.len() { "," } else { "" };
            writeln!(text, "{field:?}: {wins}{comma}").unwrap();
        }
        writeln!(text, "}}}}{}", if number < pages.len() { "," } else { "" }).unwrap();
    }
    text + "}}\n"
}

#[test]
fn the_baselines_are_those_of_the_saved_answers() {
    let Some(censuses) = censuses() else { return };
    let mut wrong = Vec::new();
    for id in lead_core::source::adapters() {
        let census = censuses.get(id).cloned().unwrap_or_default();
        let text = if census.is_empty() {
            "{}\n".to_owned()
        } else {
            written(&census)
        };
        assert_eq!(Census::from_json(&text).unwrap(), census);
        if std::env::var_os("UPDATE").is_some() {
            let path = format!("{}/src/source/{id}/baseline.json", env!("CARGO_MANIFEST_DIR"));
            std::fs::write(path, text).unwrap();
        } else if lead_core::source::adapter(id)
            .unwrap()
            .baseline()
            .cloned()
            .unwrap_or_default()
            != census
        {
            wrong.push(id);
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 writes the baselines of {wrong:?}");
}

/// Guards against a test of drift that is never met.
#[test]
fn renamed_classes_are_drift_or_an_unrecognised_page() {
    let Some(shared) = super::shared() else { return };
    let file = "serp_brave/sanguinary-bus__tests_fixtures_brave.html";
    let page = std::fs::read_to_string(shared.join(file)).unwrap();
    let brave = lead_core::source::adapter("serp_brave").unwrap();
    let drift = drift_of(&brave, &page.replace("generic-snippet", "snippet-of-2027"));
    let [drift] = drift.as_slice() else {
        panic!("{drift:?}")
    };
    assert_eq!(
        (drift.field.as_str(), drift.to_error().kind()),
        ("description", ErrorKind::AdapterDrift)
    );
    let renamed = page.replace("class=\"snippet", "class=\"result-of-2027");
    let error = brave.parse(renamed.as_bytes(), &ParseRequest::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnrecognisedPage);
}

fn drift_of(adapter: &Adapter, page: &str) -> Vec<lead_core::source::adapter::Drift> {
    let Outcome::Listings(reading) = adapter.parse(page.as_bytes(), &ParseRequest::new()).unwrap() else {
        panic!("listings")
    };
    let mut census = Census::default();
    census.add(&reading);
    census.drift_from(adapter.baseline().unwrap())
}
