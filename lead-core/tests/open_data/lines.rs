//! GeoJSON, a feature a line.

use lead_core::source::open_data::{Layout, ReadOptions, read};

use crate::support::{attribute, keys, made, places, whole};

fn shop(number: usize) -> String {
    format!(
        r#"{{"type":"Feature","id":"id{number}=","properties":{{"ref":{number},"@spider":"example_fr","shop":"bakery","brand":"Exemple","brand:wikidata":"Q1","addr:street_address":"{number} Rue des Essais","addr:city":"Lyon","addr:country":"FR","phone":"04 78 00 00 01","website":"https://exemple.test/{number}","email":null,"extras":{{"a":[1]}}}},"geometry":{{"type":"Point","coordinates":[4.8{number},45.7]}}}}"#
    )
}

#[test]
fn all_the_places_as_lines_and_as_a_collection_of_lines() {
    let lines = format!("{}\n\nnot json\n{}\n", shop(1), shop(2));
    let all = whole(&made(&lines), Layout::AllThePlaces, &ReadOptions::new());
    assert_eq!(keys(&all.listings), ["example_fr/1", "example_fr/2"]);
    assert_eq!(places(&all.rejects), ["line 3"]);
    let found = &all.listings[0].findings;
    assert_eq!(found.organizations[0].name, "Exemple");
    assert_eq!(found.phones[0].e164.to_string(), "+33478000001");
    assert_eq!(found.addresses[0].text, "1 Rue des Essais, Lyon, FR");
    assert_eq!(attribute(&all.listings[0], "x:licence").unwrap(), "CC0-1.0");
    let collection = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{},\n{}\n]}}\n",
        shop(1),
        shop(2)
    );
    let same = whole(&made(collection), Layout::AllThePlaces, &ReadOptions::new());
    assert_eq!(same.listings, all.listings);
    assert!(same.rejects.is_empty());
}

#[test]
fn area_and_category_pass_over_the_rest() {
    let file = made(format!("{}\n{}\n", shop(1), shop(2)));
    let area = "4.815,45,5,46".parse().unwrap();
    let some = whole(&file, Layout::AllThePlaces, &ReadOptions::new().area(area));
    assert_eq!((keys(&some.listings), some.passed), (vec!["example_fr/2"], 1));
    let none = whole(
        &file,
        Layout::AllThePlaces,
        &ReadOptions::new().category("butcher"),
    );
    assert_eq!((none.listings.len(), none.passed), (0, 2));
    let both = whole(
        &file,
        Layout::AllThePlaces,
        &ReadOptions::new().category("bakery"),
    );
    assert_eq!(both.listings.len(), 2);
}

/// Lines are numbered across the chunks in which they are read, and one that is too long costs only itself.
#[test]
fn lines_keep_their_numbers_and_one_too_long_is_kept_aside() {
    let mut text = String::new();
    for number in 1..=3000 {
        text.push_str(&shop(number));
        text.push('\n');
    }
    text.push_str("{\"x\":\"");
    text.push_str(&"y".repeat(6_000_000));
    text.push_str("\"}\n");
    text.push_str(&shop(9));
    text.push_str("\nbroken");
    let all = whole(&made(text), Layout::AllThePlaces, &ReadOptions::new());
    assert_eq!(all.listings.len(), 3001);
    assert_eq!(places(&all.rejects), ["line 3001", "line 3003"]);
    assert_eq!(all.listings[3000].natural_key.as_str(), "example_fr/9");
}

/// An id and a point are any feature's: without a mark of the layout's own it is another file.
#[test]
fn features_of_another_layout_are_kept_aside() {
    let point = "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.8,45.7]}";
    let theirs = format!(
        "{{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{{\"names\":{{\"primary\":\"A\"}}}},{point}}}\n"
    );
    let other = format!("{{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{{\"name\":\"A\"}},{point}}}\n");
    for (layout, line, listings) in [
        (Layout::Overture, theirs.clone(), 1),
        (Layout::Overture, shop(1), 0),
        (Layout::Overture, other.clone(), 0),
        (Layout::AllThePlaces, shop(1), 1),
        (Layout::AllThePlaces, theirs, 0),
        (Layout::AllThePlaces, other, 0),
    ] {
        let file = made(&line);
        let mut portions = read(&file.path, layout, &ReadOptions::new()).unwrap();
        let portion = portions.next().unwrap().unwrap();
        let told = (portion.listings.len(), portion.rejects.len());
        assert_eq!(told, (listings, 1 - listings), "{layout}: {line}");
    }
}
