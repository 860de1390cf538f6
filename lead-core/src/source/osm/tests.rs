use super::overpass::question;
use super::*;
use crate::ErrorKind;
use crate::record::{BoundingBox, CountryCode, EmailKind};
use proptest::prelude::*;

const ANSWER: &str = r#"{"version":0.6,"elements":[
 {"type":"node","id":1,"lat":45.75,"lon":4.85,"tags":{"name":"Cabinet Exemple","amenity":"dentist",
  "phone":"04 78 00 00 01; +33 4 78 00 00 02","contact:email":"contact@exemple.test","contact:facebook":"Cabinet.Exemple",
  "contact:instagram":"https://www.instagram.com/cabinet_exemple/","contact:linkedin":"share","website":"exemple.test",
  "addr:housenumber":"3","addr:street":"Rue des Essais","addr:postcode":"69001","addr:city":"Lyon","opening_hours":"Mo-Fr 09:00-18:00"}},
 {"type":"way","id":2,"center":{"lat":45.76,"lon":4.86},"nodes":[1,2],"tags":{"name":"Autre","phone":"not a number"}},
 {"type":"node","id":3,"lat":45.0,"lon":4.0},
 {"type":"node","id":"four"}]}"#;

fn query(text: &str) -> Query {
    Query::new(text).unwrap()
}

fn box_of_lyon() -> BoundingBox {
    BoundingBox::new(4.77, 45.7, 4.9, 45.8).unwrap()
}

#[test]
fn reads_what_tags_say() {
    let batch = tags::batch(
        parse_answer(ANSWER.as_bytes()).unwrap(),
        Some(CountryCode::new("FR").unwrap()),
    );
    assert_eq!((batch.listings.len(), batch.rejects.len()), (2, 1));
    let all = &batch.listings[0].findings;
    let numbers: Vec<_> = all.phones.iter().map(|phone| phone.e164.to_string()).collect();
    assert_eq!(numbers, ["+33478000001", "+33478000002"]);
    assert_eq!(all.websites[0].url.as_str(), "https://exemple.test/");
    let profiles: Vec<_> = all.socials.iter().map(|profile| profile.url.as_str()).collect();
    assert_eq!(
        profiles,
        [
            "https://www.facebook.com/cabinet.exemple",
            "https://www.instagram.com/cabinet_exemple"
        ]
    );
    assert_eq!(all.emails[0].kind, EmailKind::Role);
    assert_eq!(all.addresses[0].text, "3 Rue des Essais, 69001 Lyon, FR");
    assert_eq!(all.categories[0].category, "amenity=dentist");
    assert_eq!(all.phones[0].evidence()[0].locator.as_deref(), Some("phone"));
    assert!(batch.listings[1].findings.phones.is_empty() && !batch.listings[1].findings.geo.is_empty());
    assert_eq!(batch.rejects[0].entry, "/elements/3");
}

/// Overpass answers 200 when it ran out of time: what it gave must not pass for everything there is.
#[test]
fn a_runtime_error_in_the_remark_is_an_error() {
    let json = r#"{"elements":[],"remark":"runtime error: Query timed out in \"query\" at line 4 after 2 seconds."}"#;
    let error = parse_answer(json.as_bytes()).unwrap_err();
    assert!(error.kind() == ErrorKind::Timeout && error.is_retryable());
    assert!(parse_answer(br#"{"elements":[],"remark":"runtime remark: fine"}"#).is_ok());
    assert_eq!(parse_answer(b"<html>").unwrap_err().kind(), ErrorKind::Decode);
}

#[test]
fn asks_by_category_or_by_name() {
    let config = OsmConfig::default();
    let asked = question(&config, &query("dentists").max(9), box_of_lyon());
    assert_eq!(
        asked,
        r#"[out:json][timeout:60][bbox:45.7,4.77,45.8,4.9];(nwr["amenity"="dentist"];);out center tags 9;"#
    );
    let asked = question(&config, &query(r#"Hot "dogs" #1"#), box_of_lyon());
    assert!(
        asked.contains(r#"nwr["name"~"Hot \\\"dogs\\\" \\#1",i];"#),
        "{asked}"
    );
}

#[test]
fn reads_places() {
    let json = r#"[{"display_name":"Lyon, France","boundingbox":["45.7","45.8","4.77","4.9"],"address":{"country_code":"fr"}}]"#;
    let places = parse_places(json.as_bytes()).unwrap();
    assert_eq!(places[0].area, box_of_lyon());
    assert_eq!(places[0].country.unwrap().as_str(), "FR");
    assert!(parse_places(b"[]").unwrap().is_empty());
    assert_eq!(parse_places(b"{}").unwrap_err().kind(), ErrorKind::Decode);
}

#[test]
fn base_urls_are_checked() {
    let error = Osm::new(OsmConfig::default().overpass_url("file:///etc/passwd")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(Osm::new(OsmConfig::default()).is_ok());
}

proptest! {
    #[test]
    fn no_answer_and_no_tag_is_a_panic(json in ".*", value in ".*", key in "phone|email|website|addr:street|opening_hours|name") {
        let _ = parse_answer(json.as_bytes());
        let _ = parse_places(json.as_bytes());
        let element = serde_json::json!({"elements": [{"type": "node", "id": 1, "lat": 1.0, "lon": 1.0, "tags": {key: value}}]});
        let answer = parse_answer(element.to_string().as_bytes()).unwrap();
        let _ = tags::batch(answer, None);
    }

    /// Whatever the words, the question keeps its shape: one quoted string, closed.
    #[test]
    fn no_query_breaks_out_of_its_quotes(words in "[ -~]{1,40}") {
        if let Ok(query) = Query::new(&words) {
            let asked = question(&OsmConfig::default(), &query, box_of_lyon());
            let mut quotes = 0;
            let mut escaped = false;
            for c in asked.chars() {
                match c {
                    _ if escaped => escaped = false,
                    '\\' => escaped = true,
                    '"' => quotes += 1,
                    _ => {}
                }
            }
            prop_assert!(quotes % 2 == 0 && asked.ends_with(");out center tags 20000;"));
        }
    }
}
