//! Truth made by others for whole pages: hand labels of real business pages, and ways to hide e-mail addresses.
//!
//! Read in place from `LEAD_SHARED` (default: `../shared` beside the workspace). Hits may only rise, mistakes only fall.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test harness"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use lead_core::contacts::ExtractOptions;
use lead_core::extract;
use serde_json::Value;

fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("LEAD_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    let found = root.join("data").join(path);
    if !found.exists() {
        println!("SKIPPED: {} is not there (set LEAD_SHARED)", found.display());
        return None;
    }
    Some(found)
}

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

#[test]
fn labelled_pages_give_up_their_numbers() {
    let Some(folder) = shared("labelled") else { return };
    let labels = std::fs::read_to_string(folder.join("labels.jsonl")).unwrap();
    let (mut gold, mut hits, mut wrong) = (0, 0, 0);
    for label in labels.lines() {
        let label: Value = serde_json::from_str(label).unwrap();
        let html = std::fs::read(folder.join(label["file"].as_str().unwrap())).unwrap();
        let contacts = extract(&html, &ExtractOptions::new()).unwrap();
        let found: BTreeSet<String> = contacts
            .findings
            .phones
            .iter()
            .map(|phone| phone.e164.to_string())
            .collect();
        let numbers = ["tel", "fax"]
            .into_iter()
            .flat_map(|role| label[role].as_array().unwrap());
        let wanted: BTreeSet<String> = numbers
            .map(|number| digits(number.as_str().unwrap()))
            .filter(|number| number.len() >= 7)
            .collect();
        gold += wanted.len();
        // A label may hold more than the number: `… 7am-7pm`, two numbers in one.
        let same = |found: &str, label: &str| {
            found.ends_with(label)
                || label.len() > 10 && found.len() > 10 && label.ends_with(&found[found.len() - 10..])
        };
        hits += wanted
            .iter()
            .filter(|number| found.iter().any(|one| same(one, number)))
            .count();
        wrong += found
            .iter()
            .filter(|one| !wanted.iter().any(|number| same(one, number)))
            .count();
    }
    println!("labelled pages: {hits} of {gold} numbers, {wrong} unlabelled ones");
    assert!(hits >= 515, "{hits} of {gold}");
    assert!(wrong <= 4, "{wrong}");
}

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

/// Which half of the labelled sites a page is of: constants are tuned on the first, both are reported. FNV-1a of the
/// site's name.
fn half(site: &str) -> usize {
    let hash = site.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash % 2) as usize
}

/// What was found in one half: the confidence of each address, and whether it is labelled.
#[derive(Default)]
struct Half {
    wanted: usize,
    found: Vec<(f64, bool)>,
}

impl Half {
    fn right(&self) -> usize {
        self.found.iter().filter(|(_, right)| *right).count()
    }

    /// Expected calibration error (Guo and others, 2017): how far confidence and truth are apart, in ten bins.
    fn calibration_error(&self) -> f64 {
        let of_bin = |bin: u8| {
            let bounds = f64::from(bin) / 10.0..f64::from(bin + 1) / 10.0;
            let inside = self
                .found
                .iter()
                .filter(move |(confidence, _)| bounds.contains(confidence));
            inside
                .map(|(confidence, right)| f64::from(u8::from(*right)) - confidence)
                .sum::<f64>()
                .abs()
        };
        (0..10).map(of_bin).sum::<f64>() / f64::from(u32::try_from(self.found.len()).unwrap())
    }
}

#[test]
fn labelled_contact_pages_give_up_their_mailboxes() {
    let Some(folder) = shared("labelled") else { return };
    let labels = std::fs::read_to_string(folder.join("labels.jsonl")).unwrap();
    let mut halves = [Half::default(), Half::default()];
    // Only the contact pages have all their addresses labelled.
    let labels = labels
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    for label in labels.filter(|label| label["corpus"] == "us_contact_pages") {
        let half = &mut halves[half(label["site"].as_str().unwrap())];
        let html = std::fs::read(folder.join(label["file"].as_str().unwrap())).unwrap();
        let contacts = extract(&html, &ExtractOptions::new()).unwrap();
        let list = label["email"].as_array().unwrap().iter();
        let wanted: BTreeSet<String> = list
            .map(|email| email.as_str().unwrap().trim().to_lowercase())
            .collect();
        half.wanted += wanted.len();
        half.found.extend(contacts.findings.emails.iter().map(|email| {
            (
                f64::from(email.confidence.get()),
                wanted.contains(email.address.as_str()),
            )
        }));
    }
    for (name, half) in ["tuned on", "not tuned on"].iter().zip(&halves) {
        println!(
            "half {name}: {} of {} mailboxes, {} found, calibration error {:.3}",
            half.right(),
            half.wanted,
            half.found.len(),
            half.calibration_error()
        );
    }
    let right: usize = halves.iter().map(Half::right).sum();
    let wrong = halves.iter().map(|half| half.found.len()).sum::<usize>() - right;
    assert!(right >= 55 && wrong <= 1, "{right} right, {wrong} wrong");
    assert!(halves.iter().all(|half| half.calibration_error() <= 0.03));
}
