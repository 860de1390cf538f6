//! What a world promises.

use std::collections::{HashMap, HashSet};

use crate::config::{Focus, WorldConfig};
use crate::world::{World, cities};

#[test]
fn a_world_has_the_size_and_the_variety_asked_for() {
    let world = World::generate(&WorldConfig::new(1, 1_000));
    assert_eq!(world.businesses().len(), 1_000);
    let countries: HashSet<&str> = world
        .businesses()
        .iter()
        .map(|business| business.country.code)
        .collect();
    assert!(
        ["FR", "DE", "GB", "US", "IT", "ES", "PL", "JP"]
            .iter()
            .all(|code| countries.contains(code))
    );
    let some = |what: &str, count: usize| assert!(count > 5, "{what}: {count}");
    let count = |wanted: fn(&crate::business::Business) -> bool| {
        world.businesses().iter().filter(|b| wanted(b)).count()
    };
    some("branches", count(|b| b.chain.is_some()));
    some("without a site", count(|b| b.site.is_none()));
    some(
        "with a site, not in the directory",
        count(|b| b.site.is_some() && b.directory.is_none()),
    );
    some("moved", count(|b| b.former.is_some()));
    some("with people", count(|b| !b.persons.is_empty()));
    some(
        "in OpenStreetMap without a number",
        count(|b| b.osm.as_ref().is_some_and(|osm| !osm.with_phone)),
    );
    some(
        "called otherwise in OpenStreetMap",
        count(|b| b.names.osm != b.names.site),
    );
    some(
        "on an internationalised host",
        world
            .sites
            .iter()
            .filter(|site| site.host.contains("xn--"))
            .count(),
    );
    some(
        "in an old encoding",
        world
            .sites
            .iter()
            .filter(|site| site.encoding() != "UTF-8")
            .count(),
    );
}

#[test]
fn focus_stocks_a_city_and_countries_restrict() {
    let world = World::generate(&WorldConfig::new(2, 300));
    assert!(world.query_truth("dentists", "lyon").len() >= 12);
    assert!(world.query_truth("Bäckereien", "Berlin").len() >= 5);
    let config = WorldConfig {
        countries: vec!["jp".to_owned()],
        focus: vec![
            Focus::new("dentist", "Lyon", 0.5),
            Focus::new("nothing", "Nowhere", 0.5),
        ],
        ..WorldConfig::new(2, 100)
    };
    assert!(
        World::generate(&config)
            .businesses()
            .iter()
            .all(|business| business.country.code == "JP")
    );
    let nowhere = WorldConfig {
        countries: vec!["ZZ".to_owned()],
        ..WorldConfig::new(2, 100)
    };
    assert_eq!(World::generate(&nowhere).businesses().len(), 0);
}

#[test]
fn few_businesses_of_a_city_share_a_name_and_no_two_sites_a_host() {
    let world = World::generate(&WorldConfig::new(3, 10_000));
    let mut names: HashMap<(&str, &str), usize> = HashMap::new();
    for business in world
        .businesses()
        .iter()
        .filter(|business| business.chain.is_none())
    {
        *names
            .entry((business.city.name, &business.names.site))
            .or_default() += 1;
    }
    let shared: usize = names.values().filter(|count| **count > 1).sum();
    assert!(
        shared < 500,
        "{shared} of 10,000 share a name with another of their city"
    );
    let hosts: HashSet<&str> = world.sites.iter().map(|site| site.host.as_str()).collect();
    assert_eq!(hosts.len(), world.sites.len());
    assert!(
        hosts
            .iter()
            .all(|host| host.is_ascii() && host.strip_suffix(".test").is_some() && host.len() < 90)
    );
}

#[test]
fn everything_of_a_city_lies_in_its_box() {
    let world = World::generate(&WorldConfig::new(4, 500));
    for business in world.businesses() {
        let [south, west, north, east] = business.city.bbox();
        assert!(business.is_within(south, west, north, east));
    }
    assert!(cities().any(|(country, city)| city.is_called("LYON") && country.code == "FR"));
    assert!(cities().any(|(_, city)| city.is_called("berlin")));
}

#[test]
fn truth_is_findable_and_its_values_stand_where_it_says() {
    let world = World::generate(&WorldConfig::new(5, 300));
    let mut standing = 0;
    for truth in world.truth() {
        assert!(truth.is_findable(), "{}", truth.id);
        for phone in &truth.phones {
            for on in phone.on.iter().filter(|on| on.source == "site") {
                let (host, path) = on.url.trim_start_matches("http://").split_once('/').unwrap();
                let page = world.page(host, &format!("/{path}"), None).unwrap();
                assert!(
                    page.statements
                        .iter()
                        .any(|said| said.value == phone.e164 && said.form == on.form)
                );
                standing += 1;
            }
        }
        let shown = truth.moved_from.as_ref().map(|former| former.shown_by.as_str());
        let former = truth.phones.iter().find(|phone| !phone.current);
        assert_eq!(shown.is_some(), former.is_some());
    }
    assert!(standing > 500, "{standing}");
}
