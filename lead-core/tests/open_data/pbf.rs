//! OpenStreetMap's blocks.

use lead_core::source::open_data::{Layout, ReadOptions};

use crate::pbf_writer::{Block, header};
use crate::support::{Made, attribute, keys, made, whole};

const BAKERY: &[(&str, &str)] = &[
    ("shop", "bakery"),
    ("name", "Exemple"),
    ("phone", "+33 4 78 00 00 01"),
    ("addr:city", "Lyon"),
];

fn bytes() -> Vec<u8> {
    let mut nodes = Block::new();
    nodes.node(1, 450_000_000, 48_500_000, &[]);
    nodes.node(7, 451_000_000, -48_600_000, BAKERY);
    nodes.node(
        8,
        451_000_000,
        48_600_000,
        &[("amenity", "bench"), ("name", "No business")],
    );
    let mut ways = Block::new();
    ways.way(20, &[1, 7], &[("amenity", "restaurant"), ("name", "Deux")]);
    ways.way(21, &[99], &[("amenity", "cafe"), ("name", "Lost")]);
    ways.relation(30, &[("tourism", "hotel"), ("name", "Trois")]);
    [header(), nodes.written(), ways.written()].concat()
}

fn file() -> Made {
    made(bytes())
}

#[test]
fn nodes_ways_and_relations_that_are_businesses() {
    let all = whole(&file(), Layout::Osm, &ReadOptions::new());
    assert_eq!(keys(&all.listings), ["node/7", "way/20", "way/21", "relation/30"]);
    assert_eq!((all.rows, all.passed), (6, 2));
    let points: Vec<_> = all
        .listings
        .iter()
        .map(|listing| {
            listing
                .findings
                .geo
                .first()
                .map(|at| (at.latitude(), at.longitude()))
        })
        .collect();
    assert_eq!(points, [Some((45.1, -4.86)), Some((45.0, 4.85)), None, None]);
    assert_eq!(
        all.listings[0].findings.phones[0].e164.to_string(),
        "+33478000001"
    );
    assert_eq!(
        all.listings[0].url.as_ref().unwrap().as_str(),
        "https://www.openstreetmap.org/node/7"
    );
    assert_eq!(attribute(&all.listings[0], "x:licence").unwrap(), "ODbL-1.0");
}

#[test]
fn area_and_category_pass_over_the_rest() {
    let area = "4,44,5,46".parse().unwrap();
    let some = whole(&file(), Layout::Osm, &ReadOptions::new().area(area));
    assert_eq!(keys(&some.listings), ["way/20"]);
    let some = whole(&file(), Layout::Osm, &ReadOptions::new().category("hotel"));
    assert_eq!(keys(&some.listings), ["relation/30"]);
}

/// Bytes changed or cut anywhere: an error or rejects.
#[test]
fn a_damaged_file_is_no_panic() {
    let whole = bytes();
    for at in (4..whole.len()).step_by(11) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        crate::hostile::survives(&bytes);
        crate::hostile::survives(&whole[..at]);
    }
}
