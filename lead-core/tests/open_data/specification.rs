//! The examples and counterexamples of Overture's specification, and a saved answer of All The Places; in place, where
//! `LEAD_SHARED` says.

use std::fs;
use std::path::PathBuf;

use lead_core::source::open_data::{Layout, Portion, ReadOptions, read};

use crate::support::{made, whole};

fn folder(name: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared"));
    let shared = std::env::var_os("LEAD_SHARED").map_or_else(beside, PathBuf::from);
    let folder = shared.join("data/platforms").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("SKIPPED: {} is not there (set LEAD_SHARED)", folder.display());
    None
}

/// The file's feature as a line of JSON. One counterexample is no mapping at all once YAML has folded its lines: null.
fn feature(path: &PathBuf) -> String {
    let text = fs::read_to_string(path).unwrap();
    let value: serde_json::Value = serde_yaml_ng::from_str(&text).unwrap_or_default();
    value.to_string()
}

fn reading(line: &str) -> Portion {
    let file = made(line);
    let mut portions = read(&file.path, Layout::Overture, &ReadOptions::new()).unwrap();
    portions.next().unwrap().unwrap()
}

#[test]
fn overture_accepts_its_examples_and_refuses_its_counterexamples() {
    let Some(folder) = folder("overture") else {
        return;
    };
    let (mut accepted, mut refused) = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let portion = reading(&feature(&path));
        if name.contains("counterexamples") {
            assert_eq!((portion.listings.len(), portion.rejects.len()), (0, 1), "{name}");
            refused += 1;
        } else {
            assert_eq!(
                (portion.listings.len(), portion.rejects.len()),
                (1, 0),
                "{name}: {:?}",
                portion.rejects
            );
            accepted += 1;
        }
    }
    assert_eq!((accepted, refused), (8, 12));
}

#[test]
fn an_example_is_read_in_full() {
    let Some(folder) = folder("overture") else {
        return;
    };
    let path = folder.join("OvertureMaps__reference_examples_places_place-with-taxonomy.yaml");
    let portion = reading(&feature(&path));
    let found = &portion.listings[0].findings;
    assert_eq!(found.organizations[0].name, "Bucky's Gas & Sushi");
    assert_eq!(found.phones[0].e164.to_string(), "+15125550123");
    assert_eq!(found.emails[0].address.as_str(), "sushi@buckysgas.example.com");
    assert_eq!(found.socials[0].handle, "buckyssushi");
    assert_eq!(
        found.addresses[0].text,
        "4200 South Congress Ave, 78745 Austin, TX, US"
    );
    let categories: Vec<_> = found
        .categories
        .iter()
        .map(|found| found.category.as_str())
        .collect();
    assert_eq!(
        categories,
        [
            "gas_station_sushi",
            "casual_eatery",
            "gas_station",
            "sushi_restaurant"
        ]
    );
}

#[test]
fn a_saved_answer_of_all_the_places_is_read_in_full() {
    let Some(folder) = folder("alltheplaces") else {
        return;
    };
    let text = fs::read_to_string(folder.join("alltheplaces__tests_data_dixy_ru.ndgeojson")).unwrap();
    let features = text.lines().filter(|line| line.contains("\"Feature\"")).count();
    let all = whole(&made(&text), Layout::AllThePlaces, &ReadOptions::new());
    assert!(all.rejects.is_empty(), "{:?}", all.rejects);
    assert_eq!(all.listings.len(), features);
    for listing in &all.listings {
        let found = &listing.findings;
        assert!(!found.addresses.is_empty() && !found.geo.is_empty() && !found.hours.is_empty());
    }
}
