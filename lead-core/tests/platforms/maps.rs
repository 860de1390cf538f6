//! Google Maps: every place of the search answer with its numbers, and the answer that broke another parser.

use lead_core::phone;
use lead_core::source::adapter::{Outcome, Reading};
use serde_json::Value;

fn reading(file: &str) -> Option<Reading> {
    match super::parse(file)?.unwrap() {
        Outcome::Listings(reading) => Some(reading),
        other => panic!("{file}: {other:?}"),
    }
}

#[test]
fn all_twenty_places_have_phones_and_both_written_forms_agree() {
    let file = "google_maps/gosom__testdata_output.json";
    let Some(reading) = reading(file) else { return };
    assert_eq!((reading.listings.len(), reading.rejects.len()), (20, 0));
    let raw: Value =
        serde_json::from_slice(&std::fs::read(super::shared().unwrap().join(file)).unwrap()).unwrap();
    let places = raw[0][1]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one[14].is_array());
    for (listing, place) in reading.listings.iter().zip(places) {
        let [number] = listing.findings.phones.as_slice() else {
            panic!("one number a place")
        };
        for form in place[14][178][0][1].as_array().unwrap() {
            let form = form[0].as_str().unwrap();
            let ours = phone::parse(form, Some("GR")).unwrap().unwrap();
            assert_eq!(ours.e164, number.e164, "{form}");
        }
        assert_eq!(place[14][178][0][3].as_str().unwrap(), number.e164.to_string());
        assert!(
            number.evidence()[0].locator.as_deref().unwrap().contains("/178/"),
            "the reader is kept"
        );
    }
}

#[test]
fn the_answer_that_broke_a_parser_and_its_siblings_yield_their_place() {
    for file in ["panic.json", "raw.json", "entry1.html"] {
        let Some(reading) = reading(&format!("google_maps/gosom__testdata_{file}")) else {
            return;
        };
        let [place] = reading.listings.as_slice() else {
            panic!("{file}: one place")
        };
        let all = &place.findings;
        assert_eq!(
            (all.organizations.len(), all.addresses.len(), all.geo.len()),
            (1, 1, 1),
            "{file}"
        );
        assert_eq!(all.hours.len(), 1, "{file}");
        assert!(all.persons.is_empty() && all.attributes.iter().all(|one| one.name.as_str() != "reviews"));
    }
}
