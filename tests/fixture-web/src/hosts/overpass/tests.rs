use proptest::prelude::*;

use super::super::{Request, Scene, Shares};
use super::answer;
use crate::config::WorldConfig;
use crate::world::World;

fn scene(world: &World) -> Scene<'_> {
    Scene {
        world,
        faults: false,
        shares: Shares::default(),
    }
}

fn world() -> World {
    World::generate(&WorldConfig::new(3, 400))
}

fn post(world: &World, query: &str) -> super::Answer {
    let mut request = Request::get("overpass.test", "/api/interpreter");
    request.method = "POST".to_owned();
    request.body = format!(
        "data={}",
        form_urlencoded::byte_serialize(query.as_bytes()).collect::<String>()
    )
    .into();
    answer(&scene(world), &request)
}

fn ids(world: &World, query: &str) -> Vec<String> {
    let answer = post(world, query);
    assert_eq!(answer.status, 200, "{query}: {}", answer.body_text());
    let value = answer.body_json();
    value["elements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|element| format!("{}/{}", element["type"].as_str().unwrap(), element["id"]))
        .collect()
}

#[test]
fn a_union_of_kinds_in_a_box_finds_what_truth_says() {
    let world = world();
    let found = ids(
        &world,
        "[out:json][timeout:25][bbox:45.71,4.76,45.82,4.91];\n(\n  node[\"amenity\"=\"dentist\"](45.71,4.76,45.82,4.91);\n  way[\"amenity\"=\"dentist\"](45.71,4.76,45.82,4.91); // ways too\n);\nout center tags;",
    );
    let mut wanted: Vec<String> = world
        .query_truth("dentist", "Lyon")
        .into_iter()
        .filter_map(|truth| truth.osm_id)
        .collect();
    wanted.sort();
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(sorted, wanted);
    assert!(found.len() > 10, "{}", found.len());
    assert_eq!(
        found.len(),
        ids(
            &world,
            "[out:json];nwr[amenity=dentist](45.71,4.76,45.82,4.91);out center;"
        )
        .len()
    );
    let area = "[out:json];area[name=\"Lyon\"]->.city;nwr[amenity=dentist](area.city);out center;";
    assert_eq!(found, ids(&world, area));
}

#[test]
fn filters_by_name_distance_polygon_and_id() {
    let world = world();
    let all = ids(&world, "[out:json];nwr[amenity=dentist](45.0,4.0,46.0,6.0);out;");
    let near = ids(
        &world,
        "[out:json];nwr(around:2000,45.764,4.8357)[amenity=dentist];out;",
    );
    assert!(!near.is_empty() && near.len() < all.len());
    let poly = ids(
        &world,
        "[out:json];nwr[amenity=dentist](poly:\"45.7 4.7 45.9 4.7 45.764 4.8357\");out;",
    );
    assert!(!poly.is_empty() && poly.len() < all.len());
    let named = ids(
        &world,
        "[out:json];nwr[\"name\"~\"^cabinet\",i](45.0,4.0,46.0,6.0);out;",
    );
    assert!(!named.is_empty());
    let id = all.first().unwrap().split_once('/').unwrap();
    assert_eq!(
        ids(&world, &format!("[out:json];{}({});out ids;", id.0, id.1)).len(),
        1
    );
    let count = post(
        &world,
        "[out:json];nwr[amenity=dentist](45.0,4.0,46.0,6.0);out count;",
    )
    .body_json();
    assert_eq!(count["elements"][0]["tags"]["total"], all.len().to_string());
    assert_eq!(
        ids(
            &world,
            "[out:json];nwr[amenity=dentist](45.0,4.0,46.0,6.0);out center 3;"
        )
        .len(),
        3
    );
}

#[test]
fn ways_carry_a_center_and_nodes_a_position() {
    let world = world();
    let value = post(&world, "[out:json];nwr[amenity=dentist];out center tags;").body_json();
    let elements = value["elements"].as_array().unwrap();
    let way = elements.iter().find(|element| element["type"] == "way").unwrap();
    assert!(way["center"]["lat"].is_number() && way.get("lat").is_none());
    let node = elements.iter().find(|element| element["type"] == "node").unwrap();
    assert!(node["lat"].is_number());
}

#[test]
fn hostile_queries_are_answered_with_400_and_html() {
    let world = world();
    let deep = format!("[out:json];{}", "(".repeat(50_000));
    let long = "a".repeat(300_000);
    for query in [
        "",
        "[out:json]",
        "[out:json];",
        "node;out;",
        "[out:json];node[\"amenity\"=\"dentist\"](1,2,3);out;",
        "[out:json];node[\"a\"~\"(\"](1,2,3,4);out;",
        "[out:json];node[\"a\"~\"(a{1000}){1000}\"];out;",
        "[out:json];node[amenity=dentist](95,0,96,1);out;",
        "[out:json];node[amenity=dentist](2,0,1,1);out;",
        "[out:json];drop table leads;",
        "[out:xml];node[a=b];out;",
        "[out:json];node[\"a\"=\"b;out;",
        "[out:json];node[a=b](around:1e999,1,1);out;",
        &deep,
        &long,
        "[out:json];node[a=b](id:99999999999999999999);out;",
    ] {
        let answer = post(&world, query);
        assert_eq!(
            answer.status,
            400,
            "{}",
            query.chars().take(80).collect::<String>()
        );
        assert!(answer.body_text().contains("<strong"));
    }
}

#[test]
fn faults_clear_after_their_retry_after() {
    let world = world();
    let scene = Scene {
        faults: true,
        ..scene(&world)
    };
    let mut request = Request::get(
        "overpass.test",
        "/api/interpreter?data=[out:json];node[shop];out;",
    );
    request.earlier_host = 2;
    let refused = answer(&scene, &request);
    assert_eq!(refused.status, 429);
    assert!(
        refused
            .headers
            .iter()
            .any(|(name, value)| *name == "retry-after" && value == "1")
    );
    request.earlier_host = 3;
    request.since_refusal = Some(std::time::Duration::from_millis(200));
    assert_eq!(answer(&scene, &request).status, 429);
    request.since_refusal = Some(std::time::Duration::from_millis(1_100));
    assert_eq!(answer(&scene, &request).status, 200);
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused(text in "\\PC{0,200}") {
        let _ = super::parse::program(&text);
    }

    #[test]
    fn any_mix_of_tokens_is_parsed_or_refused(tokens in proptest::collection::vec(prop_oneof![
        Just("[out:json];"), Just("node"), Just("nwr"), Just("("), Just(")"), Just("["), Just("]"), Just("\""), Just("~"),
        Just("1,2,3,4"), Just("around:5,1,1"), Just("->.a"), Just(".a"), Just("out"), Just(";"), Just("name"), Just("="),
        Just("/*"), Just("\\"), Just("poly:"), Just(">"), Just(","), Just("é"), Just("!"), Just("area"),
    ], 0..40)) {
        let _ = super::parse::program(&tokens.concat());
    }
}
